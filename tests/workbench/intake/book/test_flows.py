"""Transactions become one line per customer and day: sums that any loop over the rows would give, and nothing guessed."""

import json
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.laws import law
from tests.workbench.intake.sheets import checked, lines, take
from workbench.intake.book.flows import Days, daily
from workbench.rules.parameters import Rules

HEADER = ["客户号", "户名", "交易日期", "借贷标志", "交易金额", "对手户名", "对手行", "摘要", "渠道"]
ONE = "00000001"


def _row(
    way: str, amount: Any, other: str = "", bank: str = "", summary: str = "货款", channel: str = "",
    *, date: str = "2026-10-02", number: str = ONE, name: str = "张三",
) -> list[Any]:  # fmt: skip
    return [number, name, date, way, amount, other, bank, summary, channel]


def _days(rows: list[list[Any]], rules: Rules, header: list[str] = HEADER) -> Days:
    return daily(checked([header, *rows], rules), {ONE: "张三"}, rules)


def _only(rows: list[list[Any]], rules: Rules, header: list[str] = HEADER) -> dict[str, Any]:
    """The features of the one day that the rows are about."""
    days = _days(rows, rules, header)
    assert len(days.keys) == 1
    return {name: values[0] for name, values in days.columns.items()}


# -- which way the money went ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "went"),
    [("贷", "借"), ("收", "支"), ("转入", "转出"), ("C", "D"), ("+", "-"), ("收入", "支出"), ("贷方", "借方"),
     ("入账", "出账"), ("存入", "支取")],
)  # fmt: skip
def test_the_direction_is_read_from_its_words(came: str, went: str, rules: Rules) -> None:
    day = _only([_row(came, 7.0), _row(went, 5.0), _row(went, 1.5)], rules)
    assert (day["inflow"], day["outflow"], day["inflow_count"], day["outflow_count"]) == (700, 650, 1, 2)
    assert (day["largest_inflow"], day["largest_outflow"], day["rows"]) == (700, 500, 3)


def test_two_amount_columns_say_the_direction(rules: Rules) -> None:
    header = ["客户号", "交易日期", "收入金额", "支出金额"]
    rows = [[ONE, "2026-10-02", 7.0, ""], [ONE, "2026-10-02", 0.0, 5.0], [ONE, "2026-10-02", "", 1.0]]
    day = _only(rows, rules, header)
    assert (day["inflow"], day["outflow"], day["outflow_count"]) == (700, 600, 2)
    refused = checked([header, [ONE, "2026-10-02", 7.0, 5.0], [ONE, "2026-10-02", "", ""]], rules)
    assert [problem.code for problem in refused.problems.listed()] == [
        "summed_by_day", "direction_unknown", "missing_field"
    ]  # fmt: skip


def test_the_sign_says_the_direction_only_where_both_signs_occur(rules: Rules) -> None:
    header = ["客户号", "交易日期", "交易金额", "摘要"]
    both = [[ONE, "2026-10-02", 7.0, "工资"], [ONE, "2026-10-02", -5.0, "货款"]]
    day = _only(both, rules, header)
    assert (day["inflow"], day["outflow"]) == (700, 500)
    plus = checked([header, [ONE, "2026-10-02", 7.0, "工资"], [ONE, "2026-10-02", 5.0, "货款"]], rules)
    assert (plus.keys, plus.refused) == ([], 2)
    assert {problem.code for problem in plus.problems.listed()} == {"summed_by_day", "direction_unknown"}


def test_a_row_whose_direction_nobody_tells_is_refused(rules: Rules) -> None:
    taken = checked([HEADER, _row("?", 5.0), _row("", 5.0), _row("借", ""), _row("借", 5.0)], rules)
    assert (len(taken.keys), taken.refused) == (1, 3)
    problems = [
        (problem.row, problem.code) for problem in taken.problems.listed() if problem.level == "refuse"
    ]
    assert problems == [(2, "direction_unknown"), (3, "direction_unknown"), (4, "missing_field")]


# -- features --------------------------------------------------------------------------------------------------


def test_interest_fees_and_automatic_debits_are_not_the_customers_doing(rules: Rules) -> None:
    rows = [_row("贷", 5.0, summary="结息"), _row("借", 2.0, summary="短信费"), _row("借", 3.0, summary="代扣水费"),
            _row("借", 4.0, summary="货款")]  # fmt: skip
    assert _only(rows, rules)["active_count"] == 1
    assert _only([*rows, _row("借", 4.0, summary="")], rules)["active_count"] is None


