"""Files of past participations are read and imported by a job, some rows at a time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = {"imported": "done", "dropped": "discarded"}
KEPT = timedelta(days=30)


def upgrade() -> None:
    with op.batch_alter_table("history_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parties", Document(), nullable=True))
        for name in ("rows_total", "rows_read", "rows_done", "rows_due"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("at_row", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked", Document(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", Document(), nullable=True))
        batch_op.add_column(sa.Column("refusal", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("kept_until", Instant(), nullable=True))
    with op.batch_alter_table("history_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_until", Instant(), nullable=True))
        batch_op.create_index("history_row_kept", ["kept_until"])
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("made_person", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _carry_over()


def downgrade() -> None:
    states = sa.table("history_import", sa.column("state", sa.String()))
    for was, now in STATES.items():
        op.execute(states.update().where(states.c.state == now).values(state=was))
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_column("made_person")
    with op.batch_alter_table("history_row", schema=None) as batch_op:
        batch_op.drop_index("history_row_kept")
        batch_op.drop_column("kept_until")
    with op.batch_alter_table("history_import", schema=None) as batch_op:
        for name in ("kept_until", "refusal", "confirmed_by", "asked", "at_row"):
            batch_op.drop_column(name)
        for name in ("rows_due", "rows_done", "rows_read", "rows_total", "parties"):
            batch_op.drop_column(name)


def _carry_over() -> None:
    """Imports of before go by the words of all imports, and whom they made known stands on the
    participations."""
    connection = op.get_bind()
    imports = sa.table(
        "history_import",
        sa.column("id", Id()),
        sa.column("state", sa.String()),
        sa.column("created", Document()),
        sa.column("kept_until", Instant()),
    )
    rows = sa.table("history_row", sa.column("kept_until", Instant()))
    past = sa.table(
        "participation",
        sa.column("import_id", Id()),
        sa.column("person_id", Id()),
        sa.column("made_person", sa.Boolean()),
    )
    until = datetime.now(UTC) + KEPT
    connection.execute(imports.update().values(kept_until=until))
    connection.execute(rows.update().values(kept_until=until))
    for was, now in STATES.items():
        connection.execute(imports.update().where(imports.c.state == was).values(state=now))
    for one in connection.execute(sa.select(imports.c.id, imports.c.created)).all():
        made = (past.c.import_id == one.id) & past.c.person_id.in_(
            [UUID(each) for each in one.created]
        )
        connection.execute(past.update().where(made).values(made_person=True))
