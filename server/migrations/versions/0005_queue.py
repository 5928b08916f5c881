"""Queue: lanes, transfers, pauses, undo, quotas, business days."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Queue: lanes, transfers, pauses, undo, quotas, business days."""
    op.create_table(
        "queue_days",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_queue_days_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_queue_days")),
    )
    op.create_table(
        "queue_settings",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_queue_settings_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_queue_settings")),
    )
    op.create_table(
        "service_days",
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("taken", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_days_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", "business_date", name=op.f("pk_service_days")),
    )
    op.create_table(
        "service_hours",
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("weekday", ROW_ID, nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("opens < closes", name=op.f("ck_service_hours_span")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_service_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_hours_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
        sa.UniqueConstraint(
            "service_id", "weekday", "opens", name=op.f("uq_service_hours_service_id_weekday_opens")
        ),
    )
    op.create_table(
        "pauses",
        sa.Column("counter_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_pauses_account_id")),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name=op.f("fk_pauses_counter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    with op.batch_alter_table("pauses", schema=None) as batch_op:
        batch_op.create_index(
            "uq_pauses_counter",
            ["counter_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "presses",
        sa.Column("counter_id", ROW_ID, nullable=False),
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_version", ROW_ID, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_presses_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_presses_counter_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_presses_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presses")),
    )
    with op.batch_alter_table("presses", schema=None) as batch_op:
        batch_op.create_index("ix_presses_counter", ["counter_id", "id"], unique=False)

    op.create_table(
        "steps",
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("position", ROW_ID, nullable=False),
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_steps_service_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_steps_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("ticket_id", "position", name=op.f("uq_steps_ticket_id_position")),
    )
    op.create_table(
        "transfers",
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("from_counter_id", ROW_ID, nullable=True),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("from_service_id", ROW_ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("transferred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_transfers_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_counter_id"], ["counters.id"], name=op.f("fk_transfers_from_counter_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_service_id"], ["services.id"], name=op.f("fk_transfers_from_service_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_transfers_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_ticket_id"), ["ticket_id"], unique=False)

    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("lane", sa.String(32), nullable=False, server_default="ordinary")
        )
        batch_op.add_column(sa.Column("facts", JSON, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_calls_counter", ["counter_id", "business_date", "id"], unique=False
        )

    with op.batch_alter_table("counter_queues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", ROW_ID, nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("opens", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("closes", sa.Time(), nullable=True))

    with op.batch_alter_table("counters", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("auto_next", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("queues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_number", ROW_ID, nullable=True))

    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.add_column(sa.Column("daily_quota", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("usual_minutes", ROW_ID, nullable=True))

    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", ROW_ID, nullable=True))
        batch_op.add_column(
            sa.Column("priority", sa.String(32), nullable=False, server_default="none")
        )
        batch_op.add_column(
            sa.Column("lane", sa.String(32), nullable=False, server_default="ordinary")
        )
        batch_op.add_column(sa.Column("place", ROW_ID, nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column(
                "waits_since",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("'1970-01-01 00:00:00'"),
            )
        )
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("target_counter_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("target_account_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("returns", ROW_ID, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("cases", ROW_ID, nullable=False, server_default="1"))
        batch_op.create_index(
            "ix_tickets_counter", ["counter_id", "business_date", "state"], unique=False
        )
        batch_op.create_index(
            "ix_tickets_line",
            ["queue_id", "lane", "place", "id"],
            unique=False,
            sqlite_where=sa.text(
                "state = 'waiting' AND target_counter_id IS NULL AND target_account_id IS NULL"
            ),
            postgresql_where=sa.text(
                "state = 'waiting' AND target_counter_id IS NULL AND target_account_id IS NULL"
            ),
        )
        batch_op.create_index(
            "ix_tickets_target_account",
            ["target_account_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND target_account_id IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND target_account_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tickets_target_counter",
            ["target_counter_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND target_counter_id IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND target_counter_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tickets_waiting",
            ["hall_id", "queue_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_tickets_target_counter_id"), "counters", ["target_counter_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_tickets_target_account_id"), "accounts", ["target_account_id"], ["id"]
        )
    op.execute(
        "UPDATE tickets SET place = id * 1024, waits_since = issued_at, series_id = queue_id"
    )
    # Until now nobody closed a day: two live tickets of different dates may have one label.
    latest = sa.text(
        "CREATE TEMPORARY TABLE old_tickets AS SELECT id FROM tickets WHERE business_date <"
        " (SELECT max(business_date) FROM tickets AS later WHERE later.hall_id = tickets.hall_id)"
    )
    op.execute(latest)
    op.execute(
        "UPDATE periods SET ended_at = started_at WHERE ended_at IS NULL AND ticket_id IN"
        " (SELECT id FROM tickets WHERE state = 'waiting' AND id IN (SELECT id FROM old_tickets))"
    )
    op.execute(
        "UPDATE tickets SET state = 'walked_out'"
        " WHERE state = 'waiting' AND id IN (SELECT id FROM old_tickets)"
    )
    op.execute(
        "UPDATE tickets SET label = label || '-' || id"
        " WHERE state IN ('called', 'serving') AND id IN (SELECT id FROM old_tickets)"
    )
    op.execute("DROP TABLE old_tickets")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.alter_column("lane", server_default=None)
        batch_op.alter_column("facts", server_default=None)
    with op.batch_alter_table("counter_queues", schema=None) as batch_op:
        batch_op.alter_column("rank", server_default=None)
    with op.batch_alter_table("counters", schema=None) as batch_op:
        batch_op.alter_column("auto_next", server_default=None)
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.alter_column("priority", server_default=None)
        batch_op.alter_column("lane", server_default=None)
        batch_op.alter_column("place", server_default=None)
        batch_op.alter_column("waits_since", server_default=None)
        batch_op.alter_column("returns", server_default=None)
        batch_op.alter_column("cases", server_default=None)
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.alter_column("series_id", nullable=False)
        batch_op.drop_constraint("uq_tickets_hall_id_business_date_queue_id_number", type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_tickets_hall_id_business_date_series_id_number"),
            ["hall_id", "business_date", "series_id", "number"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_tickets_series_id"), "queues", ["series_id"], ["id"]
        )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(
            "uq_tickets_live_label",
            ["hall_id", "label"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'called', 'serving', 'on_hold')"),
            postgresql_where=sa.text("state IN ('waiting', 'called', 'serving', 'on_hold')"),
        )
