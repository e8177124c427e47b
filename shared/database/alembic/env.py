"""How Alembic runs here: on the connection it is handed, in the transaction of the caller."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.schema import SchemaItem

from shared.database.columns import Document, Id, Instant, LocalizedText, Money

OUR_TYPES = (Document, Id, Instant, LocalizedText, Money)


def render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Our column types stand in migrations by their names."""
    if kind == "type" and isinstance(item, OUR_TYPES):
        autogenerate.imports.add(f"from shared.database import {type(item).__name__}")
        return f"{type(item).__name__}()"
    return False


def is_ours(
    _item: SchemaItem, _name: str | None, kind: str, reflected: bool, compared: SchemaItem | None
) -> bool:
    """A table that these tables do not know is another part's: it is left alone."""
    return not (kind == "table" and reflected and compared is None)


options = context.config.attributes
context.configure(
    connection=options["connection"],
    target_metadata=options["metadata"],
    version_table=options["version_table"],
    render_item=render,
    include_object=is_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
