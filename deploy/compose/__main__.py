"""`python -m deploy.compose new|sample|check`: settings of an installation in containers."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .checking import SettingsAreNotReady, check
from .chosen import begun
from .sample import write_sample


def main(arguments: Sequence[str] | None = None, values: Mapping[str, str] = os.environ) -> int:
    """Write or check; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        match asked.command:
            case "new":
                print(begun(asked.origin, asked.installation))
            case "sample":
                origin = f"http://localhost:{asked.published.rpartition(':')[2]}"
                write_sample(asked.folder, origin)
                print(f"settings of a sample at {origin}")
            case "check":
                check(values, asked.folder)
                print("every setting is there")
    except SettingsAreNotReady as wrong:
        print(f"deploy.compose: {wrong}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.compose", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    new = chosen.add_parser("new", help="print a .env with secrets made for one installation")
    new.add_argument("--origin", required=True, help="its public address: https://…")
    new.add_argument("--installation", default="cadre", help="its short name, in events and ids")
    sample = chosen.add_parser("sample", help="write the settings of a sample, once")
    sample.add_argument("folder", type=Path)
    sample.add_argument("--published", required=True, help="HOST:PORT of the proxy, on loopback")
    checked = chosen.add_parser("check", help="say what is missing, or what nobody has chosen")
    checked.add_argument("folder", type=Path, help="where those of a sample are, if there is one")
    return parser


if __name__ == "__main__":
    sys.exit(main())
