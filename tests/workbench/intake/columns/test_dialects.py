"""A sheet read once is recognised the next month, however its columns moved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.workbench.intake.monthly import HEADINGS, LAW, MONTHLY, chosen, made_of, read_with, the
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialects import Dialect, learn, recognise, remembered_header
from workbench.intake.columns.learning import SheetFacts, noted
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.form.layout import Layout
from workbench.rules.parameters import Rules

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
    match = recognise(headings, "customers", [MONTHLY], rules)
    assert match is not None
    assert (match.dialect, match.new, match.gone) == (MONTHLY, new, gone)


@pytest.mark.parametrize(
    "headings", [["客户号", "姓名"], HEADINGS[:3], ["客户号", "产品", "份额", "净值"], [], [""]]
)
def test_a_few_shared_headings_make_no_dialect(rules: Rules, headings: list[str]) -> None:
    assert recognise(headings, "customers", [MONTHLY], rules) is None


def test_the_most_alike_wins_and_the_title_decides_between_equals(rules: Rules) -> None:
    more = replace(MONTHLY, name="另一份", headings=MONTHLY.headings | {"积分"})
    same = replace(MONTHLY, name="同样的")
    match = recognise(HEADINGS, "customers", [more, MONTHLY], rules)
    titled = recognise(HEADINGS, "customers", [MONTHLY, same], rules, title="同样的")
    assert match is not None
    assert titled is not None
    assert (match.dialect.name, titled.dialect.name) == ("个人客户资产月报", "同样的")


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
    match = recognise(names, "customers", [MONTHLY], rules)
    assert match is not None
    usual = {
        m.header: (m.field, m.how, m.unit)
        for m in match_columns(HEADINGS, "customers", catalogue(), rules, memory=Memory(MONTHLY))
    }
    shuffled = {
        m.header: (m.field, m.how, m.unit)
        for m in match_columns(names, "customers", catalogue(), rules, memory=Memory(MONTHLY))
    }
    assert {header: shuffled[header] for header in HEADINGS} == usual
    assert read_with(order, rules, MONTHLY).columns == read_with(HEADINGS, rules, MONTHLY).columns


# -- a header that a person pointed at -----------------------------------------------------------------------------


def _pointed(rules: Rules, depth: int, *top: Sequence[Any]) -> Dialect:
    """The dialect of a sheet in whose header no word is known."""
    made = made_of(*top, ["甲", 1.0, 2.0])
    names = tuple(str(cell) or "列A" for cell in top[-1])
    matches = [replace(chosen("customer_no"), index=0, header=names[0])]
    layout = Layout(len(top) - 1, names, (), depth)
    return noted(made, layout, "customers", matches, SheetFacts("手工表", pointed=True, kind_chosen=True))


def test_a_header_pointed_at_once_is_recognised_where_it_stands_now(rules: Rules) -> None:
    dialect = _pointed(rules, 1, ["某表"], ["户", "钱", "时"])
    moved = made_of(["某表"], [], ["说明"], ["时", "户", "", "钱"], ["乙", 3.0, 4.0, 5.0])
    assert dialect.header_names == ("户", "时", "钱")
    assert remembered_header(moved, [MONTHLY, dialect], rules) == (3, 1)
    assert remembered_header(made_of(["客", "钱"], ["乙", 3.0]), [dialect], rules) is None
    assert remembered_header(moved, [MONTHLY], rules) is None


def test_a_header_pointed_at_stays_known_when_nobody_points_again(rules: Rules) -> None:
    pointed = replace(MONTHLY, header_names=("户", "时", "钱"), kind_chosen=True)
    dialect = read_with(HEADINGS, rules, pointed)
    assert (dialect.header_names, dialect.kind_chosen) == (("户", "时", "钱"), True)


def test_a_header_of_two_rows_is_recognised_by_both(rules: Rules) -> None:
    dialect = _pointed(rules, 2, ["", "钱", ""], ["户", "多", "少"])
    moved = made_of(["某表"], ["", "", "钱", ""], ["户", "", "多", "少"], ["乙", 0.0, 3.0, 4.0])
    assert remembered_header(moved, [dialect], rules) == (2, 2)


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
