"""The field types of what people send: bounded, so that every accepted value can be kept."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, NaiveDatetime

from shared.calendar import plan

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST_ACTIVITY_DAYS = 1_500

Text = Annotated[str, Field(min_length=1, max_length=300)]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Texts = Annotated[dict[LanguageTag, Text], Field(min_length=1, max_length=20)]
"""A text by language tag (BCP 47)."""
Code = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,29}$")]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Party = Annotated[str, Field(pattern=r"^([A-Z]{2}|[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9])$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Room = Annotated[str, Field(min_length=1, max_length=120)]
Persons = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=500)]
Kind = Literal[
    "course",
    "webinar",
    "workshop",
    "meeting",
    "conference",
    "field_exercise",
    "assessment_visit",
    "mentoring",
    "deployment",
]
Delivery = Literal["classroom", "online_led", "online_self_paced", "blended"]


def _within_the_calendar(local: datetime) -> datetime:
    if not EARLIEST <= local.date() <= LATEST:
        raise ValueError("a planned time lies between 1990 and 2100")
    return local


def _known_zone(name: str) -> str:
    plan(datetime(2000, 1, 1, 12), name)  # noqa: DTZ001 - a local time has no zone
    return name


LocalTime = Annotated[NaiveDatetime, AfterValidator(_within_the_calendar)]
"""A local date and time, without offset."""
Zone = Annotated[str, Field(max_length=60), AfterValidator(_known_zone)]
"""The name of an IANA zone."""
