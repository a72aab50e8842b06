"""What the manager writes down through the week: promises, pinned notes, goals, evening reviews, and the sheets that were
handed out. Money columns hold integer fen, dates ISO text."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from db.shapes import Filled, Number, of_customer, table

#: What was promised to a customer, by a day; `ended` is the day it was kept or dropped on.
promises = table(
    "promises",
    of_customer(),
    Column("text", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("touch_id", Integer),
    CheckConstraint("state in ('open', 'kept', 'dropped')", name="state"),
    Index(None, "customer_id"),
    Index(None, "due"),
    filled=Filled.BY_HAND,
)

#: A note at the head of a customer, shown until a day, or silent until another.
pins = table(
    "pins",
    of_customer(),
    Column("text", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("until", Text),
    Column("silent_until", Text),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
)

#: Goals of a period ('2026-11', '2026-Q4'), the manager's own and head office's; `value` in the unit of the measure.
goals = table(
    "goals",
    Column("period", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("whose", Text, nullable=False),
    Column("value", Number, nullable=False),
    CheckConstraint("whose in ('own', 'office')", name="whose"),
    UniqueConstraint("period", "measure", "whose"),
    filled=Filled.KEPT,
)

#: What the evening review (domain 13.4) has beyond the counts of the log.
day_reviews = table(
    "day_reviews",
    Column("date", Text, nullable=False, unique=True),
    Column("objections", Text),
    Column("tomorrow", Text),
    Column("skill", Text),
    Column("supervisor", Text),
    filled=Filled.KEPT,
)

#: Sheets that left the book with numbered rows. `rows` JSON: [row, customer number, row of the plan or null];
#: `replaced`: the number of the sheet that took its place; `entered`: when its results were taken in.
handed_out = table(
    "handed_out",
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("date", Text),
    Column("at", Text, nullable=False),
    Column("destroy_by", Text),
    Column("rows", Text, nullable=False),
    #: the last change of the book when it was made: what was logged later is a conflict
    Column("change", Integer, nullable=False),
    Column("replaced", Text),
    Column("entered", Text),
    #: JSON: its printed pages with the places of codes and boxes in mm; null for a sheet without paper
    Column("pages", Text),
    Index(None, "week", "kind"),
    filled=Filled.KEPT,
)

#: Requests for what a row of the plan needs (domain 5: the resource slip), one per row of the three.
resource_requests = table(
    "resource_requests",
    Column("item_id", Integer, ForeignKey("plan_items.id"), nullable=False, unique=True),
    Column("applied", Text),
    Column("answer", Text),
    Column("answered", Text),
    Column("note", Text),
    CheckConstraint("answer in ('yes', 'no')", name="answer"),
    filled=Filled.KEPT,
)

#: Layouts of head office's: `file` the template as it was dropped, in base64, '' for a list that was filled in place, of which
#: the headings alone are kept; `head` the row of the last heading (from 1); `columns` JSON: [{letter, heading, key, what, worth,
#: words}], what stands below each heading; `used`: when it was filled last.
office_templates = table(
    "office_templates",
    Column("name", Text, nullable=False, unique=True),
    Column("sheet", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("head", Integer, nullable=False),
    Column("columns", Text, nullable=False),
    Column("used", Text),
    filled=Filled.KEPT,
)