def test_third_party_payments_are_recognised_by_party_summary_or_channel(rules: Rules) -> None:
    rows = [_row("借", 5.0, "支付宝(中国)网络技术有限公司"), _row("借", 2.0, summary="财付通-微信支付"),
            _row("借", 1.0, channel="快捷支付"), _row("借", 4.0, "王五"), _row("贷", 9.0, "支付宝")]  # fmt: skip
    day = _only(rows, rules)
    assert (day["third_party_outflow"], day["third_party_count"]) == (800, 3)


def test_money_to_another_bank_is_known_only_when_the_bank_is(rules: Rules) -> None:
    sure = [
        _row("借", 5.0, "王五", "他行"),
        _row("借", 2.0, "赵六", "本行"),
        _row("借", 1.0),
        _row("贷", 3.0, "a", "某银行"),
    ]
    assert _only(sure, rules)["interbank_outflow"] == 500
    named = [*sure, _row("借", 4.0, "王五", "春风银行股份有限公司")]
    assert _only(named, rules)["interbank_outflow"] is None
    paid = [*sure, _row("借", 4.0, "支付宝", "网联清算有限公司")]
    assert _only(paid, rules)["interbank_outflow"] == 500
    ours = Rules.load(overrides={"intake.own_bank_names": ["春风银行"]})
    assert _only(named, ours)["interbank_outflow"] == 500
    assert _only([*named, _row("借", 8.0, "王五", "秋水银行")], ours)["interbank_outflow"] == 1300


def test_a_transfer_to_oneself_elsewhere_is_recognised_by_name_and_bank(rules: Rules) -> None:
    rows = [_row("借", 5.0, "张三", "他行"), _row("借", 2.0, "张三", "本行"), _row("借", 1.0, "王五", "他行"),
            _row("借", 3.0, "本人", "他行")]  # fmt: skip
    day = _only(rows, rules)
    assert day["same_name_outflow"] == 800
    assert json.loads(day["counterparties"]) == {"same_name": 800}
    assert _only([*rows, _row("借", 3.0, "张*", "他行")], rules)["same_name_outflow"] is None
    assert _only([*rows, _row("借", 3.0, "王*", "他行")], rules)["same_name_outflow"] == 800
    assert _only([*rows, _row("借", 3.0, "张三", "某银行")], rules)["same_name_outflow"] is None


def test_outflow_is_sorted_by_what_the_counterparty_is(rules: Rules) -> None:
    rows = [_row("借", 5.0, "第一医院"), _row("借", 2.0, summary="学费"), _row("借", 3.0, "春风证券"),
            _row("借", 1.0, "青山人寿"), _row("借", 4.0, "绿城房地产"), _row("借", 6.0, "美团"), _row("借", 7.0, "王五"),
            _row("贷", 8.0, "第一医院")]  # fmt: skip
    assert json.loads(_only(rows, rules)["counterparties"]) == {
        "hospital": 500, "insurance": 100, "internet": 600, "property": 400, "school": 200, "securities": 300
    }  # fmt: skip
    assert _only([_row("借", 7.0, "王五")], rules)["counterparties"] == "{}"


def test_what_the_sheet_has_no_column_for_cannot_be_known(rules: Rules) -> None:
    day = _only([[ONE, "2026-10-02", "借", 5.0]], rules, ["客户号", "交易日期", "借贷标志", "交易金额"])
    untold = {name for name, value in day.items() if value is None}
    assert untold == {
        "active_count", "interbank_outflow", "same_name_outflow", "third_party_outflow", "third_party_count",
        "out_of_town_count", "counterparties",
    }  # fmt: skip


# -- reversals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "back",
    [_row("借", -5.0), _row("贷", 5.0, summary="冲正"), _row("借", -5.0, summary="红字冲销")],
    ids=["negative", "opposite", "red"],
)
def test_a_reversal_and_its_original_net_out(back: list[Any], rules: Rules) -> None:
    day = _only([_row("借", 5.0), _row("借", 2.0), _row("借", 5.0), back], rules)
    assert (day["outflow"], day["outflow_count"], day["largest_outflow"]) == (700, 2, 500)
    assert (day["inflow"], day["inflow_count"], day["rows"]) == (0, 0, 4)
    day = _only([_row("借", 5.0), _row("借", 2.0), back], rules)
    assert (day["outflow"], day["outflow_count"], day["largest_outflow"]) == (200, 1, 200)


