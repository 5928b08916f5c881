"""What is asked of terminals, who is known on them, and what a settled read had in it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MARKS = ("last_at_begin", "settled_all", "settled_reads")


def upgrade() -> None:
    """What is asked of terminals, who is known on them, and what a settled read had in it."""
    op.create_table(
        "terminal_commands",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("terminal_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["halls.id"], name=op.f("fk_terminal_commands_hall_id")
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"], ["devices.id"], name=op.f("fk_terminal_commands_terminal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminal_commands")),
    )
    op.create_index("ix_terminal_commands_open", "terminal_commands", ["terminal_id", "state"])
    op.create_table(
        "terminal_users",
        sa.Column("terminal_id", ROW_ID, nullable=False),
        sa.Column("uid", ROW_ID, nullable=False),
        sa.Column("pin", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("privilege", ROW_ID, nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["terminal_id"], ["devices.id"], name=op.f("fk_terminal_users_terminal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminal_users")),
        sa.UniqueConstraint("terminal_id", "pin", name=op.f("uq_terminal_users_terminal_id_pin")),
    )
    with op.batch_alter_table("terminal_logs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("users_listed_at", sa.DateTime(timezone=True), nullable=True))
        for mark in MARKS:
            batch_op.add_column(sa.Column(mark, ROW_ID, nullable=False, server_default="0"))
    with op.batch_alter_table("terminal_logs", schema=None) as batch_op:
        for mark in MARKS:
            batch_op.alter_column(mark, server_default=None)
