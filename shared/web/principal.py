"""Who asks: tokens of trusted issuers (ES256), as a bearer or as the session of a browser."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from shared.context import Actor
from shared.refusals import Refused
from shared.web.addressed import refuse_other_sites
from shared.web.tokens import (
    AUDIENCE,
    LONGEST_PARTY,
    LONGEST_SUBJECT,
    ROLES,
    Issuers,
    can_be_carried,
)

SESSION_COOKIE = "cadre_session"
SECONDS_OF_GRACE = 30


class SignInIsNeeded(Refused):
    """No token was sent, or it is expired, changed, or of an issuer not trusted here."""

    status = 401
    title = "Sign in first"


def login(subject: str) -> str:
    """The digest of a token subject by which services recognise a caller, without its name."""
    return hashlib.sha256(f"cadre login\n{subject}".encode()).hexdigest()[:32]


def identify(token: str, issuers: Issuers) -> Actor:
    """The actor a token speaks for. Raises `SignInIsNeeded`."""

    def key_of(signed: Any) -> ECKey:
        return issuers[str(signed.headers()["kid"])].key

    try:
        decoded = jwt.decode(token, key_of, algorithms=["ES256"])
        registry = jwt.JWTClaimsRegistry(
            leeway=SECONDS_OF_GRACE,
            iss={"essential": True, "value": issuers[str(decoded.header["kid"])].name},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
        )
        registry.validate(decoded.claims)
    except (JoseError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise SignInIsNeeded from None
    return _actor(decoded.claims)


async def signed_in(request: Request) -> Actor:
    """The actor of a request: by bearer token, or by the session cookie of a page here; the
    operator, when only they ask."""
    operator: Actor | None = getattr(request.app.state, "operator", None)
    if operator:
        return operator
    issuers: Issuers = request.app.state.issuers
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return identify(token.strip(), issuers)
    session = request.cookies.get(SESSION_COOKIE)
    if not session:
        raise SignInIsNeeded
    refuse_other_sites(request)
    return identify(session, issuers)


SignedIn = Annotated[Actor, Depends(signed_in)]


def _actor(claims: Mapping[str, Any]) -> Actor:
    subject, role, party = claims.get("sub"), claims.get("role"), claims.get("party")
    if role not in ROLES or not can_be_carried(subject, longest=LONGEST_SUBJECT):
        raise SignInIsNeeded
    if party is not None and not can_be_carried(party, longest=LONGEST_PARTY):
        raise SignInIsNeeded
    return Actor(subject=subject, role=role, party=party, login=login(subject))
