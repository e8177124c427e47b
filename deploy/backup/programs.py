"""PostgreSQL's own programs, told where to connect by the environment, so that no list of processes
shows a password."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

SECONDS = 6 * 3600


class ProgramFailed(Exception):
    """A program ended otherwise than it should; the words are its last."""


def dump(programs: Path | None, database: URL, to: Path) -> None:
    """A whole database, as it is at one moment, in PostgreSQL's own format. Raises
    `ProgramFailed`."""
    options = ("--format=custom", "--no-owner", "--no-privileges")
    _run(programs, "pg_dump", database, *options, f"--file={to}")


def load(programs: Path | None, database: URL, dumped: Path) -> None:
    """A database as it was dumped, in the place of what stands there; all of it or nothing. Raises
    `ProgramFailed`."""
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
    _run(programs, "pg_restore", database, *options, f"--dbname={database.database}", str(dumped))


def _run(programs: Path | None, program: str, database: URL, *options: str) -> None:
    command = str(programs / program) if programs else program
    with _told(database) as environment:
        try:
            done = subprocess.run(
                [command, "--no-password", *options],
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProgramFailed(f"{command}: {type(error).__name__}") from error
    if done.returncode:
        raise ProgramFailed(f"{program}: {_last_line(done.stderr)}")


@contextmanager
def _told(database: URL) -> Iterator[Mapping[str, str]]:
    """Server, account and whom to trust; certificates that stand in the address become a file."""
    told = {
        "PGHOST": database.host,
        "PGPORT": str(database.port or 5432),
        "PGUSER": database.username,
        "PGPASSWORD": str(database.password or ""),
        "PGDATABASE": database.database,
        "PGSSLMODE": _said(database, "sslmode"),
    }
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as certificates:
        if authority := _said(database, "sslrootcert"):
            told["PGSSLROOTCERT"] = authority
            if authority.lstrip().startswith("-----BEGIN"):
                certificates.write(authority)
                certificates.flush()
                told["PGSSLROOTCERT"] = certificates.name
        yield {name: value for name, value in told.items() if value}


def _said(database: URL, name: str) -> str:
    said = database.query.get(name, "")
    return said if isinstance(said, str) else ""


def _last_line(said: str) -> str:
    lines: Sequence[str] = said.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if "error" in line.lower()), lines[-1])[:300]
