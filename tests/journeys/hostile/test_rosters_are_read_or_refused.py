"""What spreadsheets write is read; what is no roster is refused by row and column; and nothing in
it is run by whoever opens the export."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from .house import House
from .naughty import FORMULAS, NAMES

HEADER = "officer_reference,given_name,family_name,sex,unit,language,priority\n"
ENGLISH = HEADER + "{0},Omar,Haddad,m,immigration,en,{1}\n"
FRENCH = (
    "référence;prénom;nom;sexe;unité;langue;priorité\r\n"
    "{0};Zoë;Bérénice-Né;féminin;immigration;français;{1}\r\n"
)
ARABIC = (
    "المرجع;الاسم الأول (لاتيني);اسم العائلة (لاتيني);الاسم الأول;اسم العائلة;"
    "الجنس;الوحدة;اللغة;الأولوية\r\n{0};Omar;Qaisi;عمر;القيسي;ذكر;الهجرة;العربية;{1}\r\n"
)
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WRITTEN: dict[str, bytes] = {
    "utf-8": ENGLISH.format("S-1", 301).encode(),
    "byte order mark": ENGLISH.format("S-2", 302).encode("utf-8-sig"),
    "utf-16": ENGLISH.format("S-3", 303).encode("utf-16"),
    "old Macintosh": ENGLISH.format("S-4", 304).replace("\n", "\r").encode(),
    "tabs": ENGLISH.format("S-5", 305).replace(",", "\t").encode(),
    "a line that names the separator": (
        "sep=;\r\n" + ENGLISH.format("S-6", 306).replace(",", ";")
    ).encode(),
    "French Windows": FRENCH.format("S-7", 307).encode("cp1252"),
    "Arabic Windows": ARABIC.format("S-8", 308).encode("cp1256"),
    "Arabic digits": ARABIC.format("S-9", "309".translate(ARABIC_INDIC)).encode(),
}


def as_zip() -> bytes:
    """A workbook that somebody renamed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("xl/workbook.xml", "<KANARI/>" * 500)
    return written.getvalue()


NO_ROSTERS: dict[str, bytes] = {
    "empty": b"",
    "only a header": HEADER.encode(),
    "workbook": as_zip(),
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000,
    "PDF": b"%PDF-1.4\n" + random.Random(1).randbytes(3_000),
    "noise": random.Random(2).randbytes(20_000),
    "zeros": b"\0" * 5_000,
    "UTF-32": ENGLISH.format("N-1", 1).encode("utf-32"),
    "web page": b"<html><body>KANARI</body></html>",
    "JSON": b'[{"officer_reference": "KANARI"}]',
    "missing columns": b"officer_reference,given_name\nKANARI,KANARI\n",
    "ragged": (HEADER + "R1,KANARI,Family\nR2,G,F,m,immigration,en,2,KANARI\n").encode(),
    "open quotation mark": (HEADER + '"KANARI,' + "x" * 200_000).encode(),
    "200,000 columns": b",".join([b"KANARI"] * 200_000),
    "2,000,000 commas": b"," * 2_000_000,
    "1,000,000 lines": HEADER.encode() + b"\n" * 1_000_000,
    "a bad row after 4,999 good ones": (
        HEADER
        + "".join(f"G{one},Given,Family,m,immigration,en,{one}\n" for one in range(2_000, 6_999))
        + "B,Given,Family,KANARI,immigration,en,7000\n"
    ).encode(),
}


@pytest.fixture(scope="module")
def focal_point(house: House) -> Iterator[httpx.Client]:
    """Nominates for Jordan."""
    with house.client(house.bearer("focal_point", party="JO")) as client:
        yield client


