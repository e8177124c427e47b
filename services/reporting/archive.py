"""The archive: every event of every publisher that is not private, with its secrets blanked.

What is only stated anew is in it already, as the event that told it first.
"""

import json
from collections.abc import Sequence
from typing import Any

from shared.context import Work
from shared.contracts import CONTRACTS, Event, Fact
from shared.contracts.event import secret_fields
from shared.database import insert_new, take_turns

from .tables import archive

CONSUMER = "reporting.archive"
ARCHIVED: tuple[type[Event], ...] = tuple(
    one for one in CONTRACTS.values() if not one.private and not one.stated
)


async def archive_facts(work: Work, facts: Sequence[Fact[Event]]) -> None:
    """Pack: write all facts of a message, each once by source and id, in the order in which they
    will be seen, so that nobody who reads on from a place misses what was committed late."""
    await take_turns(work.connection, "archive")
    rows = [
        {
            "source": fact.source,
            "event_id": fact.id,
            "type": fact.type,
            "partitionkey": fact.partitionkey,
            "sequence": fact.sequence,
            "party": fact.event.concerned_party,
            "time": fact.time,
            "person_id": fact.event.concerned_person,
            "correlation_id": fact.correlation_id,
            "actor": fact.actor,
            "body": blanked(fact),
        }
        for fact in facts
    ]
    await insert_new(work.connection, archive, rows)


def blanked(fact: Fact[Event]) -> dict[str, Any]:
    """The envelope as it was sent, fields unknown here included, with null for each secret."""
    envelope: dict[str, Any] = json.loads(fact.body)
    secrets = set(secret_fields(type(fact.event))) & envelope["data"].keys()
    return {**envelope, "data": {**envelope["data"], **dict.fromkeys(secrets)}}
