"""`token`: a bearer token of an installation's own issuer."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from shared.web.tokens import ROLES, issue, subject_of

from ..installation import make_installation

SECONDS_OF_A_TOKEN = 12 * 3600


def run(prog: str, arguments: Sequence[str]) -> str:
    """The token. Raises `NameCanNotBeCarried`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--party")
    parser.add_argument("--subject")
    asked = parser.parse_args(arguments)
    return issue(
        make_installation(asked.data, None).issuer(),
        subject=subject_of(asked.role, asked.party, asked.subject),
        role=asked.role,
        party=asked.party,
        seconds=SECONDS_OF_A_TOKEN,
    )
