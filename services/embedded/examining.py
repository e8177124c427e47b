"""Looks at an installation in its folder: its files are only read, whether it is served or not."""

import json
import time
from collections.abc import Sequence
from functools import partial

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import select

from services.notifications.channels import SmtpSettings
from services.notifications.doctor import deliveries_settle, mail_server_lets_us_in
from services.registration.doctor import what_is_sealed_opens
from shared.clock import Clock
from shared.context import Context
from shared.database import Database
from shared.doctor import clocks, folders, store, waiting
from shared.doctor.finding import Check, Examined, Found, examine, right, warning, wrong
from shared.links import Links
from shared.tables import story

from .installation import Installation
from .operating import SERVICES

HEX_DIGITS_OF_A_SECRET = 64
FOLDER = "installation"


async def look_at(installation: Installation) -> list[Examined]:
    """Folder, keys and server first, then each service."""
    found = await examine(FOLDER, _of_folder(installation))
    for name in SERVICES:
        database = Database(installation.database_url(name))
        try:
            found += await examine(name, _of_service(installation, name, database))
        finally:
            await database.close()
    return found


def _of_folder(installation: Installation) -> Sequence[Check]:
    return [
        Check("disk", partial(folders.has_room, installation.folder)),
        Check("permissions", partial(folders.is_ours_alone, installation.folder)),
        Check("keys", partial(keys_are_whole, installation)),
        Check("clock", partial(clock_goes_on, installation)),
        Check("server", partial(server_answers, installation)),
    ]


def _of_service(installation: Installation, name: str, database: Database) -> Sequence[Check]:
    links = _links(installation, name)
    clock = Clock(story=installation.is_story)
    context = Context(name, installation.identity, database, clock, links)
    checks = [
        *store.checks_of(database, name),
        Check("story", partial(story_is_the_same, installation, database)),
        *waiting.checks_of(context),
    ]
    if name == "notifications":
        checks.append(Check("deliveries", partial(deliveries_settle, context)))
    if name == "registration":
        checks.append(Check("sealed", partial(what_is_sealed_opens, context)))
    return checks


def _links(installation: Installation, service: str) -> Links:
    """By the keys that stand there; without them nothing opens, and `keys` says what is missing."""
    try:
        key, *former = map(bytes.fromhex, _secret(installation, f"links-{service}").split())
    except (OSError, ValueError):
        key, former = b"", []
    return Links(key, "", service, tuple(former))


async def keys_are_whole(installation: Installation) -> Found:
    """The local issuer can sign, and every service can sign its links."""
    folder = installation.folder / "keys"
    remedy = "restore the folder keys from a back-up: links and tokens made with them stay good"
    try:
        ECKey.import_key(json.loads((folder / "issuer.json").read_text()))
        secrets = [f"links-{name}" for name in SERVICES]
        short = [one for one in secrets if len(_secret(installation, one)) < HEX_DIGITS_OF_A_SECRET]
    except (OSError, ValueError, JoseError) as error:
        return wrong(f"a key is missing or can not be read ({type(error).__name__})", remedy)
    if short:
        return wrong(f"{', '.join(short)} is shorter than it was made", remedy)
    return right("the local issuer and every service have theirs")


async def server_answers(installation: Installation) -> Found:
    """Whoever serves the folder is ready, and its mailbox and gateway answer."""
    address = installation.served_at()
    if address is None:
        remedy = f"python -m services serve --data {installation.folder} --port …"
        return warning("nothing serves this folder", remedy)
    key = {"Authorization": f"Bearer {_secret(installation, 'gateway')}"}
    try:
        async with httpx.AsyncClient(base_url=address, timeout=5, trust_env=False) as client:
            ready = await client.get("/health/ready", headers={"Host": "localhost"})
            asked = await client.get("/mailbox/gateway/messages/doctor", headers=key)
            mail = await client.get("/mailbox/gateway/mail-server", headers=key)
    except httpx.HTTPError as error:
        remedy = "see its log; stop it and serve again"
        return wrong(f"{address} does not answer ({type(error).__name__})", remedy)
    if ready.is_error:
        return wrong(f"{address} is not ready: {ready.json().get('status')}", "see its log")
    if asked.status_code != httpx.codes.NOT_FOUND:
        return wrong(f"the mailbox answers {asked.status_code}", "see keys/gateway, and the log")
    if refused := await mailbox_takes_mail(int(mail.json().get("port", 0))):
        return refused
    return right(f"{address} is ready; its mailbox takes mail, and its gateway answers")


async def mailbox_takes_mail(port: int) -> Found | None:
    """Nothing, where a mail server listens on this port of the machine."""
    found = await mail_server_lets_us_in(SmtpSettings("127.0.0.1", port, security="none"))
    if found.level == "ok":
        return None
    return wrong(
        f"the mailbox takes no mail: {found.words}", "see its log; stop it and serve again"
    )


async def clock_goes_on(installation: Installation) -> Found:
    """No file was written later than now, as it is where the clock was set back."""
    written = [path.stat().st_mtime for path in installation.folder.glob("*.sqlite*")]
    ahead = max(written, default=0.0) - time.time()
    if ahead < clocks.NOTICEABLE.total_seconds():
        return right("the clock is not behind what was written")
    said = f"something was written {ahead:.0f} s later than now: the clock was set back"
    return wrong(said, "have NTP run on this machine (timedatectl status)")


async def story_is_the_same(installation: Installation, database: Database) -> Found:
    """The folder and every service agree on whether there is a story."""
    async with database.reading() as connection:
        begun = (await connection.execute(select(story.c.now))).scalar_one_or_none() is not None
    if begun != installation.is_story:
        remedy = "restore the whole folder: the file is of another installation"
        return wrong("the folder and this file disagree on whether there is a story", remedy)
    return right("a story's clock" if begun else "the machine's clock")


def _secret(installation: Installation, name: str) -> str:
    """As it stands: nothing is made that is missing."""
    return (installation.folder / "keys" / name).read_text().strip()
