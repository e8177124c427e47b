"""`backup`: copies an installation into one file that only its owner reads, also while it is
served: databases, queue and mailbox as they were at one moment, and the keys."""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from shared.backup.sealed import seal

from ..copying import copy_at_one_moment
from ..installation import Installation, open_installation

KIND = "embedded"
BESIDE = ("installation.json", "keys")


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was copied. Raises `FileIsThere`, `FolderIsTooBusy`, `FolderIsNotAnInstallation`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the installation")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new file")
    asked = parser.parse_args(arguments)
    return back_up(open_installation(asked.data), asked.to)


def back_up(installation: Installation, to: Path) -> str:
    """Gather beside the file to be, so that the disk is the same, and seal it."""
    with tempfile.TemporaryDirectory(prefix=f".{to.name}-", dir=to.parent) as gathered:
        folder = Path(gathered)
        copy_at_one_moment(sorted(installation.folder.glob("*.sqlite")), folder)
        for name in BESIDE:
            source = installation.folder / name
            copy = shutil.copytree if source.is_dir() else shutil.copyfile
            copy(source, folder / name)
        about = {"installation": installation.identity, "story": installation.is_story}
        manifest = seal(folder, to, kind=KIND, about=about)
    size = sum(part.size for part in manifest.parts) / (1 << 20)
    return f"{to}: {len(manifest.parts)} files, {size:.1f} MB, as of {manifest.made_at}"
