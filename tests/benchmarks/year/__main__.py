"""`python -m tests.benchmarks.year`: the year by itself, one mode or both, in any size."""

import argparse
import json
import sys
from collections.abc import Sequence

from . import OFFICERS
from .measuring import MODES, run, table


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and as the last line the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.year", description=__doc__)
    parser.add_argument("--size", type=int, default=OFFICERS, help="officers")
    parser.add_argument("--mode", choices=MODES, action="append", help="else both")
    asked = parser.parse_args(arguments)
    result = run(asked.size, modes=asked.mode or MODES)
    sys.stdout.write(f"{table(result)}\n{json.dumps(result)}\n")


if __name__ == "__main__":
    main()
