"""What every process of an installation tells of itself, added up over all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from tests.shared.observing.shown import Shown, read

from .processes import Apart


@dataclass(frozen=True, slots=True)
class Told:
    """By process: whether it is ready, and its metrics as text and as samples."""

    ready: Mapping[str, str]
    texts: Mapping[str, str]
    shown: Mapping[str, Shown]

    def sum_of(self, metric: str, *, of: str = "") -> float:
        """Of one metric over all labels, in the processes whose names begin so."""
        return sum(
            value
            for name, shown in self.shown.items()
            if name.startswith(of)
            for (sample, *_), value in shown.items()
            if sample == metric
        )


async def told_by(installation: Apart) -> Told:
    """Ask every process."""
    ready, texts = {}, {}
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for name, address in installation.operations.items():
            answer = await client.get(f"http://{address}/health/ready")
            ready[name] = answer.json()["status"]
            texts[name] = (await client.get(f"http://{address}/metrics")).text
    return Told(ready, texts, {name: read(text) for name, text in texts.items()})
