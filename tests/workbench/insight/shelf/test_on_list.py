"""What the list of products tells of a line: until when it can be bought, its name as it may be said (domain 3, 8.5)."""

from typing import Any

import pytest

from workbench.insight.shelf.on_list import honest_name, is_over, last_day
from workbench.rules.parameters import Rules

DAY = "2026-11-05"


def line(**told: Any) -> Any:
    return {"start_date": None, "open_date": None, "maturity_date": None, "quota": None, **told}


@pytest.mark.parametrize(
    ("told", "over"),
    [
        ({}, False),
        ({"quota": 0}, True),
        ({"quota": 1}, False),
        ({"maturity_date": "2026-11-05"}, True),
        ({"maturity_date": "2026-11-06"}, False),
        ({"start_date": "2026-11-04", "maturity_date": "2027-05-05"}, True),
        ({"start_date": "2026-11-05", "maturity_date": "2027-05-05"}, False),
        ({"start_date": "2026-11-04"}, False),
        ({"start_date": "2026-11-04", "maturity_date": "2027-05-05", "open_date": "2026-11-30"}, False),
    ],
)
def test_it_can_be_bought_no_more(told: dict[str, Any], over: bool) -> None:
    assert is_over(line(**told), DAY) is over


def test_the_last_day_is_that_of_the_issue_before_that_of_opening() -> None:
    assert last_day(line(start_date="2026-11-11", open_date="2026-11-08"), DAY) == "2026-11-11"
    assert last_day(line(start_date="2026-11-01", open_date="2026-11-08"), DAY) == "2026-11-08"
    assert last_day(line(start_date="2026-11-01"), DAY) is None


@pytest.mark.parametrize(
    ("name", "regime", "honest"),
    [
        ("保本稳享", "wealth", "稳享"),
        ("保本稳享", "deposit", "保本稳享"),
        ("非保本稳享", "wealth", "稳享"),
        ("保本", "wealth", "W1"),
    ],
)
def test_a_name_promises_nothing_where_it_is_no_deposit(name: str, regime: str, honest: str) -> None:
    assert honest_name(name, "W1", regime, Rules.load()) == honest
