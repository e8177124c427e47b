"""What was corrected after closing is counted as it is now, in whatever order it was told."""

import random

import pytest

from shared.contracts import Event
from shared.contracts.scheduling import EnrolmentFailed, SessionChanged
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import a_session, an_activity
from tests.services.reporting.small_course import AMAL, BASEL
from tests.services.reporting.test_participation_is_counted import OF_ACTIVITY, figures


def corrected_course() -> list[Event]:
    """Amal completed, then did not, then did again; Basel was there after all."""
    return [
        an_activity(),
        a_session(24),
        AMAL.enrolled(),
        BASEL.enrolled(),
        AMAL.attended(24),
        BASEL.attended(24, "absent"),
        AMAL.completed(),
        BASEL.enrolled(EnrolmentFailed),
        AMAL.certified(),
        AMAL.attended(24, "absent"),
        AMAL.enrolled(EnrolmentFailed),
        AMAL.decertified(),
        AMAL.attended(24),
        AMAL.completed(),
        AMAL.certified_again(),
        BASEL.attended(24, "late"),
        BASEL.completed(),
        BASEL.certified(),
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_shuffled_and_doubled_corrections_end_in_the_same_figures(
    reporting: Reporting, seed: int
) -> None:
    letters = [(event.type, reporting.encoded(event)) for event in corrected_course()] * 2
    random.Random(seed).shuffle(letters)

    for event_type, body in letters:
        await reporting.receives(event_type, body)

    shown = await figures(reporting, OF_ACTIVITY)
    assert shown["overall"]["attended"]["total"] == 2
    assert shown["overall"]["completed"]["total"] == 2
    assert shown["certificates"] == {"issued": 3, "revoked": 1}


async def test_who_did_not_complete_after_all_is_not_counted_as_completed(
    reporting: Reporting,
) -> None:
    await reporting.hears(*corrected_course()[:9])
    before = await figures(reporting, OF_ACTIVITY)

    await reporting.hears(*corrected_course()[9:12])

    after = await figures(reporting, OF_ACTIVITY)
    assert [one["overall"]["completed"]["total"] for one in (before, after)] == [1, 0]
    assert [one["overall"]["attended"]["total"] for one in (before, after)] == [1, 0]
    assert after["certificates"] == {"issued": 1, "revoked": 1}


async def test_a_session_cancelled_after_it_was_marked_counts_for_no_day(
    reporting: Reporting,
) -> None:
    await reporting.hears(an_activity(), AMAL.enrolled(), AMAL.attended(24))
    before = await figures(reporting, OF_ACTIVITY)
    cancelled = SessionChanged(**a_session(24).model_dump() | {"state": "cancelled"})

    await reporting.hears(a_session(24), cancelled)

    after = await figures(reporting, OF_ACTIVITY)
    assert [one["overall"]["attended"]["total"] for one in (before, after)] == [1, 0]
