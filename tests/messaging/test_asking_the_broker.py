"""Questions to the broker cost no memory, and one that is broken off costs no other its answer."""

import asyncio
import gc
import tracemalloc
from contextlib import suppress

from shared.messaging.rabbit import RabbitTransport
from tests.messaging.rig import Rig, over_rabbitmq

pytestmark = over_rabbitmq
BYTES_A_QUESTION = 200


async def held_after(rig: Rig, questions: int) -> int:
    """The bytes held when so many questions of each kind were asked."""
    assert isinstance(rig.transport, RabbitTransport)
    for _ in range(questions):
        await rig.transport.queued("scheduling")
        await rig.transport.answers()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def test_questions_leave_nothing_behind(rig: Rig) -> None:
    tracemalloc.start()
    try:
        first = await held_after(rig, 20)
        last = await held_after(rig, 200)
    finally:
        tracemalloc.stop()

    assert last - first < 400 * BYTES_A_QUESTION


async def test_a_question_broken_off_costs_no_other_its_answer(rig: Rig) -> None:
    for steps in range(12):
        broken_off = asyncio.create_task(rig.transport.queued("scheduling"))
        for _ in range(steps):
            await asyncio.sleep(0)
        broken_off.cancel()
        with suppress(asyncio.CancelledError):
            await broken_off

        assert await rig.transport.queued("scheduling") == 0
