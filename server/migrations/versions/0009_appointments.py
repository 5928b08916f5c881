"""Appointments, estimates, agents, alarms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Appointments, estimates, agents, alarms."""
    op.create_table(
        "appointment_keys",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_appointment_keys_hall_id")
        ),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_appointment_keys")),
    )
    op.create_table(
        "village_agents",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("village", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_village_agents_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_agents")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_village_agents_hall_id_code")),
    )
    op.create_table(
        "appointment_slots",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", ROW_ID, nullable=False),
        sa.Column("booked", ROW_ID, nullable=False),
        sa.Column("special_capacity", ROW_ID, nullable=False),
        sa.Column("special_booked", ROW_ID, nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("booked <= capacity", name=op.f("ck_appointment_slots_capacity")),
        sa.CheckConstraint(
            "special_booked <= special_capacity", name=op.f("ck_appointment_slots_special_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_appointment_slots_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_appointment_slots_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_slots")),
        sa.UniqueConstraint(
            "service_id", "starts_at", name=op.f("uq_appointment_slots_service_id_starts_at")
        ),
    )
    with op.batch_alter_table("appointment_slots", schema=None) as batch_op:
        batch_op.create_index(
            "ix_appointment_slots_day", ["hall_id", "day", "service_id"], unique=False
        )

    op.create_table(
        "staff_alarms",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("counter_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", ROW_ID, nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_staff_alarms_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["accounts.id"], name=op.f("fk_staff_alarms_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_staff_alarms_counter_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_staff_alarms_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_alarms")),
    )
    with op.batch_alter_table("staff_alarms", schema=None) as batch_op:
        batch_op.create_index("ix_staff_alarms_hall", ["hall_id", "id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot_id", ROW_ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("id_digest", sa.String(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("agent_id", ROW_ID, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_id", ROW_ID, nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["village_agents.id"], name=op.f("fk_appointments_agent_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_appointments_hall_id")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["appointment_slots.id"], name=op.f("fk_appointments_slot_id")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_appointments_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint(
            "hall_id", "day", "code", name=op.f("uq_appointments_hall_id_day_code")
        ),
        sa.UniqueConstraint("slot_id", "id_digest", name=op.f("uq_appointments_slot_id_id_digest")),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_appointments_digest", ["hall_id", "day", "id_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appointments_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "service_times",
        sa.Column("queue_id", ROW_ID, nullable=False),
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("hour", ROW_ID, nullable=False),
        sa.Column("seconds", ROW_ID, nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_service_times_queue_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_times_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_service_times_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_times")),
    )
    with op.batch_alter_table("service_times", schema=None) as batch_op:
        batch_op.create_index("ix_service_times_queue", ["queue_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_times_ticket_id"), ["ticket_id"], unique=False)

    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handled_by", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=False, server_default=""))
        batch_op.create_foreign_key(
            batch_op.f("fk_ratings_handled_by"), "accounts", ["handled_by"], ["id"]
        )

    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("estimate_low", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("estimate_high", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("agent_id", ROW_ID, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_tickets_agent_id"), "village_agents", ["agent_id"], ["id"]
        )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None)
        batch_op.alter_column("outcome", server_default=None)
