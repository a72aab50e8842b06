"""What a person adds about customers by hand, saved lists and own tags, and what tags are computed into."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "canvases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("boxes", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canvases")),
        sa.UniqueConstraint("segment", name=op.f("uq_canvases_segment")),
        sqlite_strict=True,
    )
    op.create_table(
        "check_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("guarded", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_runs")),
        sa.UniqueConstraint("month", name=op.f("uq_check_runs_month")),
        sqlite_strict=True,
    )
    op.create_table(
        "lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.CheckConstraint("kind in ('rule', 'frozen')", name=op.f("ck_lists_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
        sa.UniqueConstraint("number", name=op.f("uq_lists_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "own_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_tags")),
        sa.UniqueConstraint("code", name=op.f("uq_own_tags_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "styles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_styles")),
        sqlite_strict=True,
    )
    op.create_table(
        "tag_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("library", sa.Text(), nullable=False),
        sa.Column("spread", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_months")),
        sa.UniqueConstraint("month", "code", name=op.f("uq_tag_months_month_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "tag_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("library", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_runs")),
        sqlite_strict=True,
    )
    op.create_table(
        "tag_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_uses")),
        sa.UniqueConstraint("code", "date", "place", name=op.f("uq_tag_uses_code_date_place")),
        sqlite_strict=True,
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_corrections_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_corrections_customer_id"), "corrections", ["customer_id"], unique=False)
    op.create_table(
        "list_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_list_members_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_members_list_id_lists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_members")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_list_members_customer_id"), "list_members", ["customer_id"], unique=False)
    op.create_index(op.f("ix_list_members_list_id"), "list_members", ["list_id"], unique=False)
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_observations_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_observations_customer_id_date"), "observations", ["customer_id", "date"], unique=False
    )
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("other_name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_relations_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["customers.id"], name=op.f("fk_relations_other_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_relations_customer_id"), "relations", ["customer_id"], unique=False)
    op.create_index(op.f("ix_relations_other_id"), "relations", ["other_id"], unique=False)
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_services_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_services_customer_id_kind"), "services", ["customer_id", "kind"], unique=False)
    op.create_table(
        "tag_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_tag_marks_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_marks")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tag_marks_code"), "tag_marks", ["code"], unique=False)
    op.create_index(op.f("ix_tag_marks_customer_id"), "tag_marks", ["customer_id"], unique=False)
    op.create_table(
        "tag_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict in ('right', 'wrong')", name=op.f("ck_tag_reviews_verdict")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_tag_reviews_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_reviews")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tag_reviews_code"), "tag_reviews", ["code"], unique=False)
    op.create_table(
        "trails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("reached", sa.Text(), nullable=True),
        sa.Column("tier_before", sa.Text(), nullable=True),
        sa.Column("watch", sa.Integer(), nullable=True),
        sa.Column("attention", sa.Integer(), nullable=True),
        sa.Column("falls_in", sa.Integer(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("upgraded", sa.Text(), nullable=True),
        sa.Column("downgraded", sa.Text(), nullable=True),
        sa.Column("fell_from", sa.Text(), nullable=True),
        sa.Column("months_told", sa.Integer(), nullable=False),
        sa.Column("first_month", sa.Text(), nullable=True),
        sa.Column("peak", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("peak_month", sa.Text(), nullable=True),
        sa.Column("peak_6", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("peak_12", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("qualified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_trails_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trails")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_trails_customer_id")),
        sqlite_strict=True,
    )
    op.drop_column("risks", "revision")
    op.drop_column("risks", "rule_version")
    op.create_index(op.f("ix_touches_date"), "touches", ["date"], unique=False)
    # transactions are summed by customer, month for month: in this order nothing has to be sorted
    op.drop_index(op.f("ix_flows_month"), table_name="flows")
    op.create_index(op.f("ix_flows_month_customer_id"), "flows", ["month", "customer_id"], unique=False)
