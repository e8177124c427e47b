"""`outsider …`: other systems are registered and looked after from the command line.

The same words do the same where services run apart and where one process serves them all; only the
client that asks is another.
"""

import argparse
import json
from collections.abc import Sequence
from urllib.parse import quote

import httpx

from .account_shown import Shown, account, line
from .alias_commands import (
    add_actions,
    alias_line,
    say_alias,
    take_back,
)
from .asking import done, every_item
from .trial import as_json, try_out, verdict_line

PLACE = "/registration/outsiders"
CHANGES = {
    "rotate": ("rotation", "give it a new key and password; the old ones end"),
    "suspend": ("suspension", "keep it out until it is resumed"),
    "resume": ("resumption", "let it take part again"),
    "remove": ("removal", "let it take part no more; its code is not given again"),
}
ALIASES = {"alias": say_alias, "unalias": take_back}


def add_options(parser: argparse.ArgumentParser, *beside: argparse.ArgumentParser) -> None:
    """The actions, and what each takes; all of them take also what stands in `beside`."""
    plain = argparse.ArgumentParser(add_help=False, parents=beside)
    plain.add_argument("--json", action="store_true", help="answer with JSON, for scripts")
    coded = argparse.ArgumentParser(add_help=False, parents=[plain])
    coded.add_argument("code", metavar="CODE", help="lower case, as in jo-hr")
    actions = parser.add_subparsers(dest="action", required=True)
    added = actions.add_parser("add", parents=[coded], help="have another system take part")
    _describing(added, required=True)
    changed = actions.add_parser("describe", parents=[coded], help="change what is given here")
    _describing(changed, required=False)
    actions.add_parser("list", parents=[plain], help="every system")
    actions.add_parser("show", parents=[coded], help="one system")
    trial = actions.add_parser("test", parents=[coded], help="what its events would be answered")
    trial.add_argument("--activity", help="a reference; that of the examples unless given")
    trial.add_argument("--officer", help="as the system calls one; that of the examples else")
    add_actions(actions, coded)
    for name, (_, meaning) in CHANGES.items():
        actions.add_parser(name, parents=[coded], help=meaning)


async def carry_out(
    client: httpx.AsyncClient,
    asked: argparse.Namespace,
    elsewhere: httpx.AsyncClient | None = None,
) -> str:
    """What is to be printed. `elsewhere` asks the services that the client does not reach.

    Raises `OutsiderCommandFailed`.
    """
    if asked.action == "test":
        system = done(await client.get(_place(asked)))
        given = {"activity": asked.activity, "officer": asked.officer}
        tried = await try_out(client, system, **given, elsewhere=elsewhere)
        return as_json(tried) if asked.json else "\n".join(map(verdict_line, tried))
    if asked.action == "list":
        systems = await every_item(client, PLACE)
        return _json(systems) if asked.json else "\n".join(line(one) for one in systems)
    if asked.action == "aliases":
        aliases = await every_item(client, f"{_place(asked)}/aliases")
        return _json(aliases) if asked.json else "\n".join(map(alias_line, aliases))
    if asked.action in ALIASES:
        alias = await ALIASES[asked.action](client, _place(asked), asked)
        return _json(alias) if asked.json else alias_line(alias)
    system = await _one_system(client, asked)
    return _json(system) if asked.json else account(system)


async def _one_system(client: httpx.AsyncClient, asked: argparse.Namespace) -> Shown:
    place = _place(asked)
    match asked.action:
        case "add":
            return done(await client.post(PLACE, json={"outsider": asked.code, **_named(asked)}))
        case "show":
            return done(await client.get(place))
        case "describe":
            seen = await client.get(place)
            known = {name: done(seen)[name] for name in ("parties", "sends", "receives")}
            match = {"If-Match": seen.headers["ETag"]}
            return done(await client.put(place, json=known | _named(asked), headers=match))
    change, _ = CHANGES[asked.action]
    return done(await client.post(f"{place}/{change}"))


def _place(asked: argparse.Namespace) -> str:
    return f"{PLACE}/{quote(asked.code, safe='')}"


def _describing(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--party", action="append", required=required, help="once for each")
    for name, meaning in (("sends", "it may send"), ("receives", "it may read")):
        parser.add_argument(
            f"--{name}",
            action="extend",
            type=_types,
            metavar="TYPES",
            help=f"event types {meaning}, with commas between them",
        )


def _types(text: str) -> Sequence[str]:
    return [one for one in (part.strip() for part in text.split(",")) if one]


def _named(asked: argparse.Namespace) -> dict[str, list[str]]:
    """What was given."""
    named = {"parties": asked.party, "sends": asked.sends, "receives": asked.receives}
    return {name: given for name, given in named.items() if given is not None}


def _json(shown: object) -> str:
    return json.dumps(shown, indent=2, ensure_ascii=False)
