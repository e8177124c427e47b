"""Past imports are listed page by page, each with its own figures, and all counted together."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course

from .files import a_file, an_officer_of, sends

GOOD = "1;JO-001;;Analyse;2017;oui"
UNKNOWN = "2;JO-900;HADDAD Rania;Analyse;2017;oui"
BAD = "3;JO-001;;;2017;oui"


async def test_every_import_of_a_page_is_shown_as_it_is_by_itself(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan = course.points["JO"]

    read = [
        await sends(registration, jordan, a_file(*rows))
        for rows in ((GOOD,), (GOOD, UNKNOWN), (BAD, UNKNOWN))
    ]
    listed = (await jordan.get("/history/imports")).json()["items"]

    assert [{**one, "columns": []} for one in listed] == [
        {name: value for name, value in {**one, "columns": []}.items() if name != "file_name"}
        for one in read
    ]
    assert [one["problems"] for one in listed] == [0, 0, 1]
    assert [one["standing"] for one in listed] == [
        {"matched": 1, "decided": 0},
        {"matched": 1, "unknown": 1, "decided": 0},
        {"faulty": 1, "unknown": 1, "decided": 0},
    ]


async def test_a_page_of_many_asks_the_database_no_more_often(registration: Registration) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]

    asked = []
    for number in (1, 2, 3):
        await sends(registration, jordan, a_file(f"1;JO-{number:03};;Analyse;2017;oui"))
        with statements() as said:
            listed = await jordan.get("/history/imports")
        asked.append((len(listed.json()["items"]), len(said)))

    assert [items for items, _ in asked] == [1, 2, 3]
    assert len({often for _, often in asked}) == 1


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of any database meanwhile."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
