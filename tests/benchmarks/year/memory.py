"""Memory of an installation's processes while it works, sampled from the system's own accounts."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SECONDS_BETWEEN_SAMPLES = 0.5
KILOBYTES_IN_A_MEGABYTE = 1024


@dataclass
class Memory:
    """Resident memory (RSS, in megabytes) of some processes by name: of all together, and of the
    largest one."""

    processes: Callable[[], Mapping[str, int]]
    peak: float = 0.0
    largest: tuple[float, str] = (0.0, "")
    at: dict[str, float] = field(default_factory=dict)
    """Of all together, the highest since the mark before."""
    of_each: dict[str, dict[str, float]] = field(default_factory=dict)
    """By mark, what each process held at that moment."""
    _since: float = 0.0

    async def watch(self) -> None:
        """Sample until cancelled."""
        while True:
            self.sample()
            await asyncio.sleep(SECONDS_BETWEEN_SAMPLES)

    def sample(self) -> Mapping[str, float]:
        """Look once: what each process holds now."""
        by_name = {name: resident(pid) for name, pid in self.processes().items()}
        together = sum(by_name.values())
        self._since, self.peak = max(self._since, together), max(self.peak, together)
        self.largest = max(self.largest, *((size, name) for name, size in by_name.items()))
        return by_name

    def mark(self, name: str) -> None:
        """Note what was needed since the last mark, under a name."""
        self.of_each[name] = {of: round(size, 1) for of, size in self.sample().items()}
        self.at[name], self._since = round(self._since, 1), 0.0


def resident(pid: int) -> float:
    """What a process holds in memory now, in megabytes; nothing once it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / KILOBYTES_IN_A_MEGABYTE
    return 0.0
