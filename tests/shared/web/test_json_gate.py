"""What passes the gate is a document every later step can trust; the rest is refused by name."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.refusals import Refused
from shared.web.json_gate import (
    DEEPEST_NESTING,
    LARGEST_BODY,
    BodyIsNotJson,
    BodyIsTooLarge,
    JsonHasDuplicateKeys,
    JsonIsTooDeep,
    JsonNumberIsNotFinite,
    TextIsNotClean,
    read_json,
)

NAMED = (
    BodyIsNotJson,
    BodyIsTooLarge,
    JsonHasDuplicateKeys,
    JsonIsTooDeep,
    JsonNumberIsNotFinite,
    TextIsNotClean,
)
REFUSED: list[tuple[str, bytes, type[Refused]]] = [
    ("nothing", b"", BodyIsNotJson),
    ("blanks", b" \n", BodyIsNotJson),
    ("half an object", b'{"a": ', BodyIsNotJson),
    ("two documents", b"{} {}", BodyIsNotJson),
    ("a trailing comma", b'{"a": 1,}', BodyIsNotJson),
    ("single quotes", b"{'a': 1}", BodyIsNotJson),
    ("a comment", b"{} // no", BodyIsNotJson),
    ("a raw control character", b'{"a": "\x01"}', BodyIsNotJson),
    ("a byte order mark", b"\xef\xbb\xbf{}", BodyIsNotJson),
    ("UTF-16", '{"a": 1}'.encode("utf-16"), BodyIsNotJson),
    ("UTF-16 without a mark", '{"a": 1}'.encode("utf-16-le"), BodyIsNotJson),
    ("UTF-32", '{"a": 1}'.encode("utf-32"), BodyIsNotJson),
    ("Latin-1", '{"a": "é"}'.encode("latin-1"), BodyIsNotJson),
    ("a surrogate in UTF-8", b'{"a": "\xed\xa0\x80"}', BodyIsNotJson),
    ("an overlong form", b'{"a": "\xc0\x80"}', BodyIsNotJson),
    ("too many bytes", b'"' + b"a" * LARGEST_BODY + b'"', BodyIsTooLarge),
    ("arrays without end", b"[" * 100_000, JsonIsTooDeep),
    ("arrays in arrays", b"[" * 100_000 + b"]" * 100_000, JsonIsTooDeep),
    ("objects in objects", b'{"a":' * 40_000 + b"1" + b"}" * 40_000, JsonIsTooDeep),
    ("one level too many", b"[" * 34 + b"]" * 34, JsonIsTooDeep),
    ("a key twice", b'{"a": 1, "a": 1}', JsonHasDuplicateKeys),
    ("a key twice, once escaped", b'{"a": 1, "\\u0061": 2}', JsonHasDuplicateKeys),
    ("a key twice, deep inside", b'[{"b": {"a": 1, "c": 2, "a": 3}}]', JsonHasDuplicateKeys),
    ("NaN", b'{"a": NaN}', JsonNumberIsNotFinite),
    ("infinity", b"[Infinity]", JsonNumberIsNotFinite),
    ("minus infinity", b"-Infinity", JsonNumberIsNotFinite),
    ("1e999", b"1e999", JsonNumberIsNotFinite),
    ("-1e999", b'{"a": [-1e999]}', JsonNumberIsNotFinite),
    ("a hundred thousand digits", b"1" * 100_000, JsonNumberIsNotFinite),
    ("a fraction of so many", b"1" * 100_000 + b".5", JsonNumberIsNotFinite),
    ("65 bits", b"9223372036854775808", JsonNumberIsNotFinite),
    ("minus 65 bits", b"-9223372036854775809", JsonNumberIsNotFinite),
    ("a lone surrogate", b'{"a": "\\ud800"}', TextIsNotClean),
    ("a lone low surrogate", b'["\\udc00x"]', TextIsNotClean),
    ("surrogates the wrong way round", b'"\\udc00\\ud800"', TextIsNotClean),
    ("a lone surrogate in a key", b'{"\\ud800": 1}', TextIsNotClean),
    ("an escaped NUL", b'{"a": "\\u0000"}', TextIsNotClean),
    ("an escaped bell", b'"\\u0007"', TextIsNotClean),
    ("DEL", b'"\x7f"', TextIsNotClean),
    ("a C1 control", '"\u0085"'.encode(), TextIsNotClean),
    ("a control in a key", b'{"\\u0000": {}}', TextIsNotClean),
]
TAKEN = [
    b"null",
    b"0",
    b" [1, -0.5, 1e308, 9223372036854775807, -9223372036854775808] ",
    b'"a\\tb\\nc\\r"',
    '{"ar": "مكافحة", "emoji": "🎓", "joined": "👩‍⚕️", "zalgo": "z̴̧"}'.encode(),
    b'"\\ud83c\\udf93"',
    b"[" * 33 + b"]" * 33,
    b'"' + b"a" * (LARGEST_BODY - 2) + b'"',
]


@pytest.mark.parametrize(
    ("body", "refusal"), [one[1:] for one in REFUSED], ids=[o[0] for o in REFUSED]
)
def test_body_that_is_no_clean_json_is_refused_by_name(body: bytes, refusal: type[Refused]) -> None:
    limit = LARGEST_BODY if refusal is BodyIsTooLarge else 10**6

    with pytest.raises(Refused) as refused:
        read_json(body, limit=limit)

    assert type(refused.value) is refusal
    assert refused.value.status in (400, 413)


@pytest.mark.parametrize("body", TAKEN, ids=lambda body: repr(body[:24]))
def test_clean_json_passes_unchanged(body: bytes) -> None:
    document = read_json(body)

    assert document == json.loads(body)


def test_fault_names_the_place_but_never_the_value() -> None:
    body = json.dumps({"officers": [{"family": "x"}, {"family": "Haddad\0", "b" * 99: 1}]})

    with pytest.raises(TextIsNotClean) as refused:
        read_json(body.encode())

    (fault,) = refused.value.faults
    assert (fault.path, fault.code) == ("officers.1.family", "control-character")
    assert "Haddad" not in str(refused.value.__dict__)


def test_strange_key_is_not_sent_back() -> None:
    body = json.dumps({"Амал <b>": {"ok_key": "\0"}})

    with pytest.raises(TextIsNotClean) as refused:
        read_json(body.encode())

    assert refused.value.faults[0].path == "?.ok_key"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_name(body: bytes) -> None:
    try:
        document = read_json(body)
    except NAMED:
        return

    assert_clean(document)


@given(
    st.text(
        alphabet='[]{}":,.-+0123456789eENaInfity\\ud8000"truefalsn\n \u200f\ufeff\x00é', max_size=80
    )
)
def test_anything_that_looks_like_json_is_read_or_refused_by_name(text: str) -> None:
    try:
        document = read_json(text.encode())
    except NAMED:
        return

    assert_clean(document)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
        max_leaves=20,
    )
)
def test_any_document_is_read_as_it_was_or_refused_by_name(document: Any) -> None:
    body = json.dumps(document).encode()

    try:
        read = read_json(body)
    except NAMED:
        return

    assert read == document
    assert_clean(read)


def assert_clean(document: Any) -> None:
    """A document can be kept and sent on as it is."""
    json.dumps(document, allow_nan=False, ensure_ascii=False).encode()
    for value, depth in everything(document, 0):
        assert depth <= DEEPEST_NESTING
        if isinstance(value, str):
            assert not any(ord(one) < 32 and one not in "\t\n\r" for one in value)
        if isinstance(value, int | float):
            assert math.isfinite(value)
            assert abs(value) < 2**63 + 1 or isinstance(value, float)


def everything(document: Any, depth: int) -> Iterator[tuple[Any, int]]:
    """Every value of a document, keys too, and how deep it stands."""
    yield document, depth
    if isinstance(document, list):
        for item in document:
            yield from everything(item, depth + 1)
    if isinstance(document, dict):
        for key, item in document.items():
            yield key, depth
            yield from everything(item, depth + 1)
