"""Whether a project has nominees screened, and whom to put on a list."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web.body import Taken


class AskForScreening(Taken):
    """Whether nominees of the project are screened; for how long a clearance holds for which the
    result gives no last day, none: for ever."""

    asked_for: bool
    valid_days: Annotated[int, Field(ge=1, le=3650)] | None = None


class ListForScreening(Taken):
    """Whom to put on a list: those of one call, or of all calls of the project."""

    call_id: UUID | None = None
