"""Attendance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Attendance."""
    op.create_table(
        "attachments",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_attachments_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "calendar_days",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_calendar_days_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("hall_id", "day", name=op.f("uq_calendar_days_hall_id_day")),
    )
    op.create_table(
        "judging_states",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("judged_from", sa.Date(), nullable=False),
        sa.Column("opened_until", sa.Date(), nullable=False),
        sa.Column("event_seq", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_judging_states_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_judging_states")),
    )
    op.create_table(
        "publications",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_publications_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint(
            "hall_id",
            "kind",
            "scope",
            "first_day",
            name=op.f("uq_publications_hall_id_kind_scope_first_day"),
        ),
    )
    op.create_table(
        "attested_punches",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attested_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_attested_punches_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attested_punches_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attested_punches")),
    )
    with op.batch_alter_table("attested_punches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attested_punches_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index("ix_attested_punches_person", ["person_id", "day"], unique=False)

    op.create_table(
        "cover_duties",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("unit_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("replaces_id", ROW_ID, nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("planned_last_day", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("handed_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pin_hash", sa.String(), nullable=True),
        sa.Column("pin_failures", ROW_ID, nullable=False),
        sa.Column("pin_locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("first_day <= planned_last_day", name=op.f("ck_cover_duties_span")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_cover_duties_hall_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_cover_duties_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["people.id"], name=op.f("fk_cover_duties_replaces_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cover_duties_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_duties")),
    )
    with op.batch_alter_table("cover_duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_duties_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_duties_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cover_duties_replaces_id"), ["replaces_id"], unique=False
        )

    op.create_table(
        "judging_requests",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("caused_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_judging_requests_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_judging_requests_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_requests")),
    )
    with op.batch_alter_table("judging_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judging_requests_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "leaves",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", ROW_ID, nullable=False),
        sa.Column("half_days", sa.Double(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("steps", JSON, nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("document_id", ROW_ID, nullable=True),
        sa.Column("cover_required", sa.Boolean(), nullable=False),
        sa.Column("cover_person_id", ROW_ID, nullable=True),
        sa.Column("cover_phone", sa.String(), nullable=False),
        sa.Column("cover_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_leaves_span")),
        sa.ForeignKeyConstraint(
            ["cover_person_id"], ["people.id"], name=op.f("fk_leaves_cover_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["attachments.id"], name=op.f("fk_leaves_document_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_leaves_hall_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leaves_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index("ix_leaves_person", ["person_id", "starts_at"], unique=False)
        batch_op.create_index("ix_leaves_state", ["hall_id", "state"], unique=False)

    op.create_table(
        "notices",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("role", sa.String(32), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("parameters", JSON, nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_notices_hall_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("hall_id", "once", name=op.f("uq_notices_hall_id_once")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_person", ["person_id", "read_at"], unique=False)
        batch_op.create_index("ix_notices_role", ["hall_id", "role", "read_at"], unique=False)

    op.create_table(
        "objections",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("publication_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(32), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_objections_hall_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_objections_person_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_objections_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint(
            "publication_id",
            "person_id",
            "day",
            "half",
            name=op.f("uq_objections_publication_id_person_id_day_half"),
        ),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objections_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_person_id"), ["person_id"], unique=False)

    op.create_table(
        "office_holders",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("office", sa.String(32), nullable=False),
        sa.Column("unit_id", ROW_ID, nullable=True),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_office_holders_hall_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_office_holders_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_office_holders_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_holders")),
    )
    with op.batch_alter_table("office_holders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_holders_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index("ix_office_holders_person", ["person_id", "office"], unique=False)

    op.create_table(
        "patrol_findings",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("counter_id", ROW_ID, nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("photo_id", ROW_ID, nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_patrol_findings_counter_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_patrol_findings_hall_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_patrol_findings_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["attachments.id"], name=op.f("fk_patrol_findings_photo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_findings")),
    )
    with op.batch_alter_table("patrol_findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_findings_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index("ix_patrol_findings_person", ["person_id", "found_at"], unique=False)

    op.create_table(
        "posts",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("counter_id", ROW_ID, nullable=False),
        sa.Column("a_person_id", ROW_ID, nullable=False),
        sa.Column("b_person_id", ROW_ID, nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("b_person_id <> a_person_id", name=op.f("ck_posts_two")),
        sa.ForeignKeyConstraint(["a_person_id"], ["people.id"], name=op.f("fk_posts_a_person_id")),
        sa.ForeignKeyConstraint(["b_person_id"], ["people.id"], name=op.f("fk_posts_b_person_id")),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name=op.f("fk_posts_counter_id")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_posts_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "proxy_cases",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(32), nullable=False),
        sa.Column("signer_id", ROW_ID, nullable=False),
        sa.Column("signed_for_id", ROW_ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_proxy_cases_hall_id")),
        sa.ForeignKeyConstraint(
            ["signed_for_id"], ["people.id"], name=op.f("fk_proxy_cases_signed_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["people.id"], name=op.f("fk_proxy_cases_signer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy_cases")),
        sa.UniqueConstraint(
            "signer_id",
            "signed_for_id",
            "day",
            "half",
            name=op.f("uq_proxy_cases_signer_id_signed_for_id_day_half"),
        ),
    )
    with op.batch_alter_table("proxy_cases", schema=None) as batch_op:
        batch_op.create_index("ix_proxy_cases_day", ["hall_id", "day"], unique=False)

    op.create_table(
        "special_timetables",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("unit_id", ROW_ID, nullable=True),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("timetable", JSON, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint(
            "(unit_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_special_timetables_whose")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_special_timetables_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_special_timetables_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_special_timetables_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_timetables")),
    )
    with op.batch_alter_table("special_timetables", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_special_timetables_hall_id"), ["hall_id"], unique=False
        )

    op.create_table(
        "verdicts",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(32), nullable=False),
        sa.Column("version", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("late_seconds", ROW_ID, nullable=True),
        sa.Column("early", sa.Boolean(), nullable=False),
        sa.Column("early_seconds", ROW_ID, nullable=True),
        sa.Column("signed_in", sa.Time(), nullable=True),
        sa.Column("signed_out", sa.Time(), nullable=True),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("caused_by", sa.String(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_because", sa.String(32), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_verdicts_hall_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_verdicts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint(
            "person_id",
            "day",
            "half",
            "version",
            name=op.f("uq_verdicts_person_id_day_half_version"),
        ),
    )
    with op.batch_alter_table("verdicts", schema=None) as batch_op:
        batch_op.create_index("ix_verdicts_day", ["hall_id", "day"], unique=False)
        batch_op.create_index(
            "ix_verdicts_due",
            ["hall_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_verdicts_current",
            ["person_id", "day", "half"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "calendar_years",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("year", ROW_ID, nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", ROW_ID, nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_calendar_years_confirmed_by")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_calendar_years_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_years")),
        sa.UniqueConstraint("hall_id", "year", name=op.f("uq_calendar_years_hall_id_year")),
    )
    op.create_table(
        "cover_steps",
        sa.Column("duty_id", ROW_ID, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", ROW_ID, nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["cover_duties.id"], name=op.f("fk_cover_steps_duty_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_cover_steps_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_steps")),
        sa.UniqueConstraint("duty_id", "step", name=op.f("uq_cover_steps_duty_id_step")),
    )
    op.create_table(
        "hand_signings",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("duty_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawing", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["cover_duties.id"], name=op.f("fk_hand_signings_duty_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_hand_signings_hall_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_hand_signings_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_signings")),
    )
    with op.batch_alter_table("hand_signings", schema=None) as batch_op:
        batch_op.create_index("ix_hand_signings_day", ["hall_id", "day"], unique=False)
        batch_op.create_index("ix_hand_signings_person", ["person_id", "day"], unique=False)

    op.create_table(
        "leave_acts",
        sa.Column("leave_id", ROW_ID, nullable=False),
        sa.Column("position", ROW_ID, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_leave_acts_leave_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leave_acts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_acts")),
        sa.UniqueConstraint("leave_id", "position", name=op.f("uq_leave_acts_leave_id_position")),
    )
    with op.batch_alter_table("leave_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_acts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "excluded_punches",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("punch_id", ROW_ID, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("excluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("excluded_by", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_excluded_punches_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["punch_id"], ["punches.id"], name=op.f("fk_excluded_punches_punch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excluded_punches")),
        sa.UniqueConstraint("punch_id", name=op.f("uq_excluded_punches_punch_id")),
    )
    with op.batch_alter_table("excluded_punches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excluded_punches_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "regulations",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by", ROW_ID, nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["adopted_by"], ["accounts.id"], name=op.f("fk_regulations_adopted_by")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_regulations_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulations")),
    )
    with op.batch_alter_table("regulations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regulations_hall_id"), ["hall_id"], unique=False)

    with op.batch_alter_table("punches", schema=None) as batch_op:
        batch_op.create_index("ix_punches_received", ["terminal_id", "received_at"], unique=False)
