"""What is told at the end: the course in numbers, country by country, and where to look on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .records import Records, Row

NOTE = (
    "SPECIMEN: city, dates, countries, seats and modules are those of a course that took place;\n"
    "every name, number, address, target, answer and mark of attendance is INVENTED."
)


@dataclass(frozen=True, slots=True)
class CountryLine:
    """One row of the table."""

    name: str
    nominated: int
    seats: int
    women: int
    days: int
    certificates: int


def in_numbers(account: Mapping[str, int | float]) -> Sequence[str]:
    """What happened, in sentences."""
    of = account
    return [
        f"{of['nominated']} officers of {of['countries']} countries were nominated; "
        f"{of['selected']} were selected within every quota, {of['waitlisted']} waited.",
        f"{of['declined']} declined and the seat passed on: {of['confirmed']} confirmed, "
        f"{of['completed']} completed, {of['women']} of them women; "
        f"{of['certificates']} certificates.",
        f"{of['emails']} e-mails and {of['sms']} SMS arrived; {of['events']} events were "
        f"published: {of['lost']} lost, {of['doubled']} doubled, {of['unsettled']} unsettled.",
    ]


def by_country(records: Records, names: Mapping[str, Mapping[str, str]]) -> Sequence[str]:
    """The table, with a line for all of them."""
    lines = [_country(records, party, name["en"]) for party, name in names.items()]
    lines = [*lines, _together(lines)]
    width = max(len(line.name) for line in lines)
    head = f"{'':{width}}  nominated  seats  women  days  certificates"
    return [
        head,
        *(
            f"{one.name:{width}}  {one.nominated:9}  {one.seats:5}  {one.women:5}  {one.days:4}  "
            f"{one.certificates:12}"
            for one in lines
        ),
    ]


def addresses(places: Mapping[str, str]) -> Sequence[str]:
    """Where to look, one to a line."""
    width = max(len(name) for name in places)
    return [f"{name:{width}}  {place}" for name, place in places.items()]


def _country(records: Records, party: str, name: str) -> CountryLine:
    places = [one for one in records.enrolments if one["party"] == party]
    held = [one for one in places if one["status"] != "cancelled"]
    return CountryLine(
        name=name,
        nominated=sum(one["party"] == party for one in records.nominations),
        seats=len(held),
        women=sum(one["sex"] == "female" for one in held),
        days=sum(_days(one) for one in held),
        certificates=sum(one["status"] == "completed" for one in held),
    )


def _days(enrolment: Row) -> int:
    return int(enrolment["days_attended"])


def _together(lines: Sequence[CountryLine]) -> CountryLine:
    return CountryLine(
        name="All",
        nominated=sum(one.nominated for one in lines),
        seats=sum(one.seats for one in lines),
        women=sum(one.women for one in lines),
        days=sum(one.days for one in lines),
        certificates=sum(one.certificates for one in lines),
    )
