"""Each kind of break, planted in a copy of a contract, is caught where it is; growth is not."""

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, create_model

from shared.contracts import Event
from shared.contracts.event import Instant, Part, Secret
from shared.contracts.gate import Committed, Finding, check, write
from tests.contracts.made_up import EXAMPLE, TableLaid

pytestmark = pytest.mark.gate
NAME = TableLaid.type


class RoomWithoutName(Part):
    """A part whose field was removed."""

    places: int = 0


class RoomNeedingLight(Part):
    """A part that grew a required field."""

    name: str
    places: int = 0
    light: str


BREAKS: dict[str, tuple[dict[str, Any], str, str]] = {
    "removed": ({"note": None}, "note", "removed"),
    "renamed": ({"seats": None, "chairs": Annotated[int, Field(le=40)]}, "seats", "chairs"),
    "retyped": ({"code": int}, "code", "retyped from string to integer"),
    "retyped by format": ({"at": Instant}, "at", "retyped from object to string"),
    "retyped by another alternative": ({"note": (int | None, None)}, "note", "retyped"),
    "may be null": ({"code": str | None}, "code", "retyped from string to null or string"),
    "never null any more": ({"note": (str, "")}, "note", "narrowed"),
    "value taken away": ({"style": Literal["plain"]}, "style", "'festive' is no value"),
    "fewer values": ({"code": Literal["N4"]}, "code", "narrowed to N4"),
    "lower maximum": ({"seats": Annotated[int, Field(le=12)]}, "seats", "narrowed: maximum 12"),
    "new minimum": ({"seats": Annotated[int, Field(ge=1, le=40)]}, "seats", "minimum 1"),
    "shorter text": ({"code": Annotated[str, Field(max_length=2)]}, "code", "maxLength 2"),
    "pattern": (
        {"code": Annotated[str, Field(max_length=20, pattern="^[A-Z]$")]},
        "code",
        "narrowed by another pattern",
    ),
    "required from now on": ({"note": str | None}, "note", "required from now on"),
    "added as required": ({"cook": str}, "cook", "added as a required field"),
    "not always there": ({"seats": (Annotated[int, Field(le=40)], 0)}, "seats", "not always there"),
    "no secret any more": ({"link": str}, "link", "no secret any more"),
    "secret from now on": ({"code": Annotated[Secret, Field(max_length=20)]}, "code", "secret"),
    "removed in a part": ({"rooms": tuple[RoomWithoutName, ...]}, "rooms[].name", "removed"),
    "required in a part": ({"rooms": tuple[RoomNeedingLight, ...]}, "rooms[].light", "required"),
}
GROWTH: dict[str, tuple[dict[str, Any], str]] = {
    "optional field": ({"cook": (str | None, None)}, "cook"),
    "one more value": ({"style": Literal["plain", "festive", "royal"]}, "style"),
    "higher maximum": ({"seats": Annotated[int, Field(le=400)]}, "seats"),
    "any text": ({"style": str}, "style"),
}


@pytest.mark.parametrize(("fields", "path", "says"), BREAKS.values(), ids=BREAKS.keys())
def test_a_break_is_refused_with_its_place_and_the_way_out(
    tmp_path: Path, fields: dict[str, Any], path: str, says: str
) -> None:
    published = publish(tmp_path)
    schema = (published.schemas / f"{NAME}.json").read_text()

    findings = write(published, {NAME: planted(fields)})

    (found,) = [one for one in findings if one.path == path and says in one.says]
    assert found.breaks
    assert str(found).endswith("publish kitchen.table.laid.v2 beside it.")
    assert (published.schemas / f"{NAME}.json").read_text() == schema


@pytest.mark.parametrize("mark", ["private", "whole", "aggregate"])
def test_a_changed_mark_is_a_break(tmp_path: Path, mark: str) -> None:
    published = publish(tmp_path)
    changed = {"private": True, "whole": False, "aggregate": "code"}
    marks = {"aggregate": "table_id", "whole": True, "private": False, mark: changed[mark]}

    findings = check(published, {NAME: planted({}, **marks)})

    assert [one.says for one in findings if one.breaks] == [f"changed in what it is: {mark}"]


def test_a_type_that_is_gone_is_a_break(tmp_path: Path) -> None:
    published = publish(tmp_path)

    findings = check(published, {})

    assert [(one.says, one.breaks) for one in findings] == [("the type is gone", True)]


@pytest.mark.parametrize(("fields", "path"), GROWTH.values(), ids=GROWTH.keys())
def test_growth_is_no_break_and_is_committed_when_asked(
    tmp_path: Path, fields: dict[str, Any], path: str
) -> None:
    published = publish(tmp_path)
    grown = {NAME: planted(fields)}

    before = check(published, grown)
    after = write(published, grown)

    assert {(one.path, one.breaks) for one in before} == {(path, False)}
    assert after == []


def test_an_old_example_that_is_not_read_any_more_is_a_break(tmp_path: Path) -> None:
    published = publish(tmp_path)

    findings = check(published, {NAME: planted({"seats": Annotated[int, Field(le=3)]})})

    assert ("seats", True) in {(one.path, one.breaks) for one in of_examples(findings)}


def test_a_new_type_needs_a_schema_and_an_example(tmp_path: Path) -> None:
    published = Committed(tmp_path / "schemas", tmp_path / "examples")

    findings = check(published, {NAME: TableLaid})

    left = write(published, {NAME: TableLaid})

    assert [one.says for one in findings] == ["its schema is not committed", "it has no example"]
    assert [one.says for one in left] == ["it has no example"]


def publish(folder: Path) -> Committed:
    """Commit the made-up contract with its example, as a first release does."""
    published = Committed(folder / "schemas", folder / "examples")
    published.examples.mkdir()
    (published.examples / f"{NAME}.json").write_bytes(EXAMPLE)
    assert write(published, {NAME: TableLaid}) == []
    return published


def planted(fields: dict[str, Any], **marks: Any) -> type[Event]:
    """A copy of the made-up contract with some fields changed, or left out where None."""
    kept: dict[str, Any] = {
        name: (annotation, None if name == "note" else ...)
        for name, annotation in TableLaid.__annotations__.items()
    }
    for name, change in fields.items():
        if change is None:
            del kept[name]
        else:
            kept[name] = change if isinstance(change, tuple) else (change, ...)
    model = create_model("TableLaid", __base__=Event, __doc__=TableLaid.__doc__, **kept)
    model.type = TableLaid.type
    model.aggregate = str(marks.get("aggregate", "table_id"))
    model.whole = bool(marks.get("whole", True))
    model.private = bool(marks.get("private", False))
    return model


def of_examples(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if "example" in one.says]
