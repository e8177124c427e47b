"""No room left on the disk under the files: a small file system of their own, filled up."""

import os
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

MEGABYTES = 600


class NoFileSystem(Exception):
    """Only root may make a file system of its own, and not everywhere."""


@dataclass
class FullDisk:
    """For a while nothing can be written."""

    folder: Path
    seconds: float = 3.0
    afterwards: Callable[[], Awaitable[None]] | None = None
    """What a person has to do then: a database server may have ended."""
    name: str = "full disk"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Take all the room there is."""
        with (self.folder / "filler").open("wb") as filler:
            chunk = b"\0" * 65_536
            try:
                while True:
                    os.write(filler.fileno(), chunk)
            except OSError:
                return

    async def stop(self) -> None:
        """Give it back."""
        (self.folder / "filler").unlink(missing_ok=True)
        if self.afterwards:
            await self.afterwards()


@contextmanager
def small_file_system(folder: Path, megabytes: int = MEGABYTES) -> Iterator[Path]:
    """A file system in memory at a folder. Raises `NoFileSystem`."""
    folder.mkdir()
    options = ("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder))
    try:
        subprocess.run(["mount", *options], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as refusal:
        raise NoFileSystem(str(refusal)) from refusal
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
