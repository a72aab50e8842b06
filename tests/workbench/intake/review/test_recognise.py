"""What a sheet says of itself: date and unit from the nearest source, columns without a name by their letter."""

from pathlib import Path
from typing import Any

import pytest

from tests.workbench.intake.monthly import HEADINGS, MONTHLY, OWN
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch
from workbench.intake.review.recognise import Knowledge, own_units, recognised
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

HEAD = ["客户号", "姓名", "AUM"]
ROW = ["0000000001", "甲", 1.0]


def sheet(*rows: list[Any], name: str = "清单", **more: Any) -> RawSheet:
    width = max(map(len, rows))
    return RawSheet(
        name, tuple(zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)), **more
    )


def state(made: RawSheet, rules: Rules, *, file: str = "x.xlsx", given: str | None = None, above: SheetState | None = None,
          **knowledge: Any) -> SheetState:  # fmt: skip
    return recognised(made, Path(file), given, Knowledge(catalogue(), rules, **knowledge), above)


@pytest.mark.parametrize(
    ("title", "column", "name", "file", "given", "expected"),
    [
        ("数据日期:2026-10-31", "20260930", "202608", "202607.xlsx", "2026-01-31", ("2026-01-31", "asked")),
        ("数据日期:2026-10-31", "20260930", "202608", "202607.xlsx", None, ("2026-10-31", "title")),
        ("月报", "20260930", "202608", "202607.xlsx", None, ("2026-09-30", "column")),
        ("月报", "", "202608", "202607.xlsx", None, ("2026-08-31", "sheet")),
        ("月报", "", "清单", "202607.xlsx", None, ("2026-07-31", "file")),
        ("月报", "", "清单", "x.xlsx", None, (None, "")),
        ("2026年11月到期客户", "", "清单", "202610.xlsx", None, ("2026-10-31", "file")),
        ("2026年11月到期客户", "", "清单", "x.xlsx", None, ("2026-11-30", "title")),
    ],
)
def test_the_date_comes_from_the_nearest_source(
    rules: Rules,
    title: str,
    column: str,
    name: str,
    file: str,
    given: str | None,
    expected: tuple[str | None, str],
) -> None:
    made = state(
        sheet([title], [*HEAD, "数据日期"], [*ROW, column], name=name), rules, file=file, given=given
    )
    assert (made.as_of, made.date_from) == expected


def test_a_unit_on_the_sheet_goes_before_the_one_of_the_dialect(rules: Rules) -> None:
    learnt = [HEADINGS, [""] * len(HEADINGS)]
    remembered = state(sheet(*learnt), rules, dialects=(MONTHLY,), custom=(OWN,))
    assert (remembered.unit, remembered.unit_named, remembered.dialect) == ("元", False, MONTHLY.name)
    noted = state(sheet(["单位:千元"], *learnt), rules, dialects=(MONTHLY,), custom=(OWN,))
    assert (noted.unit, noted.unit_named) == ("千元", True)
    bare = state(sheet(HEAD, ROW), rules)
    assert (bare.unit, bare.unit_named, bare.dialect) == ("元", False, "")


def test_the_title_of_the_first_block_holds_for_the_blocks_below(rules: Rules) -> None:
    first = state(sheet(["数据日期:2026-10-31", "单位:万元"], HEAD, ROW), rules)
    second = state(sheet(HEAD, ROW), rules, file="202607.xlsx", above=first)
    assert (second.as_of, second.date_from, second.unit, second.unit_named) == (
        "2026-10-31",
        "title",
        "万元",
        True,
    )
    own = state(sheet(["数据日期:2026-09-30"], HEAD, ROW), rules, above=first)
    assert own.as_of == "2026-09-30"


def test_a_column_without_a_heading_goes_by_its_letter_when_it_holds_anything(rules: Rules) -> None:
    made = state(sheet([*HEAD, "", ""], [*ROW, "", 5.0], first_column=25), rules)
    assert [match.header for match in made.matches] == [*HEAD, "列AC"]
    assert [match.letter for match in made.matches] == ["Y", "Z", "AA", "AC"]


def test_a_sheet_without_two_texts_in_a_row_has_no_header(rules: Rules) -> None:
    made = state(sheet(["只有一句话"], [1.0]), rules)
    assert (made.layout, made.kind, made.matches) == (None, "none", [])


def test_a_unit_chosen_for_the_sheet_leaves_only_what_headings_name() -> None:
    columns = [
        ColumnMatch(0, "AUM(千元)", "aum_balance", "exact", unit="万元"),
        ColumnMatch(1, "存款", None, "exact", unit="亿元"),
    ]
    assert [one.unit for one in own_units(columns)] == ["千元", ""]
