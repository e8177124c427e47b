"""Reporting's archive, read by its own address, as an auditor reads it: no service reads another's
tables."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx

from shared.refusals import CommandFailed

ROWS_AT_ONCE = 500
Row = Mapping[str, Any]
"""One archived event: source, event_id, type, partitionkey, sequence, time, actor, body, …"""


class ArchiveIsAway(CommandFailed):
    """Reporting did not answer, or not to who asked; the words say which."""


class Archive:
    """The archive, asked by a client that is signed in as auditor or admin."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def pages(
        self,
        *,
        source: str | None = None,
        event_type: str | None = None,
        since: datetime | None = None,
    ) -> AsyncIterator[Sequence[Row]]:
        """Events of a source, of a type, made since a moment. Raises `ArchiveIsAway`."""
        asked = {
            "source": source,
            "type": event_type,
            "since": since.isoformat() if since else None,
            "limit": str(ROWS_AT_ONCE),
        }
        query = {name: value for name, value in asked.items() if value is not None}
        after: str | None = ""
        while after is not None:
            page = await self._page({**query, "after": after} if after else query)
            yield page["items"]
            after = page["next"]

    async def _page(self, query: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            answer = await self._client.get("/reporting/archive", params=dict(query))
        except httpx.HTTPError as error:
            raise ArchiveIsAway(f"reporting does not answer ({type(error).__name__})") from error
        if answer.is_error:
            raise ArchiveIsAway(
                f"reporting answers {answer.status_code} to who asks for its archive"
            )
        return dict(answer.json())
