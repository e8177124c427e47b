"""Another system that nominates for Jordan, as registration meets it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from services.registration.app import REACTIONS
from shared.contracts.ingress import IngressAnswer
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Message
from shared.outsiders import digest_of, outsider
from shared.web.attending import attend
from shared.web.problems import Answers
from tests.messaging.ingress.sent import NOMINATION, event, structured
from tests.services.registration.building import ORIGIN, Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.made_once import made_once

KEY = "jo-hr.a-key"


async def takes_part(registration: Registration, code: str = "jo-hr", **other: Any) -> None:
    """A system that speaks for Jordan and may nominate, unless told otherwise."""
    row = {
        "code": code,
        "parties": ["JO"],
        "sends": [NOMINATION],
        "receives": [],
        "state": "active",
        "key_digest": digest_of(f"{code}.a-key"),
        "sequence": 1,
        **other,
    }
    async with registration.database.writing() as connection:
        await connection.execute(outsider.insert().values(**row))


@made_once
async def a_course_with_a_system(registration: Registration, **call: Any) -> Course:
    """A small course, and a system of Jordan's."""
    course = await a_course(registration, **call)
    await takes_part(registration)
    await registration.said()
    return course


def nomination(number: int = 7, **other: Any) -> dict[str, Any]:
    """The golden example, of an officer of this number."""
    said = event(NOMINATION)
    said["id"] = f"n-{number}"
    officer = {**said["data"]["officer"], "reference": f"EMP-{number}", "unit": "immigration"}
    data = {**said["data"], "officer": officer, "priority": number, **other}
    return {**said, "data": data}


async def sends(registration: Registration, said: Any, **how: Any) -> list[Any]:
    """Have one structured event arrive through the broker; what is answered."""
    return await receives(registration, structured(said, **how))


async def receives(registration: Registration, message: Message) -> list[Any]:
    """Have one message arrive; what is answered."""
    await Dispatcher(registration.service.context, REACTIONS).dispatch(Delivery(message))
    return await registration.said(IngressAnswer)


@asynccontextmanager
async def asking(registration: Registration, key: str = KEY) -> AsyncIterator[httpx.AsyncClient]:
    """Who has a key, at what stands beside registration's own addresses."""
    app = FastAPI()
    attend(app, Answers(registration.service.api.state.pages.show_problem))
    for path, routes in registration.service.beside.items():
        app.include_router(routes, prefix=path)
    headers = {"Authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        yield client


def codes(answer: Any) -> list[str]:
    """What an answer names."""
    return [fault.code for fault in answer.faults]


def batch(*events: dict[str, Any]) -> bytes:
    """Several events as one body."""
    return json.dumps(events).encode()
