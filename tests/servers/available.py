"""What a provisioned server is, and how the first source that can give one is found."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass


class Unavailable(Exception):
    """A source cannot give the server; the text says why, for whoever reads the test output."""


@dataclass(frozen=True)
class Server:
    """Where the server is (a URL, or the path of a program) and where it came from."""

    address: str
    origin: str


Source = Callable[[], AbstractContextManager[Server]]


@contextmanager
def first_available(sources: Sequence[Source], advice: str) -> Iterator[Server]:
    """The server of the first source that can give one; raises Unavailable with every reason."""
    reasons = []
    with ExitStack() as started:
        for source in sources:
            try:
                server = started.enter_context(source())
            except Unavailable as reason:
                reasons.append(f"  {reason}")
                continue
            yield server
            return
    raise Unavailable("\n".join([advice, *reasons]))
