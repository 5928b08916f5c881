"""How a hall speaks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """How a hall speaks."""
    op.create_table(
        "voice_settings",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_voice_settings_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_voice_settings")),
    )
