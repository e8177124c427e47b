"""`python -m tests.benchmarks [NAME …] [--size N]`: tables, and the figures as a last line of JSON.

A benchmark is a package here that has `run(size) -> figures`, where a size may be left out, and
`table(figures) -> text`. Its servers are found as for the tests.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were named, or else all there are; 0 when all came to their end."""
    known = benchmarks()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--size", type=int, help="how much of everything: less is quicker")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    tell(f"{os.cpu_count()} processors, Python {platform.python_version()}")
    found = {name: _measure(name, asked.size) for name in asked.names or known}
    tell(json.dumps(found[asked.names[0]] if len(asked.names) == 1 else found))
    return 0


def benchmarks() -> Sequence[str]:
    """The names of the benchmarks there are: packages with something to run."""
    folders = (package.parent for package in FOLDER.glob("*/__init__.py"))
    return sorted(folder.name for folder in folders)


def tell(text: str) -> None:
    """Print, and have it seen at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _measure(name: str, size: int | None) -> Mapping[str, Any]:
    benchmark = import_module(f"tests.benchmarks.{name}")
    figures: Mapping[str, Any] = benchmark.run() if size is None else benchmark.run(size)
    tell(f"\n{name}\n{benchmark.table(figures)}\n")
    return figures


if __name__ == "__main__":
    sys.exit(main())
