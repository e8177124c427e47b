"""The settings of a process: keys of enough length, issuers that can be trusted, closed files."""

import json
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from shared.process.environment import SHORTEST_KEY, Environment, SettingIsWrong

from .finding import Check, Found, right, warning, wrong

SOON = 14 * 24 * 3600
"""Seconds; so long before its end a key should be followed by another."""
STRANGERS = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH
CERTIFICATES = frozenset(
    f"CADRE_{server}_CA{ending}" for server in ("DATABASE", "BROKER") for ending in ("", "_FILE")
)


def checks_of(values: Mapping[str, str]) -> Sequence[Check]:
    """All checks of what a process is told in its environment."""
    environment = Environment(values)
    return [
        Check("addresses", lambda: addresses_are_given(environment)),
        Check("link-key", lambda: link_key_is_long(environment)),
        Check("issuers", lambda: issuers_can_be_trusted(environment)),
        Check("local-issuer", lambda: local_issuer_is_where_it_is_needed(environment)),
        Check("key-files", lambda: files_are_closed(values)),
    ]


async def addresses_are_given(environment: Environment) -> Found:
    """Database, broker, origin and name of the installation."""
    try:
        _ = environment.database_url, environment.broker_url, environment.story_start
        origin, _name = environment.text("CADRE_ORIGIN"), environment.text("CADRE_INSTALLATION")
    except SettingIsWrong as fault:
        return wrong(str(fault), "set it in the environment of every process of this service")
    if not origin.startswith("https://") and environment.maybe("CADRE_STORY") is None:
        remedy = "have a proxy with a certificate before it, and set CADRE_ORIGIN to https://…"
        return warning(f"people come in the clear, by {origin.partition('://')[0]}", remedy)
    return right("database, broker, origin and name of the installation are given")


async def link_key_is_long(environment: Environment) -> Found:
    """Links in mails can not be guessed."""
    remedy = f"set CADRE_LINK_KEY to {SHORTEST_KEY} random characters or more (a key of its own)"
    try:
        key, *former = environment.keys("CADRE_LINK_KEY")
    except SettingIsWrong as fault:
        return wrong(str(fault), remedy)
    said = f"CADRE_LINK_KEY has {len(key)} bytes"
    return right(f"{said}; those on the lines below it still hold" if former else said)


async def issuers_can_be_trusted(environment: Environment) -> Found:
    """Somebody can sign in, and no key has ended or tells more than it should."""
    try:
        listed = _listed(environment)
        for one in listed:
            ECKey.import_key(one["key"])
    except SettingIsWrong as fault:
        return wrong(str(fault), "set CADRE_ISSUERS to [{name, key}], each key a public JWK")
    except (ValueError, LookupError, TypeError, JoseError):
        remedy = "write it as [{name, key}], each key a public JWK (P-256)"
        return wrong("CADRE_ISSUERS is not a list of names and keys", remedy)
    if not listed:
        return wrong("CADRE_ISSUERS is empty: nobody can sign in", "name who issues tokens")
    ends = [int(one["key"].get("exp", 2**62)) - time.time() for one in listed]
    if min(ends) < 0:
        return wrong("the key of an issuer has ended", "put its next key into CADRE_ISSUERS")
    if min(ends) < SOON:
        days = int(min(ends) / 86400)
        return warning(f"the key of an issuer ends in {days} d", "add its next key beside it")
    if any("d" in one["key"] for one in listed):
        remedy = 'take the member "d" out of every key there'
        return warning("CADRE_ISSUERS holds a private key: whoever reads it is anybody", remedy)
    return right(f"{len(listed)} trusted")


async def local_issuer_is_where_it_is_needed(environment: Environment) -> Found:
    """A story has one; where people sign in elsewhere, its key lies nowhere about."""
    is_story = environment.maybe("CADRE_STORY") is not None
    try:
        own = environment.issuer()
        trusted = environment.settings().issuers
    except SettingIsWrong as fault:
        return wrong(str(fault), "correct it, or take CADRE_ISSUER_KEY away")
    if own is None:
        if is_story:
            remedy = "set CADRE_ISSUER and CADRE_ISSUER_KEY, or sign in elsewhere"
            return warning("a story without local issuer: no tokens, no persona links", remedy)
        return right("none: people sign in elsewhere")
    if own.key_id not in trusted or trusted[own.key_id].name != own.name:
        remedy = "put its public key under its name into CADRE_ISSUERS of every service"
        return wrong("CADRE_ISSUERS does not hold the local issuer: its tokens are refused", remedy)
    if not is_story:
        remedy = "take CADRE_ISSUER_KEY away from every process that issues no tokens"
        return warning("the local issuer's key is here: who reads it can be anybody", remedy)
    return right("there, and trusted")


async def files_are_closed(values: Mapping[str, str]) -> Found:
    """Strangers on the machine read no setting that is a file; certificates are for everybody."""
    is_open: dict[str, bool] = {}
    for name, path in _files(values):
        try:
            is_open[name] = _is_open(path)
        except OSError as error:
            return wrong(f"{name} can not be read: {error.strerror}", "see that it is there")
    open_to_all = sorted(name for name in is_open if is_open[name] and name not in CERTIFICATES)
    if open_to_all:
        return warning(f"everybody may read {', '.join(open_to_all)}", "chmod o= the files")
    return right(f"{len(is_open)} settings are files, closed to strangers")


def _is_open(path: Path) -> bool:
    """What is mounted to be read alone was given to this container, in which nobody else is."""
    of_others = path.stat().st_mode & STRANGERS
    return bool(of_others) and not os.statvfs(path).f_flag & os.ST_RDONLY


def _listed(environment: Environment) -> list[Any]:
    listed = json.loads(environment.text("CADRE_ISSUERS"))
    if not isinstance(listed, list):
        raise TypeError
    return listed


def _files(values: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """Settings that are files: named one by one, or all that stand in a folder."""
    for name, named in values.items():
        if name.startswith("CADRE_") and name.endswith("_FILE") and named:
            yield name, Path(named)
    for folder in filter(None, values.get("CADRE_SETTINGS", "").split(os.pathsep)):
        for path in sorted(Path(folder).glob("CADRE_*")):
            yield path.name, path
