"""Tokens (JWT, ES256): who may issue them, what they say of somebody, and how one is made."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard, get_args

from joserfc import jwt
from joserfc.jwk import ECKey

from shared.refusals import Refused

Role = Literal["admin", "coordinator", "focal_point", "instructor", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
AUDIENCE = "cadre"
LONGEST_SUBJECT = 200
LONGEST_PARTY = 20


class NameCanNotBeCarried(Refused):
    """A token names a subject of 1 to 200 and a party of 1 to 20 printable characters."""

    status = 422
    title = "A token can not carry this name"


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


def subject_of(role: str, party: str | None, subject: str | None = None) -> str:
    """The subject a token names when none is given: `<role>[-<party>]`."""
    return subject or (f"{role}-{party}" if party else role)


def issue(issuer: Issuer, *, subject: str, role: Role, party: str | None, seconds: int) -> str:
    """A token in the issuer's name, good for some seconds of machine time.

    Raises `NameCanNotBeCarried`.
    """
    if not can_be_carried(subject, longest=LONGEST_SUBJECT):
        raise NameCanNotBeCarried("The subject is not 1 to 200 printable characters.")
    if party is not None and not can_be_carried(party, longest=LONGEST_PARTY):
        raise NameCanNotBeCarried("The party is not 1 to 20 printable characters.")
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": issuer.name,
        "aud": AUDIENCE,
        "sub": subject,
        "role": role,
        "iat": now,
        "exp": now + seconds,
    }
    if party is not None:
        claims["party"] = party
    return jwt.encode({"alg": "ES256", "typ": "JWT", "kid": issuer.key_id}, claims, issuer.key)


def can_be_carried(name: object, *, longest: int) -> TypeGuard[str]:
    """Whether a token may hold this as the name of a subject or party."""
    return isinstance(name, str) and 0 < len(name) <= longest and name.isprintable()
