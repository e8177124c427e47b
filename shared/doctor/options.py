"""What is typed behind `catch-up`, the same wherever services run."""

import argparse
from datetime import UTC, datetime


def add_catch_up_options(parser: argparse.ArgumentParser) -> None:
    """From when on."""
    parser.add_argument(
        "--since",
        type=moment,
        metavar="TIME",
        help="take in what happened since (a week before the newest that is known, unless given)",
    )


def moment(text: str) -> datetime:
    """A time as it is typed; UTC unless it says otherwise."""
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
