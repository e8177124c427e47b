"""The accounts of the year, by the rules of the demo: what happened, was lost, was doubled."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from deploy.demo.accounts import MESSAGE_DUE_FOR, SELECTION, keep_accounts
from deploy.demo.records import Records
from deploy.demo.story import SERVICES

from .asking import Desk
from .courses import Conducted
from .organisation import Organisation

Row = Mapping[str, Any]


async def keep(
    organisation: Organisation, courses: Sequence[Conducted], seconds: float
) -> dict[str, int | float]:
    """What the services and the receiving server say of the year; of each record only what the
    accounts are kept from."""
    admin, auditor = organisation.house.desk("admin"), organisation.house.desk("auditor")
    records = Records(
        nominations=[],
        enrolments=[one for course in courses for one in await _enrolments(course)],
        figures={service: await auditor.get(f"/{service}/figures") for service in SERVICES},
        archived=(await auditor.get("/reporting/archive/figures"))["by_type"],
        archive=[one async for one in _archive(auditor)],
        messages=await _brief(
            auditor,
            "/notifications/messages",
            *("key", "fact", "message", "person_id", "channel", "status"),
        ),
        received=await _brief(admin, "/mailbox/messages", "key", "channel"),
        persons={
            one["id"]: one
            for one in await _brief(
                admin,
                "/registration/persons",
                *("id", "email", "phone", "wants_email", "wants_sms"),
            )
        },
    )
    account = keep_accounts(records, seconds)
    held = [one for one in records.enrolments if one["status"] != "cancelled"]
    return {
        **account,
        "officers": len({one["person_id"] for one in held}),
        "nominated": records.archived.get("registration.nomination.submitted.v1", 0),
        "confirmed": records.archived.get("registration.nomination.confirmed.v1", 0),
    }


async def _enrolments(course: Conducted) -> list[Row]:
    address = f"/scheduling/activities/{course.activity_id}/enrolments"
    names = ("person_id", "party", "sex", "status")
    return await _brief(course.coordinator, address, *names)


async def _archive(auditor: Desk) -> AsyncIterator[Row]:
    """The events that make a message due, and those that conclude a selection."""
    for event_type in (*MESSAGE_DUE_FOR, SELECTION):
        async for one in auditor.listed("/reporting/archive", type=event_type):
            yield {name: one[name] for name in ("event_id", "type", "body")}


async def _brief(desk: Desk, path: str, *names: str) -> list[Row]:
    return [{name: one[name] for name in names} async for one in desk.listed(path)]
