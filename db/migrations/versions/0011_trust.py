"""Trust: who acted, the end of the audit, the sums of the content, persons deleted for good, papers destroyed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("audit", sa.Column("actor", sa.Text(), nullable=True))
    op.add_column("audit", sa.Column("content", sa.Text(), nullable=True))
    op.create_table(
        "audit_ends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("broken_before", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_ends")),
        sqlite_strict=True,
    )
    op.create_table(
        "content_sums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_sums")),
        sa.UniqueConstraint("table_name", name=op.f("uq_content_sums_table_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('customer_no', 'id_no', 'phone', 'name_phone')", name=op.f("ck_tombstones_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstones")),
        sa.UniqueConstraint("kind", "mark", name=op.f("uq_tombstones_kind_mark")),
        sqlite_strict=True,
    )
    op.create_table(
        "destroyed_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destroyed_papers")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_destroyed_papers_audit_id")),
        sqlite_strict=True,
    )
