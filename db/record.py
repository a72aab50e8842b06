"""What is put down beside the rows: changes and their reverse, imports, the audit, settings, what intake learnt."""

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

from db.shapes import Filled, Number, index_of_some, of_customer, table

changes = table(
    "changes",
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("state in ('done', 'undone')", name="state"),
    filled=Filled.RECORD,
)

batches = table(
    "batches",
    Column("change_id", Integer, ForeignKey("changes.id"), nullable=False),
    Column("at", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("header_row", Integer),
    Column("as_of", Text),
    Column("month", Text),
    Column("unit", Text),
    Column("rows", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("totals", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("guard", Text),
    #: data-quality score 0..100 (domain 16.5) and its five parts as JSON
    Column("quality", Number),
    Column("quality_parts", Text),
    #: JSON: what a person confirmed and why {code: reason}
    Column("reasons", Text),
    #: JSON: cells typed over and fixes taken before the commit
    Column("edits", Text),
    #: JSON: rows that are not data, by word
    Column("not_data", Text),
    #: the name of the dialect the sheet was read by
    Column("dialect", Text),
    #: the batch of which this one is the re-issue
    Column("replaces", Integer),
    Index(None, "change_id"),
    filled=Filled.HISTORY,
)

journal = table(
    "journal",
    Column("change_id", Integer, ForeignKey("changes.id"), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("op", Text, nullable=False),
    #: the row, or for op='insert' the first and last row of an unbroken run of new ids
    Column("row_id", Integer, nullable=False),
    Column("last_id", Integer, nullable=False),
    #: JSON: the changed columns as they were and as they became
    Column("before", Text),
    Column("after", Text),
    #: packed images of whole rows that are out of the book: a deletion's, or an undone run of inserts'
    Column("images", LargeBinary),
    #: how many rows of an insert or delete stand against the state of their change: in the book because later
    #: changes need them, or out of it because a later row has their place; NULL for none
    Column("kept", Integer),
    CheckConstraint("op in ('insert', 'update', 'delete')", name="op"),
    Index(None, "change_id"),
    Index(None, "table_name", "op", "last_id"),
    index_of_some(None, "kept", where="kept IS NOT NULL"),
    filled=Filled.RECORD,
)

#: Who left a list and who is new on it, with the probable or the chosen cause (domain 16.5-26).
movements = table(
    "movements",
    of_customer(),
    Column("month", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("evidence", Text),
    #: 1 when a person chose the cause
    Column("chosen", Integer, nullable=False),
    Column("batch_id", Integer, nullable=False),
    CheckConstraint("direction in ('vanished', 'new')", name="direction"),
    Index(None, "customer_id", "month"),
    Index(None, "month", "direction"),
    filled=Filled.BY_LIST,
)

#: What was decided of two customer numbers: one person (the other number now leads to the kept customer), or two.
identities = table(
    "identities",
    of_customer(),
    Column("other_no", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("verdict in ('merged', 'apart')", name="verdict"),
    UniqueConstraint("customer_id", "other_no"),
    Index(None, "other_no"),
    filled=Filled.KEPT,
)

#: How head office's sheets are read: learnt on commit, recognised by the headings (domain 16.5-13).
dialects = table(
    "dialects",
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    #: JSON: the headings in plain form, sorted
    Column("headings", Text, nullable=False),
    #: JSON: mapping, units, position of header and date, ignored columns
    Column("body", Text, nullable=False),
    filled=Filled.KEPT,
)

#: Columns that a person made into a field; the values stand in the `extra` of the row.
custom_fields = table(
    "custom_fields",
    Column("key", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("kind", Text, nullable=False),
    #: JSON: the headings it is found under
    Column("headings", Text, nullable=False),
    filled=Filled.KEPT,
    data=True,
)

audit = table(
    "audit",
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text),
    Column("facts", Text, nullable=False),
    #: 1 when the write changed what checks are computed from; the last such id is the data revision
    Column("data", Integer, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    #: the account and the PC that acted; NULL in rows of older versions
    Column("actor", Text),
    #: the content's fingerprint after this row (see `content_sums`); NULL in rows of older versions
    Column("content", Text),
    filled=Filled.RECORD,
)

settings = table(
    "settings",
    Column("key", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),
    filled=Filled.KEPT,
)

#: `before` and `after` of an update that changed nothing: the change found the rows as they are, and claims them.
NOTHING = "{}"
#: Columns of a given row that tell where its content came from.
SOURCE = frozenset({"batch_id", "source_row"})
