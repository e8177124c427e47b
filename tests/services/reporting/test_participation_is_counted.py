"""The figures of one activity and of a project, as the API gives them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.contracts.registration import (
    CallChanged,
    CallEnded,
    NominationConfirmed,
    NominationStated,
    NominationWithdrawn,
    SelectionConcluded,
    SelectionStated,
)
from shared.contracts.registration.nominations import IMPORT_UNDONE
from shared.contracts.scheduling import CertificateStated, EnrolmentCancelled
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import (
    ACTIVITY,
    PROJECT,
    Officer,
    a_call,
    a_project,
    an_activity,
    an_id,
)
from tests.services.reporting.small_course import AMAL, BASEL, small_course

OF_ACTIVITY = f"/activities/{ACTIVITY}/participation"
OF_PROJECT = f"/projects/{PROJECT}/participation"


async def test_every_step_is_counted_with_the_share_of_women(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    shown = await figures(reporting, OF_ACTIVITY)

    overall = shown["overall"]
    steps = ("nominated", "selected", "confirmed", "attended", "completed")
    assert [overall[step]["total"] for step in steps] == [4, 3, 2, 2, 1]
    assert [overall[step]["women"] for step in steps] == [2, 1, 1, 1, 1]
    assert [overall[step]["women_share"] for step in steps] == [50, 33.3, 50, 50, 100]


async def test_an_officer_who_declined_was_selected(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    shown = await figures(reporting, OF_ACTIVITY)

    (morocco,) = [one for one in shown["by_party"] if one["party"] == "MA"]
    assert (morocco["selected"]["total"], morocco["confirmed"]["total"]) == (1, 0)


@pytest.mark.parametrize(
    ("state", "reached"),
    [
        ({"status": "declined"}, [1, 1, 0]),
        ({"status": "expired"}, [1, 1, 0]),
        ({"status": "withdrawn", "confirmed_at": datetime(2018, 6, 1, tzinfo=UTC)}, [1, 1, 1]),
        ({"status": "waitlisted"}, [1, 0, 0]),
    ],
    ids=lambda one: one["status"] if isinstance(one, dict) else "",
)
async def test_what_is_only_stated_anew_tells_how_far_it_once_came(
    reporting: Reporting, state: dict[str, Any], reached: list[int]
) -> None:
    told = {**dict(AMAL.nominated()), "confirmed_at": None, **state}

    await reporting.hears(an_activity(), a_project(), NominationStated(**told))

    overall = (await figures(reporting, OF_ACTIVITY))["overall"]
    steps = ("nominated", "selected", "confirmed")
    assert [overall[step]["total"] for step in steps] == reached


async def test_a_file_that_was_taken_back_nominated_nobody(reporting: Reporting) -> None:
    submitted = AMAL.nominated()
    undone = {"status": "withdrawn", "reason_code": IMPORT_UNDONE}

    await reporting.hears(an_activity(), a_project(), submitted)
    before = await figures(reporting, OF_ACTIVITY)
    await reporting.hears(NominationWithdrawn(**{**dict(submitted), **undone}))

    after = await figures(reporting, OF_ACTIVITY)
    assert before["overall"]["nominated"]["total"] == 1
    assert after["overall"]["nominated"]["total"] == 0
    assert after["outcomes"] == []


async def test_a_party_that_was_invited_and_sent_nobody_is_shown(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    shown = await figures(reporting, OF_ACTIVITY)

    assert [one["party"] for one in shown["by_party"]] == ["EG", "JO", "MA", "TN"]
    assert shown["by_party"][0]["nominated"]["total"] == 0
    assert (shown["seats"], shown["parties_invited"], shown["parties_present"]) == (25, 4, 1)


async def test_a_call_counts_as_it_was_amended_and_as_it_ended(reporting: Reporting) -> None:
    opened = dict(a_call("JO", "TN"))
    amended = CallChanged.model_validate({**opened, "seats": 20, "minimum_seats": 15})
    ended = CallEnded.model_validate({**dict(amended), "ended_at": "2018-06-04T07:00:00Z"})

    await reporting.hears(an_activity(), a_project(), a_call("JO", "TN"), amended)
    before = (await figures(reporting, OF_ACTIVITY))["calls"]
    await reporting.hears(ended)
    after = (await figures(reporting, OF_ACTIVITY))["calls"]

    assert before == {"calls": 1, "ended": 0, "seats": 20, "minimum_seats": 15}
    assert after == {**before, "ended": 1}


async def test_who_brings_several_things_counts_in_each(reporting: Reporting) -> None:
    brings = {"rank_band": "mid", "specialisms": ["biometrics", "ncb"], "languages": ["ar", "fr"]}
    other = {"rank_band": "mid", "languages": ["ar"]}
    told = [
        *(type(one).model_validate({**dict(one), **brings}) for one in AMAL.seated()),
        *(type(one).model_validate({**dict(one), **other}) for one in [BASEL.nominated()]),
    ]

    await reporting.hears(an_activity(), a_project(), *told)

    traits = {
        (one["dimension"], one["value"]): [
            one[step]["total"] for step in ("nominated", "selected", "confirmed")
        ]
        for one in (await figures(reporting, OF_ACTIVITY))["by_trait"]
    }
    assert traits == {
        ("language", "ar"): [2, 1, 1],
        ("language", "fr"): [1, 1, 1],
        ("rank_band", "mid"): [2, 1, 1],
        ("specialism", "biometrics"): [1, 1, 1],
        ("specialism", "ncb"): [1, 1, 1],
    }


async def test_a_day_with_two_sessions_counts_once_and_late_is_there(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    shown = await figures(reporting, OF_ACTIVITY)

    days = {one["days"]: (one["women"], one["men"]) for one in shown["by_days"]}
    assert days == {0: (0, 0), 1: (0, 1), 2: (0, 0), 3: (1, 0)}


async def test_units_selections_certificates_and_deliveries_are_counted(
    reporting: Reporting,
) -> None:
    await reporting.hears(*small_course())

    shown = await figures(reporting, OF_ACTIVITY)

    units = {one["unit"]: one["participations"]["total"] for one in shown["by_unit"]}
    assert units == {"counter_smuggling": 1, "immigration": 1}
    assert shown["selections"][0]["selected"] == 3
    assert (shown["selections"][0]["method"], shown["selections"][0]["overrides"]) == ("merit", 0)
    assert shown["certificates"] == {"issued": 1, "revoked": 0}
    assert {(one["message"], one["messages"]) for one in shown["deliveries"]} == {
        ("call_opened", 1),
        ("seat_offered", 2),
    }


async def test_over_a_project_a_person_is_one_officer_and_each_enrolment_a_participation(
    reporting: Reporting,
) -> None:
    other = an_id("another activity")
    again = Officer("Amal", "JO", "female", activity=other)
    await reporting.hears(*small_course(), an_activity(other, "RAB-2019-02"))
    await reporting.hears(*again.seated(), again.enrolled())

    shown = await figures(reporting, OF_PROJECT)

    assert [one["reference"] for one in shown["activities"]] == ["AMM-2018-01", "RAB-2019-02"]
    assert shown["overall"]["participations"]["total"] == 3
    assert shown["overall"]["officers"]["total"] == 2


async def test_an_officer_whose_sex_was_stated_once_is_counted_as_stated(
    reporting: Reporting,
) -> None:
    other = an_id("another activity")
    before, after = Officer("Nur", "JO", "not_stated"), Officer("Nur", "JO", "male", activity=other)
    await reporting.hears(an_activity(), an_activity(other, "RAB-2019-02"))
    await reporting.hears(before.enrolled(), after.enrolled())

    shown = await figures(reporting, OF_PROJECT)

    (jordan,) = shown["by_party"]
    counted = [(one["men"], one["not_stated"]) for one in (shown["overall"]["officers"],)]
    assert counted == [(jordan["officers"]["men"], jordan["officers"]["not_stated"])] == [(1, 0)]
    assert shown["overall"]["participations"]["not_stated"] == 1


async def test_a_cancelled_enrolment_is_no_participation_but_stays_confirmed(
    reporting: Reporting,
) -> None:
    await reporting.hears(*BASEL.seated(), BASEL.enrolled(), an_activity())
    await reporting.hears(BASEL.enrolled(EnrolmentCancelled), BASEL.nominated(NominationWithdrawn))

    shown = await figures(reporting, OF_ACTIVITY)

    assert shown["overall"]["confirmed"]["total"] == 1
    assert shown["overall"]["participations"]["total"] == 0


async def test_a_seat_filled_without_an_offer_counts_as_selected(reporting: Reporting) -> None:
    await reporting.hears(an_activity(), BASEL.nominated(NominationConfirmed))

    shown = await figures(reporting, OF_ACTIVITY)

    assert shown["overall"]["selected"]["total"] == 1


async def test_a_revoked_certificate_counts_as_issued_and_revoked_in_any_order(
    reporting: Reporting,
) -> None:
    await reporting.hears(an_activity(), AMAL.decertified())
    before = await figures(reporting, OF_ACTIVITY)

    await reporting.hears(AMAL.certified())

    after = await figures(reporting, OF_ACTIVITY)
    assert before["certificates"] == {"issued": 0, "revoked": 0}
    assert after["certificates"] == {"issued": 1, "revoked": 1}


@pytest.mark.parametrize("revoked", [True, False])
async def test_certificates_and_selections_come_back_by_what_is_stated_anew(
    reporting: Reporting, revoked: bool
) -> None:
    concluded = next(one for one in small_course() if isinstance(one, SelectionConcluded))
    known = AMAL.decertified().model_dump()
    stated = CertificateStated(**known, revoked=revoked)
    await reporting.hears(an_activity())

    await reporting.hears(stated, SelectionStated(**dict(concluded)), sequence=9)
    first = await figures(reporting, OF_ACTIVITY)
    await reporting.hears(AMAL.certified(), concluded, stated, sequence=1)

    after = await figures(reporting, OF_ACTIVITY)
    assert first["certificates"] == {"issued": 1, "revoked": int(revoked)}
    assert [one["selected"] for one in first["selections"]] == [3]
    for name in ("certificates", "selections"):
        assert after[name] == first[name]


async def figures(reporting: Reporting, path: str) -> dict[str, Any]:
    async with reporting.client("auditor") as auditor:
        answer = await auditor.get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
