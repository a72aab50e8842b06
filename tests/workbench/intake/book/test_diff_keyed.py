"""A small sheet of events enters by their titles; a later sheet changes them, and a scope in words becomes a code."""

import pytest

from db.engine import Book
from tests.workbench.intake.sheets import lines, seen_as, take
from workbench.rules.parameters import Rules

EVENTS = ["标题", "范围", "对象", "开始日期", "天数"]
COLUMNS = ("title", "scope", "target", "start", "days")


def test_events_are_recognised_entered_and_changed_by_their_title(book: Book, rules: Rules) -> None:
    first = [
        ["系统故障被报道", "全行", "", "2026-10-01", ""],
        ["网点停业", "支行", "西湖支行、南湖支行", "2026-10-05", 30],
        ["净值大跌", "产品", "甲理财", "2026/10/08", 0],
    ]
    assert seen_as([EVENTS, *first], rules) == "events"
    assert take(book, [EVENTS, *first], rules, as_of=None).counts == (3, 0, 0, 0)
    assert lines(book, "adverse_events", *COLUMNS) == [
        ("系统故障被报道", "bank", None, "2026-10-01", None),
        ("网点停业", "branch", "西湖支行、南湖支行", "2026-10-05", 30),
        ("净值大跌", "product", "甲理财", "2026-10-08", None),
    ]
    later = [first[0], ["网点停业", "支行", "西湖支行", "2026-10-05", 90]]
    taken = take(book, [EVENTS, *later], rules, as_of=None)
    assert taken.counts == (0, 1, 1, 0)
    assert [(one.field, one.old, one.new) for one in taken.diff.changes] == [
        ("event_target", "西湖支行、南湖支行", "西湖支行"), ("event_days", "30", "90")
    ]  # fmt: skip
    assert lines(book, "adverse_events", *COLUMNS)[1] == ("网点停业", "branch", "西湖支行", "2026-10-05", 90)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "全行", "", "2026-10-01", ""], "missing_event_title"),
        (["传闻", "宇宙", "", "2026-10-01", ""], "unknown_scope"),
        (["传闻", "", "", "2026-10-01", ""], "missing_field"),
        (["传闻", "产品", "", "2026-10-01", ""], "missing_target"),
        (["传闻", "全行", "", "", ""], "missing_field"),
    ],
)
def test_a_row_that_is_no_event_is_refused_with_its_reason(
    book: Book, rules: Rules, row: list[str], code: str
) -> None:
    taken = take(book, [EVENTS, ["真事", "全行", "", "2026-10-01", ""], row], rules, as_of=None)
    assert (taken.counts, code in taken.codes()) == ((1, 0, 0, 1), True)


def test_one_title_twice_is_refused_with_the_way_to_write_it(book: Book, rules: Rules) -> None:
    rows = [EVENTS, *(["停业", "机构", name, "2026-10-01", ""] for name in ("甲支行", "乙支行"))]
    taken = take(book, rows, rules, as_of=None)
    assert (taken.counts, taken.codes().count("duplicate_event")) == ((0, 0, 0, 2), 2)