def test_a_reversal_of_another_day_reaches_back_but_not_ahead(rules: Rules) -> None:
    back = _row("借", -5.0, date="2026-10-03")
    days = _days([_row("借", 5.0), back], rules)
    assert (days.dates, days.columns["outflow"]) == (["2026-10-02", "2026-10-03"], [0, 0])
    days = _days([_row("借", 5.0, date="2026-10-04"), back], rules)
    assert dict(zip(days.dates, days.columns["outflow"], strict=True)) == {
        "2026-10-04": 500,
        "2026-10-03": -500,
    }


# -- into the book ---------------------------------------------------------------------------------------------


@pytest.fixture
def known(book: Book, rules: Rules) -> Book:
    take(book, [["客户号", "客户姓名", "AUM余额"], [ONE, "张三", 10.0]], rules)
    return book


def test_a_day_replaces_itself_and_a_blank_feature_never_overwrites(known: Book, rules: Rules) -> None:
    rows = [_row("借", 5.0, "支付宝"), _row("借", 2.0), _row("贷", 9.0, date="2026-10-05")]
    assert take(known, [HEADER, *rows], rules).counts == (3, 0, 0, 0)
    assert take(known, [HEADER, *reversed(rows)], rules).counts == (0, 0, 3, 0)
    bare = [
        ["客户号", "交易日期", "借贷标志", "交易金额"],
        *([row[0], row[2], row[3], row[4]] for row in rows),
    ]
    assert take(known, bare, rules).counts == (0, 0, 3, 0)
    taken = take(known, [HEADER, *rows[:2], _row("借", 1.0), _row("借", 1.0, number="00000009")], rules)
    assert taken.counts == (0, 3, 0, 1)
    stored = {change.field: (change.name, change.old, change.new) for change in taken.diff.changes}
    assert stored["flow_outflow"] == ("2026-10-02", "7.00", "8.00")
    assert lines(known, "flows", "date", "month", "outflow", "third_party_outflow", "rows", "source_row") == [
        ("2026-10-02", "2026-10", 800, 500, 3, 2), ("2026-10-05", "2026-10", 0, 0, 1, 4)
    ]  # fmt: skip


def test_counterparties_that_changed_are_shown_in_words(known: Book, rules: Rules) -> None:
    take(known, [HEADER, _row("借", 5.0, "第一医院")], rules)
    taken = take(known, [HEADER, _row("借", 5.0, "第一小学")], rules)
    assert [(change.old, change.new) for change in taken.diff.changes] == [("医院 5.00", "学校 5.00")]


plain_row = st.builds(
    _row, st.sampled_from(["借", "贷"]), st.integers(1, 9).map(float), st.sampled_from(["", "支付宝", "王五"]),
    summary=st.sampled_from(["货款", "利息"]), date=st.sampled_from(["2026-10-02", "2026-10-03"]),
    number=st.sampled_from([ONE, "00000002"]),
)  # fmt: skip


@law(examples=200)
@given(rows=st.lists(plain_row, min_size=1, max_size=20))
def test_the_sums_are_those_of_a_plain_loop(rows: list[list[Any]]) -> None:
    rules = Rules.load()
    expected: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, _name, date, way, amount, other, _bank, summary, _channel in rows:
        day, fen = expected[number, date], int(amount * 100)
        side = "inflow" if way == "贷" else "outflow"
        day[side] += fen
        day[side + "_count"] += 1
        day["largest_" + side] = max(day["largest_" + side], fen)
        day["active_count"] += summary != "利息"
        day["third_party_outflow"] += fen * (way == "借" and other == "支付宝")
        day["rows"] += 1
    days = _days(rows, rules)
    taken = {
        key: {name: values[n] for name, values in days.columns.items()}
        for n, key in enumerate(zip(days.keys, days.dates, strict=True))
    }
    assert set(taken) == set(expected)
    for key, sums in expected.items():
        assert {name: taken[key][name] for name in sums} == dict(sums)
