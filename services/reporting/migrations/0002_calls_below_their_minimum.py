"""The minimum of seats of a call, and since when it leads to nothing."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minimum_seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_column("ended_at")
        batch_op.drop_column("minimum_seats")
