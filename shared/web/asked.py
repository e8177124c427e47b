"""What an endpoint works with: who asks, and `perform` (change something) or `read`."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from shared.context import Act, Actor, Audited, Context, Outcome, Work, record
from shared.refusals import NotAllowed, NotFound, Refused
from shared.tables import stored_answer
from shared.web.body import read_body
from shared.web.json_gate import LARGEST_BODY, refuse_unclean_texts
from shared.web.principal import SignedIn
from shared.web.versions import etag, expected_version

T = TypeVar("T")
Show = Callable[[Work], Awaitable[BaseModel | None]]
Keep = Callable[[Work], Awaitable[BaseModel]]
Status = int | Callable[[Any], int]
"""Of the answer; where that depends on what is shown, a function of it."""
ANSWERS_ARE_KEPT = timedelta(hours=24)


class IdempotencyKeyReused(Refused):
    """This Idempotency-Key was used for another request."""

    status = 422
    title = "This Idempotency-Key belongs to another request"


class SameRequestIsRunning(Refused):
    """The same request is being worked on at this moment."""

    title = "The same request is still running"
    retry_after = 1


class IdempotencyKeyIsNotValid(Refused):
    """An Idempotency-Key is 1 to 200 printable ASCII characters."""

    status = 422
    title = "Idempotency-Key is 1 to 200 printable ASCII characters"


@dataclass
class Asked:
    """One request to one service."""

    request: Request
    context: Context
    actor: Actor

    @property
    def correlation_id(self) -> str:
        """By which everything that follows from this request is found."""
        return str(self.request.state.correlation_id)

    @property
    def expected_version(self) -> int:
        """The version in If-Match; raises `VersionIsMissing`."""
        return expected_version(self.request)

    async def read(self, query: Callable[[Work], Awaitable[T]], *, on_record: bool = False) -> T:
        """Answer from one state of the database; a denied access is put on record, and `on_record`
        also what the query says it has shown."""
        database = self.context.database
        try:
            async with database.writing() if on_record else database.reading() as connection:
                now = await self.context.clock.now(connection)
                work = Work(self.context, connection, self.actor, now, self.correlation_id)
                return await query(work)
        except (NotAllowed, NotFound) as refusal:
            await self._record_refusal(Audited("read", self._place()), refusal)
            raise

    async def perform(
        self,
        act: Act,
        *,
        audited: Audited,
        show: Show | None = None,
        keep: Keep | None = None,
        status: Status = 200,
        person_id: UUID | None = None,
    ) -> Response:
        """Carry out a command once, and answer with what `show` reads in the same transaction.

        The same Idempotency-Key with the same body gets the first answer again; what `keep` reads,
        where that answer holds secrets that are shown once.
        """
        key = self._key()
        if self._body_digest() is None and self.request.method == "POST":
            await read_body(self.request, limit=LARGEST_BODY)
        running = self.context.running
        mine = (self.actor.subject, self._address(), key)
        if key and mine in running:
            raise SameRequestIsRunning
        running.add(mine)
        try:
            kept = await self._kept_answer(key)
            return kept or await self._carry_out(
                act, audited, _Answer(show, keep, status, key, person_id)
            )
        except IntegrityError:
            kept = await self._kept_answer(key)
            if not kept:
                raise
            return kept
        except Refused as refusal:
            await self._record_refusal(audited, refusal)
            raise
        finally:
            running.discard(mine)

    async def _carry_out(self, act: Act, audited: Audited, wanted: "_Answer") -> Response:
        made = Response()

        async def act_once(work: Work) -> Outcome:
            names = (self.actor.subject, self._address(), wanted.key)
            if wanted.key and not await _only_one(work, "\n".join(map(str, names))):
                return SameRequestIsRunning()
            return await act(work)

        async def answer(work: Work) -> None:
            shown = await wanted.show(work) if wanted.show else None
            made.body = shown.model_dump_json().encode() if shown else b""
            status = wanted.status if isinstance(wanted.status, int) else wanted.status(shown)
            made.status_code = 204 if status == 200 and not shown else status
            version = getattr(shown, "version", None)
            if version is not None:
                made.headers["ETag"] = etag(version)
            if wanted.key:
                kept = (await wanted.keep(work)).model_dump_json() if wanted.keep else None
                body = kept.encode() if kept is not None else bytes(made.body)
                await self._keep_answer(work, wanted.key, made, body, wanted.person_id)

        await self.context.commit(
            act_once,
            actor=self.actor,
            correlation_id=self.correlation_id,
            audited=audited,
            answer=answer,
        )
        return _finished(
            bytes(made.body), made.status_code, made.headers.get("etag"), replayed=False
        )

    def _key(self) -> str | None:
        key = self.request.headers.get("idempotency-key")
        if key is None or self.request.method != "POST":
            return None
        if not (0 < len(key) <= 200 and key.isascii() and key.isprintable()):
            raise IdempotencyKeyIsNotValid
        return key

    async def _kept_answer(self, key: str | None) -> Response | None:
        if key is None:
            return None
        query = select(stored_answer).where(
            stored_answer.c.principal == self.actor.subject,
            stored_answer.c.address == self._address(),
            stored_answer.c.key == key,
            stored_answer.c.kept_until > self.context.clock.machine(),
        )
        async with self.context.database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        if row.digest != self._digest():
            raise IdempotencyKeyReused
        return _finished(row.body, row.status, row.etag, replayed=True)

    async def _keep_answer(
        self, work: Work, key: str, made: Response, body: bytes, person_id: UUID | None
    ) -> None:
        now = self.context.clock.machine()
        mine = {"principal": self.actor.subject, "address": self._address(), "key": key}
        expired = stored_answer.delete().filter_by(**mine)
        await work.connection.execute(expired.where(stored_answer.c.kept_until <= now))
        await work.connection.execute(
            stored_answer.insert().values(
                **mine,
                person_id=person_id,
                digest=self._digest(),
                status=made.status_code,
                etag=made.headers.get("etag"),
                body=body,
                kept_until=now + ANSWERS_ARE_KEPT,
            )
        )

    def _address(self) -> str:
        """The digest of method and path: the path of a signed link is its secret."""
        whole = f"{self.request.method} {self.request.url.path}"
        return hashlib.sha256(whole.encode()).hexdigest()

    def _body_digest(self) -> str | None:
        digest: str | None = getattr(self.request.state, "digest", None)
        return digest

    def _digest(self) -> str:
        """Of the body, and of the whole address with what stands behind the question mark."""
        url = self.request.url
        whole = f"{self._body_digest()}\n{url.path}\n{url.query}"
        return hashlib.sha256(whole.encode()).hexdigest()

    def _place(self) -> str:
        """The address asked for, without the secret of a signed link."""
        code, path = self.request.path_params.get("code"), self.request.url.path
        return path.replace(str(code), "*") if code else path

    async def _record_refusal(self, audited: Audited, refusal: Refused) -> None:
        outcome = "denied" if isinstance(refusal, NotAllowed | NotFound) else "refused"
        async with self.context.database.writing() as connection:
            now = await self.context.clock.now(connection)
            work = Work(self.context, connection, self.actor, now, self.correlation_id)
            await record(work, audited, outcome, refusal.code())


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is to be answered when a command is done, and under which key it is kept."""

    show: Show | None
    keep: Keep | None
    status: Status
    key: str | None
    person_id: UUID | None


async def _asked(request: Request, actor: SignedIn) -> Asked:
    refuse_unclean_texts([request.url.path, *request.query_params.values()])
    return Asked(request, request.app.state.context, actor)


async def _asked_by_link(request: Request) -> Asked:
    refuse_unclean_texts([request.url.path, *request.query_params.values()])
    actor = Actor("link", "link")
    return Asked(request, request.app.state.context, actor)


AskedBy = Annotated[Asked, Depends(_asked)]
"""Somebody who is signed in asks."""
AskedByLink = Annotated[Asked, Depends(_asked_by_link)]
"""Somebody asks who holds a signed link, or a public question."""


async def _only_one(work: Work, name: str) -> bool:
    """Whether no other process of this service works on the same request."""
    if work.context.database.is_sqlite:
        return True
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(name, 0))
    return bool((await work.connection.execute(select(lock))).scalar_one())


def _finished(body: bytes, status: int, version: str | None, *, replayed: bool) -> Response:
    headers = {"ETag": version} if version else {}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(body or None, status, headers, "application/json" if body else None)
