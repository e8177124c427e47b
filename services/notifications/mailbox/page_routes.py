"""The pages of the mailbox: the list, and one message as its reader sees it."""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from markupsafe import Markup, escape

from shared.web.pages import Pages

from ..rendering import encoding_of
from .api import MessageNumber, the_message, wanted
from .mail_reading import header, parsed, part_of
from .received import Message, ReceivedMessages, Wanted

PAGE_SIZE: Final = 50
HERE: Final = Path(__file__).parent
_LINK: Final = re.compile(r"https?://[^\s<>\"'\u2066-\u2069]+")


def message_pages(received: ReceivedMessages, pages: Pages) -> APIRouter:
    """The routes of the HTML side."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def message_list(
        request: Request,
        which: Annotated[Wanted, Depends(wanted)],
        before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    ) -> HTMLResponse:
        found = received.newest_first(which, before, PAGE_SIZE + 1)
        page = found[:PAGE_SIZE]
        older = _older(which, page[-1].id) if found[PAGE_SIZE:] else None
        return pages.show(
            request,
            "mailbox_list.html",
            here=_here(request),
            messages=[(one, _when(one), _first_words(one)) for one in page],
            wanted=which,
            newest=before is None,
            older=older,
            figures=received.figures(),
            written_in=received.languages(),
        )

    @router.get("/read/{message_id}")
    def message_page(request: Request, message_id: MessageNumber) -> HTMLResponse:
        message = the_message(received, message_id)
        mail = parsed(message.raw)
        return pages.show(
            request,
            "mailbox_message.html",
            here=_here(request),
            message=message,
            when=_when(message),
            text=with_links(message.text),
            has_html=part_of(mail, "html") is not None,
            headers=[(name, header(mail, name)) for name in dict.fromkeys(mail.keys())],
            encoding=encoding_of(message.text),
            times=received.times(message.key) if message.key else 1,
        )

    @router.get("/mailbox.css")
    def style() -> FileResponse:
        return FileResponse(HERE / "pages" / "mailbox.css", media_type="text/css")

    return router


def with_links(text: str) -> Markup:
    """Text as HTML, with the web addresses in it as links."""
    written, end = Markup(), 0
    for found in _LINK.finditer(text):
        address = found.group().rstrip(".,;:!?)،؛؟")
        link = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')
        written += escape(text[end : found.start()]) + link.format(address)
        end = found.start() + len(address)
    return written + escape(text[end:])


def _here(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _when(message: Message) -> datetime:
    return datetime.fromisoformat(message.received_at)


def _first_words(message: Message) -> str:
    """What stands for a message in the list."""
    return message.subject or message.text.strip().partition("\n")[0][:160] or "…"


def _older(which: Wanted, before: int) -> str:
    asked = {
        "to": which.to,
        "q": which.words,
        "channel": which.channel,
        "language": which.language,
        "before": before,
    }
    return urlencode({name: value for name, value in asked.items() if value})
