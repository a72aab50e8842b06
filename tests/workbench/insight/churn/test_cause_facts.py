"""What the lists and the contact log tell that points to a cause of leaving (domain 4.1)."""

from typing import Any

import pytest

from db.tables import payrolls, touches
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.base.dates import month_end, shift_month
from workbench.insight.churn.cause_facts import NOTHING, CauseFacts, Spoken, cause_facts
from workbench.rules.parameters import Rules

RULES = Rules.load()


def facts(small: SmallBook, no: str = "1", day: str = AS_OF) -> CauseFacts:
    with small.book.read() as conn:
        return cause_facts(conn, small.ids[no], MONTH, day, RULES)


def noted(small: SmallBook, date: str, note: str, no: str = "1") -> None:
    with small.book.write("touch", "call") as writer:
        row = {"date": date, "channel": "call", "result": "reached", "initiated_by": "manager", "note": note}
        writer.insert(touches, [{"customer_id": small.ids[no], **row}])


def paid(small: SmallBook, no: str, *backs: int) -> None:
    with small.book.write("import", "pay") as writer:
        writer.insert(
            payrolls,
            [
                {
                    "customer_id": small.ids[no], "month": shift_month(MONTH, -back), "amount": 800_000, "rows": 1,
                    "date": month_end(shift_month(MONTH, -back)).isoformat(), "batch_id": 1, "source_row": 4, "line": 1,
                }
                for back in backs
            ],
        )  # fmt: skip


def test_a_steady_customer_tells_nothing(small: SmallBook) -> None:
    small.flat("1", residence_city="杭州", employer="甲厂", manager_name="王一", mortgage_balance=100)
    assert facts(small) == NOTHING


@pytest.mark.parametrize(
    ("field", "run", "change"),
    [
        ("residence_city", ["杭州", "杭州", "上海"], ("杭州", "上海")),
        ("residence_city", ["杭州", "上海", "杭州"], None),
        ("residence_city", ["杭州", "上海", None], None),
        ("residence_city", [None, None, "上海"], None),
        ("employer", ["甲厂", None, "乙厂"], ("甲厂", "乙厂")),
        ("payroll_employer", ["甲厂", "甲厂", "乙厂"], ("甲厂", "乙厂")),
    ],
)
def test_another_city_or_employer_is_told_with_the_old_one(
    small: SmallBook, field: str, run: list[Any], change: tuple[str, str] | None
) -> None:
    small.months("1", {field: run})
    found = facts(small)
    assert (found.city if field == "residence_city" else found.employer) == change


@pytest.mark.parametrize(
    ("run", "prepaid"),
    [
        ([80_000_000, 79_500_000, 40_000_000], (MONTH, 39_500_000)),
        ([80_000_000, 40_000_000, 39_000_000], ("2026-09", 40_000_000)),
        # an instalment; a fifth, yet a small sum; not told any more
        ([80_000_000, 79_500_000, 79_000_000], None),
        ([8_000_000, 4_000_000, 4_000_000], None),
        ([80_000_000, None, None], None),
    ],
)
def test_a_mortgage_that_falls_by_more_than_an_instalment_was_prepaid(
    small: SmallBook, run: list[Any], prepaid: tuple[str, int] | None
) -> None:
    small.months("1", {"mortgage_balance": run})
    assert facts(small).prepaid == prepaid


def test_notes_of_late_are_searched_for_broken_promises_and_rates_the_newest_first(small: SmallBook) -> None:
    small.flat("1", months=1)
    noted(small, "2026-09-01", "说中秋礼品没收到")
    noted(small, "2026-10-05", "问三年期利率,别家给得高")
    noted(small, "2026-10-20", "聊了孩子上学")
    assert (facts(small).promised, facts(small).quoted) == (
        Spoken("2026-09-01", "礼品没"),
        Spoken("2026-10-05", "利率"),
    )
    # what was written later was not known then, and half a year later it no longer counts
    assert facts(small, day="2026-09-30").quoted is None
    assert facts(small, day="2027-03-01").promised is None


def test_words_about_health_are_no_evidence(small: SmallBook) -> None:
    small.flat("1", months=1)
    noted(small, "2026-10-05", "客户住院手术,家属在医院陪护")
    assert facts(small) == NOTHING


def test_another_manager_is_counted_from_the_first_list_with_his_name(small: SmallBook) -> None:
    small.months("1", {"manager_name": ["王一", "王一", "李二", "李二"]})
    small.months("2", {"manager_name": [None, "李二", "李二", "李二"]})
    assert facts(small).managed_days == 31
    assert facts(small, "2").managed_days is None


def test_the_wallets_share_is_that_of_three_months_against_the_three_before(small: SmallBook) -> None:
    small.months(
        "1", {"outflow": [10_000] * 6, "third_party_outflow": [1_000, 1_000, 1_000, 5_000, 4_000, 3_000]}
    )
    small.months(
        "2", {"outflow": [10_000] * 6, "third_party_outflow": [None, None, None, 5_000, 4_000, 3_000]}
    )
    assert facts(small).wallet == (0.1, 0.4)
    assert facts(small, "2").wallet is None


@pytest.mark.parametrize(
    ("pay", "gone"),
    [
        ([8_000, 8_000, 0], True),
        ([8_000, 8_000, 8_000], False),
        ([8_000, 8_000, None], False),
        ([0, 0, 0], False),
    ],
)
def test_after_a_new_employer_wages_may_come_in_elsewhere(
    small: SmallBook, pay: list[Any], gone: bool
) -> None:
    small.months("1", {"employer": ["甲厂", "甲厂", "乙厂"], "payroll_amount": pay})
    assert facts(small).paid_elsewhere is gone
    # the same wages without a new employer are another signal
    small.months("2", {"employer": ["甲厂"] * 3, "payroll_amount": pay})
    assert not facts(small, "2").paid_elsewhere


def test_payroll_lists_tell_of_wages_too_in_months_that_have_one(small: SmallBook) -> None:
    for no in ("1", "2"):
        small.months(no, {"employer": ["甲厂", "甲厂", "乙厂"]})
    paid(small, "1", 1, 2)
    # without a list of this month nobody knows
    assert not facts(small).paid_elsewhere
    paid(small, "2", 0, 1)
    assert facts(small).paid_elsewhere
    assert not facts(small, "2").paid_elsewhere
