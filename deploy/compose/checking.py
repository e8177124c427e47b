"""Whether an installation has been told all that it must be, by people who chose its secrets."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from shared.process.environment import Environment, SettingIsWrong

from .chosen import ADVICE, FOR_ALL, OF_PROVIDERS, is_key, secret_names, shortest
from .sample import ASKED_FOR

LEFT_BEHIND = (
    "the settings of a sample are here, and nobody asked for the sample: start it with "
    "`docker compose --profile demo up`, or remove it and all it holds with "
    "`docker compose --profile demo down --volumes`"
)
BOTH = (
    "`.env` describes an installation, and the sample takes no settings but its own: move it away"
)
WHAT_IS_WRONG = "these settings are missing, or nobody chose them (deploy/README.md says how):"


class SettingsAreNotReady(Exception):
    """Something has to be set before it can start; the words name all of it, and no secret."""


def check(values: Mapping[str, str], folder: Path) -> None:
    """Raises `SettingsAreNotReady`. A sample is good for the one start that asked for it."""
    if (folder / "all").exists():
        if not (folder / ASKED_FOR).exists():
            raise SettingsAreNotReady(LEFT_BEHIND)
        (folder / ASKED_FOR).unlink()
        if any(values.get(name) for name in (*FOR_ALL, *secret_names())):
            raise SettingsAreNotReady(BOTH)
    wrong = list(_wrong(Environment(values)))
    if wrong:
        raise SettingsAreNotReady("\n  ".join([WHAT_IS_WRONG, *wrong]))


def _wrong(environment: Environment) -> Iterator[str]:
    for name in (*FOR_ALL, *OF_PROVIDERS, *secret_names()):
        if environment.maybe(name) is None:
            yield f"{name} is not set" + (f": {ADVICE[name]}" if name in ADVICE else "")
    chosen: Counter[str] = Counter()
    for name in filter(environment.maybe, secret_names()):
        try:
            secret = environment.secret(name, shortest=shortest(name))
            if is_key(name):
                secret = environment.keys(name)[0].decode()
        except SettingIsWrong as wrong:
            yield str(wrong)
            continue
        chosen[secret] += 1
        if chosen[secret] > 1:
            yield f"{name} is the same as another secret"
