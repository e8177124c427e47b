"""Which files are kept, how long, and who sees them."""

from datetime import datetime

import pytest

from services.registration.imports import limits
from services.registration.tables import (
    import_piece,
    nomination,
    roster_import,
    roster_import_row,
)
from shared.purging import purge
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.files import (
    a_roster,
    confirms,
    numbered,
    sends,
    undoes,
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-is-xls"),
        (b"%PDF-1.4 a list", "file-is-pdf"),
        (b"GIF89a\0\0", "encoding-unknown"),
    ],
)
async def test_what_is_no_sheet_is_refused_at_once_by_its_bytes(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_course(registration)

    refused = await course.points["JO"].post(
        f"/calls/{course.call_id}/imports?party=JO",
        content=content,
        headers={"Content-Type": "text/csv"},
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "file-is-no-sheet")
    assert [one["code"] for one in refused.json()["errors"]] == [code]
    assert await registration.rows(roster_import) == []


async def test_a_file_sent_again_is_answered_with_its_import(registration: Registration) -> None:
    course = await a_course(registration)
    address = f"/calls/{course.call_id}/imports?party=JO"

    first, second = [
        await course.points["JO"].post(address, content=a_roster(numbered(1))) for _ in range(2)
    ]

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


async def test_imports_are_those_of_the_own_party(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    foreign, this = course.points["TN"], f"/imports/{read['id']}"
    auditor = registration.client("auditor")

    seen = [
        (await foreign.get(this)).status_code,
        (await foreign.get(f"{this}/rows")).status_code,
        (await foreign.get(f"{this}/problems")).status_code,
        (await foreign.post(f"{this}/confirmation", json={})).status_code,
        (await foreign.post(f"{this}/undoing")).status_code,
        (await foreign.delete(this, headers={"If-Match": '"1"'})).status_code,
        (await foreign.post(f"/calls/{course.call_id}/imports?party=JO", content=b"x")).status_code,
        (await auditor.post(f"{this}/confirmation", json={})).status_code,
    ]
    several = await foreign.post(f"/calls/{course.call_id}/imports", content=b"x")
    theirs = (await foreign.get(f"/calls/{course.call_id}/imports")).json()["items"]
    audited = (await auditor.get(f"{this}/rows")).json()["items"][0]

    assert seen == [404] * 8
    assert several.json()["code"] == "rows-name-parties-for-staff-only"
    assert theirs == []
    assert (audited["verdict"], audited["family_name"]) == ("new", None)
    assert audited["officer_reference"] is None


async def test_a_discarded_file_leaves_nothing_personal(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))

    unseen = await course.points["JO"].delete(f"/imports/{read['id']}")
    gone = await course.points["JO"].delete(
        f"/imports/{read['id']}", headers={"If-Match": f'"{read["version"]}"'}
    )
    again = await sends(course, a_roster(numbered(1)))

    assert (unseen.status_code, gone.json()["state"]) == (428, "discarded")
    assert again["id"] != read["id"]
    assert len(await registration.rows(roster_import_row)) == 1


async def test_what_a_file_said_goes_after_thirty_days(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    await confirms(course, read["id"])

    await registration.moves_to(datetime.fromisoformat(read["kept_until"]))
    await purge(registration.service.context, registration.service.kept_for_a_time)
    late = await course.coordinator.post(f"/imports/{read['id']}/undoing")

    assert await registration.rows(roster_import_row) == []
    assert (late.status_code, late.json()["code"]) == (409, "import-is-forgotten")
    assert await course.standing() == {"R-1": "submitted"}


async def test_an_erased_officer_leaves_imports(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1), numbered(2)))
    await confirms(course, read["id"])
    waiting = await sends(course, a_roster(numbered(1), numbered(2), numbered(3)))
    first = (await registration.rows(nomination))[0]

    await course.admin.post(f"/persons/{first['person_id']}/erasure")

    left = [
        one for one in await registration.rows(roster_import_row) if one["verdict"] == "forgotten"
    ]
    undone = await undoes(course, read["id"])
    assert [(one["row"], one["officer"], one["officer_reference"]) for one in left] == [
        (2, None, None),
        (2, None, None),
    ]
    assert undone["state"] == "undone"
    assert waiting["rows"]["new"] == 1


async def test_ten_files_that_wait_are_enough(registration: Registration) -> None:
    course = await a_course(registration)
    for number in range(1, 11):
        await sends(course, a_roster(numbered(number)))

    one_more = await course.points["JO"].post(
        f"/calls/{course.call_id}/imports?party=JO", content=a_roster(numbered(11))
    )

    assert (one_more.status_code, one_more.json()["code"]) == (409, "too-many-imports-wait")


async def test_a_file_beyond_all_bounds_is_not_kept(registration: Registration) -> None:
    course = await a_course(registration)

    large = await course.points["JO"].post(
        f"/calls/{course.call_id}/imports?party=JO", content=b"x" * (limits.MOST_BYTES + 1)
    )

    assert (large.status_code, large.json()["code"]) == (413, "import-is-too-large")
    assert await registration.rows(import_piece) == []
