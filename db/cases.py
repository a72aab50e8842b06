"""Hard moments: the files of complaints, customers who lost money, those to be won back. Money columns hold integer fen,
dates ISO text, moments of a day 'YYYY-MM-DD HH:MM'."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from db.shapes import Fen, Filled, Number, of_customer, table

#: What the branch keeps of a complaint beside its line in `complaints` (domain 9). `signs` JSON: codes of what lifts its level.
complaint_files = table(
    "complaint_files",
    of_customer(),
    Column("complaint_id", Integer, ForeignKey("complaints.id"), nullable=False, unique=True),
    #: who settles it, and whom it is about
    Column("owner", Text),
    Column("against", Text),
    Column("received", Text, nullable=False),
    Column("answered", Text),
    Column("demand", Text),
    Column("facts", Text),
    Column("blame", Text),
    Column("solution", Text),
    Column("root_cause", Text),
    Column("mending", Text),
    Column("money", Fen),
    #: how many people complain together, how many times this one came about it
    Column("people", Integer),
    Column("times", Integer),
    Column("signs", Text),
    #: the legal time made longer: for what, by whom, when
    Column("extension", Text),
    Column("approved_by", Text),
    Column("approved", Text),
    #: temperature of the customer, 1 calm to 5 furious
    Column("before", Integer),
    Column("after", Integer),
    #: the complaint that it takes up again
    Column("again_id", Integer, ForeignKey("complaints.id")),
    Column("turn", Text),
    Column("turned", Text),
    CheckConstraint("extension in ('complex', 'special')", name="extension"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: The six steps of a complaint, as they were taken; none is ever overwritten.
complaint_steps = table(
    "complaint_steps",
    of_customer(),
    Column("complaint_id", Integer, ForeignKey("complaints.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by_whom", Text),
    Column("note", Text),
    CheckConstraint("step in ('stop', 'listen', 'sorry', 'check', 'decide', 'follow')", name="step"),
    Index(None, "customer_id"),
    Index(None, "complaint_id"),
    filled=Filled.BY_HAND,
)

#: First aid for a customer who lost money with a product (domain 8.6): facts as they stood when it began, what was said, what he
#: chose. `body` JSON: what was written at each of the six steps.
loss_cases = table(
    "loss_cases",
    of_customer(),
    Column("product", Text, nullable=False),
    Column("product_code", Text),
    Column("opened", Text, nullable=False),
    Column("as_of", Text),
    Column("risk", Integer),
    Column("cost", Fen),
    Column("value", Fen),
    Column("loss", Fen),
    Column("emotion", Text),
    Column("trouble", Text),
    Column("choice", Text),
    Column("condition", Text),
    Column("agreed", Text),
    Column("review_on", Text),
    #: the days on which he was followed up after a week and after a month
    Column("week_done", Text),
    Column("month_done", Text),
    Column("state", Text, nullable=False),
    Column("complaint_id", Integer, ForeignKey("complaints.id")),
    Column("ended", Text),
    Column("body", Text, nullable=False),
    CheckConstraint("state in ('open', 'agreed', 'closed', 'escalated')", name="state"),
    CheckConstraint("choice in ('hold', 'reduce', 'stage')", name="choice"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: A customer to be won back (domain 4.9). `rival_due`: the next day on which his money is free there; `base`: his assets here
#: when it began; `body` JSON: gaps of our service and the apology, facts of the rival, costs of a change.
win_backs = table(
    "win_backs",
    of_customer(),
    Column("opened", Text, nullable=False),
    Column("cause", Text),
    Column("strategy", Text, nullable=False),
    Column("rival", Text),
    Column("rival_product", Text),
    Column("rival_rate", Number),
    Column("rival_amount", Fen),
    Column("rival_due", Text),
    Column("entry", Text),
    Column("base", Fen),
    Column("base_as_of", Text),
    Column("won", Fen),
    Column("won_as_of", Text),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("body", Text, nullable=False),
    CheckConstraint("strategy in ('gap', 'rival', 'need')", name="strategy"),
    CheckConstraint("state in ('open', 'won', 'given_up')", name="state"),
    Index(None, "customer_id"),
    Index(None, "rival_due"),
    filled=Filled.BY_HAND,
)
