"""Settings as the environment gives them: the same names in every process.

Each may instead be given by a file: `CADRE_LINK_KEY_FILE` names the file that holds
`CADRE_LINK_KEY`, and `CADRE_SETTINGS` names folders that may hold one by that very name.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from shared.observing.address import Address, AddressIsWrong
from shared.settings import Settings
from shared.web.proxies import THIS_MACHINE, ProxiesAreWrong, proxies_in
from shared.web.tokens import Issuer, trusting

from .addresses import broker_trusting, database_trusting, with_password

SHORTEST_KEY = 32
WELL_KNOWN = frozenset(
    {"admin", "cadre", "changeme", "default", "guest", "password", "postgres", "secret"}
)
"""The letters of what secrets are where nobody has chosen one."""


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
        """A setting that may be absent; what is blank is not set."""
        if found := self._values.get(name, "").strip():
            return found
        for path in self._files(name):
            try:
                found = path.read_text().strip()
            except OSError as error:
                raise SettingIsWrong(f"{name}_FILE can not be read: {error.strerror}") from None
            if found:
                return found
        return None

    def secret(self, name: str, *, shortest: int = 1) -> str:
        """A secret that must be there, and that is not what stands there before one is chosen."""
        found = self.text(name)
        if re.sub("[^a-z]", "", found.lower()) in WELL_KNOWN:
            raise SettingIsWrong(f"{name} is what anybody would try first: choose another")
        if len(found) < shortest:
            raise SettingIsWrong(f"{name} is shorter than {shortest} characters")
        return found

    def keys(self, name: str) -> tuple[bytes, ...]:
        """A key, and on the lines below it those it follows; last the text as a whole, which was
        the key where a key had several lines."""
        whole = self.secret(name, shortest=SHORTEST_KEY)
        key, *former = (line.strip() for line in whole.splitlines())
        if len(key) < SHORTEST_KEY:
            raise SettingIsWrong(
                f"{name} is shorter than {SHORTEST_KEY} characters in its first line"
            )
        former = [one for one in (*former, whole) if len(one) >= SHORTEST_KEY]
        return tuple(one.encode() for one in dict.fromkeys((key, *former)))

    def _files(self, name: str) -> Iterator[Path]:
        """Where a setting may stand; a folder need not hold it."""
        if path := self._values.get(f"{name}_FILE"):
            yield Path(path)
        for folder in filter(None, self._values.get("CADRE_SETTINGS", "").split(os.pathsep)):
            if (file := Path(folder) / name).exists():
                yield file

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        found = self.maybe(name)
        if found is not None and not found.isdigit():
            raise SettingIsWrong(f"{name} is not a whole number")
        return int(found) if found else default

    @property
    def database_url(self) -> str:
        """`CADRE_DATABASE_URL`: this service's own database on PostgreSQL."""
        return f"postgresql+asyncpg://{self.postgresql('CADRE_DATABASE').partition('://')[2]}"

    def postgresql(self, name: str) -> str:
        """`<name>_URL`, with the password of `<name>_PASSWORD` where it stands apart. With
        `CADRE_DATABASE_CA` (PEM) the server has to show a certificate of that authority."""
        url = self._address(name, ("postgresql", "postgresql+asyncpg"))
        authority = self.maybe("CADRE_DATABASE_CA")
        return _made("CADRE_DATABASE_CA", database_trusting, url, authority) if authority else url

    @property
    def broker_url(self) -> str:
        """`CADRE_BROKER_URL`: this service's user, and the virtual host of the installation; with
        `CADRE_BROKER_PASSWORD` and `broker_authority` as for the database."""
        url, authority = self._address("CADRE_BROKER", ("amqp", "amqps")), self.broker_authority
        return _made("CADRE_BROKER_CA", broker_trusting, url, authority) if authority else url

    @property
    def broker_authority(self) -> str | None:
        """`CADRE_BROKER_CA`: who certifies the broker and its management API, as PEM."""
        return self.maybe("CADRE_BROKER_CA")

    def _address(self, name: str, schemes: tuple[str, ...]) -> str:
        url, password = self.text(f"{name}_URL"), self.maybe(f"{name}_PASSWORD")
        scheme, separator, _ = url.partition("://")
        if scheme not in schemes or not separator:
            listed = " or ".join(f"{one}://" for one in schemes if "+" not in one)
            raise SettingIsWrong(f"{name}_URL is not an address with {listed}")
        return _made(f"{name}_URL", with_password, url, password) if password else url

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

    @property
    def proxies(self) -> Sequence[str]:
        """`CADRE_PROXIES`: addresses or networks, with commas between them, of who is believed
        about where visitors come from; without it this machine alone."""
        found = self.maybe("CADRE_PROXIES")
        try:
            return proxies_in(found) if found else THIS_MACHINE
        except ProxiesAreWrong as wrong:
            raise SettingIsWrong(f"CADRE_PROXIES: {wrong}") from None

    def issuer(self) -> Issuer | None:
        """`CADRE_ISSUER_KEY`: the private key (JWK) of the local issuer, where there is one."""
        key = self.maybe("CADRE_ISSUER_KEY")
        if key is None:
            return None
        return Issuer(self.text("CADRE_ISSUER"), _key("CADRE_ISSUER_KEY", key))

    def settings(self) -> Settings:
        """What a service is told when it is built."""
        link_key, *former_link_keys = self.keys("CADRE_LINK_KEY")
        return Settings(
            installation=self.text("CADRE_INSTALLATION"),
            origin=self.text("CADRE_ORIGIN").rstrip("/"),
            link_key=link_key,
            issuers=trusting(*self._trusted()),
            story=self.story_start is not None,
            former_link_keys=tuple(former_link_keys),
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


def _made(name: str, make: Callable[[str, str], str], url: str, with_what: str) -> str:
    """An address made of two settings, the one that is at fault named."""
    try:
        return make(url, with_what)
    except ValueError as wrong:
        raise SettingIsWrong(f"{name}: {wrong}") from None


def _key(name: str, text: str) -> ECKey:
    try:
        return ECKey.import_key(json.loads(text))
    except (ValueError, JoseError):
        raise SettingIsWrong(f"{name} holds no key in JWK form") from None
