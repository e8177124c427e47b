"""Places in another run offered, and what officers declared in changes asked for."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change_request", sa.Column("declaration", Document(), nullable=True))
    op.create_table(
        "run_offer",
        sa.Column("id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("from_call_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("answer_local", sa.String(length=26), nullable=False),
        sa.Column("answer_zone", sa.String(length=60), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("made_nomination_id", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("run_offer", schema=None) as batch_op:
        batch_op.create_index("run_offer_from_call", ["from_call_id"], unique=False)
        batch_op.create_index("run_offer_person", ["person_id"], unique=False)
        batch_op.create_index(
            "run_offer_open",
            ["nomination_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def downgrade() -> None:
    op.drop_table("run_offer")
    op.drop_column("change_request", "declaration")
