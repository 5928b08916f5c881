"""The words on LED signs."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The words on LED signs."""
    op.create_table(
        "sign_words",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("rest", sa.String(), nullable=False),
        sa.Column("calling", sa.String(), nullable=False),
        sa.Column("serving", sa.String(), nullable=False),
        sa.Column("paused", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_sign_words_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_sign_words")),
    )
