"""What the book keeps so that it can be trusted: the end of its audit, the sums of its content, persons deleted for good,
and papers that were destroyed."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Text, UniqueConstraint

from db.shapes import Filled, table

#: One row: the number of the audit's newest row and its seal, so that rows cut off at the end are missed.
audit_ends = table(
    "audit_ends",
    Column("newest", Integer, nullable=False),
    Column("head", Text, nullable=False),
    #: by which papers handed out know their book: the beginning of the first seal that its audit ever had
    Column("mark", Text),
    #: the key of the seals where no data key of a file gives it (a book on a server, or one that came from there)
    Column("key", LargeBinary),
    #: the first row of an older book whose old seal did not hold when all rows were sealed anew
    Column("broken_before", Integer),
    filled=Filled.RECORD,
)

#: For each table that a person or a file fills, and those of the house beside it: the sum of the keyed hashes of its rows.
content_sums = table(
    "content_sums",
    Column("table_name", Text, nullable=False, unique=True),
    Column("rows", Integer, nullable=False),
    #: 32 bytes, little end first: the sum modulo 2^256
    Column("total", LargeBinary, nullable=False),
    filled=Filled.RECORD,
)

#: Persons whose data was deleted on their request (domain 17): what a later list may not bring back. No value of theirs.
tombstones = table(
    "tombstones",
    #: 'customer_no', 'id_no', 'phone' or 'name_phone', and the keyed hash of it
    Column("kind", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("at", Text, nullable=False),
    #: number of the receipt
    Column("receipt", Text, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("kind in ('customer_no', 'id_no', 'phone', 'name_phone')", name="kind"),
    UniqueConstraint("kind", "mark"),
    filled=Filled.RECORD,
)

#: Printed and exported papers that were destroyed, ticked off (domain 17: a reminder after 30 days).
destroyed_papers = table(
    "destroyed_papers",
    #: the row of the audit that registered the paper
    Column("audit_id", Integer, nullable=False, unique=True),
    Column("day", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("note", Text),
    filled=Filled.KEPT,
)
