"""The course as it stands in the files beside this one; what is invented is said in README.md."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything the play needs to know beforehand."""

    plan: Entry
    parties: Entry
    people: Entry
    events: Entry
    rosters: Mapping[str, bytes]
    one_by_one: Sequence[Entry]

    @property
    def begins(self) -> str:
        """The story's first moment."""
        return str(self.plan["story"]["begins"])

    @property
    def zone(self) -> str:
        """Where the course is held, as an IANA zone."""
        return str(self.plan["activity"]["zone"])

    @property
    def countries(self) -> Mapping[str, Mapping[str, str]]:
        """The names of each country by its code."""
        return {one["party"]: one["names"] for one in self.parties["countries"]}


def read_course(folder: Path = HERE) -> Course:
    """The course in a folder."""
    return Course(
        plan=_read(folder / "course.toml"),
        parties=_read(folder / "parties.toml"),
        people=_read(folder / "people.toml"),
        events=_read(folder / "events.toml"),
        rosters={
            file.stem: file.read_bytes() for file in sorted((folder / "rosters").glob("??.csv"))
        },
        one_by_one=_read_one_by_one(folder / "rosters" / "one_by_one.csv"),
    )


def _read(file: Path) -> Entry:
    """A file of tables; dates and times become ISO 8601 text, as the API takes them."""
    return dict(_as_told(tomllib.loads(file.read_text(encoding="utf-8"))))


def _as_told(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_told(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_told(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read_one_by_one(file: Path) -> Sequence[Entry]:
    """Nominations as the API takes them, each with its party."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_nomination(row) for row in csv.DictReader(lines)]


def _nomination(row: Mapping[str, str]) -> Entry:
    same = ("officer_reference", "sex", "unit", "unit_name", "rank_title", "rank_band")
    return {
        "party": row["party"],
        "priority": int(row["priority"]),
        "officer": {
            **{name: row[name] for name in (*same, "email", "phone", "language")},
            "wants_sms": row["wants_sms"] == "yes",
            "names": names_of([row["given"], row["family"]], [row["given_ar"], row["family_ar"]]),
        },
    }


def names_of(latin: Sequence[str], arabic: Sequence[str] | None = None) -> list[Entry]:
    """A person's names by script; the Latin one as on the passport."""
    names: list[Entry] = [
        {"script": "Latn", "given": latin[0], "family": latin[1], "on_passport": True}
    ]
    if arabic:
        names.append({"script": "Arab", "given": arabic[0], "family": arabic[1]})
    return names
