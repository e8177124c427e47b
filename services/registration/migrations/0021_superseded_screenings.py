"""References of earlier lists for screening."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "superseded_screening",
        sa.Column("screening_reference", sa.String(length=20), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.PrimaryKeyConstraint("screening_reference"),
    )
    op.create_index("superseded_screening_project", "superseded_screening", ["project_id"])


def downgrade() -> None:
    op.drop_index("superseded_screening_project", "superseded_screening")
    op.drop_table("superseded_screening")
