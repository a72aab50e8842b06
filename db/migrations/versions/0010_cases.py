"""Files of complaints, losses, win-backs; needs, goals, reviews, service files; asks and task sheets of referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_FEN = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NUMBER = sa.Float().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "experts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experts")),
        sqlite_strict=True,
    )
    op.create_table(
        "expert_bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('booked', 'held', 'cancelled')", name=op.f("ck_expert_bookings_state")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_expert_bookings_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["experts.id"], name=op.f("fk_expert_bookings_expert_id_experts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_bookings")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_expert_bookings_customer_id"), "expert_bookings", ["customer_id"])
    op.create_index(op.f("ix_expert_bookings_date"), "expert_bookings", ["date"])
    op.create_table(
        "family_goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", _FEN, nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("set_aside", _FEN, nullable=True),
        sa.Column("set_aside_on", sa.Text(), nullable=True),
        sa.Column("monthly", _FEN, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('open', 'reached', 'dropped')", name=op.f("ck_family_goals_state")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_family_goals_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_goals")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_family_goals_customer_id"), "family_goals", ["customer_id"])
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_meetings_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meetings_customer_id"), "meetings", ["customer_id"])
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("willing", sa.Text(), nullable=True),
        sa.Column("incentive", sa.Integer(), nullable=True),
        sa.Column("elastic", sa.Integer(), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("scene", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("consequence in ('high', 'low')", name=op.f("ck_needs_consequence")),
        sa.CheckConstraint("state in ('open', 'met', 'dropped')", name=op.f("ck_needs_state")),
        sa.CheckConstraint("willing in ('now', 'later', 'no')", name=op.f("ck_needs_willing")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_needs_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_needs_customer_id"), "needs", ["customer_id"])
    op.create_table(
        "referral_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("moment", sa.Text(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("giver", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer in ('waiting', 'gave', 'declined')", name=op.f("ck_referral_asks_answer")),
        sa.CheckConstraint("giver in ('loyal', 'social', 'circle')", name=op.f("ck_referral_asks_giver")),
        sa.CheckConstraint("moment in ('deal', 'service', 'gain')", name=op.f("ck_referral_asks_moment")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_referral_asks_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_asks")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_referral_asks_customer_id_date"), "referral_asks", ["customer_id", "date"])
    op.create_table(
        "service_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_service_files_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_files")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_service_files_customer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "win_backs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("rival", sa.Text(), nullable=True),
        sa.Column("rival_product", sa.Text(), nullable=True),
        sa.Column("rival_rate", _NUMBER, nullable=True),
        sa.Column("rival_amount", _FEN, nullable=True),
        sa.Column("rival_due", sa.Text(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("base", _FEN, nullable=True),
        sa.Column("base_as_of", sa.Text(), nullable=True),
        sa.Column("won", _FEN, nullable=True),
        sa.Column("won_as_of", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('open', 'won', 'given_up')", name=op.f("ck_win_backs_state")),
        sa.CheckConstraint("strategy in ('gap', 'rival', 'need')", name=op.f("ck_win_backs_strategy")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_win_backs_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_backs")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_win_backs_customer_id"), "win_backs", ["customer_id"])
    op.create_index(op.f("ix_win_backs_rival_due"), "win_backs", ["rival_due"])
    op.create_table(
        "complaint_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("against", sa.Text(), nullable=True),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("demand", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("blame", sa.Text(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("root_cause", sa.Text(), nullable=True),
        sa.Column("mending", sa.Text(), nullable=True),
        sa.Column("money", _FEN, nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("signs", sa.Text(), nullable=True),
        sa.Column("extension", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved", sa.Text(), nullable=True),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("again_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Text(), nullable=True),
        sa.Column("turned", sa.Text(), nullable=True),
        sa.CheckConstraint("extension in ('complex', 'special')", name=op.f("ck_complaint_files_extension")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_complaint_files_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_files_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["again_id"], ["complaints.id"], name=op.f("fk_complaint_files_again_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_files")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_complaint_files_complaint_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_complaint_files_customer_id"), "complaint_files", ["customer_id"])
    op.create_table(
        "complaint_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "step in ('stop', 'listen', 'sorry', 'check', 'decide', 'follow')",
            name=op.f("ck_complaint_steps_step"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_complaint_steps_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_steps_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_steps")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_complaint_steps_complaint_id"), "complaint_steps", ["complaint_id"])
    op.create_index(op.f("ix_complaint_steps_customer_id"), "complaint_steps", ["customer_id"])
    op.create_table(
        "loss_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=True),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("risk", sa.Integer(), nullable=True),
        sa.Column("cost", _FEN, nullable=True),
        sa.Column("value", _FEN, nullable=True),
        sa.Column("loss", _FEN, nullable=True),
        sa.Column("emotion", sa.Text(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Text(), nullable=True),
        sa.Column("week_done", sa.Text(), nullable=True),
        sa.Column("month_done", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("choice in ('hold', 'reduce', 'stage')", name=op.f("ck_loss_cases_choice")),
        sa.CheckConstraint(
            "state in ('open', 'agreed', 'closed', 'escalated')", name=op.f("ck_loss_cases_state")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_loss_cases_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_loss_cases_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_cases")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_loss_cases_customer_id"), "loss_cases", ["customer_id"])
    op.create_table(
        "need_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('said', 'did', 'paid', 'again', 'against')", name=op.f("ck_need_evidence_kind")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_need_evidence_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_evidence_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_evidence")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_need_evidence_customer_id"), "need_evidence", ["customer_id"])
    op.create_index(op.f("ix_need_evidence_need_id"), "need_evidence", ["need_id"])
    op.create_table(
        "referral_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=True),
        sa.Column("giver", sa.Text(), nullable=True),
        sa.Column("moment", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("giver_consent", sa.Integer(), nullable=True),
        sa.Column("giver_way", sa.Text(), nullable=True),
        sa.Column("consent_way", sa.Text(), nullable=True),
        sa.Column("consented", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("contacted", sa.Text(), nullable=True),
        sa.Column("thanked", sa.Text(), nullable=True),
        sa.Column("loan", sa.Integer(), nullable=True),
        sa.Column("reward", sa.Text(), nullable=True),
        sa.Column("checked", sa.Text(), nullable=True),
        sa.CheckConstraint("giver in ('loyal', 'social', 'circle')", name=op.f("ck_referral_tasks_giver")),
        sa.CheckConstraint("moment in ('deal', 'service', 'gain')", name=op.f("ck_referral_tasks_moment")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_referral_tasks_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_tasks_referral_id_referrals")
        ),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["referral_asks.id"], name=op.f("fk_referral_tasks_ask_id_referral_asks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_tasks")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_referral_tasks_referral_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_referral_tasks_customer_id"), "referral_tasks", ["customer_id"])
