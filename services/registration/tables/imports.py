"""Imports: files being read, what their rows say, and what was made of them."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA


def progress() -> tuple[Column[int], ...]:
    """How far the step is that an import of any kind is at."""
    return (
        Column("at_row", Integer),  # the last row that is through; none: the step has not begun
        Column("rows_done", Integer, nullable=False, server_default="0"),
        Column("rows_due", Integer, nullable=False, server_default="0"),
    )


_STANDS = text("state NOT IN ('discarded', 'undone')")

roster_import = Table(
    "roster_import",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("party", String(20), nullable=False),  # empty: each row names its own
    Column("digest", String(64), nullable=False),
    Column("state", String(10), nullable=False),  # the words of domain/import_states.py
    Column("rows_total", Integer, nullable=False),  # about how many, until all are read
    Column("rows_read", Integer, nullable=False),
    *progress(),
    Column("figures", Document, nullable=False),  # how many rows are new, unchanged …
    Column("encoding", String(12), nullable=False),
    Column("delimiter", String(1), nullable=False),
    Column("letters", Document, nullable=False),  # what the spreadsheet calls each column
    Column("only_good", Boolean, nullable=False),
    Column("refusal", String(60)),  # why the last step was not taken
    Column("made_by", String(64), nullable=False),
    Column("confirmed_by", Document),  # who, as the events say it
    Column("made_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("done_at", Instant),
    Column("undone_at", Instant),
    Column("kept_until", Instant, nullable=False),  # its rows
    Column("version", Integer, nullable=False),
    Index(
        "roster_import_once",
        "call_id",
        "party",
        "digest",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
)

import_piece = Table(
    "roster_import_piece",
    METADATA,
    Column("import_id", Id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("kept_until", Instant, nullable=False),
    Index("roster_import_piece_kept", "kept_until"),
)
"""The file of an import of any kind, until it is read; named for those that came first."""

roster_import_row = Table(
    "roster_import_row",
    METADATA,
    Column("import_id", Id, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("party", String(20)),
    Column("officer_reference", String(64)),
    Column("priority", Integer),
    Column("sex_letter", String(1)),  # h or m, where no more is written
    Column("officer", Document),  # as read; None where a cell can not be taken
    Column("cells", Document),  # as they stood, where something is wrong with them
    Column("verdict", String(10)),  # new, unchanged, changed, refused, undone, forgotten
    Column("person_id", Id),
    Column("person_version", Integer),  # that the import made
    Column("before", Document),  # what the import changed of a person who was known
    Column("nomination_id", Id),
    Column("kept_until", Instant, nullable=False),
    Index("roster_import_row_officer", "party", "officer_reference"),
    Index("roster_import_row_person", "person_id"),
    Index("roster_import_row_kept", "kept_until"),
)

import_problem = Table(
    "roster_import_problem",
    METADATA,
    Column("import_id", Id, primary_key=True),
    Column("row", Integer, primary_key=True),  # 0: the file as a whole
    Column("column", String(30), primary_key=True),  # empty: the whole row
    Column("letter", String(3), primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("message", String(300), nullable=False),
    Column("of_call", Boolean, nullable=False),  # may be otherwise when it is looked at again
    Column("kept_until", Instant, nullable=False),
    Index("roster_import_problem_kept", "kept_until"),
)
"""What is wrong with the rows of an import of any kind; named for those that came first."""
