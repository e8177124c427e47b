"""What came of the stream, read back from every place where it must have come to something."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Table

from services.notifications import app as notifications
from services.notifications import tables as notifying
from services.registration import app as registration
from services.registration import tables as registering
from services.reporting import app as reporting
from services.reporting import tables as counting
from services.scheduling import app as scheduling
from services.scheduling import tables as planning
from shared.contracts import EXTERNAL
from shared.contracts.registration import CallOpened
from shared.contracts.scheduling import ActivityDescribed
from shared.messaging.reactions import Reactions
from shared.outsiders import METADATA as SHARED

from .books import Books
from .checker import Account, judge
from .load import Load
from .witness import regressions

REACTIONS: Mapping[str, Reactions] = MappingProxyType(
    {
        "registration": registration.REACTIONS,
        "scheduling": scheduling.REACTIONS,
        "notifications": notifications.REACTIONS,
        "reporting": reporting.REACTIONS,
    }
)
SERVICES = tuple(REACTIONS)
TABLES: Mapping[str, Sequence[Table]] = MappingProxyType(
    {
        "registration": [*SHARED.sorted_tables, *registering.METADATA.sorted_tables],
        "scheduling": [*SHARED.sorted_tables, *planning.METADATA.sorted_tables],
        "notifications": [*SHARED.sorted_tables, *notifying.METADATA.sorted_tables],
        "reporting": [*SHARED.sorted_tables, *counting.METADATA.sorted_tables],
    }
)
COPIES = ("registration", "notifications", "reporting")
"""Who keeps the newest state of every activity."""
KEEP_PERSONS: Mapping[str, str] = MappingProxyType(
    {"registration": "names", "scheduling": "names", "notifications": "email"}
)
"""Who has every person, and where the number of one stands there."""
_REFERENCE = re.compile(r"F-\d{6}")


@dataclass
class Records:
    """One installation's books, and those of who received its mail."""

    books: Books
    mailbox: Books

    async def account(self, load: Load) -> Account:
        """What the run comes to, when nothing is on its way any more."""
        account = Account()
        activities, calls = (
            await self._archived(ActivityDescribed),
            await self._archived(CallOpened),
        )
        account.add(load.activities, [judge(load.activities, activities)])
        mails = [
            judge(load.calls, await self._received(channel), await self._unsettled(channel))
            for channel in ("email", "sms")
        ]
        account.add(load.calls, [judge(load.calls, calls), *mails])
        kept = [await self._persons(service) for service in KEEP_PERSONS]
        account.add(load.persons, [judge(load.persons, one) for one in kept])
        nominated = [await self._nominated(), await self._answered()]
        account.add(load.claims, [judge(load.claims, one) for one in nominated])
        committed = await self._committed()
        account.events = sum(committed.values())
        for missing in [left for _, left in await self.on_the_way()]:
            account.lost += max(missing, 0)
            account.duplicated += max(-missing, 0)
        account.lost += await self._behind()
        account.regressions = len(await regressions(self.books, SERVICES))
        return account

    async def on_the_way(self) -> list[tuple[str, int]]:
        """How many events of a type each of its consumers has yet to take in; or too many."""
        committed = await self._committed()
        found = []
        for service, reactions in REACTIONS.items():
            query = (
                "SELECT consumer, type, CAST(SUM(events) AS INTEGER) FROM event_count "
                "WHERE direction = 'taken-in' GROUP BY consumer, type"
            )
            taken = {row[:2]: row[2] for row in await self.books.read(service, query)}
            for consumer, types in reactions.by_consumer().items():
                for one in types:
                    if one in EXTERNAL:  # may be sent twice: judged by what came of each
                        continue
                    missing = committed[one] - taken.get((consumer, one), 0)
                    if missing:
                        found.append((f"{one} to {consumer}", missing))
        return found

    async def left_over(self) -> dict[str, int]:
        """What is not finished in the services' own tables; the transport is asked elsewhere."""
        counts = {
            "outbox": "SELECT COUNT(*) FROM outbox",
            "deferred": "SELECT COUNT(*) FROM deferred WHERE reason <> 'unreadable'",
            "jobs": "SELECT COUNT(*) FROM job WHERE state NOT IN ('done', 'cancelled')",
        }
        found = {}
        for service in SERVICES:
            for name, query in counts.items():
                [(number,)] = await self.books.read(service, query)
                if number:
                    found[f"{service} {name}"] = int(number)
        waiting = "SELECT COUNT(*) FROM received_event WHERE state = 'received'"
        [(number,)] = await self.books.read("registration", waiting)
        return found | ({"unanswered claims": int(number)} if number else {})

    async def set_aside(self) -> list[str]:
        """What the events that did not take effect say of it, and how many say the same."""
        query = (
            "SELECT state, reason, error, MIN(type), COUNT(*) FROM deferred "
            "WHERE reason <> 'unreadable' GROUP BY state, reason, error"
        )
        return [
            f"{number} {state} at {service}, {event_type} among them: {reason}: {error}"
            for service in SERVICES
            for state, reason, error, event_type, number in await self.books.read(service, query)
        ]

    async def unreadable(self) -> int:
        """How many events were set aside because nobody can read them."""
        query = "SELECT COUNT(*) FROM deferred WHERE state = 'parked' AND reason = 'unreadable'"
        return sum([(await self.books.read(service, query))[0][0] for service in SERVICES])

    async def _committed(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for service in SERVICES:
            query = (
                "SELECT type, CAST(SUM(events) AS INTEGER) FROM event_count "
                "WHERE direction = 'committed' GROUP BY type"
            )
            total.update(dict(await self.books.read(service, query)))
        return total

    async def _archived(
        self, event_type: type[ActivityDescribed] | type[CallOpened]
    ) -> Counter[str]:
        """By number: the first state of each; what came after is newer states of the same."""
        query = f"SELECT CAST(body AS TEXT) FROM archive WHERE type = '{event_type.type}'"
        bodies = [json.loads(body) for (body,) in await self.books.read("reporting", query)]
        first = [one["data"] for one in bodies if int(one["sequence"]) == 1]
        return Counter(str(told["reference"]) for told in first)

    async def _persons(self, service: str) -> Counter[str]:
        query = f"SELECT CAST({KEEP_PERSONS[service]} AS TEXT) FROM person"
        rows = await self.books.read(service, query)
        return Counter(one for (text,) in rows for one in _REFERENCE.findall(text or ""))

    async def _nominated(self) -> Counter[str]:
        """Officers whom the other system put forward, by the number in its name for them."""
        query = (
            "SELECT person.officer_reference FROM nomination "
            "JOIN person ON person.id = nomination.person_id"
        )
        rows = await self.books.read("registration", query)
        return Counter(one for (text,) in rows for one in _REFERENCE.findall(text or ""))

    async def _answered(self) -> Counter[str]:
        """What the other system is shown as accepted."""
        query = "SELECT subject FROM received_event WHERE state = 'accepted'"
        return Counter(str(one) for (one,) in await self.books.read("registration", query))

    async def _received(self, channel: str) -> Counter[str]:
        query = f"SELECT subject || text FROM message WHERE channel = '{channel}'"
        rows = await self.mailbox.read("mailbox", query)
        return Counter(_only(_REFERENCE.findall(text)) for (text,) in rows)

    async def _unsettled(self, channel: str) -> set[str]:
        query = (
            "SELECT activity.reference FROM message JOIN activity "
            "ON activity.id = message.activity_id "
            f"WHERE message.status = 'unsettled' AND message.channel = '{channel}'"
        )
        return {str(row[0]) for row in await self.books.read("notifications", query)}

    async def _behind(self) -> int:
        """Copies of activities that are not as new as what their owner told last."""
        query = "SELECT aggregate, last FROM aggregate_sequence"
        name = f"{ActivityDescribed.aggregate}:"
        newest = {
            key.removeprefix(name): last
            for key, last in await self.books.read("scheduling", query)
            if key.startswith(name)
        }
        behind = 0
        for service in COPIES:
            rows = await self.books.read(service, "SELECT id, sequence FROM activity")
            kept = {str(key): sequence for key, sequence in rows}
            behind += sum(kept.get(key) != last for key, last in newest.items())
        return behind


def _only(found: list[str]) -> str:
    """The number that a message is about."""
    about = set(found)
    return about.pop() if len(about) == 1 else "no number"
