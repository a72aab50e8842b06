"""Each planted story can be read from the written files by its own numbers, and from nobody else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from workbench.sample import story_names

LINES = (50_000, 200_000, 500_000, 1_000_000, 3_000_000, 6_000_000)


def payroll_stops(book: Any) -> set[str]:
    paid = {n: book.history(n, "payroll_amount") for n in book.months[-1]}
    return {n for n, amounts in paid.items() if max(amounts) > 0 and amounts[-1] == amounts[-2] == 0}


def slow_outflow(book: Any) -> set[str]:
    found = set()
    for number in book.months[-1]:
        averages = book.history(number, "aum_daily_average")[-4:]
        falls = [b / a for a, b in pairwise(averages)]
        if len(falls) == 3 and max(falls) <= 0.85 and averages[-1] >= 50_000:
            found.add(number)
    return found


def big_transfer(book: Any) -> set[str]:
    found = set()
    for number, row in book.months[-1].items():
        before = book.months[-2].get(number, {}).get("aum_balance", 0)
        if row["interbank_outflow"] >= max(100_000, 0.5 * before):
            found.add(number)
    return found


def maturity_not_renewed(book: Any) -> set[str]:
    last = book.branch.last_date
    matured: dict[str, float] = defaultdict(float)
    since: dict[str, dt.date] = {}
    for row in book.maturities:
        if row["maturity_date"] <= last - dt.timedelta(days=30):
            matured[row["customer_no"]] += row["amount"]
            since[row["customer_no"]] = row["maturity_date"]

    def held(index: int, number: str) -> dict[tuple[Any, ...], float]:
        lines = [h for h in book.holdings[index] if h["customer_no"] == number]
        return {(h["product_code"], h["maturity_date"]): h["cost"] for h in lines}

    found = set()
    for number, amount in matured.items():
        before = held(-4, number) if since[number].month != last.month - 1 else held(-3, number)
        bought = sum(cost for key, cost in held(-1, number).items() if key not in before)
        if bought < 0.5 * amount:
            found.add(number)
    return found


def moved_away(book: Any) -> set[str]:
    then, now = book.months[-4], book.months[-1]
    return {
        n
        for n, row in now.items()
        if n in then
        and (row["residence_city"], row["residence_address"])
        != (then[n]["residence_city"], then[n]["residence_address"])
        and row["residence_city"] != then[n]["residence_city"]
    }


def unsuitable_holding(book: Any) -> set[str]:
    now = book.months[-1]
    expired = {n for n, row in now.items() if row["risk_expiry_date"] < book.branch.last_date}
    above = {
        h["customer_no"]
        for h in book.holdings[-1]
        if h["product_risk"][1:] > now[h["customer_no"]]["risk_level"][1:]
    }
    return expired | above


def complaint(book: Any) -> set[str]:
    since = book.branch.last_date - dt.timedelta(days=60)
    return {
        n
        for n, row in book.months[-1].items()
        if row["complaint_count"] >= 1 and row["last_complaint_date"] >= since
    }


def growing_newcomer(book: Any) -> set[str]:
    since = book.branch.last_date - dt.timedelta(days=150)
    found = set()
    for number, row in book.months[-1].items():
        closings = book.history(number, "aum_balance")
        growing = all(b >= 1.3 * a for a, b in pairwise(closings))
        if row["open_date"] >= since and len(closings) >= 3 and growing and closings[-1] >= 50_000:
            found.add(number)
    return found


def near_line(book: Any) -> set[str]:
    return {
        n
        for n, row in book.months[-1].items()
        if any(0.9 <= row["aum_daily_average"] / line < 1 for line in (10_000, *LINES))
    }


def maturity_soon(book: Any) -> set[str]:
    until = book.branch.last_date + dt.timedelta(days=30)
    due: dict[str, float] = defaultdict(float)
    for h in book.holdings[-1]:
        if h["maturity_date"] is not None and h["maturity_date"] <= until:
            due[h["customer_no"]] += h["amount"]
    return {n for n, amount in due.items() if amount >= 0.2 * book.months[-1][n]["aum_balance"]}


FINDERS: dict[str, Callable[[Any], set[str]]] = {
    finder.__name__: finder
    for finder in (
        payroll_stops, slow_outflow, big_transfer, maturity_not_renewed, moved_away,
        unsuitable_holding, complaint, growing_newcomer, near_line, maturity_soon,
    )
}  # fmt: skip


def test_every_story_has_a_finder() -> None:
    assert set(story_names()) == set(FINDERS)


@pytest.mark.parametrize("story", sorted(FINDERS))
def test_a_story_is_carried_by_its_carriers_and_by_nobody_else(small: Any, story: str) -> None:
    planted = set(small.truth.stories[story])
    assert len(planted) >= 2
    assert FINDERS[story](small) == planted


def test_nobody_carries_two_stories(small: Any) -> None:
    assert len(small.planted()) == sum(len(numbers) for numbers in small.truth.stories.values())


def test_carriers_of_near_line_stand_at_92_to_99_percent_of_a_line(small: Any) -> None:
    for number in small.truth.stories["near_line"]:
        average = small.months[-1][number]["aum_daily_average"]
        assert any(0.92 <= average / line <= 0.99 for line in LINES)


def test_what_matured_unrenewed_is_at_least_thirty_days_old_and_stayed_or_left_mildly(small: Any) -> None:
    for number in small.truth.stories["maturity_not_renewed"]:
        closings = small.history(number, "aum_balance")[-3:]
        assert closings[-1] >= 0.9 * closings[0]


def test_nobody_ordinary_stands_within_a_tenth_of_a_line(small: Any) -> None:
    carriers = small.planted()
    for month in small.months:
        for number, row in month.items():
            if number in carriers or len(small.history(number, "age")) < len(small.months):
                continue
            for field in ("aum_daily_average", "aum_balance"):
                assert not any(0.9 <= row[field] / line <= 1.1 for line in (10_000, *LINES))


def test_no_carrier_of_another_story_stands_near_a_line_in_the_last_month(small: Any) -> None:
    for number in small.planted("near_line"):
        row = small.months[-1][number]
        assert not any(0.9 <= row["aum_daily_average"] / line <= 1.1 for line in LINES)


def test_the_noise_of_ordinary_customers_is_bounded(small: Any) -> None:
    carriers = small.planted()
    for number in small.months[-1].keys() - carriers - set(small.truth.joined):
        balances = small.history(number, "aum_balance")
        assert all(0.94 <= b / a <= 1.06 for a, b in pairwise(balances))
        for field, share in (("txn_count_1m", 0.2), ("txn_amount_1m", 0.3)):
            values = small.history(number, field)
            usual = sum(values) / len(values)
            assert all(abs(v - usual) <= share * usual + 1 for v in values)
        paid = small.history(number, "payroll_amount")
        assert min(paid) > 0 or max(paid) == 0


def test_maturities_of_ordinary_customers_are_bought_again(small: Any) -> None:
    carriers = small.planted()
    for index in range(1, len(small.months)):
        last_of_before = {
            (h["customer_no"], h["product_code"], h["maturity_date"]) for h in small.holdings[index - 1]
        }
        end = max(h["last_txn_date"] for h in small.months[index].values()).replace(day=28)
        due: dict[str, float] = defaultdict(float)
        for h in small.holdings[index - 1]:
            if h["maturity_date"] is not None and h["maturity_date"] <= end:
                due[h["customer_no"]] += h["amount"]
        bought: dict[str, float] = defaultdict(float)
        for h in small.holdings[index]:
            if (h["customer_no"], h["product_code"], h["maturity_date"]) not in last_of_before:
                bought[h["customer_no"]] += h["cost"]
        for number in due.keys() & small.months[index].keys() - carriers:
            assert bought[number] >= 0.85 * due[number]
