"""Files that go out beside an import: a sheet to fill in, and the bad rows with the reasons."""

import asyncio
from collections.abc import Iterator
from functools import partial
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO
from uuid import UUID

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from shared.context import Work
from shared.refusals import NotAllowed, NotFound, NotYetKnown
from shared.spreadsheet import BYTE_ORDER_MARK, as_csv
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.pages import language_of, words_for
from shared.web.problems import documented

from ..queries import sheets
from ..queries.problem_files import bad_rows
from ..roster.plain_sheet import PlainSheet
from ..roster.sheet import RosterSheet
from .nominations import WORKBOOK
from .wording import problems_in_words

routes = router()
BYTES_AT_ONCE = 64 * 1024
CSV = "text/csv; charset=utf-8"


def in_a_language(lang: Annotated[str, Query(max_length=10)] = "") -> None:
    """Which language is asked for; where none is, the reader's own."""


@routes.get(
    "/calls/{call_id}/sheet",
    tags=["imports"],
    dependencies=[Depends(in_a_language)],
    response_class=StreamingResponse,
    responses={**documented(NotFound, NotYetKnown), 200: {"content": {WORKBOOK: {}}}},
)
async def show_sheet(
    asked: AskedBy, call_id: UUID, party: Annotated[str, Query(max_length=20)]
) -> StreamingResponse:
    """A workbook to fill in and send back, in the language asked for with `lang` (ar, en, es, fr).

    The party's officers are in it, those nominated first; who has no priority is not nominated.
    """
    wanted = await asked.read(partial(sheets.wanted_in_sheet, call_id=call_id, party=party))
    file = TemporaryFile()  # noqa: SIM115
    sheet = RosterSheet(file, words_for(asked.request), wanted, rtl=_is_arabic(asked))
    await asked.read(partial(sheets.fill_sheet, call_id=call_id, party=party, sheet=sheet))
    return _sent(file, f"officers-{party}.xlsx", WORKBOOK)


@routes.get(
    "/imports/{import_id}/problems.csv",
    tags=["imports"],
    dependencies=[Depends(in_a_language)],
    response_class=StreamingResponse,
    responses={**documented(NotFound, NotAllowed), 200: {"content": {"text/csv": {}}}},
)
async def export_problems_as_csv(asked: AskedBy, import_id: UUID) -> StreamingResponse:
    """The bad rows as they stood, the reasons beside them in the language asked for by `lang`."""
    file = TemporaryFile()  # noqa: SIM115

    async def write(work: Work) -> None:
        file.write(BYTE_ORDER_MARK.encode())
        async for lines in bad_rows(
            work, import_id, words_for(asked.request), problems_in_words(asked.request)
        ):
            file.write(as_csv(lines).removeprefix(BYTE_ORDER_MARK.encode()))

    await asked.read(write)
    return _sent(file, f"problems-{import_id}.csv", CSV)


@routes.get(
    "/imports/{import_id}/problems.xlsx",
    tags=["imports"],
    dependencies=[Depends(in_a_language)],
    response_class=StreamingResponse,
    responses={**documented(NotFound, NotAllowed), 200: {"content": {WORKBOOK: {}}}},
)
async def export_problems_as_workbook(asked: AskedBy, import_id: UUID) -> StreamingResponse:
    """The same as a workbook; corrected, it may be sent again as it is."""
    file = TemporaryFile()  # noqa: SIM115
    sheet = PlainSheet(file, rtl=_is_arabic(asked))

    async def write(work: Work) -> None:
        async for lines in bad_rows(
            work, import_id, words_for(asked.request), problems_in_words(asked.request)
        ):
            await asyncio.to_thread(sheet.write, lines)

    await asked.read(write)
    await asyncio.to_thread(sheet.close)
    return _sent(file, f"problems-{import_id}.xlsx", WORKBOOK)


def _is_arabic(asked: Asked) -> bool:
    return language_of(asked.request) == "ar"


def _sent(file: BinaryIO, name: str, media_type: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_whole(file), headers=headers, media_type=media_type)


def _whole(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(BYTES_AT_ONCE):
            yield piece
