"""The database of a service: it answers, is of a version we know, keeps what it was given."""

import time
from collections.abc import Sequence

from sqlalchemy import text

from shared.database import Database
from shared.database.heads import newest_revision

from .finding import Check, Found, right, warning, wrong
from .revisions import revision_of

OLDEST, NEWEST = 15, 17
"""Major versions of PostgreSQL that the suite runs on."""
OLDEST_SQLITE = (3, 37)


def checks_of(database: Database, service: str) -> Sequence[Check]:
    """All checks of one database."""
    shared = [
        Check("database", lambda: answers(database)),
        Check("migrations", lambda: is_migrated(database, service)),
    ]
    if database.is_sqlite:
        return [*shared, Check("database-whole", lambda: is_whole(database))]
    return [
        *shared,
        Check("database-text", lambda: keeps_every_letter(database)),
        Check("database-durable", lambda: survives_a_power_cut(database)),
    ]


async def answers(database: Database) -> Found:
    """It answers, and is of a supported version."""
    begun = time.monotonic()
    try:
        version = await _ask(database, _version(database))
    except Exception as error:
        return wrong(
            f"does not answer ({type(error).__name__})",
            "start it, or correct CADRE_DATABASE_URL; then see its own log",
        )
    took = f"{(time.monotonic() - begun) * 1000:.0f} ms"
    if database.is_sqlite:
        return _sqlite_found(str(version), took)
    major = int(str(version)) // 10000
    said = f"PostgreSQL {major} answers in {took}"
    if major < OLDEST:
        return wrong(f"{said}; it is too old", f"move to PostgreSQL {OLDEST} to {NEWEST}")
    if major > NEWEST:
        return warning(f"{said}; newer than any we were tried on", f"prefer {OLDEST} to {NEWEST}")
    return right(said)


async def is_migrated(database: Database, service: str) -> Found:
    """Its tables are those of this release; the next one's serve it too, while one replaces the
    other."""
    for part in ("shared", service):
        stands, newest = await revision_of(database, part), newest_revision(part)
        if stands is None or stands < newest:
            told = f"{part} stands at {stands or 'nothing'}, and this release has {newest}"
            return wrong(told, f"run `migrate` of {service}, then start its processes again")
        if stands > newest:
            told = f"{part} stands at {stands}, and this release knows {newest} only"
            return warning(told, "finish the upgrade, or go back no further than this release")
    return right("at the head revision")


async def is_whole(database: Database) -> Found:
    """The file has no damage that SQLite can see."""
    said = str(await _ask(database, "PRAGMA quick_check(1)"))
    if said != "ok":
        return wrong("the file is damaged", "stop serving, and restore the last back-up")
    return right("the file is whole")


async def keeps_every_letter(database: Database) -> Found:
    """Every script can be written, and times are shown as they are meant."""
    encoding = str(await _ask(database, "SHOW server_encoding"))
    zone = str(await _ask(database, "SHOW timezone"))
    if encoding != "UTF8":
        return wrong(
            f"its encoding is {encoding}: Arabic can not be kept",
            "make it anew with `python -m deploy.databases`, and restore into it",
        )
    if zone not in ("UTC", "Etc/UTC", "GMT"):
        remedy = "ALTER DATABASE … SET timezone TO 'UTC' (kept times are right either way)"
        return warning(f"UTF8; but psql and its log show times of {zone}", remedy)
    return right(f"UTF8, {zone}")


async def survives_a_power_cut(database: Database) -> Found:
    """What was committed is on disk."""
    off = [
        name
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if await _ask(database, f"SHOW {name}") == "off"
    ]
    if off:
        remedy = "switch it on in postgresql.conf, unless this is a test"
        return warning(f"{', '.join(off)} is off: a power cut loses what was confirmed", remedy)
    return right("what is committed is on disk")


def _sqlite_found(version: str, took: str) -> Found:
    said = f"SQLite {version} answers in {took}"
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_SQLITE:
        return wrong(f"{said}; it is too old", "run on a newer Python")
    return right(said)


def _version(database: Database) -> str:
    return "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version_num"


async def _ask(database: Database, question: str) -> object:
    async with database.reading() as connection:
        return (await connection.execute(text(question))).scalar_one()
