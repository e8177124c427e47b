"""Files of past participations as tests send them, in any layout; all invented."""

from io import BytesIO
from typing import Any

import httpx
import xlsxwriter

from tests.services.registration.building import Registration
from tests.services.registration.course import Course

FRENCH = "N°;Matricule;Nom et prénom;Intitulé de la formation;Date de fin;Résultat"
CSV = {"Content-Type": "text/csv"}


def a_file(*rows: str, header: str = FRENCH) -> bytes:
    """A CSV file as a spreadsheet in French writes it."""
    return "\r\n".join((header, *rows, "")).encode("utf-8-sig")


def a_workbook(*rows: tuple[Any, ...]) -> bytes:
    """The same as a workbook; days are cells of dates."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "d mmm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


async def sends(
    registration: Registration,
    person: httpx.AsyncClient,
    content: bytes,
    party: str | None = "JO",
    name: str = "past.csv",
) -> dict[str, Any]:
    """Somebody sends a file, and a worker reads it: the import as it is then."""
    query = {"file_name": name} | ({"party": party} if party else {})
    answer = await person.post("/history/imports", params=query, content=content, headers=CSV)
    assert answer.status_code in (200, 201), answer.text
    return await goes_on(registration, person, answer.json())


async def maps(
    registration: Registration, person: httpx.AsyncClient, read: dict[str, Any], **said: Any
) -> dict[str, Any]:
    """Somebody says how columns are read, and a worker reads them so."""
    seen = {"If-Match": f'"{read["version"]}"'}
    path = f"/history/imports/{read['id']}/mapping"
    answer = await person.put(path, json=said, headers=seen)
    assert answer.status_code == 200, answer.text
    return await goes_on(registration, person, read)


async def confirms(
    registration: Registration, person: httpx.AsyncClient, read: dict[str, Any], **body: Any
) -> dict[str, Any]:
    """Somebody has it imported, and a worker does so."""
    answer = await person.post(f"/history/imports/{read['id']}/confirmation", json=body)
    assert answer.status_code == 200, answer.text
    return await goes_on(registration, person, read)


async def withdraws(
    registration: Registration, person: httpx.AsyncClient, read: dict[str, Any]
) -> dict[str, Any]:
    """Somebody takes it back, and workers forget whom only it was about."""
    answer = await person.post(f"/history/imports/{read['id']}/withdrawal")
    assert answer.status_code == 200, answer.text
    return await goes_on(registration, person, read)


async def goes_on(
    registration: Registration, person: httpx.AsyncClient, read: dict[str, Any]
) -> dict[str, Any]:
    """Workers do what is due: the import as it is then."""
    while await registration.does_jobs():
        pass
    answer = await person.get(f"/history/imports/{read['id']}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def rows_of(person: httpx.AsyncClient, read: dict[str, Any]) -> list[dict[str, Any]]:
    """The preview."""
    answer = await person.get(f"/history/imports/{read['id']}/rows")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


async def an_officer_of(course: Course, number: int, **officer: Any) -> str:
    """An officer whom registration knows: JO-001 is Given 1 Family JO."""
    return str((await course.nominates("JO", number, **officer))["person_id"])
