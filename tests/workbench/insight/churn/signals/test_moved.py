"""S1, work or home moved away: what changed and how far; a value never told cannot be judged (domain 4.3)."""

import pytest

from tests.workbench.conftest import SmallBook


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


def test_s1_a_value_that_came_back_is_no_change_and_one_never_told_cannot_be_judged(small: SmallBook) -> None:
    small.months("1", {"employer": ["甲", "甲", "乙", "甲"]}, aum_balance=300_000)
    small.months("2", {"employer": [None, None, None, "甲"]}, aum_balance=300_000)
    small.flat("3")
    assert small.severity("1", "S1") == 0
    assert not small.unknown("1", "S1")
    assert small.unknown("2", "S1")
    assert small.unknown("3", "S1")
