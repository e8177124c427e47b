"""`python -m deploy.broker`: prepares the broker of an installation, or writes what it can load."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from shared.messaging.rabbit.management import Administrator, ManagementIsAway, ManagementRefuses
from shared.process.environment import Environment, SettingIsWrong

from .definitions import SERVICES, definitions_of, with_administrator
from .preparing import prepare


def main(arguments: Sequence[str] | None = None, values: Mapping[str, str] = os.environ) -> int:
    """Prepare the broker, or write a file; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        print(_carry_out(asked, Environment(values)))
    except (SettingIsWrong, ManagementIsAway, ManagementRefuses, OSError) as failure:
        print(f"deploy.broker: {failure}", file=sys.stderr)
        return 1
    return 0


def _carry_out(asked: argparse.Namespace, environment: Environment) -> str:
    vhost = asked.vhost or environment.text("CADRE_BROKER_VHOST")
    administrator = Administrator(
        asked.management or environment.text("CADRE_BROKER_MANAGEMENT_URL"),
        asked.user or environment.text("CADRE_BROKER_MANAGEMENT_USER"),
        environment.secret("CADRE_BROKER_MANAGEMENT_PASSWORD"),
        environment.broker_authority,
    )
    prefix = environment.maybe("CADRE_USER_PREFIX") or ""
    passwords = {
        service: environment.secret(f"CADRE_BROKER_PASSWORD_{service.upper()}")
        for service in SERVICES
    }
    definitions = definitions_of(vhost, prefix, passwords)
    if asked.definitions is None:
        asyncio.run(prepare(administrator, vhost, definitions))
        return f"{vhost} is prepared for {', '.join(prefix + service for service in SERVICES)}"
    whole = with_administrator(definitions, vhost, administrator.user, administrator.password)
    _write_for_ourselves(asked.definitions, json.dumps(whole, indent=2))
    return f"{asked.definitions} can be loaded by a broker (load_definitions)"


def _write_for_ourselves(path: Path, text: str) -> None:
    """Digests of passwords are not for everybody to read."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.broker",
        description="Virtual host, exchanges, and a user with few rights for each service. "
        "Passwords come from settings only: CADRE_BROKER_MANAGEMENT_PASSWORD and "
        "CADRE_BROKER_PASSWORD_<SERVICE>, or files named by the same with _FILE.",
    )
    parser.add_argument("--management", help="URL of the management API, without /api")
    parser.add_argument("--user", help="its administrator")
    parser.add_argument("--vhost", help="the virtual host of the installation")
    parser.add_argument("--definitions", type=Path, help="write this file and ask no broker")
    return parser


if __name__ == "__main__":
    sys.exit(main())
