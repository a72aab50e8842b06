"""A dialect and a book that knows it: what the tests of dialects share."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck

from db.engine import Book
from tests.laws import law
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns import custom
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialects import Dialect, HeadingChoice, learn, read_all
from workbench.intake.columns.heading_keys import keys
from workbench.intake.columns.learning import SheetFacts, noted
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form.layout import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.rules.parameters import Rules

HEADINGS = ["客户号", "姓名", "口径资产", "日均口径", "手机", "性别", "开户日期", "网点备注", "级次", "序号"]
MONTHLY = Dialect(
    "个人客户资产月报", "customers", frozenset(keys(HEADINGS)),
    {
        "客户号": HeadingChoice("customer_no"), "口径资产": HeadingChoice("aum_balance", "万元"),
        "序号": HeadingChoice(ignored=True),
        "网点备注": HeadingChoice(custom="custom.网点备注"), "级次": HeadingChoice(),
    },
    "元", 3, 1, (), "title", True,
)  # fmt: skip
LAW = law(examples=100, few=10, suppress_health_check=list(HealthCheck))
OWN = CustomField("custom.网点备注", "网点备注", "text", ("网点备注",))


def knowing(book: Book) -> Book:
    """The book, now with the dialect and its custom field."""
    with book.write("dialect", "x") as writer:
        learn(writer, MONTHLY)
        custom.store(writer, OWN)
    return book


def the(book: Book) -> tuple[Dialect, ...]:
    """The dialects of a book."""
    with book.read() as conn:
        return read_all(conn)


def made_of(*rows: Sequence[Any]) -> RawSheet:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet("客户清单", tuple(zip(*padded, strict=True)))


def read_with(
    names: Sequence[str], rules: Rules, before: Dialect | None = None, kind: Kind = "customers",
    changed: dict[str, ColumnMatch] | None = None, **more: Any,
) -> Dialect:  # fmt: skip
    """The dialect that a sheet of these headings leaves; `changed`: what a person decided, by heading."""
    made = made_of(["月报"], names, ["1"] * len(names))
    layout = Layout(1, tuple(names), ("月报",))
    matched = match_columns(names, kind, catalogue(), rules, Shapes(made, 2, rules), Memory(before, [OWN]))
    matches = [
        replace((changed or {}).get(match.header, match), index=match.index)
        for match in matched
        if match.header
    ]
    return noted(made, layout, kind, matches, SheetFacts("月报", before=before, **more))


def chosen(field: str | None) -> ColumnMatch:
    return ColumnMatch(0, "", field, "chosen", unit="")