@pytest.mark.parametrize("written", WRITTEN)
def test_what_spreadsheets_write_is_read(
    house: House, focal_point: httpx.Client, written: str
) -> None:
    reference = f"S-{list(WRITTEN).index(written) + 1}"

    first = upload(house, focal_point, WRITTEN[written])
    again = upload(house, focal_point, WRITTEN[written])

    officers = [one for one in nominees(house, focal_point) if one["reference"] == reference]
    assert (first.status_code, first.json()["nominated"]) == (201, 1)
    assert again.json() == first.json()
    assert [len(officers), officers[0]["given"] in ("Omar", "Zoë")] == [1, True]


@pytest.mark.parametrize("written", NO_ROSTERS)
def test_what_is_no_roster_is_refused_whole(
    house: House, focal_point: httpx.Client, written: str
) -> None:
    before = nominees(house, focal_point)

    answer = upload(house, focal_point, NO_ROSTERS[written])

    assert (answer.status_code, answer.json()["code"]) == (422, "roster-is-not-valid")
    assert answer.json()["errors"] != []
    assert "KANARI" not in answer.text
    assert nominees(house, focal_point) == before


def test_a_thousand_errors_are_all_named_by_row_and_column(
    house: House, focal_point: httpx.Client
) -> None:
    rows = "".join(
        f"T{one},Given,Family,KANARI,immigration,en,{one + 9_000}\n" for one in range(1_000)
    )

    answer = upload(house, focal_point, (HEADER + rows).encode())

    named = [(one["path"], one["code"]) for one in answer.json()["errors"]]
    assert named == [(f"row {row}, column D (sex)", "sex-unknown") for row in range(2, 1_002)]


@pytest.mark.parametrize("megabytes", [6, 9])
def test_a_file_that_is_too_large_is_not_read(
    house: House, focal_point: httpx.Client, megabytes: int
) -> None:
    answer = upload(house, focal_point, b"x" * megabytes * 1_000_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "roster-is-too-large")


def test_names_are_kept_to_the_byte_and_no_export_runs_them(
    house: House, focal_point: httpx.Client
) -> None:
    call = f"/registration/calls/{house.course.ids['call-RUNNING-1']}"
    names = [*NAMES, *((formula, formula) for formula in FORMULAS)]
    for number, (given, family) in enumerate(names, start=401):
        name = {"script": "Latn", "given": given, "family": family}
        officer = {"officer_reference": f"=N-{number}", "names": [name], "sex": "female"}
        officer |= {"unit": "immigration", "language": "ar", "rank_title": given}
        asked = {"party": "JO", "officer": officer, "priority": number}
        assert focal_point.post(f"{call}/nominations", json=asked).status_code == 201

    kept = [one for one in nominees(house, focal_point) if one["reference"].startswith("=N-")]
    exported = list(csv.reader(io.StringIO(focal_point.get(f"{call}/nominations.csv").text)))

    assert [(one["given"], one["family"]) for one in kept] == names
    assert len(exported) == len(nominees(house, focal_point)) + 1
    assert [cell for row in exported for cell in row if cell[:1] in tuple("=+-@\t\r\n")] == []


def test_names_stand_escaped_and_apart_on_pages(house: House, focal_point: httpx.Client) -> None:
    page = focal_point.get(f"/registration/calls/{house.course.ids['call-HELD-1']}/page")

    assert page.status_code == 200
    assert "<script" not in page.text
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; O’Neil &amp; &#34;Sons&#34;" in page.text


def upload(house: House, client: httpx.Client, content: bytes) -> httpx.Response:
    """Hand a file in for Jordan."""
    return client.post(
        f"/registration/calls/{house.course.ids['call-RUNNING-1']}/rosters",
        params={"party": "JO"},
        content=content,
        headers={"Content-Type": "text/csv"},
    )


def nominees(house: House, client: httpx.Client) -> list[dict[str, Any]]:
    """The party's officers in the running call, in its order."""
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        address = f"/registration/calls/{house.course.ids['call-RUNNING-1']}/nominations"
        page = client.get(address, params={"limit": 500, "after": after}).json()
        found += [
            {**one["names"][0], "reference": one["officer_reference"]} for one in page["items"]
        ]
        after = page["next"]
    return found
