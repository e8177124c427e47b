"""Who may act: by the role and party of the token, and by assignment on the story's date."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.context import Actor, Context, Work
from shared.contracts.registration import ChannelAssigned, StaffAssigned
from shared.focal_points import focal_points
from shared.refusals import NotAllowed, NotFound, Refused
from shared.rights import (
    held_channels,
    keep_channels,
    keep_staff,
    parties_of,
    require_channel,
    require_role,
    require_staff,
    staffed_projects,
)
from shared.tables import tombstone
from shared.web.principal import login
from tests.shared.house import SERVICE, as_actor, facts, open_context, somebody

PROJECT, OTHER = uuid4(), uuid4()
HOLDER, DEPUTY = uuid4(), uuid4()
COORDINATOR = somebody("coordinator")
FOCAL_POINT = somebody("focal_point", "farid", "JO")


def an_assignment(**changed: Any) -> StaffAssigned:
    plain: dict[str, Any] = {
        "assignment_id": UUID(int=1),
        "project_id": PROJECT,
        "person_id": uuid4(),
        "login": login("amal"),
        "role": "coordinator",
        "from_on": date(2018, 6, 1),
    }
    return StaffAssigned(**plain | changed)


def a_channel(**changed: Any) -> ChannelAssigned:
    plain: dict[str, Any] = {
        "channel_id": UUID(int=2),
        "project_id": PROJECT,
        "party": "JO",
        "holder_id": HOLDER,
        "holder_login": login("farid"),
        "deputy_id": DEPUTY,
        "deputy_login": login("dina"),
        "from_on": date(2018, 1, 1),
    }
    return ChannelAssigned(**plain | changed)


async def assigned(
    context: Context, *given: StaffAssigned | ChannelAssigned, sequence: int = 1
) -> int:
    """Keep these facts; how many of them were stale."""

    async def keep(work: Work) -> int:
        staff = [one for one in given if isinstance(one, StaffAssigned)]
        channels = [one for one in given if isinstance(one, ChannelAssigned)]
        await keep_staff(work, facts(*staff, sequence=sequence))
        await keep_channels(work, facts(*channels, sequence=sequence))
        return work.stale

    return await as_actor(context, SERVICE, keep)


async def refusal(
    context: Context, actor: Actor, act: Callable[[Work], Awaitable[Any]]
) -> type[Refused] | None:
    """How an act is refused to somebody; None when it is not."""
    try:
        await as_actor(context, actor, act)
    except Refused as refused:
        return type(refused)
    return None


def staff_of_project(work: Work) -> Awaitable[None]:
    return require_staff(work, PROJECT, "coordinator")


def channel_of_jordan(work: Work) -> Awaitable[None]:
    return require_channel(work, PROJECT, "JO")


async def test_staff_act_in_the_projects_they_are_assigned_to(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(context, an_assignment())

        assert await refusal(context, COORDINATOR, staff_of_project) is None
        assert await as_actor(context, COORDINATOR, staffed_projects) == [PROJECT]
        assert await refusal(context, somebody("coordinator", "badr"), staff_of_project) is NotFound
        assert (
            await refusal(
                context, COORDINATOR, lambda work: require_staff(work, OTHER, "coordinator")
            )
            is NotFound
        )


async def test_role_of_the_token_and_of_the_assignment_must_be_one(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(context, an_assignment(role="instructor"))

        assert await refusal(context, COORDINATOR, staff_of_project) is NotFound
        assert await refusal(context, somebody("instructor"), staff_of_project) is NotFound
        assert (
            await refusal(
                context,
                somebody("instructor"),
                lambda work: require_staff(work, PROJECT, "instructor"),
            )
            is None
        )


async def test_admin_passes_and_auditor_only_reads(database_url: str) -> None:
    async with open_context(database_url) as context:
        admin, auditor = somebody("admin"), somebody("auditor")

        assert await refusal(context, admin, staff_of_project) is None
        assert await refusal(context, admin, channel_of_jordan) is None
        assert await as_actor(context, admin, lambda work: parties_of(work, PROJECT)) is None
        assert await as_actor(context, auditor, lambda work: parties_of(work, PROJECT)) is None
        assert await refusal(context, auditor, staff_of_project) is NotFound
        assert await refusal(context, auditor, channel_of_jordan) is NotFound


async def test_assignment_holds_from_its_first_to_its_last_day_of_the_story(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await assigned(context, an_assignment(from_on=date(2018, 6, 2), until_on=date(2018, 6, 3)))

        found = {}
        for day in (1, 2, 3, 4):
            context.clock.at = datetime(2018, 6, day, 23, 59, tzinfo=UTC)  # type: ignore[attr-defined]
            found[day] = await refusal(context, COORDINATOR, staff_of_project)

        assert found == {1: NotFound, 2: None, 3: None, 4: NotFound}


async def test_focal_point_sees_the_own_party_in_the_own_project_only(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(
            context,
            a_channel(),
            a_channel(channel_id=UUID(int=3), party="EG", holder_login=login("eman")),
        )

        assert await refusal(context, FOCAL_POINT, channel_of_jordan) is None
        assert await as_actor(
            context, FOCAL_POINT, lambda work: parties_of(work, PROJECT)
        ) == frozenset({"JO"})
        assert await as_actor(context, FOCAL_POINT, held_channels) == [(PROJECT, "JO")]
        for act in (
            lambda work: require_channel(work, PROJECT, "EG"),
            lambda work: require_channel(work, OTHER, "JO"),
            lambda work: parties_of(work, OTHER),
            staff_of_project,
        ):
            assert await refusal(context, FOCAL_POINT, act) is NotFound


async def test_deputy_acts_as_the_holder_does(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(context, a_channel())

        deputy = somebody("focal_point", "dina", "JO")

        assert await refusal(context, deputy, channel_of_jordan) is None


@pytest.mark.parametrize(
    "actor",
    [
        somebody("focal_point", "farid", "EG"),
        somebody("focal_point", "farid", None),
        somebody("focal_point", "eman", "JO"),
        somebody("instructor", "farid", "JO"),
        somebody("coordinator", "farid", "JO"),
        replace(FOCAL_POINT, login=""),
        Actor("link", "link"),
    ],
    ids=lambda actor: f"{actor.subject} as {actor.role} of {actor.party}",
)
async def test_channel_needs_the_role_the_party_and_the_person(
    actor: Actor, database_url: str
) -> None:
    async with open_context(database_url) as context:
        await assigned(context, a_channel())

        assert await refusal(context, actor, channel_of_jordan) is NotFound
        assert await refusal(context, actor, lambda work: parties_of(work, PROJECT)) is NotFound


async def test_somebody_without_a_login_is_nobodys_holder_or_staff(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(
            context,
            an_assignment(login=None),
            a_channel(holder_login=None, deputy_id=None, deputy_login=None),
        )

        for actor in (COORDINATOR, FOCAL_POINT, replace(FOCAL_POINT, login="")):
            assert await refusal(context, actor, staff_of_project) is NotFound
            assert await refusal(context, actor, channel_of_jordan) is NotFound


async def test_channel_that_is_handed_over_leaves_its_former_holder_without(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await assigned(context, a_channel())
        eman = somebody("focal_point", "eman", "JO")

        await assigned(context, a_channel(holder_login=login("eman")), sequence=2)
        stale = await assigned(context, a_channel(), sequence=1)

        assert stale == 1
        assert await refusal(context, eman, channel_of_jordan) is None
        assert await refusal(context, FOCAL_POINT, channel_of_jordan) is NotFound


async def test_coordinator_of_the_project_acts_for_every_party(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(context, an_assignment())

        assert await refusal(context, COORDINATOR, channel_of_jordan) is None
        assert await as_actor(context, COORDINATOR, lambda work: parties_of(work, PROJECT)) is None


async def test_letters_for_a_party_go_to_who_holds_its_channel_today(database_url: str) -> None:
    async with open_context(database_url) as context:
        second, third = uuid4(), uuid4()
        await assigned(
            context,
            a_channel(until_on=date(2018, 5, 31)),
            a_channel(channel_id=UUID(int=3), holder_id=second, from_on=date(2018, 5, 1)),
            a_channel(channel_id=UUID(int=4), holder_id=third, from_on=date(2018, 6, 2)),
        )

        found = await as_actor(
            context, SERVICE, lambda work: focal_points(work, PROJECT, ["JO", "EG"])
        )

        assert found == {"JO": [second, DEPUTY]}


async def test_letters_for_a_party_go_to_the_deputy_of_who_was_erased(database_url: str) -> None:
    async with open_context(database_url) as context:
        await assigned(context, a_channel())
        async with context.database.writing() as connection:
            row = {"person_id": HOLDER, "erased_at": datetime(2018, 6, 1, tzinfo=UTC)}
            await connection.execute(tombstone.insert().values(row))

        found = await as_actor(context, SERVICE, lambda work: focal_points(work, PROJECT, ["JO"]))

        assert found == {"JO": [DEPUTY]}


async def test_role_alone_is_asked_for_what_belongs_to_no_project(database_url: str) -> None:
    async with open_context(database_url) as context:
        for role, refused in {
            "auditor": None,
            "admin": None,
            "coordinator": NotAllowed,
            "focal_point": NotAllowed,
        }.items():
            actor = somebody(role)  # type: ignore[arg-type]
            assert (
                await refusal(context, actor, lambda work: require_role(work, "auditor")) is refused
            )
