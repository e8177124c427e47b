"""What every event is made of: the base class, and the field types of the published language.

A contract only grows: producers add optional fields, a break is a new `.v2` beside `.v1`, and
consumers ignore what they do not know.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Id = UUID
Language = Literal["ar", "en", "fr", "es"]
LANGUAGES: tuple[Language, ...] = ("ar", "en", "fr", "es")
Sex = Literal["female", "male", "not_stated"]
Visibility = Literal["open", "discreet", "closed"]
PartyCode = Annotated[str, Field(pattern=r"^([A-Z]{2}|[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9])$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Localized = dict[str, str]
"""A text by language tag (BCP 47)."""


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("outside the years 1 to 9999") from None


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment in time; any offset is taken, UTC is kept."""
Secret = Annotated[str, Field(json_schema_extra={"secret": True})]
"""Blanked in the archive and in every listing; never sent to outsiders."""


LocalTime = Annotated[datetime, Field(json_schema_extra={"format": "local-date-time"})]
"""What a clock on the wall shows, without offset; the zone stands beside it."""


class Part(BaseModel):
    """A value inside an event."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Planned(Part):
    """A planned time: what the clock on the wall will show, where, and the instant that is."""

    local: LocalTime
    zone: str
    instant: Instant


class Event(BaseModel):
    """A fact in the past tense, published by one service under one versioned type.

    `type` is `<publisher>.<subject>.<fact>.v<major>`; `aggregate` names the field that holds the
    id of the thing the fact is about (the partition key). `whole` says that the event carries the
    aggregate's whole state, so that the newest may replace what is known. `private` events hold
    personal data and travel apart. `public` ones concern exactly one party, and may be read by the
    outsiders of that party. `stated` ones say what the event they derive from says, as it is now,
    for a consumer that comes later: whole, as private as that one, and read as the newest only.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    aggregate: ClassVar[str]
    whole: ClassVar[bool] = False
    private: ClassVar[bool] = False
    public: ClassVar[bool] = False
    stated: ClassVar[bool] = False

    def __init_subclass__(
        cls,
        *,
        type: str = "",  # noqa: A002 - the word of CloudEvents
        aggregate: str = "",
        whole: bool = False,
        private: bool = False,
        public: bool = False,
        stated: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        if type:
            private = private or (stated and cls.private)
            cls.type, cls.whole, cls.private, cls.public = type, whole or stated, private, public
            cls.stated = stated
        if aggregate:
            cls.aggregate = aggregate

    @property
    def partitionkey(self) -> str:
        """The aggregate's id as text."""
        return str(getattr(self, self.aggregate))

    @property
    def concerned_party(self) -> str | None:
        """The one party this fact concerns, where there is one."""
        party = getattr(self, "party", None)
        return party if isinstance(party, str) else None

    @property
    def concerned_person(self) -> UUID | None:
        """The person this fact is about, so that all about them can be found and forgotten."""
        person = getattr(self, "person_id", None)
        return person if isinstance(person, UUID) else None


def secret_fields(event_type: type[Event]) -> Iterator[str]:
    """Names of the fields of an event type that are marked secret, optional ones included."""
    for name, field in event_type.model_fields.items():
        if _is_secret(field) or _holds_secret(field.annotation):
            yield name


def _holds_secret(annotation: Any) -> bool:
    """Whether one of the things an annotation allows is marked secret, as in `Secret | None`."""
    return any(_is_secret(mark) for mark in getattr(annotation, "__metadata__", ())) or any(
        _holds_secret(part) for part in get_args(annotation)
    )


def _is_secret(mark: Any) -> bool:
    extra = getattr(mark, "json_schema_extra", None)
    return isinstance(extra, dict) and bool(extra.get("secret"))


__all__ = [
    "LANGUAGES",
    "CountryCode",
    "Event",
    "Id",
    "Instant",
    "Language",
    "Localized",
    "Part",
    "PartyCode",
    "Planned",
    "Secret",
    "Sex",
    "Visibility",
    "date",
    "secret_fields",
]
