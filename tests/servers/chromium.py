"""Chromium for the browser tests, from the first source whose program really starts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.servers import debian
from tests.servers.available import Server, Unavailable, first_available

VARIABLE = "CADRE_TEST_CHROMIUM"
LOCAL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = f"The tests need Chromium. Install it, or set {VARIABLE} to its program. Tried:"
DOWNLOAD_SECONDS = 300
WHERE_DOWNLOADED = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def installed_chromium() -> AbstractContextManager[Server]:
    """A browser whose address is the path of its program."""
    return first_available((_named_in_environment, _local, _downloaded, _debian_package), ADVICE)


@contextmanager
def _named_in_environment() -> Iterator[Server]:
    program = os.environ.get(VARIABLE)
    if not program:
        raise Unavailable(f"environment: {VARIABLE} is not set")
    yield Server(program, f"named by {VARIABLE}, {_version(program)}")


@contextmanager
def _local() -> Iterator[Server]:
    for name in LOCAL:
        program = shutil.which(name)
        if program is None:
            continue
        try:
            version = _version(program)
        except Unavailable:
            continue
        yield Server(program, f"local program, {version}")
        return
    raise Unavailable(f"local programs: none of {', '.join(LOCAL)} starts")


@contextmanager
def _downloaded() -> Iterator[Server]:
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(download, check=True, capture_output=True, timeout=DOWNLOAD_SECONDS)
        program = _answer([sys.executable, "-c", WHERE_DOWNLOADED])
    except subprocess.SubprocessError as failure:
        raise Unavailable(f"download by Playwright: {type(failure).__name__}") from failure
    yield Server(program, f"downloaded by Playwright, {_version(program)}")


@contextmanager
def _debian_package() -> Iterator[Server]:
    debian.install("chromium")
    program = shutil.which("chromium") or "chromium"
    yield Server(program, f"installed as a Debian package, {_version(program)}")


def _version(program: str) -> str:
    try:
        return _answer([program, "--version"])
    except (subprocess.SubprocessError, OSError) as failure:
        raise Unavailable(f"{program} does not start ({type(failure).__name__})") from failure


def _answer(command: list[str]) -> str:
    asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return asked.stdout.strip()
