"""What a call asks of nominees, and what our records say of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from shared.context import Work

from ..bodies.nominations import DeclarationSigned, OfficerChecked, OfficerNominated
from ..domain.conditions import Conditions, Nominee
from ..loading import Stored, known_activity, several
from ..nominees.officers import KEPT_UNLESS_SAID, known_officers
from ..past.certificates import valid_certificates
from ..past.history import completions, first_timers
from ..tables import call_quota

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """What our records say of an officer; of somebody new, nothing."""

    person: Stored | None = None
    first_time: bool = True
    completions: frozenset[str] = NONE
    certificates: frozenset[str] = NONE


async def conditions_of(work: Work, call: Stored) -> Conditions:
    """What a call asks of a nomination. Raises `NotYetKnown` for its activity."""
    activity = await known_activity(work, call["activity_id"])
    query = select(call_quota).where(call_quota.c.call_id == call["id"])
    rows = await several(work, query)
    return conditions_from(call, rows, activity["starts_on"])


def conditions_from(call: Stored, quotas: Collection[Stored], first_day: date | None) -> Conditions:
    """The same, from the rows; a call opened before there were rules admits the units it names."""
    asked: Mapping[str, Any] = call["eligibility"] or {}
    parties = [one for one in quotas if one["dimension"] == "party"]
    named = [one["value"] for one in quotas if one["dimension"] == "unit"]
    most = {one["value"]: one["most_nominations"] for one in parties}
    certificate = asked.get("certificate") or {}
    return Conditions(
        parties=frozenset(one["value"] for one in parties),
        units=frozenset(asked.get("units", named)),
        most_nominations={party: figure for party, figure in most.items() if figure is not None},
        first_day=first_day,
        certificate=certificate.get("course"),
        certificate_years=certificate.get("years"),
        declaration=asked.get("declaration"),
        first_time_only=asked.get("first_time_only", False),
        years_minimum=asked.get("years_minimum"),
        years_maximum=asked.get("years_maximum"),
        sexes=frozenset(asked.get("sexes", ())),
        rank_bands=frozenset(asked.get("rank_bands", ())),
        all_languages=frozenset(asked.get("all_languages", ())),
        any_language=frozenset(asked.get("any_language", ())),
        specialisms=frozenset(asked.get("specialisms", ())),
        completions=frozenset(asked.get("completions", ())),
    )


async def records_of(
    work: Work, rules: Conditions, party: str, references: Collection[str]
) -> Mapping[str, Record]:
    """What our records say of officers, by what their party calls them; nothing of the new."""
    known = await known_officers(work, party, references)
    ids = [one["id"] for one in known]
    new = await first_timers(work, ids) if rules.first_time_only else frozenset(ids)
    completed = await completions(work, ids) if rules.completions else {}
    valid = await valid_certificates(work, rules, ids)
    return {
        one["officer_reference"]: Record(
            person=one,
            first_time=one["id"] in new,
            completions=completed.get(one["id"], NONE),
            certificates=valid.get(one["id"], NONE),
        )
        for one in known
    }


def nominee(
    work: Work,
    party: str,
    officer: OfficerNominated | OfficerChecked,
    record: Record,
    *,
    before: int = 0,
    declaration: DeclarationSigned | None = None,
) -> Nominee:
    """An officer as the rules see them; what was not said of them is as it is known."""
    said = officer.model_dump(include=set(KEPT_UNLESS_SAID))
    for name in KEPT_UNLESS_SAID:
        if record.person and name not in officer.model_fields_set:
            said[name] = record.person[name]
    signed = declaration if declaration and declaration.signed_on <= work.now.date() else None
    return Nominee(
        party=party,
        unit=officer.unit,
        sex=officer.sex,
        nominated_before=before,
        rank_band=officer.rank_band,
        serving_since=said["serving_since"],
        languages=frozenset((officer.language, *said["languages"])),
        specialisms=frozenset(said["specialisms"]),
        completions=record.completions,
        certificates=record.certificates,
        declaration=signed.version if signed else None,
        first_time=record.first_time,
    )


def eligibility_kept(units: Collection[str], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of a call as they are stored, the units it admits among them."""
    return {"units": list(units), **asked}
