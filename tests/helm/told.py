"""What a container of the chart is told, as the process in it would read it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KEYS: Mapping[str, tuple[str, ...]] = {
    "cadre-administration": ("CADRE_POSTGRESQL_PASSWORD",),
    "cadre-registration": ("CADRE_BROKER_MANAGEMENT_PASSWORD",),
    "cadre-notifications": ("CADRE_SMS_KEY", "CADRE_SMTP_PASSWORD", "CADRE_SMTP_INQUIRY_KEY"),
}
OF_EVERY_SERVICE = ("CADRE_DATABASE_PASSWORD", "CADRE_BROKER_PASSWORD", "CADRE_LINK_KEY")


class Told(Mapping[str, str]):
    """The environment of a container, with its volumes in a folder; notes what is asked for."""

    def __init__(self, spec: Mapping[str, Any], folder: Path, authority: str) -> None:
        self._folder, self._authority = folder, authority
        (container,) = spec["containers"]
        self._values = {one["name"]: one["value"] for one in container["env"]}
        self.asked: set[str] = set()
        volumes = {one["name"]: one for one in spec["volumes"]}
        for mount in container["volumeMounts"]:
            self._fill(volumes[mount["name"]], folder / mount["mountPath"].lstrip("/"))

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        value = self._values[name]
        is_a_place = name == "CADRE_SETTINGS" or name.endswith("_FILE")
        return f"{self._folder}{value}" if is_a_place else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def _fill(self, volume: Mapping[str, Any], at: Path) -> None:
        at.mkdir(parents=True)
        if "configMap" in volume:
            (at / "ca.crt").write_text(self._authority)
        if "secret" in volume:
            for key in keys_of(volume["secret"]["secretName"]):
                (at / key).write_text(secret_of(volume["secret"]["secretName"], key))
        for source in volume.get("projected", {}).get("sources", ()):
            secret = source["secret"]
            for item in secret["items"]:
                assert item["key"] in keys_of(secret["name"])
                (at / item["path"]).write_text(secret_of(secret["name"], item["key"]))


def keys_of(secret: str) -> tuple[str, ...]:
    """What deploy/README.md has in a Secret."""
    own = () if secret == "cadre-administration" else OF_EVERY_SERVICE
    return (*own, *KEYS.get(secret, ()))


def secret_of(secret: str, key: str) -> str:
    """One that is long enough, and only in one place."""
    return f"{secret}-holds-this-for-{key.lower().replace('_', '-')}"
