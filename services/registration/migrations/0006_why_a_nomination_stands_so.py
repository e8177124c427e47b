"""Why a nomination stands so."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("nomination", sa.Column("reason_code", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("nomination", "reason_code")
