"""Settings as the environment gives them: the same names in every process.

Each may instead be given by a file: `CADRE_LINK_KEY_FILE` names the file that holds
`CADRE_LINK_KEY`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from shared.observing.address import Address, AddressIsWrong
from shared.settings import Settings
from shared.web.tokens import Issuer, trusting

SHORTEST_KEY = 32


class SettingIsWrong(Exception):
    """A setting is missing, or is not what it has to be; the words name it, and not its value."""


class Environment:
    """The environment of a process, read by name. Raises `SettingIsWrong`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """A setting that must be there."""
        found = self.maybe(name)
        if found is None:
            raise SettingIsWrong(f"{name} (or {name}_FILE) is not set")
        return found

    def maybe(self, name: str) -> str | None:
        """A setting that may be absent."""
        if name in self._values:
            return self._values[name].strip() or None
        if path := self._values.get(f"{name}_FILE"):
            try:
                return Path(path).read_text().strip() or None
            except OSError as error:
                raise SettingIsWrong(f"{name}_FILE can not be read: {error.strerror}") from None
        return None

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        found = self.maybe(name)
        if found is not None and not found.isdigit():
            raise SettingIsWrong(f"{name} is not a whole number")
        return int(found) if found else default

    @property
    def database_url(self) -> str:
        """`CADRE_DATABASE_URL`: this service's own database on PostgreSQL."""
        url = self.text("CADRE_DATABASE_URL")
        scheme, separator, rest = url.partition("://")
        if scheme not in ("postgresql", "postgresql+asyncpg") or not separator:
            raise SettingIsWrong("CADRE_DATABASE_URL is not a postgresql:// address")
        return f"postgresql+asyncpg://{rest}"

    @property
    def broker_url(self) -> str:
        """`CADRE_BROKER_URL`: this service's user, and the virtual host of the installation."""
        url = self.text("CADRE_BROKER_URL")
        if urlsplit(url).scheme not in ("amqp", "amqps"):
            raise SettingIsWrong("CADRE_BROKER_URL is not an amqp:// or amqps:// address")
        return url

    @property
    def story_start(self) -> datetime | None:
        """`CADRE_STORY`: when the story of an installation with a story's clock starts."""
        found = self.maybe("CADRE_STORY")
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found)
        except ValueError:
            raise SettingIsWrong("CADRE_STORY is not a time such as 2018-03-01T08:00Z") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def operations(self) -> Address | None:
        """`CADRE_OPERATIONS`: `HOST:PORT`, for health and metrics, where they are wanted."""
        found = self.maybe("CADRE_OPERATIONS")
        try:
            return Address(found) if found else None
        except AddressIsWrong as wrong:
            raise SettingIsWrong(f"CADRE_OPERATIONS: {wrong}") from None

    def issuer(self) -> Issuer | None:
        """`CADRE_ISSUER_KEY`: the private key (JWK) of the local issuer, where there is one."""
        key = self.maybe("CADRE_ISSUER_KEY")
        if key is None:
            return None
        return Issuer(self.text("CADRE_ISSUER"), _key("CADRE_ISSUER_KEY", key))

    def settings(self) -> Settings:
        """What a service is told when it is built."""
        link_key = self.text("CADRE_LINK_KEY").encode()
        if len(link_key) < SHORTEST_KEY:
            raise SettingIsWrong(f"CADRE_LINK_KEY is shorter than {SHORTEST_KEY} characters")
        return Settings(
            installation=self.text("CADRE_INSTALLATION"),
            origin=self.text("CADRE_ORIGIN").rstrip("/"),
            link_key=link_key,
            issuers=trusting(*self._trusted()),
            story=self.story_start is not None,
        )

    def _trusted(self) -> list[Issuer]:
        """`CADRE_ISSUERS`: `[{"name": …, "key": public JWK}]`."""
        try:
            listed = json.loads(self.text("CADRE_ISSUERS"))
            return [
                Issuer(one["name"], _key("CADRE_ISSUERS", json.dumps(one["key"]))) for one in listed
            ]
        except (ValueError, LookupError, TypeError):
            raise SettingIsWrong("CADRE_ISSUERS is not a list of names and keys") from None


def _key(name: str, text: str) -> ECKey:
    try:
        return ECKey.import_key(json.loads(text))
    except (ValueError, JoseError):
        raise SettingIsWrong(f"{name} holds no key in JWK form") from None
