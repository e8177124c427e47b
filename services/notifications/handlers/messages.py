"""Writes messages in the transaction that takes their fact in, and settles them at their end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.notifications import MessageSettled
from shared.database import insert_new
from shared.ids import new_id
from shared.jobs import Later, plan
from shared.refusals import NotYetKnown

from ..domain.message_key import message_key
from ..domain.states import OPEN, ChannelName, Settled, channels_for
from ..tables import message, person


@dataclass(frozen=True, slots=True)
class Notice:
    """Why somebody is written to, and what the message needs to be written later.

    `fact` is the id of the fact, or the key of the reminder; `cause` is its type. `officer_id` is
    the officer the message is about, where it is about one. `variables` hold coded values.
    """

    fact: str
    cause: str
    message: str
    recipient_id: UUID
    officer_id: UUID | None
    activity_id: UUID
    visibility: str
    variables: Mapping[str, Any]


async def write_messages(work: Work, notice: Notice) -> list[MessageSettled]:
    """One message for every channel the recipient chose, and the work of delivering it.

    Where nobody may or can be written to, one message says so. Raises `NotYetKnown`.
    """
    if await _is_written(work, notice):
        return []
    if obstacle := await _obstacle(work, notice):
        return await _write_unsent(work, notice, obstacle)
    query = select(person).where(person.c.id == notice.recipient_id)
    reader = (await work.connection.execute(query)).one_or_none()
    if reader is None:
        raise NotYetKnown("person")
    channels = channels_for(
        email=reader.email,
        phone=reader.phone,
        wants_email=reader.wants_email,
        wants_sms=reader.wants_sms,
    )
    if not channels:
        return await _write_unsent(work, notice, "no-address")
    await _write_planned(work, notice, channels)
    return []


async def settle(
    work: Work, *, key: str, status: Settled, reason: str | None = None
) -> list[MessageSettled]:
    """The end of a message, told once; what it needed to be written is blanked with its link."""
    ended: dict[str, Any] = {
        "status": status,
        "reason": reason,
        "settled_at": work.now,
        "variables": {},
    }
    still_open = (message.c.key == key) & message.c.status.in_(OPEN)
    change = message.update().where(still_open).values(**ended).returning(*message.c)
    return [message_settled(dict(row._mapping)) for row in await work.connection.execute(change)]


def message_settled(row: Mapping[str, Any]) -> MessageSettled:
    """The end of a message as the others are told of it."""
    return MessageSettled(
        message_key=row["key"],
        person_id=row["person_id"],
        message=row["message"],
        channel=row["channel"],
        language=row["language"],
        status=row["status"],
        reason=None if row["status"] == "sent" else row["reason"],
        activity_id=row["activity_id"],
    )


async def _is_written(work: Work, notice: Notice) -> bool:
    """The channels were chosen when the fact was first taken in."""
    query = select(message.c.key).where(
        message.c.fact == notice.fact,
        message.c.person_id == notice.recipient_id,
        message.c.message == notice.message,
    )
    return (await work.connection.execute(query.limit(1))).one_or_none() is not None


async def _obstacle(work: Work, notice: Notice) -> str | None:
    concerned = {notice.recipient_id, notice.officer_id or notice.recipient_id}
    if await work.erased(*concerned):
        return "erased"
    if notice.visibility == "closed" and notice.officer_id == notice.recipient_id:
        return "closed-activity"
    return None


async def _write_unsent(work: Work, notice: Notice, reason: str) -> list[MessageSettled]:
    row = _row(work, notice, "email")
    row |= {"status": "not_sent", "reason": reason, "settled_at": work.now, "variables": {}}
    written = await insert_new(work.connection, message, [row])
    return [message_settled(row)] if written else []


async def _write_planned(work: Work, notice: Notice, channels: Sequence[ChannelName]) -> None:
    rows = [_row(work, notice, channel) for channel in channels]
    written = await insert_new(work.connection, message, rows)
    to_do = [Later("deliver", key, {}, work.now, notice.recipient_id) for (key,) in written]
    if to_do:
        await plan(work, *to_do)


def _row(work: Work, notice: Notice, channel: ChannelName) -> dict[str, Any]:
    about = notice.officer_id if notice.officer_id != notice.recipient_id else None
    return {
        "key": message_key(notice.fact, notice.recipient_id, notice.message, channel),
        "id": new_id(),
        "fact": notice.fact,
        "cause": notice.cause,
        "message": notice.message,
        "channel": channel,
        "person_id": notice.recipient_id,
        "about_id": about,
        "activity_id": notice.activity_id,
        "status": "unknown" if _may_have_been_sent(work) else "planned",
        "reason": None,
        "language": None,
        "variables": {**notice.variables, "visibility": notice.visibility},
        "asked": 0,
        "planned_at": work.now,
        "settled_at": None,
        "first_tried_at": None,
    }


def _may_have_been_sent(work: Work) -> bool:
    """What comes back from the archive was told long ago: the receiver is asked first."""
    return isinstance(work.cause, Fact) and work.cause.is_archived
