"""The addresses of the tiny service: one thing to write, change, read and list; and doors that
refuse, fail or wait."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field, field_validator
from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table, select

from shared.context import Audited, Outcome, Work
from shared.contracts.event import Instant as Moment
from shared.contracts.registration import PartyDescribed
from shared.database import Id, Instant, insert_new, lock_row
from shared.ids import new_id
from shared.refusals import Fault, NotFound, NotYetKnown, Refused
from shared.rights import require_role
from shared.web.api import router
from shared.web.asked import Asked, AskedBy, AskedByLink
from shared.web.body import JsonBody, Taken
from shared.web.forms import read_form, read_upload
from shared.web.lists import Listed, Paged, listed
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

METADATA = MetaData()
entry = Table(
    "entry",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("words", String(200), nullable=False),
    Column("number", Integer, nullable=False),
    Column("large", BigInteger, nullable=False),
    Column("mood", String(10), nullable=False),
    Column("on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
)
ORDERS = {
    "id": [entry.c.id],
    "at": [entry.c.at, entry.c.id],
    "on": [entry.c.on, entry.c.id],
    "words": [entry.c.words, entry.c.id],
    "number": [entry.c.number, entry.c.large, entry.c.id],
}


class DiaryIsFull(Refused):
    """There is no page left."""

    title = "There is no page left"


class Line(Taken):
    """A line below an entry."""

    body: str
    path: int


class WriteEntry(Taken):
    """An entry to be written."""

    words: str = Field(max_length=200)
    number: int = Field(ge=-(2**31), lt=2**31)
    large: int = 0
    mood: Literal["calm", "cross"]
    on: date
    at: Moment | None = None
    names: dict[str, str] = Field(default_factory=dict)
    lines: list[Line] = Field(default_factory=list)

    @field_validator("words")
    @classmethod
    def no_secrets(cls, words: str) -> str:
        if "secret" in words:
            raise ValueError(f"{words} is not for a diary")
        return words


class EntryShown(BaseModel):
    """An entry as it is shown."""

    id: UUID
    words: str
    number: int
    version: int


@dataclass
class Doors:
    """What a test opens and shuts."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    effects: list[str] = field(default_factory=list)
    fields: list[dict[str, Any]] = field(default_factory=list)
    error: Exception = field(default_factory=lambda: RuntimeError("Amal Haddad +962790000000"))


async def write_entry(work: Work, *, entry_id: UUID, asked: WriteEntry) -> Outcome:
    if asked.words == "full":
        return DiaryIsFull("Begin a new one.", faults=[Fault("words", "full", "No page.")])
    row = asked.model_dump(exclude={"names", "lines"}) | {"id": entry_id, "version": 1}
    await insert_new(work.connection, entry, [row | {"at": asked.at or work.now}])
    return [PartyDescribed(party="JO", kind="country", names={"en": "Jordan"})]


async def change_entry(work: Work, *, entry_id: UUID, asked: WriteEntry, expected: int) -> Outcome:
    await lock_row(work.connection, entry, id=entry_id)
    if (await show_entry(work, entry_id=entry_id)).version != expected:
        return VersionHasMoved()
    values = {"words": asked.words, "version": expected + 1}
    await work.connection.execute(entry.update().where(entry.c.id == entry_id).values(**values))
    return None


