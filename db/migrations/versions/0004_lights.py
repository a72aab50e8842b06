"""What a person decides about a light, events bad for the bank's reputation, and what signals and critical classes need."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "light_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('explain', 'mute', 'hand_over', 'cause')", name=op.f("ck_light_decisions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_light_decisions_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_light_decisions")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_light_decisions_customer_id_date"), "light_decisions", ["customer_id", "date"])
    op.create_table(
        "adverse_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "scope in ('bank', 'branch', 'product', 'region')", name=op.f("ck_adverse_events_scope")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adverse_events")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_adverse_events_start"), "adverse_events", ["start"])
    op.add_column("snapshots", sa.Column("loan_autopay", sa.Integer(), nullable=True))
    op.add_column("snapshots", sa.Column("note", sa.Text(), nullable=True))
    op.add_column(
        "snapshots",
        sa.Column("out_of_town_share", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=True),
    )
    op.add_column("flows", sa.Column("out_of_town_count", sa.Integer(), nullable=True))
    op.add_column("customers", sa.Column("id_expiry_date", sa.Text(), nullable=True))
