"""Sources, versions and the other sheets of intake: lines of further kinds, dialects, identities, movements."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "custom_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_fields")),
        sa.UniqueConstraint("key", name=op.f("uq_custom_fields_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "dialects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialects")),
        sa.UniqueConstraint("name", name=op.f("uq_dialects_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("complaint_no", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("due_date", sa.Text(), nullable=True),
        sa.Column("closed_date", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_complaints_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_complaints_customer_id_date"), "complaints", ["customer_id", "date"], unique=False
    )
    op.create_table(
        "flows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("inflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("inflow_count", sa.Integer(), nullable=True),
        sa.Column("outflow_count", sa.Integer(), nullable=True),
        sa.Column("active_count", sa.Integer(), nullable=True),
        sa.Column("largest_inflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("largest_outflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("interbank_outflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("same_name_outflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("third_party_outflow", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("third_party_count", sa.Integer(), nullable=True),
        sa.Column("counterparties", sa.Text(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_flows_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flows")),
        sa.UniqueConstraint("customer_id", "date", name=op.f("uq_flows_customer_id_date")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_flows_month"), "flows", ["month"], unique=False)
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("other_no", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict in ('merged', 'apart')", name=op.f("ck_identities_verdict")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_identities_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("customer_id", "other_no", name=op.f("uq_identities_customer_id_other_no")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_identities_other_no"), "identities", ["other_no"], unique=False)
    op.create_table(
        "movements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("direction in ('vanished', 'new')", name=op.f("ck_movements_direction")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_movements_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movements")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_movements_customer_id_month"), "movements", ["customer_id", "month"], unique=False
    )
    op.create_index(op.f("ix_movements_month_direction"), "movements", ["month", "direction"], unique=False)
    op.create_table(
        "payrolls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_payrolls_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payrolls")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payrolls_customer_id_date"), "payrolls", ["customer_id", "date"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("referral_no", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("referred_name", sa.Text(), nullable=True),
        sa.Column("referred_phone", sa.Text(), nullable=True),
        sa.Column("referred_customer_no", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("consent", sa.Integer(), nullable=True),
        sa.Column("contact_date", sa.Text(), nullable=True),
        sa.Column("contact_result", sa.Text(), nullable=True),
        sa.Column("meeting_date", sa.Text(), nullable=True),
        sa.Column("deal_product", sa.Text(), nullable=True),
        sa.Column("deal_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("feedback_date", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_referrals_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_referrals_customer_id_date"), "referrals", ["customer_id", "date"], unique=False)
    op.add_column(
        "batches", sa.Column("quality", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=True)
    )
    op.add_column("batches", sa.Column("quality_parts", sa.Text(), nullable=True))
    op.add_column("batches", sa.Column("reasons", sa.Text(), nullable=True))
    op.add_column("batches", sa.Column("edits", sa.Text(), nullable=True))
    op.add_column("batches", sa.Column("not_data", sa.Text(), nullable=True))
    op.add_column("batches", sa.Column("dialect", sa.Text(), nullable=True))
    op.add_column("batches", sa.Column("replaces", sa.Integer(), nullable=True))
    op.add_column("journal", sa.Column("kept", sa.Integer(), nullable=True))
    op.add_column("touches", sa.Column("extra", sa.Text(), nullable=True))
    op.drop_index("ix_journal_table_name_last_id", table_name="journal")
    op.create_index(
        op.f("ix_journal_table_name_op_last_id"), "journal", ["table_name", "op", "last_id"], unique=False
    )
    op.create_index(
        op.f("ix_journal_kept"), "journal", ["kept"], unique=False,
        sqlite_where=sa.text("kept IS NOT NULL"), postgresql_where=sa.text("kept IS NOT NULL"),
    )  # fmt: skip
