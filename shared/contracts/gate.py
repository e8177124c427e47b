"""Holds every event type to its committed schema: contracts only grow, and examples stay read.

`python -m shared.contracts.gate` checks; `--write` commits new types and growth, never a break.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from shared.contracts import EXTERNAL, LANGUAGE, Event, decode, decode_external
from shared.contracts.differences import differences
from shared.contracts.schemas import EXAMPLES, canonical, schema_of

Contracts = Mapping[str, type[Event]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right: in which type, where, what, and what to do."""

    type: str
    path: str
    says: str
    to_do: str
    breaks: bool = False

    def __str__(self) -> str:
        place = f"{self.type}: {self.path}" if self.path else self.type
        return f"{place}: {self.says}. {self.to_do}"


@dataclass(frozen=True, slots=True)
class Committed:
    """The folders of what was published: a schema and an example for each type."""

    schemas: Path = Path(__file__).parents[2] / "tests/contracts/schemas"
    examples: Path = EXAMPLES


def check(committed: Committed, contracts: Contracts) -> list[Finding]:
    """Everything in which the contracts differ from what was committed."""
    return [*_check_schemas(committed, contracts), *_check_examples(committed, contracts)]


def write(committed: Committed, contracts: Contracts) -> list[Finding]:
    """Commit every schema, unless something breaks: then nothing is written. What remains."""
    findings = check(committed, contracts)
    if not any(finding.breaks for finding in findings):
        for name, event_type in contracts.items():
            file = committed.schemas / f"{name}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(canonical(schema_of(event_type)), encoding="utf-8")
        findings = check(committed, contracts)
    return findings


def _check_schemas(committed: Committed, contracts: Contracts) -> Iterator[Finding]:
    known = {file.stem for file in committed.schemas.glob("*.json")}
    for name in sorted(known - contracts.keys()):
        yield Finding(name, "", "the type is gone", f"Keep it; {_publish_next(name)}", breaks=True)
    for name, event_type in sorted(contracts.items()):
        if name not in known:
            yield Finding(name, "", "its schema is not committed", _WRITE)
        else:
            yield from _compare(name, committed.schemas / f"{name}.json", event_type)


def _compare(name: str, file: Path, event_type: type[Event]) -> Iterator[Finding]:
    old, new = json.loads(file.read_text(encoding="utf-8")), schema_of(event_type)
    found = list(differences(old, json.loads(canonical(new))))
    for one in found:
        breaks = one.kind == "break"
        to_do = f"Undo it, or {_publish_next(name)}" if breaks else _WRITE
        yield Finding(name, one.path, one.says, to_do, breaks)
    if not found and canonical(new) != canonical(old):
        yield Finding(name, "", "its words have changed", _WRITE)


def _check_examples(committed: Committed, contracts: Contracts) -> Iterator[Finding]:
    """What was once sent is read for ever: an example is written once and never changed."""
    for name, event_type in sorted(contracts.items()):
        file = committed.examples / f"{name}.json"
        if not file.exists():
            yield Finding(
                name, "", "it has no example", f"Write one: shared/contracts/examples/{file.name}."
            )
            continue
        try:
            (decode_external if name in EXTERNAL else decode)(file.read_bytes(), event_type)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                path = ".".join(map(str, fault["loc"])).removeprefix("data.")
                to_do = f"Undo it, or {_publish_next(name)}"
                yield Finding(name, path, f"its example is not read: {fault['msg']}", to_do, True)


def _publish_next(name: str) -> str:
    stem, _, major = name.rpartition(".v")
    return f"publish {stem}.v{int(major) + 1} beside it."


_WRITE = "Commit it: python -m shared.contracts.gate --write."


def main(arguments: list[str]) -> int:
    """Check or write; 0 when nothing is left to put right."""
    findings = (write if arguments == ["--write"] else check)(Committed(), LANGUAGE)
    for finding in findings:
        sys.stderr.write(f"{finding}\n")
    if not findings:
        sys.stdout.write(f"{len(LANGUAGE)} event types keep their contracts\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
