"""Programs the tests need, installed as Debian packages: the last resort, and only as root."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers.available import Unavailable

APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq")
SECONDS = 600
TURN = Path(tempfile.gettempdir()) / "cadre-tests-apt.lock"
"""Test processes that run side by side install one after the other."""


def install(package: str) -> None:
    """Install one package without asking anything; waits while another process uses apt."""
    if os.geteuid() != 0:
        raise Unavailable(f"Debian package {package}: only root can install it")
    if shutil.which("apt-get") is None:
        raise Unavailable(f"Debian package {package}: there is no apt-get")
    with TURN.open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        _apt(package, "update")
        _apt(package, "install", "--yes", "--no-install-recommends", package)


def stop_service(name: str) -> None:
    """Stop the service that came with a package, now and at the next start of the machine."""
    for command in (["service", name, "stop"], ["update-rc.d", name, "disable"]):
        subprocess.run(command, check=False, timeout=SECONDS, capture_output=True)


def _apt(package: str, *arguments: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            [*APT, *arguments], env=quiet, check=True, timeout=SECONDS, capture_output=True
        )
    except subprocess.TimeoutExpired as late:
        raise Unavailable(f"Debian package {package}: no end within {SECONDS} s") from late
    except subprocess.CalledProcessError as failure:
        said = failure.stderr.decode(errors="replace").strip()[-300:]
        raise Unavailable(f"Debian package {package}: {said}") from failure