async def show_entry(work: Work, *, entry_id: UUID) -> EntryShown:
    query = select(entry).where(entry.c.id == entry_id)
    row = (await work.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return EntryShown(**row._mapping)


def diary_routes(doors: Doors) -> APIRouter:
    """All addresses of the diary."""
    routes = router()
    _add_entries(routes)
    _add_doors(routes, doors)
    _add_forms(routes, doors)
    return routes


def _add_entries(routes: APIRouter) -> None:
    @routes.post(
        "/entries",
        status_code=201,
        response_model=EntryShown,
        responses=documented(DiaryIsFull, NotYetKnown),
    )
    async def write(
        asked: AskedBy, body: Annotated[WriteEntry, Depends(JsonBody(WriteEntry))]
    ) -> Response:
        """Write an entry."""
        entry_id = new_id()
        return await asked.perform(
            partial(write_entry, entry_id=entry_id, asked=body),
            audited=Audited("write-entry", f"entry/{entry_id}"),
            show=partial(show_entry, entry_id=entry_id),
            status=201,
        )

    @routes.put(
        "/entries/{entry_id}",
        response_model=EntryShown,
        responses=documented(VersionHasMoved, VersionIsMissing),
    )
    async def change(
        asked: AskedBy, entry_id: UUID, body: Annotated[WriteEntry, Depends(JsonBody(WriteEntry))]
    ) -> Response:
        """Change an entry."""
        expected = asked.expected_version
        return await asked.perform(
            partial(change_entry, entry_id=entry_id, asked=body, expected=expected),
            audited=Audited("change-entry", f"entry/{entry_id}"),
            show=partial(show_entry, entry_id=entry_id),
        )

    @routes.get("/entries")
    async def entries(
        asked: AskedBy, place: Paged, order: Annotated[str, Query()] = "id"
    ) -> Listed[EntryShown]:
        """All entries, in one of several orders."""

        async def read(work: Work) -> Listed[EntryShown]:
            return await listed(
                work.connection,
                select(entry),
                place,
                order=ORDERS[order],
                show=lambda row: EntryShown(**row._mapping),
            )

        return await asked.read(read)

    @routes.get("/entries/{entry_id}")
    async def read_entry(asked: AskedBy, entry_id: UUID) -> EntryShown:
        """One entry."""
        return await asked.read(partial(show_entry, entry_id=entry_id))

    @routes.get("/words/{words}")
    async def find(asked: AskedBy, words: str) -> EntryShown:
        """The entry that holds these words."""

        async def read(work: Work) -> EntryShown:
            query = select(entry.c.id).where(entry.c.words == words).limit(1)
            found = (await work.connection.execute(query)).scalar_one_or_none()
            return await show_entry(work, entry_id=found or new_id())

        return await asked.read(read)

    @routes.get("/shared/{code}")
    async def behind_link(asked: AskedByLink, code: str) -> EntryShown:
        """The entry behind a signed link."""

        async def read(work: Work) -> EntryShown:
            return await show_entry(work, entry_id=work.links.check("shared", code, work.now))

        return await asked.read(read)


def _add_doors(routes: APIRouter, doors: Doors) -> None:
    @routes.post("/slow")
    async def slow(asked: AskedBy) -> Response:
        """Has an effect once the door is opened."""

        async def act(work: Work) -> Outcome:
            doors.reached.set()
            await doors.opened.wait()
            doors.effects.append(work.actor.subject)
            return None

        return await asked.perform(act, audited=Audited("go-slow", "door"))

    @routes.get("/auditors")
    async def auditors(asked: AskedBy) -> EntryShown:
        """For auditors."""

        async def read(work: Work) -> EntryShown:
            await require_role(work, "auditor")
            raise NotFound

        return await asked.read(read)

    @routes.post("/twice")
    async def twice(asked: AskedBy) -> Response:
        """A fault: writes one key twice, and holds personal values while it does."""

        async def act(work: Work) -> Outcome:
            row = {"words": "Amal Haddad", "number": 1, "large": 1, "mood": "calm"}
            row |= {"id": UUID(int=1), "on": date(2018, 6, 24), "at": work.now, "version": 1}
            await work.connection.execute(entry.insert().values(row))
            await work.connection.execute(entry.insert().values(row))
            return None

        return await asked.perform(act, audited=Audited("fail", "door"))

    @routes.post("/failing")
    async def failing(asked: AskedBy) -> Response:
        """Fails with what the test says."""

        async def act(work: Work) -> Outcome:
            raise doors.error

        return await asked.perform(act, audited=Audited("fail", "door"))

    async def stumble(asked: AskedBy) -> None:
        raise doors.error

    @routes.get("/stumbling", dependencies=[Depends(stumble)])
    async def stumbling() -> None:
        """Fails before it begins."""


def _add_forms(routes: APIRouter, doors: Doors) -> None:
    async def keep(asked: Asked, fields: dict[str, Any]) -> Response:
        async def act(work: Work) -> Outcome:
            doors.fields.append(fields)
            return None

        return await asked.perform(act, audited=Audited("send-form", "door"))

    @routes.post("/form")
    async def form(
        asked: AskedBy, fields: Annotated[dict[str, str], Depends(read_form)]
    ) -> Response:
        """Keeps the fields of a form."""
        return await keep(asked, fields)

    @routes.post("/long/{words}")
    async def long(asked: AskedBy, words: str) -> Response:
        """Keeps the words of a long address."""
        return await keep(asked, {"words": words})

    @routes.post("/upload")
    async def upload(asked: AskedBy) -> Response:
        """Keeps the fields and the file of a form."""
        sent = await read_upload(asked.request, limit=2_000)
        files = {name: await one.read() for name, one in sent.items() if not isinstance(one, str)}
        return await keep(asked, {**sent, **files})
