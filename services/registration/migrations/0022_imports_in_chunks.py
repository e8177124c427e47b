"""Imports go through their rows in chunks."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at_row", sa.Integer(), nullable=True))
        for name in ("rows_done", "rows_due"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE roster_import_row SET verdict = 'undone' WHERE verdict IN ('new', 'changed') AND "
        "import_id IN (SELECT id FROM roster_import WHERE state = 'undone')"
    )


def downgrade() -> None:
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        for name in ("rows_due", "rows_done", "at_row"):
            batch_op.drop_column(name)
