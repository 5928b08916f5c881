"""Reprints, rolls of paper, logos."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Reprints, rolls of paper, logos."""
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reprint_of", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paper_mm", ROW_ID, nullable=False, server_default="0"))
        batch_op.create_index("ix_print_jobs_day", ["hall_id", "created_at"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_print_jobs_reprint_of"), ["reprint_of"])
        batch_op.create_foreign_key(
            batch_op.f("fk_print_jobs_reprint_of"), "print_jobs", ["reprint_of"], ["id"]
        )
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.alter_column("title", server_default=None)
        batch_op.alter_column("paper_mm", server_default=None)
    op.create_table(
        "paper_rolls",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("printer_id", ROW_ID, nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_paper_rolls_hall_id")),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["devices.id"], name=op.f("fk_paper_rolls_printer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_rolls")),
    )
    with op.batch_alter_table("paper_rolls", schema=None) as batch_op:
        batch_op.create_index("ix_paper_rolls_printer", ["printer_id", "id"], unique=False)
    op.create_table(
        "receipt_logos",
        sa.Column("hall_id", ROW_ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_receipt_logos_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_logos")),
        sa.UniqueConstraint("hall_id", name=op.f("uq_receipt_logos_hall_id")),
    )
