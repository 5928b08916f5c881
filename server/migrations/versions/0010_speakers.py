"""Speakers' places in the log of calls."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Speakers' places in the log of calls."""
    op.create_table(
        "speaker_places",
        sa.Column("speaker_id", ROW_ID, nullable=False),
        sa.Column("call_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["devices.id"], name=op.f("fk_speaker_places_speaker_id")
        ),
        sa.PrimaryKeyConstraint("speaker_id", name=op.f("pk_speaker_places")),
    )
