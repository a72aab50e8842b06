"""A sheet read once is read the same way the next month, with no question asked, however its columns moved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.workbench.intake.monthly import HEADINGS, LAW, MONTHLY, OWN, the
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialects import (
    Dialect,
    HeadingChoice,
    keys,
    learn,
    name_for,
    noted,
    recognise,
    remembered_header,
)
from workbench.intake.columns.mapping import match_columns
from workbench.intake.form.layout import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.rules.parameters import Rules


def sheet(*rows: Sequence[Any]) -> RawSheet:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet("客户清单", tuple(zip(*padded, strict=True)))


def read_with(
    names: Sequence[str], rules: Rules, before: Dialect | None = None, kind: Kind = "customers",
    changed: dict[str, ColumnMatch] | None = None, **more: Any,
) -> Dialect:  # fmt: skip
    """The dialect that a sheet of these headings leaves; `changed`: what a person decided, by heading."""
    made = sheet(["月报"], names, ["1"] * len(names))
    layout = Layout(1, tuple(names), ("月报",))
    found = match_columns(names, kind, catalogue(), rules, made, 2, before, [OWN])
    matches = [
        replace((changed or {}).get(match.header, match), index=match.index)
        for match in found
        if match.header
    ]
    return noted(made, layout, kind, matches, name="月报", before=before, **more)


def chosen(field: str | None) -> ColumnMatch:
    return ColumnMatch(0, "", field, "chosen", unit="")


# -- headings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "key"),
    [
        ("金融资产 余额(万元)", "金融资产余额"), ("2026年10月AUM", "某月AUM"), ("AUM_202610", "AUM某月"),
        ("AUM20261031", "AUM某月"), ("10月末资产", "某月资产"), ("近3月交易笔数", "近3月交易笔数"),
        ("3月日均", "3月日均"), ("", ""), ("13812345678", ""), ("张*", ""), ("622848****1234", ""),
    ],
)  # fmt: skip
def test_a_heading_is_known_without_its_unit_and_its_month_and_never_with_a_value(
    found: str, key: str
) -> None:
    assert keys([found]) == [key]


def test_of_months_beside_each_other_the_newest_is_first_wherever_it_stands() -> None:
    assert keys(["2026年9月AUM", "2026年10月AUM", "2025年12月AUM"]) == ["某月AUM#2", "某月AUM", "某月AUM#3"]
    assert keys(["2026年11月AUM", "2026年10月AUM"]) == ["某月AUM", "某月AUM#2"]


def test_equal_headings_are_told_apart_from_left_to_right() -> None:
    assert keys(["余额", "备注", "余额 ", "备注"]) == ["余额", "备注", "余额#2", "备注#2"]


@pytest.mark.parametrize(
    ("above", "sheet_name", "stem", "name"),
    [
        (["2026年10月个人客户资产月报"], "Sheet1", "x", "个人客户资产月报"),
        (["个人客户资产月报(2026年10月)  单位:元"], "客户清单", "x", "个人客户资产月报"),
        (["数据日期:2026-10-31  单位:元"], "客户清单", "x", "客户清单"),
        ([], "Sheet1", "客户清单_202610(1)", "客户清单"),
        ([], "工作表2", "20261031", "20261031"),
        (["某某支行 到期清单 2026年第三季度"], "Sheet1", "x", "某某支行 到期清单"),
    ],
)
def test_a_dialect_is_named_by_the_title_without_its_date(
    rules: Rules, above: list[str], sheet_name: str, stem: str, name: str
) -> None:
    assert name_for(above, sheet_name, stem, (), rules) == name
    assert name_for(above, sheet_name, stem, {name, f"{name}(2)"}, rules) == f"{name}(3)"


# -- recognising ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "new", "gone"),
    [
        (HEADINGS[::-1], (), ()),
        ([*HEADINGS, "积分", "权益"], ("权益", "积分"), ()),
        (HEADINGS[:8], (), ("序号", "级次")),
        ([*HEADINGS[:9], "编次"], ("编次",), ("序号",)),
        ([f"{name}(元)" for name in HEADINGS], (), ()),
    ],
)
def test_it_is_recognised_moved_added_to_shortened_and_renamed(
    rules: Rules, headings: list[str], new: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    found = recognise(headings, "customers", [MONTHLY], rules)
    assert found is not None
    assert (found.dialect, found.new, found.gone) == (MONTHLY, new, gone)


@pytest.mark.parametrize(
    "headings", [["客户号", "姓名"], HEADINGS[:3], ["客户号", "产品", "份额", "净值"], [], [""]]
)
def test_a_few_shared_headings_make_no_dialect(rules: Rules, headings: list[str]) -> None:
    assert recognise(headings, "customers", [MONTHLY], rules) is None


def test_the_most_alike_wins_and_the_title_decides_between_equals(rules: Rules) -> None:
    more = replace(MONTHLY, name="另一份", headings=MONTHLY.headings | {"积分"})
    same = replace(MONTHLY, name="同样的")
    found = recognise(HEADINGS, "customers", [more, MONTHLY], rules)
    titled = recognise(HEADINGS, "customers", [MONTHLY, same], rules, title="同样的")
    assert found is not None
    assert titled is not None
    assert (found.dialect.name, titled.dialect.name) == ("个人客户资产月报", "同样的")


def test_a_kind_that_a_person_chose_is_recognised_whatever_the_headings_say(rules: Rules) -> None:
    assert recognise(HEADINGS, "holdings", [MONTHLY], rules) is None
    assert recognise(HEADINGS, "none", [MONTHLY], rules) is not None
    assert recognise(HEADINGS, "holdings", [replace(MONTHLY, kind_chosen=True)], rules) is not None


@LAW
@given(
    order=st.permutations(HEADINGS),
    added=st.lists(st.text("积分权益标签等第", min_size=2, max_size=5), max_size=4, unique=True),
)
def test_shuffled_and_added_columns_are_read_the_same(order: list[str], added: list[str]) -> None:
    rules = Rules.load()
    names = [*order, *added]
    found = recognise(names, "customers", [MONTHLY], rules)
    assert found is not None
    usual = {
        m.header: (m.field, m.how, m.unit)
        for m in match_columns(HEADINGS, "customers", catalogue(), rules, dialect=MONTHLY)
    }
    shuffled = {
        m.header: (m.field, m.how, m.unit)
        for m in match_columns(names, "customers", catalogue(), rules, dialect=MONTHLY)
    }
    assert {header: shuffled[header] for header in HEADINGS} == usual
    assert read_with(order, rules, MONTHLY).columns == read_with(HEADINGS, rules, MONTHLY).columns


# -- a header that a person pointed at -----------------------------------------------------------------------------


def _pointed(rules: Rules, depth: int, *top: Sequence[Any]) -> Dialect:
    """The dialect of a sheet in whose header no word is known."""
    made = sheet(*top, ["甲", 1.0, 2.0])
    names = tuple(str(cell) or "列A" for cell in top[-1])
    matches = [replace(chosen("customer_no"), index=0, header=names[0])]
    return noted(
        made,
        Layout(len(top) - 1, names, (), depth),
        "customers",
        matches,
        name="手工表",
        pointed=True,
        kind_chosen=True,
    )


def test_a_header_pointed_at_once_is_found_where_it_stands_now(rules: Rules) -> None:
    dialect = _pointed(rules, 1, ["某表"], ["户", "钱", "时"])
    moved = sheet(["某表"], [], ["说明"], ["时", "户", "", "钱"], ["乙", 3.0, 4.0, 5.0])
    assert dialect.header_names == ("户", "时", "钱")
    assert remembered_header(moved, [MONTHLY, dialect], rules) == (3, 1)
    assert remembered_header(sheet(["客", "钱"], ["乙", 3.0]), [dialect], rules) is None
    assert remembered_header(moved, [MONTHLY], rules) is None


def test_a_header_pointed_at_stays_known_when_nobody_points_again(rules: Rules) -> None:
    pointed = replace(MONTHLY, header_names=("户", "时", "钱"), kind_chosen=True)
    told = read_with(HEADINGS, rules, pointed)
    assert (told.header_names, told.kind_chosen) == (("户", "时", "钱"), True)


def test_a_header_of_two_rows_is_found_by_both(rules: Rules) -> None:
    dialect = _pointed(rules, 2, ["", "钱", ""], ["户", "多", "少"])
    moved = sheet(["某表"], ["", "", "钱", ""], ["户", "", "多", "少"], ["乙", 0.0, 3.0, 4.0])
    assert remembered_header(moved, [dialect], rules) == (2, 2)


# -- learning ------------------------------------------------------------------------------------------------------


def test_what_was_chosen_is_remembered_and_what_was_not_decided_is_not(rules: Rules) -> None:
    told = read_with(HEADINGS, rules, changed={"口径资产": chosen("aum_balance"), "级次": chosen(None)})
    assert told.columns["口径资产"] == HeadingChoice("aum_balance")
    assert told.columns["级次"] == HeadingChoice()
    assert told.columns["客户号"] == HeadingChoice("customer_no")
    assert told.columns["网点备注"] == HeadingChoice(custom="custom.网点备注")
    assert "日均口径" not in told.columns
    assert told.headings == frozenset(keys(HEADINGS))


def test_the_second_month_asks_nothing_and_teaches_nothing_new(rules: Rules) -> None:
    first = read_with(
        HEADINGS, rules, changed={"口径资产": chosen("aum_balance"), "级次": chosen(None)}, unit="元"
    )
    found = match_columns(HEADINGS, "customers", catalogue(), rules, dialect=first, custom=(OWN,))
    assert {match.how for match in found} <= {"remembered", "unknown"}
    assert read_with(HEADINGS, rules, first) == first


def test_a_column_left_out_for_a_month_is_still_known_after_it(rules: Rules) -> None:
    without = read_with([name for name in HEADINGS if name != "口径资产"], rules, MONTHLY)
    assert without.columns["口径资产"] == HeadingChoice("aum_balance", "万元")
    assert "口径资产" not in without.headings


def test_a_field_fed_by_another_column_now_is_no_longer_fed_by_the_old_one(rules: Rules) -> None:
    names = [name if name != "口径资产" else "新口径" for name in HEADINGS]
    told = read_with(names, rules, MONTHLY, changed={"新口径": chosen("aum_balance")})
    assert told.columns["新口径"] == HeadingChoice("aum_balance")
    assert "口径资产" not in told.columns


def test_a_sheet_of_refused_rows_teaches_nothing(rules: Rules) -> None:
    assert read_with([*HEADINGS, "退回原因", "原行号"], rules, MONTHLY) is MONTHLY
    assert read_with(["客户号", "退回原因"], rules).headings == {"客户号"}


def test_an_ignored_column_stays_ignored(rules: Rules) -> None:
    assert read_with(HEADINGS, rules, MONTHLY).columns["序号"] == HeadingChoice(ignored=True)


def test_a_unit_once_said_is_kept_until_another_is(rules: Rules) -> None:
    assert read_with(HEADINGS, rules, MONTHLY).unit == "元"
    assert read_with(HEADINGS, rules, MONTHLY, unit="万元").unit == "万元"
    assert read_with(HEADINGS, rules).unit == ""


def test_learning_twice_writes_once(book: Book) -> None:
    with book.write("dialect", "x") as writer:
        assert learn(writer, MONTHLY)
    before = book.fingerprint()
    with book.write("dialect", "x") as writer:
        assert not learn(writer, replace(MONTHLY, columns=dict(reversed(list(MONTHLY.columns.items())))))
    assert book.fingerprint() == before
    with book.write("dialect", "x") as writer:
        assert learn(writer, replace(MONTHLY, unit="万元"))
        change = writer.change_id
    assert the(book)[0].unit == "万元"
    book.reverse(change)
    assert book.fingerprint() == before
    assert the(book) == (MONTHLY,)
