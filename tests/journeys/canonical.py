"""The state of an installation without what chance gave it, so that two runs can be compared.

Ids, keys, codes and signatures are random; what they mean is where they stand. Each one is given
a name made from all the rows it occurs in, again and again until the names say everything (the
colour refinement of graph theory). Sequences and machine times are left out.
"""

import hashlib
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("registration", "scheduling", "notifications", "reporting")
ROUNDS = 6
RANDOM = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids
    r"|(?<=/)[A-Za-z0-9_-]{40,}"  # the codes of signed links
    r"|\b[0-9a-f]{32,64}\b"  # digests and message keys
    r"|\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b"  # certificate numbers
    r"|http://127\.0\.0\.1:\d+)"  # where this run was served
)
MACHINE_TIME = re.compile(r"20[2-9]\d-\d\d-\d\dT[0-9:.]+Z")
"""The story plays in 2018; whatever is later was told by the machine's clock."""
BY_MACHINE = frozenset(
    {"sequence", "position", "digest", "attempt", "asked"}
    | {"interrupted", "correlation_id", "body"}
)
"""Columns that hold an order of arrival, or bytes with such things in them."""
HOW_IT_IS_KNOWN = {"reason": frozenset({"accepted", "confirmed"})}
"""That a message was sent is said when it is, or when asked after an interruption."""
OF_TRANSPORT = frozenset(
    {"inbox", "outbox", "deferred", "aggregate_sequence", "event_count"}
    | {"stored_answer", "sqlite_sequence", "audit"}
)
"""Tables whose rows tell how things travelled, not what came of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its table, and its columns as text. A text is in pieces, every second one random."""

    table: str
    columns: tuple[tuple[str, list[str]], ...]


def canonical_state(folder: Path, rounds: int = ROUNDS) -> Counter[str]:
    """Every row of every service, with names in the place of ids; how often each occurs.

    After few rounds names say little; a difference found early shows where it comes from.
    """
    return _named(_read(folder), rounds)


def differences(one: Path, other: Path) -> list[str]:
    """What stands in one folder and not in the other, as few rounds as show it, for a person.

    What is the same after all rounds was the same after each: a name is made of all earlier ones.
    """
    first, second = _read(one), _read(other)
    if _named(first, ROUNDS) == _named(second, ROUNDS):
        return []
    for rounds in range(ROUNDS):
        if found := _between(_named(first, rounds), _named(second, rounds)):
            return found
    return _between(_named(first, ROUNDS), _named(second, ROUNDS))


def _between(first: Counter[str], second: Counter[str]) -> list[str]:
    missing = [f"- {row}" for row in sorted((first - second).elements())]
    extra = [f"+ {row}" for row in sorted((second - first).elements())]
    return missing + extra


def _read(folder: Path) -> list[Row]:
    return [row for service in SERVICES for row in _rows(folder / f"{service}.sqlite", service)]


def _named(rows: list[Row], rounds: int) -> Counter[str]:
    names: Mapping[str, str] = defaultdict(lambda: "?")
    for _ in range(rounds):
        names = _refined(rows, names)
    return Counter(_told(row, names) for row in rows)


def _rows(file: Path, service: str) -> Iterator[Row]:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table in OF_TRANSPORT or table.endswith("_revision"):
            continue
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            columns = tuple(
                (name, RANDOM.split(MACHINE_TIME.sub("<machine time>", str(row[name]))))
                for name in row.keys()  # noqa: SIM118 - a row is not a mapping
                if name not in BY_MACHINE
                and not isinstance(row[name], bytes)
                and row[name] not in HOW_IT_IS_KNOWN.get(name, ())
            )
            yield Row(f"{service}.{table}", columns)
    connection.close()


def _refined(rows: list[Row], names: Mapping[str, str]) -> Mapping[str, str]:
    """New names: each random text is called by the rows it stands in, as they are called now."""
    places: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        told = _told(row, names)
        for column, pieces in row.columns:
            for found in pieces[1::2]:
                places[found].append(f"{column} of {told}")
    return {
        found: hashlib.sha256("\n".join(sorted(stands)).encode()).hexdigest()[:12]
        for found, stands in places.items()
    }


def _told(row: Row, names: Mapping[str, str]) -> str:
    return f"{row.table}: {', '.join(_written(*column, names) for column in row.columns)}"


def _written(column: str, pieces: list[str], names: Mapping[str, str]) -> str:
    if len(pieces) == 1:
        return f"{column}={pieces[0]}"
    pieces = [f"<{names[one]}>" if number % 2 else one for number, one in enumerate(pieces)]
    return f"{column}={''.join(pieces)}"
