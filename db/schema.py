"""The schema revisions this program knows, oldest first; read at every start, so without Alembic."""

KNOWN = ("0001", "0002")
HEAD = KNOWN[-1]
