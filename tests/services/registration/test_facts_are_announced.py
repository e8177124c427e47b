"""What registration states anew is what it told, of all who are not erased."""

from typing import Any
from uuid import UUID

import pytest

from services.registration.announced import KINDS
from shared.announcing import announce, kind_named
from shared.context import OPERATOR
from shared.contracts import Event
from shared.contracts.registration import (
    CallOpened,
    CallStated,
    ChannelAssigned,
    ChannelStated,
    ErasureStated,
    NominationStated,
    PartyDescribed,
    PartyStated,
    PersonDetailsChanged,
    PersonStated,
    SelectionConcluded,
    SelectionStated,
    StaffAssigned,
    StaffStated,
)
from shared.contracts.stated import STATED
from shared.tables import aggregate_sequence, audit
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


async def announced(registration: Registration, name: str) -> list[Any]:
    """What is stated of a kind."""
    await registration.said()
    (kind,) = [one for one in KINDS if one.name == name]
    await announce(registration.service.context, kind, OPERATOR)
    return await registration.said()


@pytest.mark.parametrize(
    ("name", "told", "stated"),
    [
        ("party", PartyDescribed, PartyStated),
        ("person", PersonDetailsChanged, PersonStated),
        ("staff", StaffAssigned, StaffStated),
        ("channel", ChannelAssigned, ChannelStated),
        ("call", CallOpened, CallStated),
    ],
)
async def test_a_fact_is_stated_as_it_was_told(
    registration: Registration, name: str, told: type[Event], stated: type[Event]
) -> None:
    await a_course(registration)
    before = {one.partitionkey: dict(one) for one in await registration.said(told)}

    anew = await announced(registration, name)

    assert {type(one) for one in anew} == {stated}
    assert {one.partitionkey: dict(one) for one in anew} == before


async def test_a_nomination_is_stated_where_it_stands(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.selects()

    anew = await announced(registration, "nomination")

    assert {type(one) for one in anew} == {NominationStated}
    assert sorted((one.status, one.was_selected) for one in anew) == [
        ("selected", True),
        ("waitlisted", False),
    ]


async def test_a_nomination_that_was_selected_says_so_whatever_became_of_it(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1)
    nominated = await course.nominates("JO", 1)
    await course.selects()
    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    [anew] = await announced(registration, "nomination")

    assert (anew.status, anew.was_selected) == ("withdrawn", True)


async def test_a_selection_is_stated_with_the_figures_it_had(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    second = await course.nominates("JO", 2)
    await course.selects()
    [concluded] = await registration.said(SelectionConcluded)
    await course.points["JO"].post(f"/nominations/{second['id']}/withdrawal")

    [anew] = await announced(registration, "selection")

    assert isinstance(anew, SelectionStated)
    assert dict(anew) == dict(concluded)
    assert (anew.nominated, anew.selected, anew.waitlisted) == (2, 1, 1)


async def test_who_is_erased_is_not_announced_and_what_was_staged_of_them_is_purged(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    first = UUID((await course.nominates("JO", 1))["person_id"])
    second = UUID((await course.nominates("JO", 2))["person_id"])
    staged = await announced(registration, "person")

    await course.admin.post(f"/persons/{first}/erasure")
    registration.read = 0
    left = await registration.said(PersonStated)
    anew = await announced(registration, "person")

    assert {first, second} <= {one.person_id for one in staged}
    for told in (left, anew):
        assert first not in {one.person_id for one in told}
        assert second in {one.person_id for one in told}
    [gone] = await announced(registration, "erasure")
    assert (type(gone), gone.person_id) == (ErasureStated, first)


async def test_announcing_all_of_it_raises_no_sequence_and_is_on_record(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    before = await registration.rows(aggregate_sequence)

    for kind in KINDS:
        await announce(registration.service.context, kind, OPERATOR)

    lines = [line for line in await registration.rows(audit) if line["action"] == "announce"]
    assert await registration.rows(aggregate_sequence) == before
    assert [(line["subject"], line["object"]) for line in lines] == [
        ("operator", kind.name) for kind in KINDS
    ]


def test_every_type_that_states_anew_is_announced_by_its_publisher() -> None:
    own = {one for one in STATED if one.type.startswith("registration.")}

    kinds = {kind.stated for kind in KINDS}

    assert kinds == own
    assert all(kind.listeners for kind in KINDS)
    assert kind_named(KINDS, "party").stated is PartyStated
