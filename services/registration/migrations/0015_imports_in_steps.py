"""Imports of files of many rows, in steps."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STANDS = sa.text("state NOT IN ('discarded', 'undone')")


def upgrade() -> None:
    op.create_table(
        "roster_import",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("figures", Document(), nullable=False),
        sa.Column("encoding", sa.String(length=12), nullable=False),
        sa.Column("delimiter", sa.String(length=1), nullable=False),
        sa.Column("letters", Document(), nullable=False),
        sa.Column("only_good", sa.Boolean(), nullable=False),
        sa.Column("refusal", sa.String(length=60), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by", Document(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "roster_import_once",
        "roster_import",
        ["call_id", "party", "digest"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "roster_import_piece",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "number"),
    )
    op.create_index("roster_import_piece_kept", "roster_import_piece", ["kept_until"])
    op.create_table(
        "roster_import_row",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("officer_reference", sa.String(length=64), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("sex_letter", sa.String(length=1), nullable=True),
        sa.Column("officer", Document(), nullable=True),
        sa.Column("cells", Document(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("person_version", sa.Integer(), nullable=True),
        sa.Column("before", Document(), nullable=True),
        sa.Column("nomination_id", Id(), nullable=True),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "row"),
    )
    op.create_index(
        "roster_import_row_officer", "roster_import_row", ["party", "officer_reference"]
    )
    op.create_index("roster_import_row_person", "roster_import_row", ["person_id"])
    op.create_index("roster_import_row_kept", "roster_import_row", ["kept_until"])
    op.create_table(
        "roster_import_problem",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=30), nullable=False),
        sa.Column("letter", sa.String(length=3), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("of_call", sa.Boolean(), nullable=False),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "row", "column", "letter", "code"),
    )
    op.create_index("roster_import_problem_kept", "roster_import_problem", ["kept_until"])


def downgrade() -> None:
    for table in (
        "roster_import_problem",
        "roster_import_row",
        "roster_import_piece",
        "roster_import",
    ):
        op.drop_table(table)
