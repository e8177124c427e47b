"""What of registration can be looked at: what is sealed opens by the keys that are here."""

from collections.abc import Sequence

from shared.context import Context
from shared.doctor.finding import Check, Found, right, warning, wrong

from .seats.resealing import look_at_seals


def checks_of(context: Context) -> Sequence[Check]:
    """All checks that only this service has."""
    return [Check("sealed", lambda: what_is_sealed_opens(context))]


async def what_is_sealed_opens(context: Context) -> Found:
    """What officers told of passport and travel, and their letters, can be read while kept."""
    found = await look_at_seals(context)
    if found.lost:
        remedy = "put the key that sealed them below the present one (deploy/README.md)"
        return wrong(f"{found.lost} of {found.number} details do not open by any key here", remedy)
    if found.by_former:
        remedy = "keep it below the present one until `reseal` has run (deploy/README.md)"
        said = f"{found.by_former} of {found.number} details open by a former key alone"
        return warning(said, remedy)
    return right(f"{found.number} details of officers open by the present key")
