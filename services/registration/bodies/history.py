"""Past participations: how a file is read, whose its rows are, what is corrected."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Language, PartyCode
from shared.web.body import Taken

from ..past.fields import Field as Meaning
from ..roster.written_days import Order
from .words import Reason, Text

Code = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9./_-]{0,59}$")]
Outcome = Literal["attended", "completed", "failed"]
RowNumber = Annotated[int, Field(ge=1, le=10_000_000)]


class ColumnTaken(Taken):
    """What a column holds; none: it is not read."""

    column: Annotated[int, Field(ge=1, le=100)]
    field: Meaning | None


class DateOrders(Taken):
    """How dates such as 03/04/2018 are meant, where no other date of the column tells."""

    from_on: Order | None = None
    held_on: Order | None = None


class DefaultsTaken(Taken):
    """What holds for every row whose cell says nothing."""

    party: PartyCode | None = None
    code: Code | None = None
    title: Text | None = None
    topic: Text | None = None
    held_on: date | None = None
    outcome: Outcome | None = None


class DescribeLayout(Taken):
    """How the columns of a file are read; those not named are not."""

    columns: Annotated[tuple[ColumnTaken, ...], Field(max_length=100)]
    date_orders: DateOrders = DateOrders()
    defaults: DefaultsTaken = DefaultsTaken()


class RowDecided(Taken):
    """Whose a row is: an officer known here, the one of an earlier row, somebody new, or nobody's:
    then it is left out."""

    row: RowNumber
    decision: Literal["is", "same_as", "new", "leave_out"]
    person_id: UUID | None = None
    as_row: RowNumber | None = None


class DecideRows(Taken):
    """Decisions about rows; `accept_same_names` takes every row for the one officer of the very
    same name, where there is just one and the row is not decided otherwise."""

    decisions: Annotated[tuple[RowDecided, ...], Field(max_length=5_000)] = ()
    accept_same_names: bool = False


class CreateOfficers(Taken):
    """Officers who are not known are made known; in which language they are written to."""

    language: Language


class ConfirmHistory(Taken):
    """Import what was previewed. Who is not known is left out, unless they are to be created."""

    create_officers: CreateOfficers | None = None
    leave_out_faulty: bool = False


class CorrectParticipation(Taken):
    """What an imported participation says rightly, and why it is changed."""

    code: Code | None = None
    title: Text | None = None
    topic: Text | None = None
    held_on: date
    outcome: Outcome
    reason: Reason


class WithdrawParticipation(Taken):
    """Why an imported participation does not count any more."""

    reason: Reason
