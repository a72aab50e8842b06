"""Where customers stand on the journey (domain 3): persons without an account, tasks ticked by hand, and the computed history.
Money columns hold integer fen, dates ISO text, months 'YYYY-MM', flags 0/1."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)

from db.shapes import Fen, Filled, index_of_some, of_customer, table

#: Persons without an account: the least data, with consent and an expiry. `customer_id` once the account is open.
prospects = table(
    "prospects",
    Column("name", Text, nullable=False),
    Column("phone", Text),
    #: 'referral', 'walk_in', 'event', 'payroll' or 'other'
    Column("source", Text, nullable=False),
    #: who introduced him, and the line of the referral
    Column("referrer_id", Integer, ForeignKey("customers.id")),
    Column("referral_id", Integer),
    Column("relation", Text),
    Column("need", Text),
    #: whether he agreed to be contacted; NULL: not known
    Column("consent", Integer),
    Column("note", Text),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("customer_id", Integer, ForeignKey("customers.id")),
    CheckConstraint("state in ('open', 'opened', 'dropped')", name="state"),
    Index(None, "referrer_id"),
    Index(None, "customer_id"),
    filled=Filled.KEPT,
)

#: A task of a journey card that a person ticked, or left out with a reason; it holds for one stay in a stage.
journey_marks = table(
    "journey_marks",
    of_customer(),
    Column("task", Text, nullable=False),
    Column("stage", Text, nullable=False),
    #: the first day (ISO) of the stay that it is for
    Column("since", Text),
    Column("state", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("note", Text),
    Column("touch_id", Integer),
    CheckConstraint("state in ('done', 'left_out')", name="state"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
    data=True,
)

# -- computed ------------------------------------------------------------------------------------------------------

#: The stays of customers in the stages of the journey: one row per stay, the open one has no `ended`.
journey_stays = table(
    "journey_stays",
    of_customer(),
    #: 'J0' to 'J5'
    Column("stage", Text, nullable=False),
    #: the month of the list that moved him here, and the first day: its data date, or that of the event
    Column("month", Text, nullable=False),
    Column("since", Text, nullable=False),
    #: the month that moved him on; NULL: he stands here
    Column("ended", Text),
    Column("before", Text),
    #: key of the reason, and its figures in fen; `line`: the line that he is held against
    Column("ground", Text, nullable=False),
    Column("average", Fen),
    Column("balance", Fen),
    Column("high", Fen),
    Column("line", Fen),
    Column("light", Text),
    UniqueConstraint("customer_id", "month"),
    Index(None, "month"),
    index_of_some("ix_journey_stays_open", "customer_id", where="ended IS NULL"),
    filled=Filled.COMPUTED,
)  # fmt: skip

#: Where all customers stand after a month: their ids, and the columns from which the next month's step follows, packed and
#: compressed (`insight/stages/packed.py`).
journey_months = table(
    "journey_months",
    Column("month", Text, nullable=False, unique=True),
    #: what it stands on: rules, code, the data date
    Column("basis", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("customers", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
    filled=Filled.COMPUTED,
)
