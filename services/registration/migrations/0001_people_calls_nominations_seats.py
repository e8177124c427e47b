"""People, calls, nominations, seats."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant, LocalizedText

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", LocalizedText(), nullable=False),
        sa.Column("languages", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "broker_account",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("user_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=60), nullable=True),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "calendar",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("calendar", Document(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("country"),
    )
    op.create_table(
        "call",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("deadline_local", sa.String(length=26), nullable=False),
        sa.Column("deadline_zone", sa.String(length=60), nullable=False),
        sa.Column("deadline_at", Instant(), nullable=False),
        sa.Column("answer_working_days", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("selected_at", Instant(), nullable=True),
        sa.Column("pool_digest", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("activity_id"),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("call_project", ["project_id"], unique=False)

    op.create_table(
        "call_quota",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("call_id", "dimension", "value"),
    )
    op.create_table(
        "erasure_receipt",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "service"),
    )
    op.create_table(
        "held_seat",
        sa.Column("offer_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("obstacles", Document(), nullable=False),
        sa.Column("held_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    with op.batch_alter_table("held_seat", schema=None) as batch_op:
        batch_op.create_index("held_seat_call", ["call_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("officer_reference", sa.String(length=64), nullable=True),
        sa.Column("sex", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("rank_band", sa.String(length=20), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index("nomination_call", ["call_id", "party", "priority"], unique=False)
        batch_op.create_index(
            "nomination_of_officer",
            ["call_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
        )
        batch_op.create_index("nomination_person", ["person_id"], unique=False)
        batch_op.create_index(
            "nomination_priority",
            ["call_id", "party", "priority"],
            unique=True,
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
        )

    op.create_table(
        "offer",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("recipient_id", Id(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("answer_local", sa.String(length=26), nullable=False),
        sa.Column("answer_zone", sa.String(length=60), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("replaces_offer_id", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces_offer_id"),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index("offer_call", ["call_id"], unique=False)
        batch_op.create_index("offer_nomination", ["nomination_id"], unique=False)
        batch_op.create_index(
            "offer_one_per_seat",
            ["call_id", "seat"],
            unique=True,
            sqlite_where=sa.text("state IN ('live', 'accepted')"),
            postgresql_where=sa.text("state IN ('live', 'accepted')"),
        )

    op.create_table(
        "partner",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "party", "from_on", name="partner_once"),
    )
    op.create_table(
        "party",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("calendar_country", sa.String(length=2), nullable=True),
        sa.Column("contact_directly", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "person",
        sa.Column("id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("officer_reference", sa.String(length=64), nullable=True),
        sa.Column("names", Document(), nullable=False),
        sa.Column("sex", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wants_email", sa.Boolean(), nullable=False),
        sa.Column("wants_sms", sa.Boolean(), nullable=False),
        sa.Column("contact_directly", sa.Boolean(), nullable=False),
        sa.Column("calendar_country", sa.String(length=2), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("unit_name", sa.String(length=200), nullable=True),
        sa.Column("rank_title", sa.String(length=200), nullable=True),
        sa.Column("rank_band", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("party", "officer_reference", name="person_officer_reference"),
        sa.UniqueConstraint("subject"),
    )
    op.create_table(
        "project",
        sa.Column("id", Id(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "seat_decision",
        sa.Column("offer_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("nomination_id", Id(), nullable=True),
        sa.Column("missed", Document(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    with op.batch_alter_table("seat_decision", schema=None) as batch_op:
        batch_op.create_index("seat_decision_call", ["call_id"], unique=False)

    op.create_table(
        "received_event",
        sa.Column("outsider", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("event_type", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("faults", Document(), nullable=False),
        sa.Column("made_id", Id(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("kept_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("outsider", "subject"),
    )
    with op.batch_alter_table("received_event", schema=None) as batch_op:
        batch_op.create_index("received_event_kept", ["kept_until"], unique=False)
        batch_op.create_index("received_event_person", ["person_id"], unique=False)

    op.create_table(
        "selection",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("nominated", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Integer(), nullable=False),
        sa.Column("waitlisted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
    )
    op.create_table(
        "roster_upload",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", Document(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "party", "digest"),
    )


def downgrade() -> None:
    with op.batch_alter_table("seat_decision", schema=None) as batch_op:
        batch_op.drop_index("seat_decision_call")

    op.drop_table("seat_decision")
    op.drop_table("roster_upload")
    op.drop_table("selection")
    with op.batch_alter_table("received_event", schema=None) as batch_op:
        batch_op.drop_index("received_event_person")
        batch_op.drop_index("received_event_kept")

    op.drop_table("received_event")
    op.drop_table("project")
    op.drop_table("person")
    op.drop_table("party")
    op.drop_table("partner")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(
            "offer_one_per_seat",
            sqlite_where=sa.text("state IN ('live', 'accepted')"),
            postgresql_where=sa.text("state IN ('live', 'accepted')"),
        )
        batch_op.drop_index("offer_nomination")
        batch_op.drop_index("offer_call")

    op.drop_table("offer")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(
            "nomination_priority",
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
        )
        batch_op.drop_index("nomination_person")
        batch_op.drop_index(
            "nomination_of_officer",
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'replaced')"),
        )
        batch_op.drop_index("nomination_call")

    op.drop_table("nomination")
    with op.batch_alter_table("held_seat", schema=None) as batch_op:
        batch_op.drop_index("held_seat_call")

    op.drop_table("held_seat")
    op.drop_table("erasure_receipt")
    op.drop_table("call_quota")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index("call_project")

    op.drop_table("call")
    op.drop_table("calendar")
    op.drop_table("broker_account")
    op.drop_table("activity")
