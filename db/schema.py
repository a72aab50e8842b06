"""What marks a book: how its name ends, and the schema revisions that this program knows, oldest first.

Read at every start, so without Alembic.
"""

#: A book's name ends so, unless somebody renamed it.
SUFFIX = ".book"

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
HEAD = KNOWN[-1]
