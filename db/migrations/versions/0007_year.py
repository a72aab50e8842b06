"""The year of contact: days of the calendar, intervals, choices, gifts, salons, and the computed touch plan."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_FEN = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entries")),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_entries_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_calendar_entries_year"), "calendar_entries", ["year"])
    op.create_table(
        "gift_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", _FEN, nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_items")),
        sa.UniqueConstraint("name", name=op.f("uq_gift_items_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "own_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.CheckConstraint("whose in ('branch', 'personal')", name=op.f("ck_own_days_whose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_days")),
        sa.UniqueConstraint("code", name=op.f("uq_own_days_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "salons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("budget", _FEN, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("state in ('planned', 'held', 'cancelled')", name=op.f("ck_salons_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salons")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_salons_date"), "salons", ["date"])
    op.create_table(
        "year_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("planned_from", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("not_fitting", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_runs")),
        sa.UniqueConstraint("year", name=op.f("uq_year_runs_year")),
        sqlite_strict=True,
    )
    op.create_table(
        "birthday_ways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("leap", sa.Integer(), nullable=False),
        sa.Column("prefer_leap", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.CheckConstraint("calendar in ('solar', 'lunar')", name=op.f("ck_birthday_ways_calendar")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_birthday_ways_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_birthday_ways")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_birthday_ways_customer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "contact_intervals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_contact_intervals_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_intervals")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_contact_intervals_customer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_drafts_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_drafts_customer_id"), "drafts", ["customer_id"])
    op.create_table(
        "gifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("value", _FEN, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("needed_by", sa.Text(), nullable=False),
        sa.Column("order_by", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('idea', 'ordered', 'given', 'dropped')", name=op.f("ck_gifts_state")),
        sa.ForeignKeyConstraint(["item_id"], ["gift_items.id"], name=op.f("fk_gifts_item_id_gift_items")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_gifts_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gifts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_gifts_customer_id"), "gifts", ["customer_id"])
    op.create_index(op.f("ix_gifts_needed_by"), "gifts", ["needed_by"])
    op.create_table(
        "planned_touches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("moved_from", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_planned_touches_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_touches")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_planned_touches_customer_id_year"), "planned_touches", ["customer_id", "year"])
    op.create_index(op.f("ix_planned_touches_year_day"), "planned_touches", ["year", "day"])
    op.create_table(
        "salon_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("salon_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invited", sa.Text(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state in ('listed', 'invited', 'confirmed', 'declined', 'attended', 'absent')",
            name=op.f("ck_salon_guests_state"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_salon_guests_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salons.id"], name=op.f("fk_salon_guests_salon_id_salons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salon_guests")),
        sa.UniqueConstraint("salon_id", "customer_id", name=op.f("uq_salon_guests_salon_id_customer_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_salon_guests_customer_id"), "salon_guests", ["customer_id"])
    op.create_table(
        "touch_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_touch_choices_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch_choices")),
        sa.UniqueConstraint(
            "customer_id", "reason", "occurrence", name=op.f("uq_touch_choices_customer_id_reason_occurrence")
        ),
        sqlite_strict=True,
    )
