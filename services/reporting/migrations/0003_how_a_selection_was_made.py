"""How a selection was made: by which method, in how many runs, with how many changes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES = ("method", "runs", "overrides", "with_board")


def upgrade() -> None:
    with op.batch_alter_table("selection", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("method", sa.String(length=10), nullable=False, server_default="merit")
        )
        batch_op.add_column(sa.Column("runs", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("overrides", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("with_board", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("selection", schema=None) as batch_op:
        for name in NAMES:
            batch_op.drop_column(name)
