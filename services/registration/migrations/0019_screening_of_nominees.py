"""Screening of nominees."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_screening",
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("asked_for", sa.Boolean(), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("project_id"),
    )
    op.create_table(
        "screening",
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("list_id", Id(), nullable=False),
        sa.Column("screening_reference", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("nomination_id"),
        sa.UniqueConstraint("screening_reference"),
    )
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.create_index("screening_call", ["call_id"], unique=False)
        batch_op.create_index("screening_list_of", ["list_id"], unique=False)
        batch_op.create_index("screening_person", ["person_id"], unique=False)
        batch_op.create_index("screening_project", ["project_id"], unique=False)

    op.create_table(
        "screening_list",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("nominations", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "screening_result",
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", Document(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("project_id", "digest"),
    )


def downgrade() -> None:
    op.drop_table("screening_result")
    op.drop_table("screening_list")
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_index("screening_project")
        batch_op.drop_index("screening_person")
        batch_op.drop_index("screening_list_of")
        batch_op.drop_index("screening_call")

    op.drop_table("screening")
    op.drop_table("project_screening")
