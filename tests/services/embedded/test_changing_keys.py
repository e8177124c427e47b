"""The key of a service is changed: what the one before it sealed is sealed anew, by a command."""

import asyncio
import secrets
from pathlib import Path

from services.embedded.commands import reseal
from services.embedded.examining import look_at
from services.embedded.installation import Installation, make_installation
from services.embedded.operating import opened
from services.registration.seats.follow_up_data import PURPOSE
from services.registration.tables import follow_up_answer
from shared.ids import new_id


async def an_installation_with_details(folder: Path) -> Installation:
    """It keeps the passport of one officer."""
    installation = make_installation(folder, None)
    async with opened(installation) as house:
        context = house.services["registration"].context
        ids = {name: new_id() for name in ("nomination_id", "call_id", "person_id")}
        sealed = context.links.seals(PURPOSE).seal(ids["nomination_id"], b'{"passport": {}}')
        async with context.database.writing() as connection:
            await connection.execute(follow_up_answer.insert().values(**ids, sealed=sealed))
    return installation


def sealed_as_seen(installation: Installation) -> str:
    """What the doctor says of it."""
    seen = asyncio.run(look_at(installation))
    [found] = [one for one in seen if one.check == "sealed"]
    return found.level


def test_a_former_key_is_needed_until_all_is_sealed_anew(tmp_path: Path) -> None:
    installation = asyncio.run(an_installation_with_details(tmp_path / "one"))
    key, new = installation.folder / "keys" / "links-registration", secrets.token_hex(32)
    old = key.read_text()

    key.write_text(f"{new}\n{old}\n")
    with_both = sealed_as_seen(installation)
    key.write_text(new)
    without = sealed_as_seen(installation)
    key.write_text(f"{new}\n{old}\n")
    told = reseal.run("reseal", ["--data", str(installation.folder)])
    key.write_text(new)

    assert (with_both, without) == ("warning", "wrong")
    assert told == "1 sealed anew"
    assert sealed_as_seen(installation) == "ok"
