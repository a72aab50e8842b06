"""Referrals (domain 7) beside their lines in `referrals`: whom was asked at which moment, and what the task sheet has beyond
what a list of head office tells. Dates ISO text, moments of a day 'YYYY-MM-DD HH:MM', flags 0/1."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from db.shapes import Filled, of_customer, table

#: A customer asked for a referral; `moment`: which golden moment it was, `ground`: what it was that satisfied him.
referral_asks = table(
    "referral_asks",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("channel", Text),
    Column("moment", Text),
    Column("ground", Text),
    Column("giver", Text),
    Column("answer", Text, nullable=False),
    Column("note", Text),
    Column("touch_id", Integer),
    CheckConstraint("moment in ('deal', 'service', 'gain')", name="moment"),
    CheckConstraint("giver in ('loyal', 'social', 'circle')", name="giver"),
    CheckConstraint("answer in ('waiting', 'gave', 'declined')", name="answer"),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_HAND,
    data=True,
)

#: What the task sheet says of a referral beyond its line; the customer is the giver. `giver_consent`: he agrees to be named.
#: `consented`: when the person referred agreed to be contacted; `loan`: whether a loan is what he comes for.
referral_tasks = table(
    "referral_tasks",
    of_customer(),
    Column("referral_id", Integer, ForeignKey("referrals.id"), nullable=False, unique=True),
    Column("ask_id", Integer, ForeignKey("referral_asks.id")),
    Column("giver", Text),
    Column("moment", Text),
    Column("channel", Text),
    Column("giver_consent", Integer),
    Column("giver_way", Text),
    Column("consent_way", Text),
    Column("consented", Text),
    Column("industry", Text),
    Column("contacted", Text),
    Column("thanked", Text),
    Column("loan", Integer),
    #: what was published of the reward: code of the benefit; whether it was held against the rules
    Column("reward", Text),
    Column("checked", Text),
    CheckConstraint("moment in ('deal', 'service', 'gain')", name="moment"),
    CheckConstraint("giver in ('loyal', 'social', 'circle')", name="giver"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)
