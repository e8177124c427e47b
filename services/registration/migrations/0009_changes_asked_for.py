"""Changes of nominations asked for, and until when a seat is given back freely."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("call", sa.Column("withdraw_until", sa.Date(), nullable=True))
    op.create_table(
        "change_request",
        sa.Column("id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("change", sa.String(length=12), nullable=False),
        sa.Column("officer", Document(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("change_request", schema=None) as batch_op:
        batch_op.create_index("change_request_call", ["call_id"], unique=False)
        batch_op.create_index("change_request_person", ["person_id"], unique=False)
        batch_op.create_index(
            "change_request_open",
            ["nomination_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def downgrade() -> None:
    op.drop_table("change_request")
    op.drop_column("call", "withdraw_until")
