"""What of registration can be looked at: details of officers open by the keys that are here."""

from collections.abc import Sequence

from shared.context import Context
from shared.doctor.finding import Check, Found, right, warning, wrong

from .seats.resealing import look_at_seals


def checks_of(context: Context) -> Sequence[Check]:
    """All checks that only this service has."""
    return [Check("sealed", lambda: sealed_details_open(context))]


async def sealed_details_open(context: Context) -> Found:
    """What officers told of passport and travel can be read for as long as it is kept."""
    found = await look_at_seals(context)
    number = found.present + len(found.former) + found.lost
    if found.lost:
        remedy = "put the key they were sealed with below the present one (deploy/README.md, Keys)"
        return wrong(f"{found.lost} of {number} details do not open by any key here", remedy)
    if found.former:
        remedy = "keep it below the present one until `reseal` has run (deploy/README.md, Keys)"
        return warning(f"{len(found.former)} of {number} details open by a former key", remedy)
    return right(f"{number} details of officers open by the present key")
