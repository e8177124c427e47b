"""Where nominations stand is counted by sex, whichever fact brought them there."""

from shared.contracts.registration import (
    NominationNotSelected,
    NominationReturned,
    NominationSubmitted,
)
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import ACTIVITY, Officer
from tests.services.reporting.small_course import small_course

NOBODY = Officer("Nadia", "JO", "female")
GIVEN_BACK = Officer("Rami", "TN", "male")


async def outcomes(reporting: Reporting) -> dict[str, tuple[int, int]]:
    """By status all nominations, and those of women."""
    answer = await reporting.client("admin").get(f"/activities/{ACTIVITY}/participation")
    shown = answer.json()["outcomes"]
    return {one["status"]: (one["total"], one["women"]) for one in shown}


async def test_each_nomination_is_counted_where_it_stands_now(reporting: Reporting) -> None:
    await reporting.hears(*small_course())
    before = await outcomes(reporting)

    await reporting.hears(
        NOBODY.nominated(NominationSubmitted), GIVEN_BACK.nominated(NominationSubmitted)
    )
    submitted = await outcomes(reporting)
    await reporting.hears(
        NOBODY.nominated(NominationNotSelected), GIVEN_BACK.nominated(NominationReturned)
    )

    after = await outcomes(reporting)
    assert submitted["submitted"] == (before.get("submitted", (0, 0))[0] + 2, 1)
    assert (after["not_selected"], after["returned"]) == ((1, 1), (1, 0))
    assert after.get("submitted", (0, 0)) == before.get("submitted", (0, 0))
