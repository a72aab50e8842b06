"""The year of contact (domain 6): the days a branch adds to the calendar, the computed touch plan and what the manager decided
about it, how often a customer is contacted, gifts and salons. Money columns hold integer fen, dates ISO text, spans days."""

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

from db.shapes import Fen, Filled, of_customer, table

#: A row of the calendar that the branch or the manager wrote, or a shipped one that they changed: `body` JSON has the form of
#: an entry of resources/festivals.toml.
own_days = table(
    "own_days",
    Column("code", Text, nullable=False, unique=True),
    #: 'branch' or 'personal'
    Column("whose", Text, nullable=False),
    Column("body", Text, nullable=False),
    #: 1: the shipped row of this code is left out
    Column("off", Integer, nullable=False),
    CheckConstraint("whose in ('branch', 'personal')", name="whose"),
    filled=Filled.KEPT,
)

#: The interval (days) within which a customer wants to hear from us, where it is not that of his tier.
contact_intervals = table(
    "contact_intervals",
    of_customer(),
    Column("days", Integer, nullable=False),
    Column("note", Text),
    Column("made", Text, nullable=False),
    UniqueConstraint("customer_id"),
    filled=Filled.BY_HAND,
)

#: The birthday that a customer keeps, as he said: by which calendar, its month and day there.
birthday_ways = table(
    "birthday_ways",
    of_customer(),
    #: 'solar' or 'lunar'
    Column("calendar", Text, nullable=False),
    Column("month", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    #: 1: born in the leap month of this number
    Column("leap", Integer, nullable=False),
    #: 1: kept in the leap month where the year has it
    Column("prefer_leap", Integer, nullable=False),
    Column("made", Text, nullable=False),
    CheckConstraint("calendar in ('solar', 'lunar')", name="calendar"),
    UniqueConstraint("customer_id"),
    filled=Filled.BY_HAND,
    data=True,
)

#: What the manager decided about a touch of the plan: the day it is moved to, NULL to leave it out. Never overwritten by
#: planning.
touch_choices = table(
    "touch_choices",
    of_customer(),
    Column("reason", Text, nullable=False),
    #: what tells it from others of the same reason: the day (ISO) that it is about
    Column("occurrence", Text, nullable=False),
    Column("day", Text),
    Column("note", Text),
    Column("made", Text, nullable=False),
    UniqueConstraint("customer_id", "reason", "occurrence"),
    filled=Filled.BY_HAND,
)

#: Words for a touch that were copied: `script` the code of the text, `text` where it was changed. A draft is no contact: whether
#: it was sent is told by the log alone.
drafts = table(
    "drafts",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("occurrence", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("text", Text),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: Things to give: what one costs, and `stock`: how many there were in all; what was given is taken off when it is read.
gift_items = table(
    "gift_items",
    Column("name", Text, nullable=False, unique=True),
    Column("unit", Fen, nullable=False),
    Column("stock", Integer, nullable=False),
    Column("note", Text),
    filled=Filled.KEPT,
)

#: The gift ledger: an idea, then ordered, then given. `value` is what it cost when it was given.
gifts = table(
    "gifts",
    of_customer(),
    Column("item_id", Integer, ForeignKey("gift_items.id")),
    Column("idea", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("value", Fen, nullable=False),
    Column("state", Text, nullable=False),
    Column("needed_by", Text, nullable=False),
    Column("order_by", Text, nullable=False),
    Column("given", Text),
    Column("note", Text),
    Column("made", Text, nullable=False),
    CheckConstraint("state in ('idea', 'ordered', 'given', 'dropped')", name="state"),
    Index(None, "customer_id"),
    Index(None, "needed_by"),
    filled=Filled.BY_HAND,
)

#: Salons and other events for customers.
salons = table(
    "salons",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("time", Text),
    Column("place", Text),
    Column("seats", Integer),
    Column("budget", Fen),
    Column("state", Text, nullable=False),
    Column("note", Text),
    CheckConstraint("state in ('planned', 'held', 'cancelled')", name="state"),
    Index(None, "date"),
    filled=Filled.KEPT,
)

#: Who is invited to a salon, and what became of it; `touch_id`: the contact that logged the attendance.
salon_guests = table(
    "salon_guests",
    of_customer(),
    Column("salon_id", Integer, ForeignKey("salons.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("invited", Text),
    Column("feedback", Text),
    Column("follow_up", Text),
    Column("touch_id", Integer),
    CheckConstraint(
        "state in ('listed', 'invited', 'confirmed', 'declined', 'attended', 'absent')", name="state"
    ),
    UniqueConstraint("salon_id", "customer_id"),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: The entries of calendar files that were written: a later file of the same entry raises `sequence` where `digest` differs. The
#: row of year 0 is no entry: its `uid` is the secret of the book that the others are made with.
calendar_entries = table(
    "calendar_entries",
    Column("uid", Text, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    #: when it last changed, UTC 'YYYYMMDDTHHMMSSZ'
    Column("changed", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "year"),
    filled=Filled.COUNTED,
)

# -- computed ------------------------------------------------------------------------------------------------------

#: The touch plans that stand, one a year.
year_runs = table(
    "year_runs",
    Column("year", Integer, nullable=False, unique=True),
    #: what it stands on: revision of the book, rules, days, calendar, choices
    Column("basis", Text, nullable=False),
    Column("made", Text, nullable=False),
    #: the first day (ISO) that was planned
    Column("planned_from", Text, nullable=False),
    Column("number", Integer, nullable=False),
    #: sums by day, packed, so that a page needs not read every touch
    Column("summary", LargeBinary, nullable=False),
    #: JSON: what does not fit, with its proof and remedies; what the last planning moved
    Column("not_fitting", Text, nullable=False),
    Column("moved", Text, nullable=False),
    filled=Filled.COMPUTED,
    standing=True,
)

#: The touches of a plan. `day` NULL: not placed, `why` says the ground.
planned_touches = table(
    "planned_touches",
    of_customer(),
    Column("year", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("occurrence", Text, nullable=False),
    #: 'service', 'care' or 'marketing'
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    #: the span (ISO) within which it has to be, and the day that would be best
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("day", Text),
    #: the day that it had before the last planning, where that moved it
    Column("moved_from", Text),
    #: 'planned', 'late', 'merged', 'barred', 'capped', 'left_out' or 'no_room'
    Column("state", Text, nullable=False),
    Column("why", Text),
    Index(None, "year", "day"),
    Index(None, "customer_id", "year"),
    filled=Filled.COMPUTED,
    standing=True,
)
