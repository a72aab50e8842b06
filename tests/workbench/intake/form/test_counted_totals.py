"""A total with a count where a customer's number would stand is a total; a person with a name like one is a person."""

from functools import cache
from itertools import product
from typing import Any

import pytest

from tests.conftest import SHARED_DATA
from tests.workbench.intake.form.test_header import sheet_of
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.header import find_header
from workbench.intake.form.rows import Rows, sort_rows
from workbench.intake.room import Intake
from workbench.rules.parameters import Rules

HEADER = ["归属支行", "管户经理", "客户号", "客户姓名", "手机号", "AUM月日均"]
KEY = 2
PEOPLE: list[list[Any]] = [
    ["城东支行", "王芳", f"00100000{n:02d}", f"张{sign}岚", f"138000010{n:02d}", 100.0 + n]
    for n, sign in enumerate("伟思嘉明多立", 1)
]
PLACES = {"above": 0, "in the middle": 3, "at the end": 6}


@cache
def _rules() -> Rules:
    return Rules.load()


def _sorted(rows: list[list[Any]], header: list[str] = HEADER, key: int = KEY) -> Rows:
    rules = _rules()
    sheet = sheet_of([["个人客户资产月报"], header, *rows])
    layout = find_header(sheet, catalogue(), rules)
    assert layout is not None
    assert layout.header == 1
    return sort_rows(sheet, layout, key, rules)


def _with(row: list[Any], place: str) -> list[list[Any]]:
    at = PLACES[place]
    return [*PEOPLE[:at], row, *PEOPLE[at:]]


@pytest.mark.parametrize(
    "label",
    [
        "全行合计",
        "支行小计",
        "城东支行合计",
        "合 计",
        "合\u3000计",
        "合计(6户)",
        "总计",
        "本行汇总",
        "共计",
        "本月累计",
        "合计:",
        "小计",
    ],
)
def test_a_label_and_a_count_are_a_total_wherever_they_stand(label: str) -> None:
    counts: list[Any] = ["6", 6, 6.0, "3", "14183", " 6 "]
    for column, count, place in product((0, 1, 3), counts, PLACES):
        row: list[Any] = ["", "", count, "", "", 621.0]
        row[column] = label
        rows = _sorted(_with(row, place))
        assert rows.role(PLACES[place] + 2) in ("total", "subtotal")
        assert len(rows.data) == 6


def test_other_texts_and_dashes_beside_the_label_do_not_make_a_person() -> None:
    rows = [
        ["城东支行", "小计", "3", "-", "—", 303.0],
        ["城东支行", "王芳", 6, "王芳名下客户合计", None, 621.0],
        ["中国某某银行股份有限公司城东支行合计", "", "6", "", "/", 621.0],
    ]
    for row, place in product(rows, PLACES):
        assert len(_sorted(_with(row, place)).data) == 6


@pytest.mark.parametrize(
    "row",
    [
        ["城东支行", "王芳", "0010000077", "何小计", "13800001077", 900.0],  # a full number and a phone
        ["城东支行", "王芳", "0010000077", "何小计", "", 900.0],
        ["城东支行", "王芳", "0010000077", "合计", "", 900.0],
        ["城东支行", "王芳", "77", "何小计", "13800001077", 900.0],  # zeros lost, but a phone
        ["城东支行", "王芳", "77", "何小计", "", 900.0],  # a name like a label, and no count of anything
        ["城东支行", "王芳", "77", "计合", "", 900.0],
        ["城东合计", "王芳", "77", "赵明德", "", 900.0],  # a name beside the label
        ["城东支行", "汇总", "0010000077", "", "", 900.0],  # a whole number of a customer
        ["城东支行", "王芳", "77", "合计有限公司张三", "138****1077", 900.0],
    ],
)
def test_a_person_is_never_taken_for_a_total(row: list[Any]) -> None:
    for place in PLACES:
        rows = _sorted(_with(row, place))
        assert (len(rows.data), rows.totals, rows.subtotals) == (7, [], [])


def test_short_numbers_are_distinguished_from_counts_by_what_they_count() -> None:
    people = [["城东", f"{n}", f"客户{n}", 1.0] for n in range(11, 19)]
    header = ["归属支行", "客户号", "客户姓名", "AUM月日均"]
    rows = _sorted([*people[:4], ["小计", "4", "", 4.0], *people[4:], ["合计", "8", "", 8.0]], header, 1)
    assert (len(rows.data), rows.subtotals, rows.totals) == (8, [6], [11])
    # of the same length as the numbers, and the count of nothing: in doubt nobody is lost
    assert len(_sorted([*people, ["汇总", "77", "", 9.5]], header, 1).data) == 9
    assert len(_sorted([*people[:7], *people[:4], ["合计", "11", "", 8.0]], header, 1).data) == 11


def test_groups_of_one_and_a_grand_total() -> None:
    rows = [one for person in PEOPLE for one in (person, ["支行小计", "", 1, "", "", 1.0])]
    roles = _sorted([*rows, ["全行合计", "", 6, "", "", 621.0]])
    assert (len(roles.data), len(roles.subtotals), roles.totals) == (6, 6, [14])


def test_a_running_total_is_held_against_nothing() -> None:
    rows = [*PEOPLE, ["本月合计", "", "6", "", "", 621.0], ["本年累计", "", "6", "", "", 99999.0]]
    roles = _sorted(rows)
    assert (roles.totals, roles.role(9)) == ([8], "total")
    rows[-2:] = [["", "本月合计", "", "", "", 621.0], ["", "本年累计", "", "", "", 99999.0]]
    roles = _sorted(rows)
    assert (roles.totals, roles.role(9)) == ([8], "total")


@pytest.mark.parametrize("place", ["1_total_top", "4_total_mid", "8_total_bottom"])
def test_the_cases(intake: Intake, place: str) -> None:
    path = SHARED_DATA / "cases" / f"x23_{place}_20261031.xlsx"
    if not path.exists():
        pytest.skip("shared/data/cases is not here")
    (sheet,) = intake.read(path).commit().sheets
    assert (sheet.rows, sheet.new, sheet.not_data["total"]) == (6, 6, 1)
    assert [(total.sheet_total, total.matches) for total in sheet.totals] == [(615.0, True)]
