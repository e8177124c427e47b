"""Who asks without having a right to, and with what for a token."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from services.embedded.installation import open_installation
from shared.web.tokens import Role

from .house import House

OUTSIDERS: Mapping[str, tuple[Role, str | None, str | None]] = {
    "focal point of another project": ("focal_point", "EG", None),
    "focal point who holds no channel": ("focal_point", "JO", "somebody-else"),
    "holder whose token names another party": ("focal_point", "TN", "focal_point-JO"),
    "coordinator of another project": ("coordinator", None, "coordinator-b"),
    "coordinator of nothing": ("coordinator", None, "nobody"),
    "instructor of nothing": ("instructor", None, "nobody"),
    "coordinator's name as instructor": ("instructor", None, "coordinator"),
}
"""Role, party and subject of people who have no part in project A."""
NEIGHBOUR: tuple[Role, str | None, str | None] = ("focal_point", "TN", None)
"""Holds a channel of project A, for another party than the one whose records are asked for."""


def headers_of(house: House, who: tuple[Role, str | None, str | None]) -> Mapping[str, str]:
    """What signs the requests of somebody."""
    role, party, subject = who
    return house.bearer(role, party=party, subject=subject)


def tokens_that_do_not_count(house: House) -> Mapping[str, str]:
    """Tokens that an admin did not get from this installation."""
    issuer = open_installation(house.folder).issuer()
    now = int(time.time())
    claims: dict[str, Any] = {"iss": issuer.name, "aud": "cadre", "sub": "admin", "role": "admin"}
    claims |= {"iat": now, "exp": now + 600}
    header = {"alg": "ES256", "kid": issuer.key_id}
    good = jwt.encode(header, claims, issuer.key)
    head, payload, signature = good.split(".")
    stranger = ECKey.generate_key("P-256")
    return {
        "expired": jwt.encode(header, {**claims, "exp": now - 60}, issuer.key),
        "without end": jwt.encode(header, {k: claims[k] for k in claims if k != "exp"}, issuer.key),
        "not yet good": jwt.encode(header, {**claims, "nbf": now + 600}, issuer.key),
        "for somebody else": jwt.encode(header, {**claims, "aud": "other"}, issuer.key),
        "of another installation": jwt.encode(header, claims, stranger),
        "of its own key": jwt.encode(
            {**header, "kid": stranger.thumbprint(), "jwk": stranger.as_dict(private=False)},
            claims,
            stranger,
        ),
        "of an unknown role": jwt.encode(header, {**claims, "role": "root"}, issuer.key),
        "of two roles": jwt.encode(header, {**claims, "role": ["admin"]}, issuer.key),
        "of nobody": jwt.encode(header, {**claims, "sub": ""}, issuer.key),
        "unsigned": f"{_coded({'alg': 'none', 'kid': issuer.key_id})}.{payload}.",
        "signed by nothing": f"{head}.{payload}.{'A' * 86}",
        "with other claims": f"{head}.{_coded({**claims, 'sub': 'else'})}.{signature}",
        "cut short": good[:-5],
        "no token": "a.b.c",
        "a header that is no object": f"{_coded([])}.{payload}.{signature}",
        "100,000 lists deep": f"{_bytes(b'[' * 100_000)}.{payload}.{signature}"[:60_000],
    }


def _coded(value: object) -> str:
    return _bytes(json.dumps(value).encode())


def _bytes(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
