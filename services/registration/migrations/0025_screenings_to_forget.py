"""Screenings that were listed before there was a job to forget them get one.

It is due at once: done before the screenings of its call are to be forgotten, it plans itself
anew for then, once however often that is planned."""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant
from shared.ids import new_id

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SCREENING = sa.table("screening", sa.column("call_id", Id()), sa.column("state", sa.String()))
JOB = sa.table(
    "job",
    *(sa.column(name, Id()) for name in ("id", "person_id")),
    *(sa.column(name, Instant()) for name in ("due_at", "retry_at")),
    *(sa.column(name, sa.String()) for name in ("kind", "key", "state", "correlation_id")),
    sa.column("payload", Document()),
    sa.column("attempt", sa.Integer()),
    sa.column("interrupted", sa.Boolean()),
)
KIND = "forget_screenings"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    kept = sa.select(SCREENING.c.call_id).where(SCREENING.c.state != "forgotten").distinct()
    calls = list(op.get_bind().execute(kept).scalars())
    if calls:
        op.get_bind().execute(JOB.insert(), [_job(call_id) for call_id in calls])


def _job(call_id: UUID) -> dict[str, object]:
    return {
        "id": new_id(),
        "kind": KIND,
        "key": f"{call_id}/listed before",
        "payload": {"call_id": str(call_id)},
        "person_id": None,
        "state": "waiting",
        "due_at": LONG_AGO,
        "retry_at": datetime.now(UTC),
        "attempt": 0,
        "interrupted": False,
        "correlation_id": str(new_id()),
    }


def downgrade() -> None:
    op.get_bind().execute(JOB.delete().where(JOB.c.kind == KIND, JOB.c.key.like("%/listed before")))
