"""How often a terminal's command was taken; people of whom a terminal tells no index."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """How often a terminal's command was taken; people of whom a terminal tells no index."""
    with op.batch_alter_table("terminal_commands") as commands:
        commands.add_column(sa.Column("attempt", ROW_ID, nullable=False, server_default="0"))
    with op.batch_alter_table("terminal_users") as users:
        users.alter_column("uid", existing_type=ROW_ID, nullable=True)
