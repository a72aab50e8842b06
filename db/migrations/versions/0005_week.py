"""What the manager writes down through the week: promises, pinned notes, goals, evening reviews, sheets handed out, and
the list of the week beneath a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('open', 'kept', 'dropped')", name=op.f("ck_promises_state")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_promises_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_promises_customer_id"), "promises", ["customer_id"])
    op.create_index(op.f("ix_promises_due"), "promises", ["due"])
    op.create_table(
        "pins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("silent_until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_pins_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pins_customer_id"), "pins", ["customer_id"])
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("value", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sa.CheckConstraint("whose in ('own', 'office')", name=op.f("ck_goals_whose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sa.UniqueConstraint("period", "measure", "whose", name=op.f("uq_goals_period_measure_whose")),
        sqlite_strict=True,
    )
    op.create_table(
        "day_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("objections", sa.Text(), nullable=True),
        sa.Column("tomorrow", sa.Text(), nullable=True),
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("supervisor", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_reviews")),
        sa.UniqueConstraint("date", name=op.f("uq_day_reviews_date")),
        sqlite_strict=True,
    )
    op.create_table(
        "handed_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("destroy_by", sa.Text(), nullable=True),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=True),
        sa.Column("entered", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_out")),
        sa.UniqueConstraint("number", name=op.f("uq_handed_out_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_handed_out_week_kind"), "handed_out", ["week", "kind"])
    op.create_table(
        "resource_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("answer in ('yes', 'no')", name=op.f("ck_resource_requests_answer")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["plan_items.id"], name=op.f("fk_resource_requests_item_id_plan_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_requests")),
        sa.UniqueConstraint("item_id", name=op.f("uq_resource_requests_item_id")),
        sqlite_strict=True,
    )
    op.add_column("touches", sa.Column("need", sa.Text(), nullable=True))
    op.add_column(
        "touches", sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    op.add_column("plan_items", sa.Column("carried", sa.Integer(), nullable=True))
    op.add_column("plan_items", sa.Column("left_over", sa.Text(), nullable=True))
    op.add_column("plan_customers", sa.Column("day", sa.Text(), nullable=True))
    op.add_column("plan_customers", sa.Column("reasons", sa.Text(), nullable=True))
    op.add_column("plan_customers", sa.Column("carried", sa.Integer(), nullable=True))
