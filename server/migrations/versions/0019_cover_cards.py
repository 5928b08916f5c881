"""Cover staff prove at the desk by identity card too."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """The digest of a cover's card; by what each signature was proved, so far by PIN."""
    op.add_column("cover_duties", sa.Column("card_digest", sa.String(), nullable=True))
    op.add_column(
        "hand_signings",
        sa.Column("proof", sa.String(32), nullable=False, server_default="pin"),
    )
    with op.batch_alter_table("hand_signings", schema=None) as batch_op:
        batch_op.alter_column("proof", server_default=None)
