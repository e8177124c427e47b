"""The broker holds for each system what its row says, whatever happens in between."""

import pytest
from aio_pika.exceptions import AMQPError

from services.registration.outsiders.broker import Broker as PlaceOfSystems
from services.registration.tables import broker_account
from shared.jobs import TryAgain
from shared.messaging.rabbit.management import Administrator
from shared.tables import job
from tests.services.registration.beside_a_broker import House, a_registration_beside, is_closed
from tests.services.registration.systems import ATTENDED, CONFIRMED, ENROLLED, NOMINATED


async def test_description_anew_takes_away_what_is_stale(house: House) -> None:
    asked = {"parties": ["TN"], "sends": [ATTENDED], "receives": [ENROLLED]}
    match = {"If-Match": '"1"'}
    await house.course.admin.put(f"/outsiders/{house.code}", json=asked, headers=match)
    await house.registration.does_jobs()

    for routing_key in (f"{CONFIRMED}.JO", f"{ENROLLED}.JO", f"{ENROLLED}.TN"):
        await house.tells(routing_key)

    assert await house.reads() == [f"{ENROLLED}.TN"]
    assert await house.sends(f"{ATTENDED}.{house.code}")
    assert not await house.sends(f"{NOMINATED}.{house.code}")


async def test_suspended_system_is_cut_off_and_finds_its_queue_again(house: House) -> None:
    await house.tells(f"{CONFIRMED}.JO")
    async with house.connected() as connection:
        await house.changes("suspension")
        await is_closed(connection)
    with pytest.raises((AMQPError, ConnectionError)):
        async with house.connected():
            pass

    await house.changes("resumption")

    assert await house.reads() == [f"{CONFIRMED}.JO"]


async def test_old_password_ends_when_new_secrets_are_given(house: House) -> None:
    async with house.connected() as connection:
        made = await house.changes("rotation")
        await is_closed(connection)

    with pytest.raises((AMQPError, ConnectionError)):
        async with house.connected():
            pass
    async with house.connected(made["broker"]["password"]) as connection:
        assert await connection.channel()


async def test_nothing_of_a_removed_system_stays_in_the_broker(house: House) -> None:
    async with house.connected() as connection:
        await house.changes("removal")
        await is_closed(connection)

    assert await house.ask("users", f"out-{house.code}") == []
    assert await house.ask("queues", f"out.{house.code}") == []
    assert await house.ask("permissions", f"out-{house.code}") == []
    (account,) = await house.registration.rows(broker_account)
    assert account["password_hash"] is None


async def test_job_may_run_any_number_of_times_and_in_any_order(house: House) -> None:
    await house.course.admin.post(f"/outsiders/{house.code}/suspension")
    await house.course.admin.post(f"/outsiders/{house.code}/resumption")
    await house.tells(f"{CONFIRMED}.JO")

    await house.registration.does_jobs()
    async with house.registration.database.writing() as connection:
        await connection.execute(job.update().values(state="waiting", finished_at=None))
    done = await house.registration.does_jobs()

    assert done == 3
    assert await house.reads() == [f"{CONFIRMED}.JO"]
    assert await house.sends(f"{NOMINATED}.{house.code}")


async def test_broker_that_is_away_is_asked_again_until_it_is_there(house: House) -> None:
    nowhere = Administrator("http://127.0.0.1:1", "cadre", "secret")
    place = PlaceOfSystems(nowhere, house.vhost, "amqp://broker.example")
    async with a_registration_beside(house, place) as registration:
        await house.course.admin.post(f"/outsiders/{house.code}/suspension")

        with pytest.raises(TryAgain) as put_off:
            await registration.does_jobs()

    shown = (await house.course.admin.get(f"/outsiders/{house.code}")).json()
    assert put_off.value.for_ever
    assert (shown["state"], shown["broker"]["ready"]) == ("suspended", False)
