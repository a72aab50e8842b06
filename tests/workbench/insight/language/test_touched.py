"""Past contacts in a condition: by channel or result, within days or ever; unknown without any log (domain 0-3)."""

import pytest
from sqlalchemy import select

from db.tables import customers
from tests.workbench.conftest import SmallBook
from workbench.insight.language.touched import meant, touched, words

DAY = "2026-10-31"


def answers(small: SmallBook, word: str, days: int | None) -> dict[str, bool | None]:
    condition = touched(word, days, DAY, customers.c.id)
    with small.book.read() as conn:
        rows = conn.execute(select(customers.c.customer_no, condition))
        return {no: None if holds is None else bool(holds) for no, holds in rows}


@pytest.fixture
def log(small: SmallBook) -> SmallBook:
    """A reached 30 days ago, B refused 31 days ago, C was never contacted."""
    for no in "ABC":
        small.customer(no)
    small.touch("A", 30)
    small.touch("B", 31, result="refused")
    return small


def test_a_code_and_its_name_mean_the_same_whatever_their_case() -> None:
    assert meant("refused") == meant(" Refused ") == (("result", "refused"),)
    name = next(name for column, code, name in words() if (column, code) == ("result", "refused"))
    assert meant(name) == (("result", "refused"),)
    assert meant("鸽子") == ()


def test_every_channel_and_result_has_a_name() -> None:
    assert {column for column, _code, _name in words()} == {"channel", "result"}
    assert all(name for _column, _code, name in words())


def test_the_last_day_of_the_span_counts_and_the_day_before_it_does_not(log: SmallBook) -> None:
    assert answers(log, "reached", 30) == {"A": True, "B": False, "C": False}
    assert answers(log, "reached", 29) == {"A": False, "B": False, "C": False}
    assert answers(log, "refused", 31)["B"] is True


def test_without_a_span_any_past_contact_counts(log: SmallBook) -> None:
    assert answers(log, "refused", None) == {"A": False, "B": True, "C": False}


def test_a_contact_after_the_day_does_not_count(log: SmallBook) -> None:
    log.touch("C", -1)
    assert answers(log, "reached", None)["C"] is False


def test_without_any_log_nobody_can_be_judged(small: SmallBook) -> None:
    small.customer("A")
    assert answers(small, "reached", 30) == {"A": None}
