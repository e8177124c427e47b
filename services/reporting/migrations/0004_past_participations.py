"""Past participations."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_participation",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("past_participation", schema=None) as batch_op:
        batch_op.create_index("past_participation_person", ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("past_participation", schema=None) as batch_op:
        batch_op.drop_index("past_participation_person")

    op.drop_table("past_participation")
