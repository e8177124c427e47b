"""Messages jobs answers records."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broker_binding",
        sa.Column("exchange", sa.String(length=60), nullable=False),
        sa.Column("routing_key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("exchange", "routing_key"),
    )
    op.create_table(
        "aggregate_sequence",
        sa.Column("aggregate", sa.String(length=200), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("aggregate"),
    )
    op.create_table(
        "audit",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("object", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("refusal", sa.String(length=80), nullable=True),
        sa.Column("correlation_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "channel",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("holder_id", Id(), nullable=False),
        sa.Column("holder_login", sa.String(length=64), nullable=True),
        sa.Column("deputy_id", Id(), nullable=True),
        sa.Column("deputy_login", sa.String(length=64), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("channel", schema=None) as batch_op:
        batch_op.create_index("channel_deputy_login", ["deputy_login"], unique=False)
        batch_op.create_index("channel_holder_login", ["holder_login"], unique=False)
        batch_op.create_index("channel_project", ["project_id", "party"], unique=False)

    op.create_table(
        "deferred",
        sa.Column("id", Id(), nullable=False),
        sa.Column("consumer", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consumer", "source", "event_id", "digest", name="deferred_once"),
    )
    with op.batch_alter_table("deferred", schema=None) as batch_op:
        batch_op.create_index("deferred_due", ["state", "due_at"], unique=False)
        batch_op.create_index("deferred_person", ["person_id"], unique=False)

    op.create_table(
        "event_count",
        sa.Column("direction", sa.String(length=12), nullable=False),
        sa.Column("consumer", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("direction", "consumer", "type", "shard"),
    )
    op.create_table(
        "file",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index("file_person", ["person_id"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("consumer", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("answer", Document(), nullable=True),
        sa.PrimaryKeyConstraint("consumer", "source", "event_id"),
    )
    op.create_table(
        "job",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("payload", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("interrupted", sa.Boolean(), nullable=False),
        sa.Column("correlation_id", sa.String(length=64), nullable=False),
        sa.Column("traceparent", sa.String(length=55), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "key", name="job_once"),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("job_due", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("job_person", ["person_id", "kind", "state"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("event_id", Id(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("staged_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("outbox_person", ["person_id"], unique=False)

    op.create_table(
        "alias",
        sa.Column("id", Id(), nullable=False),
        sa.Column("outsider", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("meant_id", Id(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index("alias_meant", ["meant_id"], unique=False)
        batch_op.create_index("alias_reference", ["outsider", "kind", "reference"], unique=False)

    op.create_table(
        "outsider",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("parties", Document(), nullable=False),
        sa.Column("sends", Document(), nullable=False),
        sa.Column("receives", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "staff_assignment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("staff_assignment", schema=None) as batch_op:
        batch_op.create_index("staff_assignment_login", ["login"], unique=False)

    op.create_table(
        "stored_answer",
        sa.Column("principal", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=80), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("principal", "address", "key"),
    )
    with op.batch_alter_table("stored_answer", schema=None) as batch_op:
        batch_op.create_index("stored_answer_kept", ["kept_until"], unique=False)
        batch_op.create_index("stored_answer_person", ["person_id"], unique=False)

    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("now", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tombstone",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )


def downgrade() -> None:
    op.drop_table("tombstone")
    op.drop_table("story")
    with op.batch_alter_table("stored_answer", schema=None) as batch_op:
        batch_op.drop_index("stored_answer_person")
        batch_op.drop_index("stored_answer_kept")

    op.drop_table("stored_answer")
    with op.batch_alter_table("staff_assignment", schema=None) as batch_op:
        batch_op.drop_index("staff_assignment_login")

    op.drop_table("staff_assignment")
    op.drop_table("outsider")
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index("alias_reference")
        batch_op.drop_index("alias_meant")

    op.drop_table("alias")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_person")

    op.drop_table("outbox")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("job_person")
        batch_op.drop_index("job_due")

    op.drop_table("job")
    op.drop_table("inbox")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index("file_person")

    op.drop_table("file")
    op.drop_table("event_count")
    with op.batch_alter_table("deferred", schema=None) as batch_op:
        batch_op.drop_index("deferred_person")
        batch_op.drop_index("deferred_due")

    op.drop_table("deferred")
    with op.batch_alter_table("channel", schema=None) as batch_op:
        batch_op.drop_index("channel_project")
        batch_op.drop_index("channel_holder_login")
        batch_op.drop_index("channel_deputy_login")

    op.drop_table("channel")
    op.drop_table("audit")
    op.drop_table("aggregate_sequence")
    op.drop_table("broker_binding")
