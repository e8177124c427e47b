"""Papers as they are answered: shown by the browser, and named where they are saved."""

from fastapi import Response


def pdf_answer(content: bytes, name: str) -> Response:
    """A paper that is typeset, by the name of its file."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, headers=headers, media_type="application/pdf")
