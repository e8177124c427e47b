"""The words that bodies are made of: strict and bounded."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.web.body import Taken

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]

Reason = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"\S")]

ReturnCode = Literal[
    "details-missing",
    "details-contradict",
    "document-missing",
    "name-not-as-on-passport",
    "rank-or-unit-unclear",
    "contact-does-not-work",
    "other",
]
"""What is to be put right; the words beside it say it in full."""

Reference = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$")]

Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^\s@<>\"(),;:\\\[\]]+@[^\s@.]+(\.[^\s@.]+)+$"),
]

Phone = Annotated[str, StringConstraints(min_length=3, max_length=40)]

RankBand = Literal["junior", "mid", "senior"]

CourseCode = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^\S+$", to_upper=True)
]

Version = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^\S(.*\S)?$")]

Count = Annotated[int, Field(ge=0, le=10_000)]

Priority = Annotated[int, Field(ge=1, le=99_999)]

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]


def _each_once(several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(several))


Codes = Annotated[tuple[Code, ...], Field(max_length=20), AfterValidator(_each_once)]

LanguageTags = Annotated[tuple[LanguageTag, ...], Field(max_length=20), AfterValidator(_each_once)]

EventType = Annotated[
    str, StringConstraints(max_length=120, pattern=r"^[a-z_]+(\.[a-z_]+){2}\.v[1-9][0-9]?$")
]

SeveralLanguages = Annotated[dict[LanguageTag, Text], Field(min_length=1, max_length=20)]


class LocalTime(Taken):
    """A planned time: what the clock shows (no offset), and the zone by its IANA name."""

    local: datetime
    zone: Annotated[str, StringConstraints(min_length=1, max_length=60)]
