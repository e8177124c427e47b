"""Hundreds ask at once while others write; the process is killed in the middle of its work. Nobody
is answered with a fault, and nothing that was promised is lost or done twice."""

import asyncio
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from deploy.demo.accounts import doubled_messages, lost_events, lost_messages
from deploy.demo.cast import admitted
from deploy.demo.course import read_course
from deploy.demo.mail import Mailbox
from deploy.demo.records import Records, fetch
from deploy.demo.stage import Stage
from deploy.demo.story import Story
from deploy.demo.telling import Teller
from tests.services.embedded.served import Served, served

from .documents import operations
from .house import House
from .small_course import SmallCourse, kept_in, nomination

CROWD = 400
WRITERS = 60
AFTER_THE_DEADLINE = datetime(2018, 5, 11, 9, tzinfo=UTC)


async def test_four_hundred_at_once_are_answered_while_others_write(house: House) -> None:
    ids = house.course.ids_by_field()
    reads = [
        f"{one.at(ids)}?{urlencode(one.needs(ids))}"
        for one in operations(house)
        if one.method == "GET" and not one.path.startswith("/reporting/events")
    ]
    address = f"/registration/calls/{house.course.ids['call-OTHERS-1']}/nominations"
    with house.client(house.bearer("admin")) as alone:
        quiet = {path: alone.get(path).status_code for path in reads}
    headers, limits = dict(house.bearer("admin")), httpx.Limits(max_connections=CROWD)

    async with httpx.AsyncClient(
        base_url=house.origin, headers=headers, limits=limits, timeout=60
    ) as crowd:
        answers = await asyncio.gather(
            *(crowd.get(reads[number % len(reads)]) for number in range(CROWD - WRITERS)),
            *(crowd.post(address, json=nomination("EG", 600 + one)) for one in range(WRITERS)),
        )

    asked = [*(quiet[reads[one % len(reads)]] for one in range(CROWD - WRITERS)), *[201] * WRITERS]
    statuses = Counter(one.status_code for one in answers)
    otherwise = [
        f"{one.url.path}: {one.status_code}, not {status}"
        for one, status in zip(answers, asked, strict=True)
        if one.status_code not in (status, 503)
    ]
    assert otherwise == []
    later = [one for one in answers if one.status_code == 503]
    assert [one.url.path for one in later if "retry-after" not in one.headers] == []
    assert statuses[201] > 0
    assert "request_failed" not in house.said()


async def test_a_process_that_is_killed_loses_and_doubles_nothing(
    played_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "killed"
    shutil.copytree(played_folder, folder)
    course = kept_in(folder)

    async with served(folder) as one:
        promised = await nominate_until_killed(one, course)
    async with served(folder) as one:
        stage = stage_of(one, course)
        await asyncio.to_thread(select_and_be_killed, one, stage, course)
        await one.process.wait()
    async with served(folder) as one:
        records = await asyncio.to_thread(fetch, stage_of(one, course))
        letters = await asyncio.to_thread(set_aside, one)

    kept = Counter(one["id"] for one in records.nominations)
    assert len(promised) > 5
    assert {kept[identity] for identity in promised} == {1}
    order = Counter((one["party"], one["priority"]) for one in records.nominations)
    assert set(order.values()) == {1}
    assert accounts(records) == {"lost": 0, "doubled": 0, "unsettled": 0}
    assert letters == []


async def nominate_until_killed(one: Served, course: SmallCourse) -> Sequence[str]:
    """Nominate at full speed, and kill the process meanwhile; the ids of what it said it did."""
    house = House(one.origin, one.folder, one.folder / "none", course)
    address = f"/registration/calls/{course.ids['call-RUNNING-1']}/nominations"
    promised: list[str] = []
    headers = dict(house.bearer("focal_point", party="JO"))

    async with httpx.AsyncClient(base_url=one.origin, headers=headers, timeout=30) as client:

        async def nominate(number: int) -> None:
            try:
                answer = await client.post(address, json=nomination("JO", number))
            except httpx.TransportError:
                return
            if answer.status_code == 201:
                promised.append(answer.json()["id"])
            if len(promised) == 20:
                one.process.kill()

        await asyncio.gather(*(nominate(number) for number in range(101, 161)))
    await one.process.wait()
    return promised


def select_and_be_killed(one: Served, stage: Stage, course: SmallCourse) -> None:
    """Select after the deadline, and kill the process while its mails go out."""
    stage.story.move_to_instant(AFTER_THE_DEADLINE)
    stage.cast.admin.post(f"/registration/calls/{course.ids['call-RUNNING-1']}/selection")
    one.process.kill()


def stage_of(one: Served, course: SmallCourse) -> Stage:
    """What the accounts of the play are kept with."""
    house = House(one.origin, one.folder, one.folder / "none", course)
    cast = admitted(one.origin, house.token("admin"))
    return Stage(
        read_course(),
        cast,
        Story(cast.admin, "UTC"),
        Mailbox(cast.admin),
        Teller(sys.stdout, in_colour=False),
        activity_id=course.ids["activity-RUNNING-1"],
        call_id=course.ids["call-RUNNING-1"],
    )


def accounts(records: Records) -> dict[str, int]:
    """What was lost, doubled or left open on the way."""
    return {
        "lost": lost_events(records) + lost_messages(records),
        "doubled": doubled_messages(records),
        "unsettled": sum(one["status"] == "unsettled" for one in records.messages),
    }


def set_aside(one: Served) -> list[Any]:
    """Events that wait for a person."""
    house = House(one.origin, one.folder, one.folder / "none")
    with house.client(house.bearer("admin")) as client:
        return [
            letter
            for service in ("registration", "scheduling", "notifications", "reporting")
            for letter in client.get(f"/{service}/deadletters").json()["items"]
        ]
