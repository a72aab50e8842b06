"""Workbooks as head office sends them, made in a temporary folder."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from db.engine import Book
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake
from workbench.rules.parameters import Rules

HEADER = ["客户编号", "客户名称", "客户层级", "金融资产余额(元)", "金融资产月日均(元)"]
ROWS: list[list[Any]] = [
    ["0000000001", "林芳英", "白金", 145871.0, 145000.5],
    ["0000000005", "孙兰超", "金卡", 229191.0, 166979.0],
    ["0000000009", "徐英静", "金卡", 282134.25, 326058.0],
]

#: A sheet as (name, rows); a file is a list of them.
Sheets = Sequence[tuple[str, Sequence[Sequence[Any]]]]
Make = Callable[..., Path]


def write_xlsx(path: Path, sheets: Sheets, at: tuple[int, int] = (0, 0)) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number + at[0], at[1], row)
    return path


def customers(
    rows: Sequence[Sequence[Any]] = ROWS, *, header: Sequence[str] = HEADER, date: str = "2026年10月31日",
    unit: str = "元", total: Sequence[Any] | None = None,
) -> list[list[Any]]:  # fmt: skip
    """A customers sheet with its title, its note and perhaps its 合计 row."""
    top: list[list[Any]] = [["个人客户资产月报"], [f"数据日期:{date}", "", "", f"单位:{unit}"], list(header)]
    return [*top, *[list(row) for row in rows], *([list(total)] if total else [])]


@pytest.fixture
def xlsx(tmp_path: Path) -> Make:
    """`xlsx(rows, name='月报.xlsx', sheet='客户清单', more=[...])` writes a workbook."""

    def make(
        rows: Sequence[Sequence[Any]], name: str = "月报.xlsx", sheet: str = "客户清单", more: Sheets = (),
        at: tuple[int, int] = (0, 0),
    ) -> Path:  # fmt: skip
        return write_xlsx(tmp_path / name, [(sheet, rows), *more], at)

    return make


def answered(session: ImportSession, *codes: str) -> ImportSession:
    """The session with every open question (of these codes) answered by a reason."""
    for sheet in session.report().sheets:
        for question in sheet.questions:
            if not codes or question.code in codes:
                session.confirm(sheet.sheet, question.code, "核对过")
    return session


@pytest.fixture
def rules() -> Rules:
    return Rules.load()


@pytest.fixture
def intake(book: Book, rules: Rules) -> Intake:
    return Intake(book, rules)
