"""Late nominations and lots.

The lot of a nomination is the SHA-256 of call, party and officer reference, as `domain.ordering`
tells; those there are get theirs here, and who is erased keeps a blank one.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from shared.database import Id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

call = sa.table("call", sa.column("id", Id()), sa.column("reference", sa.String()))
nomination = sa.table(
    "nomination",
    sa.column("id", Id()),
    sa.column("call_id", Id()),
    sa.column("party", sa.String()),
    sa.column("officer_reference", sa.String()),
    sa.column("lot", sa.String()),
)


def upgrade() -> None:
    op.add_column(
        "call", sa.Column("takes_late", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("call", sa.Column("late_until", sa.Date()))
    op.add_column(
        "nomination", sa.Column("lot", sa.String(length=64), nullable=False, server_default="")
    )
    op.create_index(
        "nomination_in_order", "nomination", ["call_id", "status", "late", "priority", "lot"]
    )
    _draw_lots()


def downgrade() -> None:
    op.drop_index("nomination_in_order", "nomination")
    op.drop_column("nomination", "lot")
    op.drop_column("call", "late_until")
    op.drop_column("call", "takes_late")


def _draw_lots() -> None:
    of_call = call.c.id == nomination.c.call_id
    known = nomination.c.officer_reference.is_not(None)
    query = sa.select(
        nomination.c.id, call.c.reference, nomination.c.party, nomination.c.officer_reference
    )
    rows = op.get_bind().execute(query.join(call, of_call).where(known)).all()
    if rows:
        mine = nomination.update().where(nomination.c.id == sa.bindparam("key"))
        drawn = [{"key": identity, "lot": _lot(*texts)} for identity, *texts in rows]
        op.get_bind().execute(mine.values(lot=sa.bindparam("lot")), drawn)


def _lot(*texts: str) -> str:
    encoded = [text.encode() for text in texts]
    return sha256(b"".join(b"%d:%b," % (len(one), one) for one in encoded)).hexdigest()
