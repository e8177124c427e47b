"""Who asks: tokens of trusted issuers (ES256), as a bearer or as the session of a browser."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from shared.context import Actor
from shared.refusals import Refused

Role = Literal["admin", "coordinator", "focal_point", "instructor", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
SESSION_COOKIE = "cadre_session"
AUDIENCE = "cadre"
SECONDS_OF_GRACE = 30


class SignInIsNeeded(Refused):
    """No token was sent, or it is expired, changed, or of an issuer not trusted here."""

    status = 401
    title = "Sign in first"


class RequestCameFromElsewhere(Refused):
    """A browser's session acts only on pages of this origin."""

    status = 403
    title = "This request came from another site"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who may say who somebody is: its name, and the key that proves it (its `kid` names it)."""

    name: str
    key: ECKey

    @property
    def key_id(self) -> str:
        """The thumbprint of the key (RFC 7638), which every token names."""
        return self.key.thumbprint()


Issuers = Mapping[str, Issuer]
"""The issuers a service trusts, by key id."""


def trusting(*issuers: Issuer) -> Issuers:
    """The issuers as services look them up."""
    return {issuer.key_id: issuer for issuer in issuers}


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
    """The actor of a request: by bearer token, or by the session cookie of a page here."""
    issuers: Issuers = request.app.state.issuers
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return identify(token.strip(), issuers)
    session = request.cookies.get(SESSION_COOKIE)
    if not session:
        raise SignInIsNeeded
    _refuse_other_sites(request)
    return identify(session, issuers)


SignedIn = Annotated[Actor, Depends(signed_in)]


def issue(issuer: Issuer, *, subject: str, role: Role, party: str | None, seconds: int) -> str:
    """A token in the issuer's name, good for some seconds of machine time."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": issuer.name,
        "aud": AUDIENCE,
        "sub": subject,
        "role": role,
        "iat": now,
        "exp": now + seconds,
    }
    if party:
        claims["party"] = party
    return jwt.encode({"alg": "ES256", "typ": "JWT", "kid": issuer.key_id}, claims, issuer.key)


def _actor(claims: Mapping[str, Any]) -> Actor:
    subject, role = _name(claims.get("sub"), longest=200), claims.get("role")
    if role not in ROLES:
        raise SignInIsNeeded
    party = claims.get("party")
    return Actor(
        subject=subject,
        role=role,
        party=None if party is None else _name(party, longest=20),
        login=login(subject),
    )


def _name(value: Any, *, longest: int) -> str:
    if not (isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()):
        raise SignInIsNeeded
    return value


def _refuse_other_sites(request: Request) -> None:
    if request.method in ("GET", "HEAD"):
        return
    origin, here = request.headers.get("origin", ""), request.headers.get("host", "")
    if not here or origin.partition("://")[2].lower() != here.lower():
        raise RequestCameFromElsewhere
