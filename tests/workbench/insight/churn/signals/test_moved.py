"""S1, work or home moved away: what changed and how far; a value never told cannot be judged (domain 4.3)."""

import datetime as dt

import pytest

from db.tables import touches
from tests.workbench.conftest import AS_OF, SmallBook
from tests.workbench.insight.churn.signals.lines import flow


@pytest.mark.parametrize(
    ("column", "before", "now", "severity"),
    [
        ("residence_city", "杭州", "成都", 3),
        ("employer", "甲公司", "乙公司", 2),
        ("payroll_employer", "甲公司", "乙公司", 2),
        ("residence_address", "文一路1号", "文二路2号", 1),
        ("branch", "西湖支行", "滨江支行", 1),
    ],
)
def test_s1_says_what_changed_and_how_far(
    small: SmallBook, column: str, before: str, now: str, severity: int
) -> None:
    small.months("1", {column: [before, before, now]}, aum_balance=300_000)
    found = small.verdict("1", "S1")
    assert found is not None
    assert found.severity == severity
    assert column == "residence_address" or (before in found.reason and now in found.reason)


def test_s1_a_value_that_came_back_is_no_change_and_one_always_null_cannot_be_judged(
    small: SmallBook,
) -> None:
    small.months("1", {"employer": ["甲", "甲", "乙", "甲"]}, aum_balance=300_000)
    small.months("2", {"employer": [None, None, None, "甲"]}, aum_balance=300_000)
    small.flat("3")
    assert small.severity("1", "S1") == 0
    assert not small.unknown("1", "S1")
    assert small.unknown("2", "S1")
    assert small.unknown("3", "S1")


@pytest.mark.parametrize(
    ("shares", "severity"),
    [([0.2, 0.7, 0.6], 2), ([0.2, 0.2, 0.9], 0), ([0.9, 0.9, 0.59], 0), ([0.9, None, 0.9], 0)],
)
def test_s1_most_transactions_were_made_out_of_town_two_months_running(
    small: SmallBook, shares: list[float | None], severity: int
) -> None:
    small.months("1", {"out_of_town_share": shares}, aum_balance=300_000)
    assert small.severity("1", "S1") == severity
    assert small.unknown("1", "S1") == (None in shares)
    if severity:
        assert small.verdict("1", "S1").reason == "截至2026-10-31:近2个月每月都有60%以上的交易笔数在外地。"


def test_s1_few_transactions_tell_no_place(small: SmallBook) -> None:
    small.months("1", {"out_of_town_share": [1.0, 1.0], "txn_count_1m": [9, 5]}, aum_balance=300_000)
    small.months("2", {"out_of_town_share": [1.0, 1.0], "txn_count_1m": [6, 6]}, aum_balance=300_000)
    assert (small.severity("1", "S1"), small.severity("2", "S1")) == (0, 2)
    assert not small.unknown("1", "S1")


def test_s1_the_same_from_the_transactions_where_no_list_tells_the_share(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no)
        for back in range(2):
            away = {"1": 7, "2": 5, "3": None, "4": 5}[no]
            flow(small, no, back, inflow_count=4, outflow_count=6, out_of_town_count=away)
    small.months("5", {"out_of_town_share": [0.1, 0.1]}, aum_balance=300_000)
    for back in range(2):
        flow(small, "5", back, inflow_count=4, outflow_count=6, out_of_town_count=9)
    assert [small.severity(no, "S1") for no in "12345"] == [2, 0, 0, 0, 0]
    assert [small.unknown(no, "S1") for no in "123"] == [False, False, True]
    assert "70%" in small.verdict("1", "S1").reason


@pytest.mark.parametrize(
    ("notes", "severity"),
    [
        (["", "客户说下月出国陪读"], 2), (["", "孩子大了,准备搬家"], 1), (["", "喜欢喝茶"], 0), (["", "客户不出国"], 0),
        (["2019年出国", "2019年出国,已回"], 0), (["准备搬家", "准备搬家,要出国"], 2),
    ],
)  # fmt: skip
def test_s1_a_note_of_the_list_says_that_the_customer_leaves(
    small: SmallBook, notes: list[str], severity: int
) -> None:
    small.months("1", {"note": notes}, aum_balance=300_000, branch="甲")
    assert small.severity("1", "S1") == severity
    if severity == 2:
        assert small.verdict("1", "S1").reason == "截至2026-10-31:客户备注提到“出国”。"


def test_s1_a_note_of_a_contact_counts_for_half_a_year(small: SmallBook) -> None:
    for no, days, note in (
        ("new", 20, "电话里说要调走"), ("near", 20, "最近换工作了"), ("old", 200, "说要调走"), ("other", 20, "问利率"),
        ("later", -1, "说要调走"),
    ):  # fmt: skip
        small.flat(no, branch="甲")
        date = (dt.date.fromisoformat(AS_OF) - dt.timedelta(days=days)).isoformat()
        with small.book.write("touch", "touch") as writer:
            row = {
                "date": date,
                "channel": "call",
                "result": "reached",
                "initiated_by": "manager",
                "note": note,
            }
            writer.insert(touches, [{"customer_id": small.ids[no], **row}])
    assert {no: small.severity(no, "S1") for no in ("new", "near", "old", "other", "later")} == {
        "new": 2, "near": 1, "old": 0, "other": 0, "later": 0
    }  # fmt: skip
    assert small.verdict("new", "S1").reason == "截至2026-10-31:2026-10-11的联系记录提到“调走”。"


def test_s1_a_note_without_such_a_word_tells_nothing(small: SmallBook) -> None:
    small.months("1", {"note": ["", "喜欢喝茶"]}, aum_balance=300_000)
    assert small.unknown("1", "S1")
