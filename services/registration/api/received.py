"""Files of many rows as they are sent: looked at by their bytes before any of it is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, BinaryIO
from uuid import UUID

from shared.refusals import Fault
from shared.web.asked import Asked
from shared.web.body import read_file
from shared.web.json_gate import BodyIsTooLarge

from ..imports.limits import MOST_BYTES
from ..refusals.imports import FileIsNoSheet, ImportIsTooLarge
from ..roster.opening import require_sheet
from ..roster.workbook.unreadable import CannotBeRead

SENT_BEFORE = "This very file was sent before: the import that it became."


@asynccontextmanager
async def received(asked: Asked) -> AsyncIterator[tuple[BinaryIO, str]]:
    """The file that is sent, and its SHA-256. Raises `ImportIsTooLarge`, `FileIsNoSheet`."""
    try:
        file, digest = await read_file(asked.request, limit=MOST_BYTES)
    except BodyIsTooLarge:
        raise ImportIsTooLarge from None
    with file:
        try:
            await asyncio.to_thread(require_sheet, file)
        except CannotBeRead as reason:
            fault = Fault("file", reason.fault.code, reason.fault.message)
            raise FileIsNoSheet(faults=[fault]) from None
        yield file, digest


def new_or_known(import_id: UUID) -> Callable[[Any], int]:
    """The status of the answer: 201 where a file became this import, 200 for one sent before."""
    return lambda shown: 201 if shown.id == import_id else 200
