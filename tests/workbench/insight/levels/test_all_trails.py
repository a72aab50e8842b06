"""The rows of all customers at once are those of each of them alone."""

import random

from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.levels.all_trails import all_trails
from workbench.insight.levels.trails import COLUMNS, compute_trails
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_all_rows_are_those_computed_for_each_customer(small: SmallBook) -> None:
    """Levels, sleep, gaps, accounts opened lately, months without a figure."""
    chance = random.Random(5)
    choices = (None, 80, 80, 4e4, 6e4, 6e4, 4e5, 2e6)
    for number in range(12):
        run = [chance.choice(choices) for _ in range(chance.randint(1, 9))]
        opened = chance.choice((None, "2015-03-01", "2026-10-08", "2026-09-30"))
        small.customer(f"n{number}", open_date=opened)
        last = chance.choice((None, "2025-08-01", "2025-10-26", "2026-10-01"))
        small.months(f"n{number}", {"aum_daily_average": run}, last_txn_date=last)
    small.months("none", {"aum_daily_average": [None, None]})
    small.months("asleep", {"aum_daily_average": [80, 80]}, last_txn_date="2025-08-01")
    small.months("balance", {"aum_balance": [6e4, 4e4]})
    for month in (MONTH, "2026-09", "2026-02"):
        with small.book.read() as conn:
            alone = [tuple(row[name] for name in COLUMNS) for row in compute_trails(conn, month, RULES)]
            assert list(all_trails(conn, month, RULES).lines()) == alone
            assert alone or month == "2026-02"


def test_a_book_without_months_has_no_trails(small: SmallBook) -> None:
    with small.book.read() as conn:
        assert list(all_trails(conn, MONTH, RULES).lines()) == []
