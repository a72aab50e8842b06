"""The schema revisions this program knows, oldest first; read at every start, so without Alembic."""

KNOWN = ("0001", "0002", "0003")
HEAD = KNOWN[-1]
