"""What has arrived: one row for every arrival, repeats too, on disk before it is confirmed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

ChannelName = Literal["email", "sms"]


@dataclass(frozen=True)
class Message:
    """One arrival. `raw` is a mail as it came, empty for an SMS; `parts` are those of an SMS."""

    channel: ChannelName
    key: str | None
    to: str
    sender: str
    language: str | None
    subject: str
    text: str
    raw: bytes = b""
    parts: int = 1
    received_at: str = ""
    id: int = 0


@dataclass(frozen=True)
class Wanted:
    """Which messages: recipient and words as they occur, channel and language exactly."""

    to: str = ""
    words: str = ""
    channel: str = ""
    language: str = ""


_COLUMNS = tuple(field.name for field in fields(Message))
_TABLE = """
create table if not exists message (
    id integer primary key autoincrement,
    channel text not null check (channel in ('email', 'sms')),
    key text,
    "to" text not null,
    sender text not null,
    language text,
    subject text not null,
    text text not null,
    raw blob not null,
    parts integer not null,
    received_at text not null
);
create index if not exists message_key on message (key);
"""


class ReceivedMessages:
    """The SQLite file of the mailbox; its methods may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._turn = Lock()
        for pragma in ("journal_mode = wal", "synchronous = full", "busy_timeout = 5000"):
            self._connection.execute(f"pragma {pragma}")
        self._connection.executescript(_TABLE)

    def keep(self, messages: Sequence[Message]) -> None:
        """Write them all, or none; on disk when this returns."""
        columns = [name for name in _COLUMNS if name != "id"]
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = [
            tuple(now if name == "received_at" else getattr(message, name) for name in columns)
            for message in messages
        ]
        with self._turn, self._connection:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                f"insert into message ({names}) values ({marks})",  # noqa: S608 (our columns)
                rows,
            )

    def find(self, message_id: int) -> Message | None:
        """The message with this number."""
        found = self._ask("select * from message where id = ?", message_id)
        return _message(found[0]) if found else None

    def times(self, key: str) -> int:
        """How often a message with this key has arrived."""
        return int(self._ask("select count(*) from message where key = ?", key)[0][0])

    def oldest_first(self, wanted: Wanted, after: int, limit: int) -> list[Message]:
        """Messages with higher numbers than `after`."""
        return self._list(wanted, "id > ?", after, "id", limit)

    def newest_first(self, wanted: Wanted, before: int | None, limit: int) -> list[Message]:
        """Messages with lower numbers than `before`."""
        return self._list(wanted, "id < ?", before or 2**63 - 1, "id desc", limit)

    def figures(self) -> dict[str, int]:
        """Arrivals and distinct keys by channel; repeats are arrivals of a key after its first."""
        [row] = self._ask(
            """select
                count(*) filter (where channel = 'email') as emails,
                count(*) filter (where channel = 'sms') as sms,
                count(distinct coalesce(key, id)) filter (where channel = 'email')
                    as distinct_emails,
                count(distinct coalesce(key, id)) filter (where channel = 'sms') as distinct_sms,
                count(*) - count(distinct channel || ' ' || coalesce(key, id)) as repeats
            from message"""
        )
        return {name: int(row[name]) for name in row.keys()}  # noqa: SIM118 (a Row is no dict)

    def languages(self) -> list[str]:
        """Languages that occur."""
        rows = self._ask("select distinct language from message where language is not null")
        return sorted(row[0] for row in rows)

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._connection.close()

    def _list(
        self, wanted: Wanted, place: str, number: int, order: str, limit: int
    ) -> list[Message]:
        rows = self._ask(
            f"""select * from message where {place}
            and (? = '' or channel = ?) and (? = '' or language = ?)
            and (? = '' or "to" like ? escape '\\')
            and (? = '' or subject like ? escape '\\' or text like ? escape '\\')
            order by {order} limit ?""",  # noqa: S608 (place and order are ours)
            number,
            *(wanted.channel, wanted.channel, wanted.language, wanted.language),
            *(wanted.to, _anywhere(wanted.to)),
            *(wanted.words, _anywhere(wanted.words), _anywhere(wanted.words)),
            limit,
        )
        return [_message(row) for row in rows]

    def _ask(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._turn:
            return self._connection.execute(query, values).fetchall()


def _message(row: sqlite3.Row) -> Message:
    return Message(**{name: row[name] for name in _COLUMNS})


def _anywhere(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
