"""The playbook: scripts of one's own, forbidden words, product sheets, benefits and who got them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_FEN = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_scripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.CheckConstraint("whose in ('own', 'office')", name=op.f("ck_own_scripts_whose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_scripts")),
        sa.UniqueConstraint("code", name=op.f("uq_own_scripts_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "banned_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banned_words")),
        sa.UniqueConstraint("word", name=op.f("uq_banned_words_word")),
        sqlite_strict=True,
    )
    op.create_table(
        "product_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_sheets")),
        sa.UniqueConstraint("code", name=op.f("uq_product_sheets_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "benefits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefits")),
        sa.UniqueConstraint("code", name=op.f("uq_benefits_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "benefit_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("benefit", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("used", sa.Text(), nullable=True),
        sa.Column("value", _FEN, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("state in ('issued', 'used', 'dropped')", name=op.f("ck_benefit_grants_state")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_benefit_grants_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_grants")),
        sa.UniqueConstraint(
            "customer_id", "benefit", "occasion",
            name=op.f("uq_benefit_grants_customer_id_benefit_occasion"),
        ),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index(op.f("ix_benefit_grants_benefit"), "benefit_grants", ["benefit"])
