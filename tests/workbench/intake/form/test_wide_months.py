"""Months side by side become one list a month; what only looks like months stays one list."""

from typing import Any

import pytest

from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.header import find_header
from workbench.intake.form.wide_months import MonthPart, months_beside
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

PEOPLE = [("0010000001", "张伟岚"), ("0010000002", "李思远"), ("0010000003", "王嘉禾")]


def _sheet(header: list[list[Any]], figures: list[Any]) -> RawSheet:
    rows = [*header, *[[*one, *figures] for one in PEOPLE]]
    return RawSheet("清单", tuple(zip(*rows, strict=True)))


def _parts(rules: Rules, sheet: RawSheet, base: str | None, *texts: str) -> tuple[MonthPart, ...]:
    layout = find_header(sheet, catalogue(), rules)
    assert layout is not None
    return months_beside(sheet, layout, base, texts, catalogue(), rules)


def _told(part: MonthPart) -> dict[str, Any]:
    """Heading -> value of the first person, of columns that hold something."""
    last = part.sheet.height - len(PEOPLE)
    return {
        str(next(cell for cell in reversed(column[:last]) if cell)): column[last]
        for column in part.sheet.columns
        if column[last] is not None
    }


@pytest.mark.parametrize(
    "form",
    [
        "{m}月AUM", "{m}月末AUM余额(元)", "AUM_2026{m:02d}", "2026年{m}月AUM月日均", "AUM({m}月)", "2026-{m:02d} AUM",
        "AUM{m}月", "{m}月日均AUM", "2026{m:02d}AUM",
    ],
)  # fmt: skip
def test_twelve_months_side_by_side_are_twelve_lists(rules: Rules, form: str) -> None:
    header = [["客户号", "客户姓名", *[form.format(m=m) for m in range(1, 13)]]]
    parts = _parts(rules, _sheet(header, [1000 * m for m in range(1, 13)]), None, "2026年客户资产")
    assert [part.as_of[:7] for part in parts if part.as_of] == [f"2026-{m:02d}" for m in range(1, 13)]
    for number, part in enumerate(parts, 1):
        *_person, (name, value) = _told(part).items()
        assert value == 1000 * number
        match = catalogue().find(name, "customers")
        assert match is not None
        assert match[0].key.startswith("aum_")


def test_months_as_groups_over_their_columns_are_parted(rules: Rules) -> None:
    upper = ["客户号", "客户姓名", "2026年9月", None, "2026年10月", None]
    lower = [None, None, "AUM月日均", "存款余额", "AUM月日均", "存款余额"]
    sheet = _sheet([upper, lower], [1, 2, 3, 4])
    merged = RawSheet(
        sheet.name, sheet.columns, merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5))
    )
    for one in (sheet, merged):
        september, october = _parts(rules, one, "2026-10-30")
        assert (september.as_of, october.as_of) == ("2026-09-30", "2026-10-30")
        assert [*_told(september).values()][2:] == [1, 2]
        assert [*_told(october).values()][2:] == [3, 4]


def test_months_that_run_over_the_new_year_end_with_the_files_month(rules: Rules) -> None:
    months = [11, 12, 1, 2]
    for order in (months, months[::-1]):
        header = [["客户号", "客户姓名", *[f"{m}月AUM" for m in order]]]
        parts = _parts(rules, _sheet(header, [10 * m for m in order]), "2026-02-28")
        assert [part.as_of for part in parts] == ["2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
        assert [[*_told(part).values()][2] for part in parts] == [110, 120, 10, 20]


def test_months_not_come_yet_are_left_out_and_a_later_one_is_asked_about(rules: Rules) -> None:
    header = [["客户号", "客户姓名", *[f"{m}月AUM" for m in range(1, 13)]]]
    soon = [*[1000 + m for m in range(1, 11)], None, None]
    assert len(_parts(rules, _sheet(header, soon), "2026-10-31")) == 10
    whole = _parts(rules, _sheet(header, [1000 + m for m in range(1, 13)]), "2026-10-31")
    assert [part.as_of for part in whole] == [None] * 12


def test_who_has_no_figure_in_a_month_is_no_row_of_it(rules: Rules) -> None:
    columns = (("客户号", "0010000001", "0010000002"), ("9月AUM", 1, None), ("10月AUM", 2, 3))
    september, _october = _parts(rules, RawSheet("清单", columns), "2026-10-31")
    assert [row for row in range(1, 3) if any(september.sheet.row(row))] == [1]


@pytest.mark.parametrize(
    "header",
    [
        ["客户号", "客户姓名", "近1月交易笔数", "近3月交易笔数"], ["客户号", "客户姓名", "上月AUM", "本月AUM"],
        ["客户号", "客户姓名", "AUM", "10月AUM"], ["客户号", "客户姓名", "3月AUM", "6月AUM"],
        ["客户号", "客户姓名", "9月活动", "10月活动"], ["客户号", "客户姓名", "2025年10月AUM", "2026年10月AUM"],
        ["产品", "名称", "9月AUM", "10月AUM"],
    ],
)  # fmt: skip
def test_columns_that_are_no_months_of_one_figure_stay_together(rules: Rules, header: list[str]) -> None:
    assert _parts(rules, _sheet([header], [1, 2]), "2026-10-31") == ()


def test_months_under_the_name_of_their_figure_are_parted(rules: Rules) -> None:
    upper = ["客户号", "客户姓名", "AUM月日均", *[None] * 9]
    lower = [None, None, *[f"{m}月" for m in range(1, 11)]]
    sheet = _sheet([upper, lower], [1000 * m for m in range(1, 11)])
    merged = RawSheet(sheet.name, sheet.columns, merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 11)))
    parts = _parts(rules, merged, "2026-10-31")
    assert [part.as_of for part in parts][::9] == ["2026-01-31", "2026-10-31"]
    assert [_told(part).get("AUM月日均") for part in parts] == [1000 * m for m in range(1, 11)]
