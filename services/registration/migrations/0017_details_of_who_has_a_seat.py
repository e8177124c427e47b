"""Details asked of officers with a seat."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("call", sa.Column("follow_up", Document(), nullable=True))
    op.add_column("call", sa.Column("follow_up_until", sa.Date(), nullable=True))
    op.create_table(
        "follow_up",
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("recipient_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("asks", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answer_local", sa.String(length=26), nullable=False),
        sa.Column("answer_zone", sa.String(length=60), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("completed_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nomination_id"),
    )
    op.create_table(
        "follow_up_answer",
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("nomination_id"),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index("follow_up_call", ["call_id"], unique=False)
    with op.batch_alter_table("follow_up_answer", schema=None) as batch_op:
        batch_op.create_index("follow_up_answer_call", ["call_id"], unique=False)
        batch_op.create_index("follow_up_answer_person", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("follow_up_answer")
    op.drop_table("follow_up")
    op.drop_column("call", "follow_up_until")
    op.drop_column("call", "follow_up")
