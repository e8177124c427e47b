"""Of a screening nothing is kept for ever: what stays of it then."""

from sqlalchemy import ColumnElement

from shared.context import Work

from ..tables import screening

FORGET = "forget_screenings"


async def forget_screening(work: Work, theirs: ColumnElement[bool]) -> None:
    """Nothing is kept but that a reference was somebody's: what comes back for it is left aside."""
    blank = dict.fromkeys(("valid_from", "valid_until", "decided_at"))
    change = screening.update().where(theirs).values(state="forgotten", **blank)
    await work.connection.execute(change)
