"""Papers as they are answered: typeset apart from the loop, shown by the browser."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fastapi import Response

Facts = TypeVar("Facts")


async def pdf_answer(typeset: Callable[[Facts], bytes], facts: Facts, name: str) -> Response:
    """The facts as a PDF, by this name where it is saved."""
    content = await asyncio.to_thread(typeset, facts)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, headers=headers, media_type="application/pdf")
