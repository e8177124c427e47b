"""A system may do in the broker what its row says, and nothing else."""

from typing import Any

import pytest
from aiormq.exceptions import ChannelAccessRefused

from services.registration.outsiders.provisioning import PROVISION
from services.registration.tables import broker_account
from shared.messaging.transport import Exchange
from shared.outsiders import outsider
from shared.tables import job
from tests.services.registration.beside_a_broker import House
from tests.services.registration.building import a_registration
from tests.services.registration.course import a_course
from tests.services.registration.systems import ATTENDED, CONFIRMED, ENROLLED, NOMINATED, joins


async def test_system_is_told_where_it_connects_and_when_it_may(house: House) -> None:
    shown = (await house.course.admin.get(f"/outsiders/{house.code}")).json()["broker"]

    assert shown == {
        "address": "amqps://broker.example/cadre",
        "user": f"out-{house.code}",
        "queue": f"out.{house.code}",
        "ready": True,
        "password": None,
    }


async def test_password_stands_nowhere_but_in_the_answer(house: House) -> None:
    for table in (job, broker_account, outsider):
        assert house.password not in str(await house.registration.rows(table))


async def test_system_sends_its_own_types_under_its_own_code_alone(house: House) -> None:
    allowed = await house.sends(f"{NOMINATED}.{house.code}")
    refused = [
        await house.sends(f"{ATTENDED}.{house.code}"),
        await house.sends(f"{NOMINATED}.other"),
        await house.sends(f"{NOMINATED}.{house.code}.x"),
        await house.sends(f"x.{NOMINATED}.{house.code}"),
        await house.sends(NOMINATED.replace(".", "-") + f".{house.code}"),
        await house.sends(f"{CONFIRMED}.JO", Exchange.PUBLIC),
        await house.sends(CONFIRMED, Exchange.INTERNAL),
        await house.sends(CONFIRMED, "amq.topic"),
        await house.sends("registration", ""),
    ]

    assert allowed
    assert not any(refused)


async def test_system_reads_its_own_queue_and_makes_nothing(house: House) -> None:
    async with house.connected() as connection:
        for reach in (
            lambda channel: channel.declare_queue("mine"),
            lambda channel: channel.declare_exchange("mine"),
            lambda channel: _read(channel, "ingress.unowned"),
            lambda channel: _bind(channel, f"out.{house.code}", Exchange.PUBLIC),
            lambda channel: _bind(channel, f"out.{house.code}", Exchange.PRIVATE),
        ):
            with pytest.raises(ChannelAccessRefused):
                await reach(await connection.channel())


async def test_queue_gets_facts_of_its_types_and_parties_and_answers_to_it(house: House) -> None:
    for routing_key in (
        f"{CONFIRMED}.JO",
        f"{CONFIRMED}.TN",
        f"{ENROLLED}.JO",
        f"ingress.event.accepted.v1.{house.code}",
        f"ingress.event.held.v1.{house.code}",
        f"ingress.event.refused.v1.{house.code}",
        "ingress.event.refused.v1.other",
    ):
        await house.tells(routing_key)

    found = await house.reads()

    assert [one.removesuffix(house.code) for one in found] == [
        f"{CONFIRMED}.JO",
        "ingress.event.accepted.v1.",
        "ingress.event.held.v1.",
        "ingress.event.refused.v1.",
    ]


async def test_system_that_sends_nothing_may_send_nothing(house: House) -> None:
    asked = {"parties": ["JO"], "sends": [], "receives": [CONFIRMED]}
    match = {"If-Match": '"1"'}
    await house.course.admin.put(f"/outsiders/{house.code}", json=asked, headers=match)

    await house.registration.does_jobs()

    assert not await house.sends(f"{NOMINATED}.{house.code}")
    assert not await house.sends("")


async def test_who_stops_reading_loses_the_oldest_and_holds_up_nobody(house: House) -> None:
    (queue,) = await house.ask("queues", f"out.{house.code}")

    limits = queue["arguments"]

    assert limits["x-max-length"] > 0
    assert limits["x-max-length-bytes"] > 0
    assert limits["x-overflow"] == "drop-head"


async def test_without_a_broker_no_job_is_planned(database_url: str) -> None:
    async with a_registration(database_url) as registration:
        course = await a_course(registration, seats=0)

        made = await joins(course.admin)

        kinds = {one["kind"] for one in await registration.rows(job)}
        assert made["broker"] is None
        assert PROVISION not in kinds


async def _read(channel: Any, name: str) -> None:
    queue = await channel.get_queue(name, ensure=False)
    await queue.get(fail=False)


async def _bind(channel: Any, name: str, exchange: str) -> None:
    queue = await channel.get_queue(name, ensure=False)
    await queue.bind(exchange, "#")
