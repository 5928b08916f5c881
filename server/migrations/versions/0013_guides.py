"""What a citizen must bring for a service, and services for identity cards only."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What a citizen must bring for a service, and services for identity cards only."""
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.add_column(sa.Column("promised_days", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("telephone", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("real_name", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "service_materials",
        sa.Column("service_id", ROW_ID, nullable=False),
        sa.Column("position", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("copies", ROW_ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.CheckConstraint("copies >= 1", name=op.f("ck_service_materials_copies")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_materials_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_materials")),
        sa.UniqueConstraint(
            "service_id", "position", name=op.f("uq_service_materials_service_id_position")
        ),
    )
