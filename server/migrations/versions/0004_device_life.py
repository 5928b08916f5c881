"""How devices have been, and devices that were found."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

DEFAULTS: dict[str, Any] = {
    "simulated": sa.false(),
    "identity": "",
    "last_error": "",
    "counts": "{}",
}


def upgrade() -> None:
    """How devices have been, and devices that were found."""
    instant = sa.DateTime(timezone=True)
    with op.batch_alter_table("devices", schema=None) as batch_op:
        for name, kind in (
            ("simulated", sa.Boolean()),
            ("identity", sa.String()),
            ("last_error", sa.String()),
            ("counts", JSON),
        ):
            batch_op.add_column(
                sa.Column(name, kind, nullable=False, server_default=DEFAULTS[name])
            )
        batch_op.add_column(sa.Column("last_good_at", instant, nullable=True))
        batch_op.add_column(sa.Column("last_error_at", instant, nullable=True))
    with op.batch_alter_table("devices", schema=None) as batch_op:
        for name in DEFAULTS:
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "device_searches",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("agent_id", ROW_ID, nullable=False),
        sa.Column("addresses", sa.String(), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["devices.id"], name=op.f("fk_device_searches_agent_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_device_searches_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_searches")),
        sa.UniqueConstraint("agent_id", name=op.f("uq_device_searches_agent_id")),
    )
    op.create_table(
        "found_devices",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("agent_id", ROW_ID, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("on_network", sa.Boolean(), nullable=False),
        sa.Column("found_at", instant, nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["devices.id"], name=op.f("fk_found_devices_agent_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_found_devices_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_devices")),
        sa.UniqueConstraint("agent_id", "url", name=op.f("uq_found_devices_agent_id_url")),
    )
