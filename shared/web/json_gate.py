"""The one gate for JSON from outside: what passes is a document that every later step can trust.

Stock parsers let duplicate keys, NaN, infinities, lone surrogates and control characters through.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from shared.refusals import Fault, Refused

LARGEST_BODY = 256 * 1024
DEEPEST_NESTING = 32
LONGEST_NUMBER = 20
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class BodyIsTooLarge(Refused):
    """The body is larger than this address takes."""

    status = 413
    title = "The body is too large"


class BodyIsNotJson(Refused):
    """The body can not be read as JSON in UTF-8."""

    status = 400
    title = "The body is not JSON in UTF-8"


class JsonIsTooDeep(Refused):
    """The document is nested deeper than anything meant here."""

    status = 400
    title = "The document is nested too deeply"


class JsonHasDuplicateKeys(Refused):
    """An object names the same key twice; which one was meant can not be known."""

    status = 400
    title = "An object holds the same key twice"


class JsonNumberIsNotFinite(Refused):
    """NaN, an infinity, or a number too large to keep."""

    status = 400
    title = "A number is not finite or far too large"


class TextIsNotClean(Refused):
    """A text holds a lone surrogate or a control character."""

    status = 400
    title = "A text holds characters that are not text"


def read_json(body: bytes, *, limit: int = LARGEST_BODY, deepest: int = DEEPEST_NESTING) -> Any:
    """The document in these bytes; raises the refusal that says what is wrong with them."""
    if len(body) > limit:
        raise BodyIsTooLarge(f"At most {limit} bytes are taken.")
    try:
        text = body.decode("utf-8")
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except RecursionError:
        raise JsonIsTooDeep(f"At most {deepest} levels are taken.") from None
    except UnicodeDecodeError as error:
        raise BodyIsNotJson(f"Byte {error.start} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"Line {error.lineno}, column {error.colno}."
        raise BodyIsNotJson(place) from None
    refuse_unclean_texts(document, deepest=deepest)
    return document


def refuse_unclean_texts(document: Any, *, deepest: int = DEEPEST_NESTING) -> None:
    """Raises `TextIsNotClean` where a text, or a key, is no text that can be kept and shown; and
    `JsonIsTooDeep`."""
    for path, value in _walk(document, deepest):
        if _SURROGATE.search(value):
            raise TextIsNotClean(faults=[Fault(path, "lone-surrogate", "A lone surrogate.")])
        if _CONTROL.search(value):
            raise TextIsNotClean(faults=[Fault(path, "control-character", "A control character.")])


def tame(key: object) -> str:
    """A key as it may be sent back: a short plain name or number, or else a question mark."""
    plain = str(key)
    harmless = len(plain) <= 60 and plain.isascii() and re.fullmatch(r"[\w-]+", plain)
    return plain if harmless else "?"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise JsonHasDuplicateKeys
    return made


def _constant(_name: str) -> float:
    raise JsonNumberIsNotFinite


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise JsonNumberIsNotFinite
    return number


def _int(digits: str) -> int:
    """A whole number of 64 bits: the most a database keeps."""
    if len(digits) > LONGEST_NUMBER or not -(2**63) <= (number := int(digits)) < 2**63:
        raise JsonNumberIsNotFinite
    return number


def _walk(value: Any, deepest: int, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every text of a document, keys too, with its place. Raises `JsonIsTooDeep`."""
    if depth > deepest:
        raise JsonIsTooDeep(f"At most {deepest} levels are taken.")
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(item, deepest, f"{path}.{number}".lstrip("."), depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _walk(item, deepest, f"{path}.{tame(key)}".lstrip("."), depth + 1)
