"""Since when events are tried."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deferred", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tried_since", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("deferred", schema=None) as batch_op:
        batch_op.drop_column("tried_since")
