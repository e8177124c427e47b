"""What officers bring with them: specialisms, languages, years of service."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("person", "nomination")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in ("specialisms", "languages"):
                batch_op.add_column(
                    sa.Column(name, Document(), server_default="[]", nullable=False)
                )
            batch_op.add_column(sa.Column("serving_since", sa.Date(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in ("serving_since", "languages", "specialisms"):
                batch_op.drop_column(name)
