"""What belongs to the playbook: scripts of a branch's own, words that no text may contain, product sheets, benefits and who got
them. Money columns hold integer fen, dates ISO text; `body` is JSON of the form of an entry of resources/playbook."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint

from db.shapes import Fen, Filled, of_customer, table

#: Scripts that do not come with the program: the manager's own, and the set of head office, which a new file replaces whole.
#: `off` 1: the script of this code, shipped or not, is not offered.
own_scripts = table(
    "own_scripts",
    Column("code", Text, nullable=False, unique=True),
    #: 'own' or 'office'
    Column("whose", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("off", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made", Text, nullable=False),
    CheckConstraint("whose in ('own', 'office')", name="whose"),
    filled=Filled.KEPT,
)

#: Words that a branch adds to those that no text may contain, each with what may be said `instead`; `off` 1: the shipped entry of
#: this word is left out.
banned_words = table(
    "banned_words",
    Column("word", Text, nullable=False, unique=True),
    Column("instead", Text),
    Column("why", Text),
    Column("off", Integer, nullable=False),
    Column("made", Text, nullable=False),
    filled=Filled.KEPT,
)

#: What a branch says of a product beside the list of products: role, model, margin, conditions, three sentences, exit.
product_sheets = table(
    "product_sheets",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made", Text, nullable=False),
    filled=Filled.KEPT,
)

#: The rules of benefits (domain 8.4).
benefits = table(
    "benefits",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("off", Integer, nullable=False),
    Column("made", Text, nullable=False),
    filled=Filled.KEPT,
)

#: Benefits given to customers. `occasion`: what they were given for, a period '2026-11' or a day; that one expired follows from
#: `valid_until`.
benefit_grants = table(
    "benefit_grants",
    of_customer(),
    Column("benefit", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("valid_until", Text),
    Column("used", Text),
    Column("value", Fen),
    Column("note", Text),
    CheckConstraint("state in ('issued', 'used', 'dropped')", name="state"),
    UniqueConstraint("customer_id", "benefit", "occasion"),
    Index(None, "benefit"),
    filled=Filled.BY_HAND,
    data=True,
)
