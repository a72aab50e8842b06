"""Corrections by hand: the machine's value stays beside them, they need a reason and come to an end."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Term, Vocabulary
from workbench.people.corrections import Corrections, in_force
from workbench.rules.parameters import Rules

TERMS = (
    Term("customer_no", "客户号", "text"),
    Term("occupation", "职业", "text"),
    Term("phone", "手机号", "text"),
    Term("birth_date", "出生日期", "date"),
    Term("monthly_income", "月收入", "money"),
    Term("age", "年龄", "count", unit="岁"),
    Term("kyc", "KYC完整度", "ratio"),
    Term("is_payroll", "代发", "flag"),
    Term("light", "流失灯", "enum", 3, "measure", values=(("none", "无灯"), ("red", "红灯"))),
)


class MachineSays:
    """Stands in for the engine: the words of the language, and what it computed of everybody."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def vocabulary(self, _conn: object) -> Vocabulary:
        return Vocabulary(TERMS)

    def of_customer(self, _conn: object, _customer: int) -> SimpleNamespace:
        return SimpleNamespace(get=self.values.get)


def made(small: SmallBook, **values: Any) -> Corrections:
    if "1" not in small.ids:
        small.customer("1")
    return Corrections(small.book, Rules.load(), MachineSays(**values))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def test_both_values_the_reason_and_the_end_are_on_record(small: SmallBook) -> None:
    kept = made(small, monthly_income=800_000)
    kept.correct("1", "月收入", "3.5万", "客户当面说明")
    (found,) = kept.of_customer("1")
    assert (found.value, found.shown) == (3_500_000, "35,000.00 元")
    assert (found.machine, found.machine_shown) == (800_000, "8,000.00 元")
    assert (found.reason, found.date, found.expires) == ("客户当面说明", "2026-11-16", "2027-05-15")
    assert found.in_force


def test_an_expired_correction_no_longer_counts(small: SmallBook) -> None:
    kept = made(small)
    kept.correct("1", "occupation", "教师", "客户说明", "2026-12-01")
    with small.book.read() as conn:
        assert [row.value for row in in_force(conn, "2026-11-30")] == ["教师"]
        assert in_force(conn, "2026-12-01") == []
        assert in_force(conn, "2026-11-15") == []
    assert not kept.of_customer("1", "2026-12-01")[0].in_force


def test_the_newest_of_two_corrections_counts_and_keeps_the_machines_value(small: SmallBook) -> None:
    kept = made(small, age=41)
    kept.correct("1", "age", "52", "看了证件")
    made(small, age=52).correct("1", "age", "53岁", "又看了一次")
    newer, older = kept.of_customer("1")
    assert (newer.value, newer.machine, newer.in_force) == (53, 41, True)
    assert (older.value, older.in_force) == (52, False)
    with small.book.read() as conn:
        assert [row.value for row in in_force(conn, "2026-11-16")] == ["53"]


def test_a_correction_can_be_ended_and_that_can_be_undone(small: SmallBook) -> None:
    kept = made(small)
    kept.correct("1", "occupation", "教师", "客户说明")
    change = kept.end(kept.of_customer("1")[0].id)
    assert not kept.of_customer("1")[0].in_force
    assert change.undo_id is not None
    small.book.reverse(change.undo_id, forward=False)
    assert kept.of_customer("1")[0].in_force
    with pytest.raises(WorkbenchError) as gone:
        kept.end(999)
    assert gone.value.code == "no_such_correction"


def test_a_person_may_say_that_it_cannot_be_told(small: SmallBook) -> None:
    kept = made(small, occupation="教师")
    kept.correct("1", "occupation", None, "名单写错了人")
    (found,) = kept.of_customer("1")
    assert (found.value, found.shown, found.machine) == (None, "无法判断", "教师")


@pytest.mark.parametrize(
    ("key", "typed", "value", "shown"),
    [
        ("birth_date", "1974-02-28", "1974-02-28", "1974-02-28"),
        ("is_payroll", "是", 1, "是"),
        ("is_payroll", "否", 0, "否"),
        ("kyc", "85%", 0.85, "85.0%"),
        ("kyc", "0.85", 0.85, "85.0%"),
        ("light", "红灯", "red", "红灯"),
        ("light", "none", "none", "无灯"),
        ("monthly_income", "12,345.67", 1_234_567, "12,345.67 元"),
        ("phone", "13812341234", "13812341234", "13812341234"),
    ],
)
def test_a_value_is_read_as_its_kind_asks(
    small: SmallBook, key: str, typed: str, value: Any, shown: str
) -> None:
    kept = made(small)
    kept.correct("1", key, typed, "客户说明")
    (found,) = kept.of_customer("1")
    assert (found.value, found.shown) == (value, shown)


@pytest.mark.parametrize(
    ("key", "typed", "reason", "expires", "code"),
    [
        ("月收入", "很多", "客户说明", None, "bad_value"),
        ("age", "五十", "客户说明", None, "bad_value"),
        ("age", "-3", "客户说明", None, "bad_value"),
        ("age", "4.5", "客户说明", None, "bad_value"),
        ("light", "蓝灯", "客户说明", None, "bad_value"),
        ("is_payroll", "也许", "客户说明", None, "bad_value"),
        ("birth_date", "1974-02-30", "客户说明", None, "bad_date"),
        ("phone", "没有", "客户说明", None, "bad_value"),
        ("occupation", "  ", "客户说明", None, "bad_value"),
        ("kyc", "NaN", "客户说明", None, "bad_value"),
        ("customer_no", "2", "客户说明", None, "not_correctable"),
        ("鞋码", "42", "客户说明", None, "not_correctable"),
        ("occupation", "教师", " ", None, "no_reason"),
        ("occupation", "教师", "客户说明", "2026-11-16", "bad_date"),
        ("occupation", "教师", "客户说明", "明年", "bad_date"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    small: SmallBook, key: str, typed: str, reason: str, expires: str | None, code: str
) -> None:
    kept = made(small)
    with pytest.raises(WorkbenchError) as refused:
        kept.correct("1", key, typed, reason, expires)
    assert refused.value.code == code
    assert kept.of_customer("1") == ()


def test_a_birth_date_that_is_yet_to_come_is_refused(small: SmallBook) -> None:
    kept = made(small)
    with pytest.raises(WorkbenchError) as refused:
        kept.correct("1", "出生日期", "2030-01-01", "客户当面说明")
    assert refused.value.code == "bad_value"
    assert kept.of_customer("1") == ()


def test_the_age_follows_a_corrected_birth_date(small: SmallBook) -> None:
    small.customer("1", birth_date="1986-03-01")
    small.month("1", aum_balance=100, age=40)
    insight = small.insight
    insight.engine.ensure()

    def age() -> tuple[Any, Any]:
        with small.book.read() as conn:
            found = insight.engine.of_customer(conn, small.ids["1"])
            return found.get("age"), found.get("b_age_band_m0")

    before = age()
    change = Corrections(small.book, Rules.load(), insight.engine).correct(
        "1", "birth_date", "1950-03-01", "看了证件"
    )
    behind = age()
    insight.engine.ensure()
    assert before[0] == 40
    assert behind == age() == (76, age()[1])
    assert age()[1] != before[1]
    small.book.reverse(change.undo_id or 0)
    insight.engine.ensure()
    assert age() == before
