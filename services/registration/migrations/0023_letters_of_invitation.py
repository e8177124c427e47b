"""Letters of invitation, who bears which costs, and who issues the papers of a project."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant, LocalizedText

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visa_letter",
        sa.Column("id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("recipient_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("languages", Document(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("void_at", Instant(), nullable=True),
        sa.Column("void_reason", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("visa_letter_nomination", "visa_letter", ["nomination_id"])
    op.create_index("visa_letter_call", "visa_letter", ["call_id"])
    op.create_index("visa_letter_person", "visa_letter", ["person_id"])
    op.add_column("follow_up", sa.Column("visa_letter", sa.String(length=10), nullable=True))
    op.add_column("call", sa.Column("costs", Document(), nullable=True))
    op.add_column("project", sa.Column("issuing_body", LocalizedText(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "issuing_body")
    op.drop_column("call", "costs")
    op.drop_column("follow_up", "visa_letter")
    op.drop_table("visa_letter")
