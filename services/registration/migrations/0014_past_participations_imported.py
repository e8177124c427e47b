"""Past participations imported."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_import",
        sa.Column("id", Id(), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("layout_digest", sa.String(length=64), nullable=False),
        sa.Column("headings", Document(), nullable=False),
        sa.Column("layout", Document(), nullable=False),
        sa.Column("questions", Document(), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("result", Document(), nullable=True),
        sa.Column("created", Document(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("read_by", Id(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", Id(), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", Id(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("history_import", schema=None) as batch_op:
        batch_op.create_index("history_import_digest", ["digest"], unique=False)

    op.create_table(
        "history_layout",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("layout", Document(), nullable=False),
        sa.Column("remembered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "digest"),
    )
    op.create_table(
        "history_row",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", Document(), nullable=False),
        sa.Column("faults", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("as_row", sa.Integer(), nullable=True),
        sa.Column("found", Document(), nullable=False),
        sa.Column("suggestions", Document(), nullable=False),
        sa.Column("problems", Document(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "row"),
    )
    with op.batch_alter_table("history_row", schema=None) as batch_op:
        batch_op.create_index("history_row_person", ["person_id"], unique=False)

    op.create_table(
        "participation_correction",
        sa.Column("id", Id(), nullable=False),
        sa.Column("participation_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("before", Document(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("corrected_at", Instant(), nullable=False),
        sa.Column("corrected_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("participation_correction", schema=None) as batch_op:
        batch_op.create_index("participation_correction_of", ["participation_id"], unique=False)
        batch_op.create_index("participation_correction_person", ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("participation_correction", schema=None) as batch_op:
        batch_op.drop_index("participation_correction_person")
        batch_op.drop_index("participation_correction_of")

    op.drop_table("participation_correction")
    with op.batch_alter_table("history_row", schema=None) as batch_op:
        batch_op.drop_index("history_row_person")

    op.drop_table("history_row")
    op.drop_table("history_layout")
    with op.batch_alter_table("history_import", schema=None) as batch_op:
        batch_op.drop_index("history_import_digest")

    op.drop_table("history_import")
