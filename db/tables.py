"""The tables of a book: one schema for SQLite (STRICT) and any larger SQLAlchemy database.

Money columns hold integer fen, dates ISO text, months 'YYYY-MM', flags 0/1, NULL means "not told".
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)

import db.care
import db.cases
import db.journey
import db.known
import db.mgm
import db.playbook
import db.record
import db.trusted
import db.week
import db.year  # noqa: F401
from db.shapes import (
    Fen,
    Filled,
    Number,
    columns,
    declared,
    filled_by,
    index_of_some,
    of_customer,
    sourced,
    table,
)
from db.shapes import metadata as metadata

#: Balances that a head-office list may carry, each in four measures (domain 16.1, 16.3).
BALANCES = (
    "aum", "deposit", "demand", "time_deposit", "large_cd", "notice_deposit", "structured_deposit",
    "treasury_bond", "wealth", "fund", "insurance", "precious_metal", "custody", "trust", "pension",
)  # fmt: skip
MEASURES = ("balance", "daily_average", "quarter_average", "year_average")
#: Classes of counterparties as the import names them (resources/rules/intake_kinds.toml).
COUNTERPARTIES = ("property", "school", "hospital", "securities", "insurance", "same_name", "internet")

_CUSTOMER_TEXT = (
    "name", "name_pinyin", "name_initials", "no_reversed", "phone_reversed",
    "id_type", "id_no", "id_expiry_date", "gender", "birth_date", "phone", "ethnicity", "marital_status", "education",
    "occupation", "employer", "employer_type", "position", "residence_address", "residence_city",
    "household_register", "email",
    "manager_name", "manager_no", "branch", "parent_branch", "grid", "credit_manager", "assigned_date",
    "bank_level", "previous_bank_level", "lowest_level_3m", "lowest_level_6m", "lowest_level_9m",
    "lowest_level_12m", "lifecycle", "open_date", "close_date",
    "risk_level", "risk_assessed_date", "risk_expiry_date", "payroll_employer", "note",
)  # fmt: skip
_CUSTOMER_FLAG = (
    "upgraded_this_year", "downgraded_this_year", "is_dormant", "is_new", "double_recorded",
    "wecom_friend", "marketing_opt_out", "is_payroll",
)  # fmt: skip

_SNAPSHOT_FEN = (
    "aum_change_day", "aum_change_month", "aum_change_quarter", "aum_change_year", "aum_base",
    "loan_balance", "mortgage_balance", "business_loan_balance", "consumer_loan_balance",
    "credit_limit", "credit_used", "housing_fund_base", "yearly_income", "monthly_income",
    "card_limit", "card_used", "card_spend",
    "txn_amount_1m", "txn_amount_3m", "txn_amount_6m", "inflow", "outflow", "interbank_outflow",
    "third_party_outflow", "merchant_amount", "payroll_amount", "payroll_total",
    "deposit_maturity_amount", "wealth_maturity_amount", "benefit_balance",
)  # fmt: skip
_SNAPSHOT_COUNT = (
    "age", "txn_count_1m", "txn_count_3m", "txn_count_6m", "third_party_outflow_count", "mobile_logins",
    "merchant_txn_count", "payroll_months", "overdue_days", "overdue_24m", "credit_enquiries",
    "deposit_maturity_days", "complaint_count", "product_count",
)  # fmt: skip
_SNAPSHOT_FLAG = (
    "has_credit_card", "micro_loan", "same_name_outflow", "mobile_signed", "mobile_active", "bound_wechat",
    "bound_alipay", "bound_unionpay", "is_merchant", "is_pass_through", "utility_autopay", "loan_autopay", "is_payroll",
    "wecom_friend", "marketing_opt_out",
)  # fmt: skip
_SNAPSHOT_TEXT = (
    "last_txn_date", "last_login_date", "last_payroll_date", "merchant_type", "five_class",
    "channel_preference", "term_preference", "deposit_maturity_date", "wealth_maturity_date",
    "insurance_maturity_date", "benefit_expiry_date", "last_complaint_date",
    "last_contact_date", "last_contact_channel", "last_contact_result",
    # attributes of the customer whose change over the months is itself a fact (S1, S5, level movement)
    "employer", "residence_address", "residence_city", "branch", "manager_name", "bank_level",
    "risk_level", "risk_expiry_date", "payroll_employer", "note",
)  # fmt: skip

customers = table(
    "customers",
    Column("customer_no", Text, nullable=False, unique=True),
    *columns(_CUSTOMER_TEXT, Text),
    *columns(_CUSTOMER_FLAG, Integer),
    Column("kyc_completeness", Number),
    Column("batch_id", Integer),
    Column("source_row", Integer),
    Column("extra", Text),
    Index(None, "name"),
    Index(None, "name_initials"),
    Index(None, "name_pinyin"),
    Index(None, "no_reversed"),
    Index(None, "phone_reversed"),
    filled=Filled.CELL_BY_CELL,
    data=True,
)

snapshots = table(
    "snapshots",
    of_customer(),
    Column("month", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("batch_id", Integer, nullable=False),
    Column("source_row", Integer, nullable=False),
    *columns(tuple(f"{b}_{m}" for m in MEASURES for b in BALANCES), Fen),
    *columns(_SNAPSHOT_FEN, Fen),
    *columns(_SNAPSHOT_COUNT, Integer),
    *columns(_SNAPSHOT_FLAG, Integer),
    *columns(_SNAPSHOT_TEXT, Text),
    #: share of 1 of the month's transactions made away from the place where the customer lives
    Column("out_of_town_share", Number),
    UniqueConstraint("customer_id", "month"),
    CheckConstraint("length(month) = 7", name="month_form"),
    filled=Filled.CELL_BY_CELL,
    data=True,
)

products = table(
    "products",
    Column("product_code", Text, nullable=False, unique=True),
    Column("product_name", Text),
    Column("category", Text),
    Column("product_risk", Text),
    Column("term_days", Integer),
    Column("min_amount", Fen),
    Column("quota", Fen),
    Column("benchmark", Number),
    Column("nav", Number),
    Column("start_date", Text),
    Column("maturity_date", Text),
    Column("open_date", Text),
    Column("risk_notice", Text),
    Column("target_segment", Text),
    Column("batch_id", Integer),
    Column("source_row", Integer),
    Column("extra", Text),
    filled=Filled.BY_LIST,
    data=True,
)

holdings = table(
    "holdings",
    of_customer(),
    Column("month", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("batch_id", Integer, nullable=False),
    Column("source_row", Integer, nullable=False),
    Column("product_code", Text),
    Column("product_name", Text),
    Column("category", Text),
    Column("product_risk", Text),
    Column("units", Number),
    Column("amount", Fen),
    Column("cost", Fen),
    Column("nav", Number),
    Column("profit", Fen),
    Column("maturity_date", Text),
    #: 'holding' = held on as_of; 'maturity' = a line of a maturity list (may lie in the past)
    Column("kind", Text, nullable=False),
    #: 1, 2, ... among lines of the same sheet that are otherwise alike (two equal deposits)
    Column("line", Integer, nullable=False),
    Column("extra", Text),
    Index(None, "customer_id", "month"),
    Index(None, "month", "kind"),
    filled=Filled.BY_LIST,
    data=True,
)

touches = table(
    "touches",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("initiated_by", Text, nullable=False),
    Column("next_date", Text),
    Column("note", Text),
    Column("need", Text),
    Column("amount", Fen),
    Column("batch_id", Integer),
    Column("source_row", Integer),
    Column("extra", Text),
    Index(None, "customer_id", "date"),
    Index(None, "date"),
    filled=Filled.BY_HAND,
    data=True,
)

payrolls = table(
    "payrolls",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("employer", Text),
    Column("amount", Fen),
    *sourced(),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_LIST,
    data=True,
)

complaints = table(
    "complaints",
    of_customer(),
    Column("complaint_no", Text),
    Column("date", Text, nullable=False),
    Column("channel", Text),
    Column("category", Text),
    Column("level", Text),
    Column("content", Text),
    Column("status", Text),
    Column("due_date", Text),
    Column("closed_date", Text),
    Column("outcome", Text),
    Column("satisfaction", Integer),
    *sourced(),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Referrals of the MGM task sheet (domain 7); the customer is the giver.
referrals = table(
    "referrals",
    of_customer(),
    Column("referral_no", Text),
    Column("date", Text, nullable=False),
    Column("referred_name", Text),
    Column("referred_phone", Text),
    Column("referred_customer_no", Text),
    Column("relation", Text),
    Column("need", Text),
    Column("owner", Text),
    Column("consent", Integer),
    Column("contact_date", Text),
    Column("contact_result", Text),
    Column("meeting_date", Text),
    Column("deal_product", Text),
    Column("deal_amount", Fen),
    Column("feedback_date", Text),
    Column("status", Text),
    Column("close_reason", Text),
    *sourced(),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Transactions of one customer on one day, summed (domain 10.5); NULL where the sheet lacked the column.
flows = table(
    "flows",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("inflow", Fen),
    Column("outflow", Fen),
    Column("inflow_count", Integer),
    Column("outflow_count", Integer),
    #: transactions that the customer made: interest, fees and debits by the bank left out
    Column("active_count", Integer),
    Column("largest_inflow", Fen),
    Column("largest_outflow", Fen),
    Column("interbank_outflow", Fen),
    Column("same_name_outflow", Fen),
    Column("third_party_outflow", Fen),
    Column("third_party_count", Integer),
    #: transactions made away from the place where the customer lives
    Column("out_of_town_count", Integer),
    #: JSON: outflow in fen by class of counterparty
    Column("counterparties", Text),
    #: how many rows of the sheet were summed; `source_row` is the first
    Column("rows", Integer, nullable=False),
    *sourced(),
    UniqueConstraint("customer_id", "date"),
    Index(None, "month", "customer_id"),
    filled=Filled.BY_LIST,
    data=True,
)

#: The same summed per customer and month (`insight/measures/flow_months.py`); NULL where a day leaves the figure open.
flow_months = table(
    "flow_months",
    of_customer(),
    Column("month", Text, nullable=False),
    #: days with transactions
    Column("rows", Integer, nullable=False),
    Column("inflow", Fen),
    Column("outflow", Fen),
    Column("active_count", Integer),
    Column("third_party_outflow", Fen),
    Column("third_party_count", Integer),
    Column("interbank_outflow", Fen),
    #: inflow and outflow of the days that have them
    Column("amount", Fen),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("last_active", Text),
    #: the last day whose activity is open
    Column("last_open", Text),
    #: the largest single amount of any day
    Column("most_inflow", Fen),
    Column("most_outflow", Fen),
    #: days whose counterparties, and whose transfers to oneself, are known
    Column("classed", Integer, nullable=False),
    Column("same_name_told", Integer, nullable=False),
    #: transfers to oneself at another bank: their sum and the first day of the month with one
    Column("to_self", Fen),
    Column("to_self_day", Integer),
    #: outflow by class of counterparty, days with one to a broker, the last day with one to a school
    *columns(tuple(f"to_{name}" for name in COUNTERPARTIES), Fen),
    Column("securities_times", Integer, nullable=False),
    Column("school_last", Text),
    UniqueConstraint("customer_id", "month"),
    filled=Filled.COMPUTED,
)

risks = table(
    "risks",
    of_customer(),
    Column("month", Text, nullable=False),
    Column("risk", Number, nullable=False),
    Column("light", Text),
    Column("rank", Integer, nullable=False),
    Column("aum", Fen),
    Column("tier", Text),
    #: bits: the fragile profiles that apply, and the signals that could not be judged, in the order of the code
    Column("profiles", Integer, nullable=False),
    Column("cannot_tell", Integer, nullable=False),
    #: the name of the hard rule that holds
    Column("hard_rule", Text),
    #: bits of what the bank calls so without lifting a light, and of money that still comes in
    Column("facts", Integer, nullable=False),
    UniqueConstraint("customer_id", "month"),
    Index(None, "month", "rank"),
    # those with a light are few
    index_of_some("ix_risks_lit", "month", "rank", where="light IS NOT NULL"),
    filled=Filled.COMPUTED,
)  # fmt: skip

signals = table(
    "signals",
    of_customer(),
    Column("month", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("grade", Number, nullable=False),
    Index(None, "customer_id", "month"),
    Index(None, "month", "code"),
    filled=Filled.COMPUTED,
)

plans = table(
    "plans",
    Column("week", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("data_date", Text),
    Column("rule_version", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    #: JSON: capacity allowed, names, notes, the import it was drafted from, whether edited
    Column("header", Text, nullable=False),
    CheckConstraint("state in ('draft', 'confirmed')", name="state"),
    filled=Filled.KEPT,
)

plan_items = table(
    "plan_items",
    Column("plan_id", Integer, ForeignKey("plans.id"), nullable=False),
    Column("block", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("done_when", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("resource", Text),
    Column("fallback", Text),
    Column("milestones", Text),
    Column("result", Text),
    #: weeks that the row was carried over for, and why it was left (a code of `missed`)
    Column("carried", Integer),
    Column("left_over", Text),
    CheckConstraint("block in ('quick_win', 'resource', 'this_week')", name="block"),
    UniqueConstraint("plan_id", "block", "position"),
    filled=Filled.KEPT,
)

plan_customers = table(
    "plan_customers",
    Column("item_id", Integer, ForeignKey("plan_items.id"), nullable=False),
    of_customer(),
    Column("position", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("result", Text),
    #: the workday (ISO) of the daily list that he is on; JSON: all reasons, the first on top
    Column("day", Text),
    Column("reasons", Text),
    Column("carried", Integer),
    Index(None, "item_id"),
    Index(None, "customer_id"),
    filled=Filled.KEPT,
)

#: All tables, of this file and its neighbours, each after those that it refers to: the order of fingerprints.
TABLES = tuple(metadata.sorted_tables)
#: Tables whose rows a person or a file gave: journalled, undoable, compared by content.
GIVEN = tuple(one for one in TABLES if declared(one).given)
#: The given tables that the check and the tags are computed from.
DATA = tuple(one for one in TABLES if declared(one).data)
#: Tables computed from the given ones: replaced whole for a month, never journalled.
DERIVED = filled_by(Filled.COMPUTED, tables=TABLES)
#: Those of them with rows of single customers.
DERIVED_OF_CUSTOMERS = tuple(one for one in DERIVED if declared(one).subject)
#: What the write door puts down beside every write.
RECORDS = filled_by(Filled.RECORD, tables=TABLES)
