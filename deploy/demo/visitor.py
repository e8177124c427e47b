"""Somebody who is signed in with nothing: a browser that follows the link of a mail."""

from types import TracebackType
from urllib.parse import urlsplit

import httpx

from .client import AskingFailed, problem_of
from .connection import connected


class Visitor:
    """One browser, used as a context. Every method raises `AskingFailed` for an error page."""

    def __init__(self, origin: str, through: str = "") -> None:
        self.browser = connected(origin, through=through, Origin=origin)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.browser.close()

    def open(self, link: str) -> httpx.Response:
        """What the link shows."""
        return _shown(self.browser.get(link, follow_redirects=True))

    def enter(self, link: str) -> httpx.Client:
        """The browser, once it has followed a link that signs in; it does not go on from there."""
        _shown(self.browser.get(link))
        return self.browser

    def send_form(self, link: str, **fields: str) -> httpx.Response:
        """Fill in the form of a page and press its button."""
        page = {"Accept": "text/html"}
        return _shown(self.browser.post(link, data=fields, headers=page, follow_redirects=True))

    def ask(self, path: str, question: dict[str, str]) -> httpx.Response:
        """Ask what anybody may ask."""
        return _shown(self.browser.post(path, json=question))


def _shown(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        page = page_of(str(answer.request.url))
        wrong = f"{answer.status_code} {problem_of(answer)}"
        raise AskingFailed(f"{answer.request.method} {page} (a visitor): {wrong}")
    return answer


def page_of(link: str) -> str:
    """Which page a link leads to, without the secret at its end."""
    path = urlsplit(link).path
    return f"{path.rsplit('/', 1)[0]}/…" if len(path.rsplit("/", 1)[-1]) > 30 else path
