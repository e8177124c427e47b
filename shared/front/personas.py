"""One-time links that sign a visitor in: only in a story installation, only on loopback."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BaseModel, Field

from shared.refusals import NotAllowed, Refused
from shared.web.api import router
from shared.web.body import JsonBody, Taken
from shared.web.heads import only_headers_are_wanted
from shared.web.principal import SESSION_COOKIE, SignedIn
from shared.web.problems import MethodIsNotOffered
from shared.web.tokens import (
    LONGEST_PARTY,
    LONGEST_SUBJECT,
    Issuer,
    Role,
    can_be_carried,
    issue,
    subject_of,
)

SECONDS_OF_A_SESSION = 12 * 3600
LANDING: Mapping[Role, str] = {
    "admin": "/",
    "coordinator": "/registration/",
    "focal_point": "/registration/",
    "instructor": "/scheduling/",
    "auditor": "/reporting/",
}


def _printable(name: str) -> str:
    if not can_be_carried(name, longest=len(name)):
        raise ValueError("Printable characters only")
    return name


Carried = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
"""A name as tokens carry it."""


class PersonaLinkIsSpent(Refused):
    """A persona link works once."""

    status = 410
    title = "This link was used before, or never made"


class MakePersona(Taken):
    """Whom a visitor will be."""

    role: Role
    party: Annotated[Carried, Field(max_length=LONGEST_PARTY)] | None = None
    subject: Annotated[Carried, Field(max_length=LONGEST_SUBJECT)] | None = None
    to: str | None = Field(default=None, max_length=300, pattern=r"^/[^/\\]")
    """The page to start on; the role's own when not said."""


class PersonaMade(BaseModel):
    """The link to hand to the visitor."""

    link: str


@dataclass
class Personas:
    """The persona links not used yet; they do not outlive the process."""

    issuer: Issuer
    origin: str
    waiting: dict[str, MakePersona] = field(default_factory=dict)

    def routes(self) -> APIRouter:
        """`POST /personas` (admin) and the link itself."""
        routes = router()

        @routes.post("/personas", status_code=201)
        async def make(
            actor: SignedIn, persona: Annotated[MakePersona, Depends(JsonBody(MakePersona))]
        ) -> PersonaMade:
            if actor.role != "admin":
                raise NotAllowed
            code = secrets.token_urlsafe(24)
            self.waiting[code] = persona
            return PersonaMade(link=f"{self.origin}/personas/{code}")

        @routes.get("/personas/{code}")
        async def enter(request: Request, code: str) -> Response:
            if only_headers_are_wanted(request):
                raise MethodIsNotOffered
            persona = self.waiting.pop(code, None)
            if persona is None:
                raise PersonaLinkIsSpent
            landed = RedirectResponse(persona.to or LANDING[persona.role], 303)
            start_session(landed, self.issuer, persona, secure=self.origin.startswith("https:"))
            return landed

        return routes


def start_session(
    response: Response, issuer: Issuer, persona: MakePersona, *, secure: bool
) -> None:
    """Sign the visitor in, for this browser; `secure` keeps the session to https."""
    token = issue(
        issuer,
        subject=subject_of(persona.role, persona.party, persona.subject),
        role=persona.role,
        party=persona.party,
        seconds=SECONDS_OF_A_SESSION,
    )
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SECONDS_OF_A_SESSION,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
