"""What people ask of a selection in steps."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from shared.web.body import Taken

from .words import Reason


class MakeSelectionRun(Taken):
    """Have the selection computed; by the method of the call, which may be named to be sure.

    Returned nominations that may still be put right are left out only where that is said."""

    method: Literal["merit", "lottery"] | None = None
    without_returned: bool = False


class MissedQuota(Taken):
    """A bound of a quota that an override is allowed to miss."""

    dimension: Annotated[str, Field(max_length=20)]
    value: Annotated[str, Field(max_length=40)]
    bound: Literal["minimum", "maximum"]


class OverrideProposal(Taken):
    """One officer less, one more, or one for another; why, in words without names.

    A quota missed by it has to be listed."""

    leaves: UUID | None = None
    comes: UUID | None = None
    reason: Reason
    misses: Annotated[tuple[MissedQuota, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.leaves is None and self.comes is None:
            raise ValueError("name who leaves, who comes, or both")
        return self
