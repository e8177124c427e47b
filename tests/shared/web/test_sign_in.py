"""Only a token of a trusted issuer signs in; before that, nothing else about a request matters."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from shared.web.principal import SignInIsNeeded, identify, login
from shared.web.tokens import AUDIENCE, Issuer, trusting
from tests.shared.web.diary import ORIGIN, Diary, an_entry, issuer, token

CLAIMS = {"iss": "urn:cadre:local-issuer", "aud": AUDIENCE, "sub": "amal", "role": "coordinator"}


def signed(*, key: Any = None, header: dict[str, Any] | None = None, **changed: Any) -> str:
    """A token that differs from a good one as said; None takes a claim or header away."""
    claims = {**CLAIMS, "exp": int(time.time()) + 60, **changed}
    headers = {"alg": "ES256", "kid": issuer().key_id, **(header or {})}
    return jwt.encode(
        {name: value for name, value in headers.items() if value is not None},
        {name: value for name, value in claims.items() if value is not None},
        key or issuer().key,
        algorithms=["ES256", "ES512", "HS256", "none"],
    )


def by_hand(header: Any, claims: Any, signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def confused_with_a_shared_secret() -> str:
    """HS256 over the public key, which a careless service would check with that very key."""
    public = issuer().key.as_pem(private=False)
    claims = {**CLAIMS, "exp": int(time.time()) + 60}
    unsigned = by_hand({"alg": "HS256", "kid": issuer().key_id}, claims)[:-1]
    signature = hmac.new(public, unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def with_changed_payload() -> str:
    header, payload, signature = token("auditor").split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, "role": "admin"}).encode())
    return f"{header}.{changed.rstrip(b'=').decode()}.{signature}"


NOT_TRUSTED: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no token": lambda: "amal",
    "three dots": lambda: "...",
    "not ASCII": lambda: "é.é.é",
    "a million characters": lambda: "a" * 10**6,
    "a deep header": lambda: base64.urlsafe_b64encode(b"[" * 60_000).decode() + ".e30.e30",
    "a header that is a list": lambda: by_hand([], CLAIMS),
    "a header that is null": lambda: by_hand(None, CLAIMS),
    "a key id that is an object": lambda: by_hand({"alg": "ES256", "kid": {}}, CLAIMS, b"x" * 64),
    "claims that are a list": lambda: by_hand({"alg": "ES256", "kid": issuer().key_id}, []),
    "expired": lambda: signed(exp=int(time.time()) - 31),
    "no expiry": lambda: signed(exp=None),
    "an expiry that is text": lambda: signed(exp="tomorrow"),
    "not good yet": lambda: signed(nbf=int(time.time()) + 600),
    "another issuer's name": lambda: signed(iss="urn:cadre:other"),
    "no issuer": lambda: signed(iss=None),
    "another's key": lambda: signed(key=ECKey.generate_key("P-256")),
    "another's key and its id": lambda: _of_another(),
    "no key id": lambda: signed(header={"kid": None}),
    "an unknown key id": lambda: signed(header={"kid": "other"}),
    "no algorithm": lambda: by_hand({"alg": "none", "kid": issuer().key_id}, CLAIMS),
    "no algorithm at all": lambda: by_hand({"kid": issuer().key_id}, CLAIMS),
    "the public key as a secret": confused_with_a_shared_secret,
    "a shared secret": lambda: signed(
        key=OctKey.import_key("s" * 32), header={"alg": "HS256"}
    ),
    "a key sent along": lambda: _with_key_sent_along(),
    "a changed payload": with_changed_payload,
    "a cut signature": lambda: token("admin")[:-4],
    "another audience": lambda: signed(aud="elsewhere"),
    "no audience": lambda: signed(aud=None),
    "no subject": lambda: signed(sub=None),
    "an empty subject": lambda: signed(sub=""),
    "a subject that is a number": lambda: signed(sub=7),
    "a subject without end": lambda: signed(sub="a" * 201),
    "a subject with a NUL": lambda: signed(sub="a\0b"),
    "no role": lambda: signed(role=None),
    "an unknown role": lambda: signed(role="root"),
    "a list of roles": lambda: signed(role=["admin"]),
    "a party that is a list": lambda: signed(party=["JO"]),
    "a party without end": lambda: signed(party="J" * 21),
}  # fmt: skip


def _of_another() -> str:
    other = ECKey.generate_key("P-256")
    return signed(key=other, header={"kid": other.thumbprint()})


def _with_key_sent_along() -> str:
    other = ECKey.generate_key("P-256")
    return signed(key=other, header={"jwk": other.as_dict(private=False)})


@pytest.mark.parametrize("name", NOT_TRUSTED)
def test_token_that_is_not_a_trusted_issuers_own_is_refused(name: str) -> None:
    sent = NOT_TRUSTED[name]()

    with pytest.raises(SignInIsNeeded):
        identify(sent, trusting(issuer()))


@given(st.text() | st.lists(st.text(), min_size=3, max_size=5).map(".".join))
def test_no_text_is_a_token_by_chance(text: str) -> None:
    with pytest.raises(SignInIsNeeded):
        identify(text, trusting(issuer()))


def test_trusted_token_says_who_acts() -> None:
    actor = identify(signed(role="focal_point", party="JO"), trusting(issuer()))

    assert (actor.subject, actor.role, actor.party) == ("amal", "focal_point", "JO")
    assert actor.login == login("amal")
    assert "amal" not in actor.login


def test_each_issuer_speaks_in_its_own_name_only() -> None:
    second = Issuer("urn:cadre:ministry", ECKey.generate_key("P-256"))
    both = trusting(issuer(), second)

    as_first = signed(key=second.key, header={"kid": second.key_id})
    as_itself = signed(key=second.key, header={"kid": second.key_id}, iss=second.name)

    assert identify(as_itself, both).subject == "amal"
    with pytest.raises(SignInIsNeeded):
        identify(as_first, both)


async def test_nothing_is_said_to_who_is_not_signed_in(diary: Diary) -> None:
    bad: Any = {"content": b"{", "headers": {"Content-Type": "application/json"}}

    answers = [
        await diary.ask("POST", "/entries", role=None, **bad),
        await diary.ask("POST", "/entries", role=None, content=b"x"),
        await diary.ask("PUT", "/entries/no-id", role=None, **bad),
        await diary.ask("GET", "/entries?limit=x", role=None),
        await diary.ask("GET", "/entries?after=%00", role=None),
        await diary.ask("GET", "/deadletters/no-id", role=None),
        await diary.ask("GET", "/figures", role=None),
        await diary.ask("POST", "/entries", role=None, headers={"Authorization": "Bearer x"}),
        await diary.ask("POST", "/entries", role=None, headers={"Authorization": "Basic eDp4"}),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"sign-in-is-needed"}
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}


async def test_session_of_a_browser_reads_from_anywhere_and_acts_from_this_origin_only(
    diary: Diary,
) -> None:
    session = {"Cookie": f"cadre_session={token('coordinator')}"}
    host = ORIGIN.removeprefix("https://")

    async def post(**headers: str) -> int:
        answer = await diary.ask(
            "POST", "/entries", role=None, headers={**session, **headers}, json=an_entry()
        )
        return answer.status_code

    read = await diary.ask(
        "GET", "/entries", role=None, headers={**session, "Origin": "https://evil.example"}
    )
    assert read.status_code == 200
    assert await post(Origin=ORIGIN) == 201
    assert await post(Origin=ORIGIN.upper()) == 201
    for origin in (
        "https://evil.example",
        f"https://{host}.evil.example",
        f"https://evil.example#{host}",
        f"https://{host}@evil.example",
        f"https://{host}:8443",
        "null",
        "",
        "http://[",
        host,
    ):
        assert await post(Origin=origin) == 403, origin
    assert await post() == 403


async def test_session_that_is_not_a_trusted_token_is_no_session(diary: Diary) -> None:
    answer = await diary.ask(
        "GET", "/entries", role=None, headers={"Cookie": f"cadre_session={with_changed_payload()}"}
    )

    assert answer.status_code == 401


async def test_page_of_another_site_can_not_even_learn_that_it_was_refused(diary: Diary) -> None:
    answer = await diary.ask("GET", "/entries", headers={"Origin": "https://evil.example"})

    assert not any(name.startswith("access-control") for name in answer.headers)
