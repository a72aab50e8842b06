"""What belongs to serving a customer over years: needs with their evidence, goals, reviews with him, his service file, experts.
Money columns hold integer fen, dates ISO text."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from db.shapes import Fen, Filled, of_customer, table

#: A need that a customer has (domain 15); its class follows from these and from its evidence. {customer, product,
#: scene} is a triple of who needs what, when.
needs = table(
    "needs",
    of_customer(),
    Column("text", Text, nullable=False),
    Column("made", Text, nullable=False),
    #: what follows if it is not met, and the day that cannot be moved
    Column("consequence", Text),
    Column("deadline", Text),
    Column("alternatives", Text),
    Column("willing", Text),
    #: 1: wanted for a gift or an advantage alone
    Column("incentive", Integer),
    #: 1: can wait, or depends on the price
    Column("elastic", Integer),
    Column("product", Text),
    Column("scene", Text),
    Column("next_step", Text),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("outcome", Text),
    Column("touch_id", Integer),
    CheckConstraint("consequence in ('high', 'low')", name="consequence"),
    CheckConstraint("willing in ('now', 'later', 'no')", name="willing"),
    CheckConstraint("state in ('open', 'met', 'dropped')", name="state"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: Why we believe in a need: he said so, did something, paid for something, asked again; or what speaks against it.
need_evidence = table(
    "need_evidence",
    of_customer(),
    Column("need_id", Integer, ForeignKey("needs.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("note", Text),
    Column("touch_id", Integer),
    CheckConstraint("kind in ('said', 'did', 'paid', 'again', 'against')", name="kind"),
    Index(None, "customer_id"),
    Index(None, "need_id"),
    filled=Filled.BY_HAND,
)

#: What a customer saves for, by when, and what is put aside for it on a day.
family_goals = table(
    "family_goals",
    of_customer(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", Fen),
    Column("due", Text),
    Column("set_aside", Fen),
    Column("set_aside_on", Text),
    Column("monthly", Fen),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("note", Text),
    Column("made", Text, nullable=False),
    CheckConstraint("state in ('open', 'reached', 'dropped')", name="state"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: A review with a customer: `body` JSON: agenda, topics, advice with its reason, who does what by when.
meetings = table(
    "meetings",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("touch_id", Integer),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: The service file of a customer (服务档案): `body` JSON: his channel, who answers, within how long, to whom it goes on.
service_files = table(
    "service_files",
    Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("made", Text, nullable=False),
    filled=Filled.BY_HAND,
)

#: Experts that the branch can call: investment, tax, law, insurance, credit, studies abroad.
experts = table(
    "experts",
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("reached", Text),
    Column("note", Text),
    Column("off", Integer, nullable=False),
    filled=Filled.KEPT,
)

#: An expert booked for a customer; `service_id`: the service recorded once it took place.
expert_bookings = table(
    "expert_bookings",
    of_customer(),
    Column("expert_id", Integer, ForeignKey("experts.id"), nullable=False),
    Column("date", Text, nullable=False),
    Column("topic", Text),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("service_id", Integer),
    CheckConstraint("state in ('booked', 'held', 'cancelled')", name="state"),
    Index(None, "customer_id"),
    Index(None, "date"),
    filled=Filled.BY_HAND,
)
