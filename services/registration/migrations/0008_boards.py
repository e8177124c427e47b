"""Selection boards, and the score of a nomination."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id, Instant, LocalizedText

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("score", sa.Integer(), nullable=True))
    op.create_table(
        "board",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("scores_until_local", sa.String(length=26), nullable=False),
        sa.Column("scores_until_zone", sa.String(length=60), nullable=False),
        sa.Column("scores_until_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
    )
    op.create_table(
        "board_criterion",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "code"),
    )
    op.create_table(
        "board_reviewer",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chairs", sa.Boolean(), nullable=False),
        sa.Column("appointed_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("left_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call_id", "person_id", name="board_reviewer_once"),
    )
    op.create_index("board_reviewer_person", "board_reviewer", ["person_id"])
    op.create_table(
        "board_conflict",
        sa.Column("reviewer_id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("grounds", sa.String(length=20), nullable=False),
        sa.Column("declared_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("reviewer_id", "nomination_id"),
    )
    op.create_index("board_conflict_call", "board_conflict", ["call_id"])
    op.create_table(
        "board_score",
        sa.Column("reviewer_id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("scored_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("reviewer_id", "nomination_id", "criterion"),
    )
    op.create_index("board_score_call", "board_score", ["call_id"])


def downgrade() -> None:
    for table in ("board_score", "board_conflict", "board_reviewer", "board_criterion", "board"):
        op.drop_table(table)
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_column("score")
