"""The file of an import: kept in pieces until it is read, and put together again on disk."""

from itertools import count
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from shared.context import Context, Work

from ..tables import import_piece as piece
from .limits import KEPT

BYTES_AT_ONCE = 256 * 1024


async def keep_file(work: Work, import_id: UUID, file: BinaryIO) -> None:
    """Keep a file, a piece at a time."""
    file.seek(0)
    kept_until = work.now + KEPT
    for number in count():
        content = file.read(BYTES_AT_ONCE)
        if not content:
            return
        row = {"import_id": import_id, "number": number, "content": content}
        await work.connection.execute(piece.insert().values(**row, kept_until=kept_until))


async def copy_file(context: Context, import_id: UUID, file: BinaryIO) -> None:
    """Write all pieces into a file, and go to its beginning."""
    for number in count():
        mine = (piece.c.import_id == import_id) & (piece.c.number == number)
        async with context.database.reading() as connection:
            found = await connection.execute(select(piece.c.content).where(mine))
            content = found.scalar_one_or_none()
        if content is None:
            break
        file.write(content)
    file.seek(0)


async def forget_file(work: Work, import_id: UUID) -> None:
    """The file is read; its bytes are of no more use."""
    await work.connection.execute(piece.delete().where(piece.c.import_id == import_id))
