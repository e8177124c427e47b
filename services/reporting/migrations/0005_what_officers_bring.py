"""What nominees bring with them: rank band, specialisms, working languages."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank_band", sa.String(length=40), nullable=True))
        for name in ("specialisms", "languages"):
            batch_op.add_column(sa.Column(name, Document(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        for name in ("languages", "specialisms", "rank_band"):
            batch_op.drop_column(name)
