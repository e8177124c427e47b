"""An import of past participations, its columns and its rows, as they are answered."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from shared.contracts.registration import PersonName

from .import_problems import ImportProblemShown


class HistoryColumnShown(BaseModel):
    """What a column is taken for, and why: by its heading, one much like it, or its cells; as
    remembered from a file with the same headings; as a person chose."""

    column: int
    field: str | None
    because: str
    heading: str | None = None
    """Shown where the rows are, while the import is open."""
    examples: list[str] = []


class HistoryQuestionShown(BaseModel):
    """What has to be said first; of one column, or of the file."""

    column: int | None
    code: str
    message: str


class HistoryImportShown(BaseModel):
    """A file of past participations, with nothing personal in it."""

    id: UUID
    version: int
    party: str | None
    """Whose officers it names; none: of several parties."""
    state: str
    rows: int
    rows_read: int
    rows_done: int
    """How many rows the step has gone through that the import is at, of so many `rows_due`."""
    rows_due: int
    problems: int
    refusal: str | None
    """Why the last step asked for was not taken."""
    digest: str
    remembered: bool
    columns: list[HistoryColumnShown]
    date_orders: dict[str, str]
    defaults: dict[str, str]
    questions: list[HistoryQuestionShown]
    standing: dict[str, int]
    """How many rows are matched, suggested, unknown, known already, absent, faulty, decided."""
    result: dict[str, int] | None
    read_at: datetime
    read_by: UUID | None
    settled_at: datetime | None
    settled_by: UUID | None
    undone_at: datetime | None
    undone_by: UUID | None
    kept_until: datetime | None
    """So long its rows can be read, and it can be confirmed."""


class HistoryImportInFull(HistoryImportShown):
    """A file of past participations, to those who may import it."""

    file_name: str


class HistorySuggestionShown(BaseModel):
    """Who may be meant: an officer, or the one of an earlier row; 1 is the very same name."""

    person_id: UUID | None
    row: int | None
    likeness: float
    officer_reference: str | None = None
    names: list[PersonName] = []


class HistoryRowShown(BaseModel):
    """A row as it was understood, and whose it is."""

    row: int
    state: str
    decision: str | None
    person_id: UUID | None
    as_row: int | None
    party: str | None
    officer_reference: str | None
    names: list[PersonName]
    sex: str | None
    code: str | None
    title: str | None
    topic: str | None
    held_on: date | None
    outcome: str | None
    suggestions: list[HistorySuggestionShown]
    problems: list[ImportProblemShown]
