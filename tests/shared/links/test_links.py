"""A signed link opens one thing, for one purpose, at one service, until a moment; else nothing."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.links import SIGNATURE_BYTES, LinkHasExpired, LinkIsNotValid, Links

NOW = datetime(2018, 6, 1, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=5)
LINKS = Links(b"k" * 32, "https://cadre.example", "registration")
OFFER = UUID("01903f5a-7a3b-7c11-8d22-5b1f3c4d5e6f")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def a_code(identity: UUID = OFFER, expires: datetime = UNTIL) -> str:
    return LINKS.code("offer", identity, expires)


def test_link_leads_to_the_page_of_its_purpose_and_opens_what_it_was_made_for() -> None:
    link = LINKS.make("offer", OFFER, UNTIL)

    *path, code = urlsplit(link).path.split("/")
    assert link.startswith("https://cadre.example/registration/offer/")
    assert path == ["", "registration", "offer"]
    assert LINKS.check("offer", code, NOW) == OFFER


def test_link_holds_nothing_that_needs_quoting_and_is_short_enough_for_an_sms() -> None:
    for _ in range(200):
        code = a_code(uuid4())

        assert set(code) <= set(ALPHABET)
        assert len(code) == 55


def test_link_opens_until_its_last_second_and_not_after() -> None:
    code = a_code()

    assert LINKS.check("offer", code, UNTIL) == OFFER
    with pytest.raises(LinkHasExpired) as expired:
        LINKS.check("offer", code, UNTIL + timedelta(seconds=1))
    assert expired.value.status == 410


@pytest.mark.parametrize(
    "other",
    [
        Links(b"x" * 32, LINKS.origin, "registration"),
        Links(LINKS.key, LINKS.origin, "scheduling"),
        Links(LINKS.key, LINKS.origin, "registration/offer\n"),
        Links(LINKS.key, LINKS.origin, ""),
    ],
    ids=["another key", "another service", "a longer name", "no name"],
)
def test_link_of_another_service_is_none_here(other: Links) -> None:
    with pytest.raises(LinkIsNotValid) as refused:
        LINKS.check("offer", other.code("offer", OFFER, UNTIL), NOW)

    assert refused.value.status == 404


def test_link_made_before_a_change_of_the_key_still_opens() -> None:
    later = Links(b"n" * 32, LINKS.origin, LINKS.service, (b"between" * 5, LINKS.key))

    assert later.check("offer", a_code(), NOW) == OFFER
    with pytest.raises(LinkIsNotValid):
        LINKS.check("offer", later.code("offer", OFFER, UNTIL), NOW)


@pytest.mark.parametrize("purpose", ["joining", "certificate", "offe", "offer ", "", "offer\n"])
def test_link_for_one_purpose_serves_no_other(purpose: str) -> None:
    with pytest.raises(LinkIsNotValid):
        LINKS.check(purpose, a_code(), NOW)


def test_link_with_any_letter_changed_is_none() -> None:
    code = a_code()

    for at in range(len(code)):
        for letter in {"A", "z", "-", "_", "0"} - {code[at]}:
            changed = code[:at] + letter + code[at + 1 :]
            with pytest.raises(LinkIsNotValid):
                LINKS.check("offer", changed, UNTIL - timedelta(days=1))


def test_link_whose_expiry_was_put_off_is_none() -> None:
    raw = base64.urlsafe_b64decode(a_code() + "=")
    later = int((UNTIL + timedelta(days=99)).timestamp()).to_bytes(5, "big")
    changed = base64.urlsafe_b64encode(raw[:16] + later + raw[21:]).rstrip(b"=").decode()

    with pytest.raises(LinkIsNotValid):
        LINKS.check("offer", changed, NOW)


def test_one_link_is_written_in_one_way_only() -> None:
    code = a_code()
    raw = base64.urlsafe_b64decode(code + "=")
    standard = base64.b64encode(raw).decode()
    last = ALPHABET.index(code[-1])

    others = [
        code + "=",
        code + "==",
        standard,
        standard.rstrip("=").replace("-", "+").replace("_", "/") + " ",
        " " + code,
        code + "\n",
        code[:10] + "\n" + code[10:],
        code[:10] + "!" + code[10:],
        code[:10] + "." + code[10:],
        *(code[:-1] + ALPHABET[last ^ spare] for spare in (1, 2, 3)),
    ]

    for other in others:
        with pytest.raises(LinkIsNotValid):
            LINKS.check("offer", other, NOW)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "=",
        "A",
        "é" * 55,
        "\ud800" * 55,
        "\0" * 55,
        "A" * 54,
        "A" * 55,
        "A" * 56,
        "A" * 10**6,
        "٣" * 55,
        "../" * 20,
        base64.urlsafe_b64encode(b"\xff" * (21 + SIGNATURE_BYTES)).decode(),
    ],
    ids=lambda code: f"{code[:4]!r} x {len(code)}",
)
def test_text_that_is_no_link_is_refused(code: str) -> None:
    with pytest.raises(LinkIsNotValid):
        LINKS.check("offer", code, NOW)


@given(st.text() | st.text(alphabet=ALPHABET, min_size=50, max_size=60))
def test_no_text_is_a_link_by_chance(code: str) -> None:
    with pytest.raises(LinkIsNotValid):
        LINKS.check("offer", code, NOW)


@given(st.uuids(), st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001
def test_any_thing_can_be_linked_until_any_moment(identity: UUID, until: datetime) -> None:
    expires = until.replace(tzinfo=UTC)

    code = LINKS.code("offer", identity, expires)

    assert LINKS.check("offer", code, datetime(1970, 1, 1, tzinfo=UTC)) == identity


def test_key_is_not_told_with_the_links() -> None:
    assert "kkkk" not in repr(LINKS)
