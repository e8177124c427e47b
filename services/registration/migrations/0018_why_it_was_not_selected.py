"""Why a nomination was not selected."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome_reason", Document(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_column("outcome_reason")
