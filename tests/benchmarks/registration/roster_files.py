"""Files of officers, as large as wanted: CSV, and a workbook with shared texts."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter import Workbook

HEADER = (
    *("officer_reference", "given_name", "family_name", "given name in Arabic"),
    *("family name in Arabic", "sex", "unit", "name of the unit", "rank", "rank band"),
    *("specialisms", "languages", "serving since", "email", "phone", "language", "sms"),
    "priority",
)
UNITS = ("immigration", "anti-trafficking", "border management", "training")
KINDS = ("csv", "xlsx")


def officers(number: int) -> Iterator[Sequence[str]]:
    """So many invented officers of Jordan."""
    for one in range(1, number + 1):
        yield (
            *(f"JO-{one:05}", f"Given{one}", f"Family-{one}", f"اسم {one}", f"عائلة {one}"),
            "female" if one % 2 else "male",
            UNITS[one % 4],
            f"Station {one % 90}",
            "Captain",
            ("junior", "mid", "senior")[one % 3],
            "biometrics; training",
            "fr",
            f"{1990 + one % 30}-03-01",
            f"officer{one}@example.org",
            f"+9627900{one:05}",
            "ar",
            "no",
            str(one),
        )


def write_file(folder: Path, kind: str, number: int) -> Path:
    """A file of so many officers."""
    path = folder / f"{number}.{kind}"
    rows = (HEADER, *officers(number))
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def write_past(folder: Path, number: int) -> Path:
    """A file of one past participation of each of so many officers, whom nobody knows yet."""
    path = folder / f"past-{number}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(
            ("officer reference", "given name", "family name", "course", "date", "result")
        )
        for one in range(1, number + 1):
            named = (f"JO-{one:05}", f"Given{one}", f"Family-{one}")
            sheet.writerow((*named, "Analysis", f"{1 + one % 28:02}/12/2017", "completed"))
    return path
