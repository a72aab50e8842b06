"""Money that matured of late and left (domain 4.1)."""

import datetime as dt
from dataclasses import replace

from db.tables import flows
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.churn.cause_facts import cause_facts
from workbench.insight.churn.matured import Matured
from workbench.rules.parameters import Rules

RULES = Rules.load()
WAN = 1_000_000
#: 20 days before the data date
_DAY = (dt.date.fromisoformat(AS_OF) - dt.timedelta(days=20)).isoformat()
_PLAIN = Matured(_DAY, 20 * WAN, untouched=None, left_fen=None)


def matured(small: SmallBook, no: str = "1") -> Matured | None:
    with small.book.read() as conn:
        return cause_facts(conn, small.ids[no], MONTH, AS_OF, RULES).matured


def told(small: SmallBook, no: str = "1", now: float = 120_000) -> None:
    """20 万 of 30 matured 20 days ago, as last month's list foretold."""
    small.month(no, 1, aum_balance=300_000, deposit_maturity_date=_DAY, deposit_maturity_amount=200_000)
    small.month(no, 0, aum_balance=now)


def spent(small: SmallBook, day: int, yuan: int, no: str = "1") -> None:
    date = (dt.date.fromisoformat(_DAY) + dt.timedelta(days=day)).isoformat()
    with small.book.write("import", "flow") as writer:
        row = {
            "date": date,
            "month": date[:7],
            "outflow": yuan * 100,
            "rows": 1,
            "batch_id": 1,
            "source_row": 4,
        }
        writer.insert(flows, [{"customer_id": small.ids[no], **row}])


def test_what_matured_and_left_is_told_with_its_amount(small: SmallBook) -> None:
    told(small)
    assert matured(small) == _PLAIN


def test_money_that_the_balance_still_shows_did_not_leave(small: SmallBook) -> None:
    told(small, now=201_000)
    assert matured(small) is None


def test_lines_of_one_list_are_summed_and_two_lists_of_the_same_money_are_not(small: SmallBook) -> None:
    small.month("1", 1, aum_balance=300_000)
    small.month("1", 0, aum_balance=120_000)
    for kind in ("holding", "maturity"):
        small.hold("1", 1, kind=kind, amount=80_000, maturity_date=_DAY)
        small.hold("1", 1, kind=kind, amount=120_000, maturity_date=_DAY, line=2)
    assert matured(small) == _PLAIN


def test_a_maturity_to_come_or_long_past_is_none_of_late(small: SmallBook) -> None:
    small.month("1", 1, aum_balance=300_000)
    small.month("1", 0, aum_balance=100_000)
    for date in ("2026-11-01", "2026-08-31"):
        small.hold("1", 1, kind="maturity", amount=200_000, maturity_date=date)
    assert matured(small) is None


def test_whether_anybody_called_is_known_as_far_back_as_the_log_goes(small: SmallBook) -> None:
    told(small)
    small.customer("2")
    small.touch("2", days_ago=40)
    assert matured(small) == _PLAIN
    small.touch("2", days_ago=50)
    assert matured(small) == replace(_PLAIN, untouched=True)
    # a call a week after still counts, one later does not
    small.touch("1", days_ago=12)
    assert matured(small) == replace(_PLAIN, untouched=True)
    small.touch("1", days_ago=13)
    assert matured(small) == replace(_PLAIN, untouched=False)


def test_a_contact_that_the_customer_list_tells_is_one_too(small: SmallBook) -> None:
    small.month("1", 1, aum_balance=300_000, deposit_maturity_date=_DAY, deposit_maturity_amount=200_000)
    small.month("1", 0, aum_balance=120_000, last_contact_date=_DAY)
    assert matured(small) == replace(_PLAIN, untouched=False)


def test_what_left_within_a_week_is_summed_from_the_transactions(small: SmallBook) -> None:
    told(small)
    spent(small, -1, 50_000)
    spent(small, 0, 60_000)
    spent(small, 7, 90_000)
    spent(small, 8, 30_000)
    assert matured(small) == replace(_PLAIN, left_fen=15 * WAN)
