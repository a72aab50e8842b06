"""What the manager adds to the lists by hand (relations, observations, own tags, corrections, saved lists), and what
the tags are computed into. Money columns hold integer fen, dates ISO text, months 'YYYY-MM', flags 0/1."""

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

from db.shapes import Fen, Filled, of_customer, sourced, table

#: Family and company links (domain 11.1: one person, linked accounts). `other_id` when the other is in the book.
relations = table(
    "relations",
    of_customer(),
    Column("other_id", Integer, ForeignKey("customers.id")),
    Column("other_name", Text),
    Column("kind", Text, nullable=False),
    Column("note", Text),
    Column("date", Text, nullable=False),
    Index(None, "customer_id"),
    Index(None, "other_id"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Cues of the observation card ticked during a contact (domain 2.2 b).
observations = table(
    "observations",
    of_customer(),
    Column("date", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("touch_id", Integer),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Results of the manager's own questionnaire (domain 2.2 a).
styles = table(
    "styles",
    Column("at", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    #: JSON: per block the letters chosen as most and least, and the places on the screen
    Column("answers", Text, nullable=False),
    filled=Filled.KEPT,
)

#: Services of the three towers given to a customer (domain 1: 3专, 5G, 快准稳), by hand.
services = table(
    "services",
    of_customer(),
    Column("kind", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("until", Text),
    Column("state", Text),
    Column("detail", Text),
    Index(None, "customer_id", "kind"),
    filled=Filled.BY_HAND,
    data=True,
)

#: A fact or tag that a person set right: the machine's value stays beside it (domain 0-6).
corrections = table(
    "corrections",
    of_customer(),
    Column("key", Text, nullable=False),
    Column("value", Text),
    Column("machine", Text),
    Column("reason", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Index(None, "customer_id"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Tags that are neither built in nor a rule: given to a customer by hand (domain 11.1, qualitative).
tag_marks = table(
    "tag_marks",
    of_customer(),
    Column("code", Text, nullable=False),
    Column("value", Text),
    Column("reason", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("expires", Text),
    Column("touch_id", Integer),
    Index(None, "customer_id"),
    Index(None, "code"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Tags that a person made. `body` JSON: the same keys as an entry of resources/tags.
own_tags = table(
    "own_tags",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    filled=Filled.KEPT,
    data=True,
)

#: "This tag is wrong" and answers of the accuracy sample (domain 11.3).
tag_reviews = table(
    "tag_reviews",
    of_customer(),
    Column("code", Text, nullable=False),
    Column("value", Text),
    Column("verdict", Text, nullable=False),
    Column("note", Text),
    Column("date", Text, nullable=False),
    CheckConstraint("verdict in ('right', 'wrong')", name="verdict"),
    Index(None, "code"),
    filled=Filled.BY_HAND,
)

#: Saved lists of the picker (domain 11.4): a rule, or customers frozen with their date.
lists = table(
    "lists",
    Column("number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("expression", Text, nullable=False),
    Column("purpose", Text),
    Column("owner", Text),
    Column("created_at", Text, nullable=False),
    Column("as_of", Text),
    Column("expires", Text),
    CheckConstraint("kind in ('rule', 'frozen')", name="kind"),
    filled=Filled.KEPT,
)

list_members = table(
    "list_members",
    Column("list_id", Integer, ForeignKey("lists.id"), nullable=False),
    of_customer(),
    Column("position", Integer, nullable=False),
    Index(None, "list_id"),
    Index(None, "customer_id"),
    filled=Filled.KEPT,
)

#: What the manager wrote into the battle map of a segment (domain 2.3); `boxes` JSON: box -> text.
canvases = table(
    "canvases",
    Column("segment", Text, nullable=False, unique=True),
    Column("boxes", Text, nullable=False),
    Column("owner", Text),
    Column("at", Text, nullable=False),
    filled=Filled.KEPT,
)

#: What a person decided about a light (domain 4.1, 4.5): why money left, a pause, who looks after it now, the cause confirmed.
light_decisions = table(
    "light_decisions",
    of_customer(),
    Column("date", Text, nullable=False),
    #: 'explain', 'mute', 'hand_over' or 'cause'
    Column("kind", Text, nullable=False),
    #: explain: code of the reason; hand_over: to whom; cause: 'natural', 'fault', 'competition' or 'unknown'
    Column("value", Text),
    #: the last day (ISO) on which it holds; NULL: for good
    Column("until", Text),
    Column("note", Text),
    Column("touch_id", Integer),
    CheckConstraint("kind in ('explain', 'mute', 'hand_over', 'cause')", name="kind"),
    Index(None, "customer_id", "date"),
    filled=Filled.BY_HAND,
    data=True,
)

#: Events bad for the bank's reputation (domain 4.3 S6), typed in or imported; they concern whoever they are joined to.
adverse_events = table(
    "adverse_events",
    Column("title", Text, nullable=False),
    #: 'bank', 'branch', 'product' or 'region'
    Column("scope", Text, nullable=False),
    #: the branch, the product's name or code, or the city; NULL for the whole bank
    Column("target", Text),
    Column("start", Text, nullable=False),
    #: days for which it counts; NULL: as the rules say
    Column("days", Integer),
    Column("note", Text),
    *sourced(),
    CheckConstraint("scope in ('bank', 'branch', 'product', 'region')", name="scope"),
    Index(None, "start"),
    filled=Filled.KEPT,
    data=True,
)

# -- computed ------------------------------------------------------------------------------------------------------

#: Where each customer stands after all months told: the level by the state machine (domain 1) and the history in brief.
trails = table(
    "trails",
    of_customer(),
    Column("month", Text, nullable=False),
    #: level in force, and the one that the month's daily average reaches
    Column("tier", Text),
    Column("reached", Text),
    #: level in force the month before
    Column("tier_before", Text),
    #: months below the line of the level in force; 1 when the bank's rule puts the customer under watch
    Column("watch", Integer),
    Column("attention", Integer),
    #: months left before the level falls, and since when it is in force
    Column("falls_in", Integer),
    Column("since", Text),
    Column("upgraded", Text),
    Column("downgraded", Text),
    #: the level before the last downgrade
    Column("fell_from", Text),
    Column("months_told", Integer, nullable=False),
    Column("first_month", Text),
    #: highest daily average of all months told, and its month
    Column("peak", Fen),
    Column("peak_month", Text),
    #: the same of the last six and twelve months
    Column("peak_6", Fen),
    Column("peak_12", Fen),
    #: first month at or above the first line that counts (5万 in the general preset)
    Column("qualified", Text),
    UniqueConstraint("customer_id"),
    filled=Filled.COMPUTED,
)

#: At which state of the figures, and by which rules, the stored results of a month's check stand.
check_runs = table(
    "check_runs",
    Column("month", Text, nullable=False, unique=True),
    Column("as_of", Text, nullable=False),
    Column("guarded", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("rule_version", Text, nullable=False),
    #: JSON: light ('none' among them) -> customers; the codes of the signals that nobody could be judged by
    Column("lights", Text, nullable=False),
    Column("never_judged", Text, nullable=False),
    filled=Filled.COMPUTED,
)

#: What the standing tables (`insight/measures/standing.py`) stand on; their own columns are data, so no schema knows them.
standing_runs = table(
    "standing_runs",
    Column("name", Text, nullable=False, unique=True),
    Column("month", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    #: version of rules and code, and what the lists report
    Column("basis", Text, nullable=False),
    #: JSON: the figures, in their order
    Column("columns", Text, nullable=False),
    filled=Filled.COMPUTED,
)

#: The averages of a month (`insight/measures/month_averages.py`): ids of the customers listed and fen, each 8 bytes, the
#: lowest first; in the order of the ids.
month_averages = table(
    "month_averages",
    Column("month", Text, nullable=False, unique=True),
    #: customers listed
    Column("number", Integer, nullable=False),
    Column("customers", LargeBinary, nullable=False),
    Column("averages", LargeBinary, nullable=False),
    filled=Filled.COMPUTED,
)

#: What the tag layers in the book were computed for, from and by.
tag_runs = table(
    "tag_runs",
    Column("month", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("rule_version", Text, nullable=False),
    Column("library", Text, nullable=False),
    #: digest of what the book tells at all: lists, columns, where the log begins
    Column("given", Text, nullable=False),
    Column("computed_at", Text, nullable=False),
    #: JSON: per layer the columns with their kinds
    Column("columns", Text, nullable=False),
    filled=Filled.COMPUTED,
)

#: How the values of a tag were spread in a month: what stability (PSI) is measured on (domain 11.3).
tag_months = table(
    "tag_months",
    Column("month", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("library", Text, nullable=False),
    #: JSON: value or bin -> customers
    Column("spread", Text, nullable=False),
    UniqueConstraint("month", "code"),
    filled=Filled.COMPUTED,
)

#: How often a tag was used, by day and place: counted, never undone (domain 11.3).
tag_uses = table(
    "tag_uses",
    Column("code", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("code", "date", "place"),
    filled=Filled.COUNTED,
)
