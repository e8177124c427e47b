"""Access to a service's database, on SQLite and on PostgreSQL, with one meaning."""

from shared.database.columns import Amount, Document, Id, Instant, LocalizedText, Money, NaiveTime
from shared.database.engines import Database, DatabaseIsBusy, is_unavailable
from shared.database.writes import (
    add_to,
    add_to_each,
    delete_these,
    insert_all,
    insert_new,
    lock_row,
    take_turns,
    upsert_newest,
)

__all__ = [
    "Amount",
    "Database",
    "DatabaseIsBusy",
    "Document",
    "Id",
    "Instant",
    "LocalizedText",
    "Money",
    "NaiveTime",
    "add_to",
    "add_to_each",
    "delete_these",
    "insert_all",
    "insert_new",
    "is_unavailable",
    "lock_row",
    "take_turns",
    "upsert_newest",
]
