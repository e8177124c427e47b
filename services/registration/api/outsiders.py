"""Other systems that take part, and what they call officers and activities."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited, Outcome, Work
from shared.messaging.rabbit.users import outsider_user
from shared.refusals import NotAllowed, NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..bodies.outsiders import DescribeAlias, DescribeOutsider, RegisterOutsider
from ..commands import aliases, outsiders
from ..outsiders.broker import Broker
from ..outsiders.credentials import new_credentials
from ..queries import outsiders as queries
from ..queries.outsiders import AliasShown, OutsiderShown
from ..refusals.outsiders import (
    AliasDoesNotFit,
    AliasExists,
    OutsiderExists,
    OutsiderIsRemoved,
    TypeIsNotPublic,
    TypeIsNotTaken,
)
from ..refusals.people import PartyIsNotRegistered, PersonIsNotRegistered

routes = router()
DESCRIBED = (NotAllowed, PartyIsNotRegistered, TypeIsNotTaken, TypeIsNotPublic)
CHANGED = (NotAllowed, NotFound, OutsiderIsRemoved)
Change = Callable[[Work, str], Awaitable[Outcome]]


@routes.post(
    "/outsiders",
    status_code=201,
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*DESCRIBED, OutsiderExists),
)
async def register_outsider(
    asked: AskedBy, system: Annotated[RegisterOutsider, Depends(JsonBody(RegisterOutsider))]
) -> Response:
    """Have another system take part; its key and password are in this answer alone (admin)."""
    made = new_credentials(system.outsider, user=_user(asked, system.outsider))
    show = partial(queries.show_outsider, code=system.outsider, address=_address(asked))
    return await asked.perform(
        partial(outsiders.register_outsider, asked=system, made=made),
        audited=Audited("register-outsider", f"outsider/{system.outsider}"),
        show=partial(show, made=made),
        keep=show,
        status=201,
    )


@routes.get("/outsiders", tags=["outsiders"], responses=documented(NotAllowed))
async def list_outsiders(asked: AskedBy, place: Paged) -> Listed[OutsiderShown]:
    """Every system that takes part or once did (admin, auditor)."""
    listing = partial(queries.list_outsiders, place=place, address=_address(asked))
    return await asked.read(listing)


@routes.get("/outsiders/{outsider}", tags=["outsiders"], responses=documented(NotAllowed, NotFound))
async def show_outsider(asked: AskedBy, outsider: str, response: Response) -> OutsiderShown:
    """One system (admin, auditor)."""
    show = partial(queries.show_outsider, code=outsider, address=_address(asked))
    shown = await asked.read(show)
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/outsiders/{outsider}",
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*DESCRIBED, *CHANGED, VersionIsMissing, VersionHasMoved),
)
async def describe_outsider(
    asked: AskedBy,
    outsider: str,
    described: Annotated[DescribeOutsider, Depends(JsonBody(DescribeOutsider))],
) -> Response:
    """Change for whom a system speaks, and what it may send and read (admin)."""
    version = asked.expected_version
    return await asked.perform(
        partial(outsiders.describe_outsider, code=outsider, asked=described, version=version),
        audited=Audited("describe-outsider", f"outsider/{outsider[:20]}"),
        show=partial(queries.show_outsider, code=outsider, address=_address(asked)),
    )


@routes.post(
    "/outsiders/{outsider}/rotation",
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*CHANGED),
)
async def give_new_secrets(asked: AskedBy, outsider: str) -> Response:
    """A new key and password, in this answer alone; the old ones end (admin)."""
    made = new_credentials(outsider, user=_user(asked, outsider))
    show = partial(queries.show_outsider, code=outsider, address=_address(asked))
    return await asked.perform(
        partial(outsiders.give_new_secrets, code=outsider, made=made),
        audited=Audited("give-new-secrets", f"outsider/{outsider[:20]}"),
        show=partial(show, made=made),
        keep=show,
    )


@routes.post(
    "/outsiders/{outsider}/suspension",
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*CHANGED),
)
async def suspend_outsider(asked: AskedBy, outsider: str) -> Response:
    """Keep a system out until it is resumed (admin)."""
    return await _change(asked, outsider, "suspend-outsider", outsiders.suspend_outsider)


@routes.post(
    "/outsiders/{outsider}/resumption",
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*CHANGED),
)
async def resume_outsider(asked: AskedBy, outsider: str) -> Response:
    """Let a suspended system take part again, with the secrets it had (admin)."""
    return await _change(asked, outsider, "resume-outsider", outsiders.resume_outsider)


@routes.post(
    "/outsiders/{outsider}/removal",
    tags=["outsiders"],
    response_model=OutsiderShown,
    responses=documented(*CHANGED),
)
async def remove_outsider(asked: AskedBy, outsider: str) -> Response:
    """A system takes part no more; its code is not given again (admin)."""
    return await _change(asked, outsider, "remove-outsider", outsiders.remove_outsider)


@routes.post(
    "/outsiders/{outsider}/aliases",
    status_code=201,
    tags=["outsiders"],
    response_model=AliasShown,
    responses=documented(
        *CHANGED, NotYetKnown, AliasExists, AliasDoesNotFit, PersonIsNotRegistered
    ),
)
async def describe_alias(
    asked: AskedBy,
    outsider: str,
    alias: Annotated[DescribeAlias, Depends(JsonBody(DescribeAlias))],
) -> Response:
    """Say which officer or activity a system means by a reference (admin)."""
    show = partial(queries.show_alias, kind=alias.kind, reference=alias.reference)
    return await asked.perform(
        partial(aliases.describe_alias, code=outsider, asked=alias),
        audited=Audited("describe-alias", f"outsider/{outsider[:20]}/{alias.meant_id}"),
        show=partial(show, code=outsider),
        status=201,
        person_id=alias.meant_id if alias.kind == "officer" else None,
    )


@routes.get(
    "/outsiders/{outsider}/aliases", tags=["outsiders"], responses=documented(NotAllowed, NotFound)
)
async def list_aliases(asked: AskedBy, outsider: str, place: Paged) -> Listed[AliasShown]:
    """What a system calls officers and activities (admin)."""
    return await asked.read(partial(queries.list_aliases, code=outsider, place=place))


@routes.post(
    "/outsiders/{outsider}/aliases/{alias_id}/withdrawal",
    tags=["outsiders"],
    response_model=AliasShown,
    responses=documented(NotAllowed, NotFound),
)
async def withdraw_alias(asked: AskedBy, outsider: str, alias_id: UUID) -> Response:
    """A system's reference stands for nobody any more (admin)."""
    return await asked.perform(
        partial(aliases.withdraw_alias, code=outsider, alias_id=alias_id),
        audited=Audited("withdraw-alias", f"outsider/{outsider[:20]}/alias/{alias_id}"),
        show=partial(queries.show_alias_by_id, alias_id=alias_id),
    )


async def _change(asked: AskedBy, code: str, action: str, change: Change) -> Response:
    return await asked.perform(
        lambda work: change(work, code),
        audited=Audited(action, f"outsider/{code[:20]}"),
        show=partial(queries.show_outsider, code=code, address=_address(asked)),
    )


def _broker(asked: AskedBy) -> Broker | None:
    broker: Broker | None = asked.request.app.state.broker
    return broker


def _user(asked: AskedBy, code: str) -> str | None:
    """How a system signs in to the broker, where there is one."""
    broker = _broker(asked)
    return outsider_user(broker.prefix, code) if broker else None


def _address(asked: AskedBy) -> str | None:
    broker = _broker(asked)
    return broker.address if broker else None
