"""Whose a real-name ticket is, for its day, masked."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Whose a real-name ticket is; one key for all digests of identity numbers."""
    op.rename_table("appointment_keys", "identity_keys")
    op.create_table(
        "ticket_holders",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("id_digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_ticket_holders_hall_id")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_holders_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_holders")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_ticket_holders_ticket_id")),
    )
    with op.batch_alter_table("ticket_holders", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_holders_digest", ["hall_id", "id_digest"], unique=False)
