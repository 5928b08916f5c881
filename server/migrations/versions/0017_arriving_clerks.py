"""Clerks who have punched in and are on the way to their counter."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Clerks who have punched in and are on the way to their counter."""
    op.create_table(
        "arriving_clerks",
        sa.Column("counter_id", ROW_ID, nullable=False),
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_arriving_clerks_counter_id")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_arriving_clerks_hall_id")),
        sa.PrimaryKeyConstraint("counter_id", name=op.f("pk_arriving_clerks")),
    )
    with op.batch_alter_table("arriving_clerks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arriving_clerks_hall_id"), ["hall_id"], unique=False)
