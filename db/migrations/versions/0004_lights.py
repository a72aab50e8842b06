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
    op.create_table(
        "standing_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_runs")),
        sa.UniqueConstraint("name", name=op.f("uq_standing_runs_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "month_averages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customers", sa.LargeBinary(), nullable=False),
        sa.Column("averages", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_averages")),
        sa.UniqueConstraint("month", name=op.f("uq_month_averages_month")),
        sqlite_strict=True,
    )
    _sums_of_months()
    _compute_anew()


def _sums_of_months() -> None:
    """Transactions summed per customer and month: computed, so it begins empty."""
    fen = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "flow_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("inflow", fen, nullable=True),
        sa.Column("outflow", fen, nullable=True),
        sa.Column("active_count", sa.Integer(), nullable=True),
        sa.Column("third_party_outflow", fen, nullable=True),
        sa.Column("third_party_count", sa.Integer(), nullable=True),
        sa.Column("interbank_outflow", fen, nullable=True),
        sa.Column("amount", fen, nullable=True),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("last_active", sa.Text(), nullable=True),
        sa.Column("last_open", sa.Text(), nullable=True),
        sa.Column("most_inflow", fen, nullable=True),
        sa.Column("most_outflow", fen, nullable=True),
        sa.Column("classed", sa.Integer(), nullable=False),
        sa.Column("same_name_told", sa.Integer(), nullable=False),
        sa.Column("to_self", fen, nullable=True),
        sa.Column("to_self_day", sa.Integer(), nullable=True),
        *(
            sa.Column(f"to_{name}", fen, nullable=True)
            for name in (
                "property", "school", "hospital", "securities", "insurance", "same_name", "internet",
            )
        ),
        sa.Column("securities_times", sa.Integer(), nullable=False),
        sa.Column("school_last", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_flow_months_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_months")),
        sa.UniqueConstraint("customer_id", "month", name=op.f("uq_flow_months_customer_id_month")),
        sqlite_strict=True,
    )  # fmt: skip


def _compute_anew() -> None:
    """The results of checks in their new form: computed ones, so nothing is carried over."""
    for name in ("signals", "risks", "check_runs"):
        op.drop_table(name)
    number = sa.Float().with_variant(sa.REAL(), "sqlite")
    op.create_table(
        "risks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("risk", number, nullable=False),
        sa.Column("light", sa.Text(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("aum", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("profiles", sa.Integer(), nullable=False),
        sa.Column("cannot_tell", sa.Integer(), nullable=False),
        sa.Column("hard_rule", sa.Text(), nullable=True),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_risks_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risks")),
        sa.UniqueConstraint("customer_id", "month", name=op.f("uq_risks_customer_id_month")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_risks_month_rank"), "risks", ["month", "rank"])
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("grade", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_signals_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_signals_customer_id_month"), "signals", ["customer_id", "month"])
    op.create_index(op.f("ix_signals_month_code"), "signals", ["month", "code"])
    op.create_table(
        "check_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("guarded", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("lights", sa.Text(), nullable=False),
        sa.Column("never_judged", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_runs")),
        sa.UniqueConstraint("month", name=op.f("uq_check_runs_month")),
        sqlite_strict=True,
    )
