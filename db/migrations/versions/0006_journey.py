"""Persons without an account, tasks of the journey ticked by hand, the history of the stages, and lit risks found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_FEN = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "prospects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("referrer_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("consent", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('open', 'opened', 'dropped')", name=op.f("ck_prospects_state")),
        sa.ForeignKeyConstraint(
            ["referrer_id"], ["customers.id"], name=op.f("fk_prospects_referrer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_prospects_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prospects")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_prospects_referrer_id"), "prospects", ["referrer_id"])
    op.create_index(op.f("ix_prospects_customer_id"), "prospects", ["customer_id"])
    op.create_table(
        "journey_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('done', 'left_out')", name=op.f("ck_journey_marks_state")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_journey_marks_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_marks")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_journey_marks_customer_id"), "journey_marks", ["customer_id"])
    op.create_table(
        "journey_stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("average", _FEN, nullable=True),
        sa.Column("balance", _FEN, nullable=True),
        sa.Column("high", _FEN, nullable=True),
        sa.Column("line", _FEN, nullable=True),
        sa.Column("light", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_journey_stays_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_stays")),
        sa.UniqueConstraint("customer_id", "month", name=op.f("uq_journey_stays_customer_id_month")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_journey_stays_month"), "journey_stays", ["month"])
    op.create_index(
        "ix_journey_stays_open",
        "journey_stays",
        ["customer_id"],
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "journey_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customers", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_months")),
        sa.UniqueConstraint("month", name=op.f("uq_journey_months_month")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_risks_lit",
        "risks",
        ["month", "rank"],
        sqlite_where=sa.text("light IS NOT NULL"),
        postgresql_where=sa.text("light IS NOT NULL"),
    )
