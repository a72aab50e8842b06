"""快失去联系的客户: over their interval, or about to be; who cannot be told stands apart (domain 6.5)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.outreach.cadence.room import Cadence
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"
#: number -> (assets in yuan, days since the last contact, its result, who began it)
PEOPLE = {
    "over": (1_500_000, 40, "reached", "manager"),
    "over_more": (900_000, 100, "met", "manager"),
    "soon": (1_200_000, 23, "reached", "manager"),
    "not_soon": (1_200_000, 22, "reached", "manager"),
    "today": (60_000, 90, "reached", "manager"),
    "came": (1_200_000, 1, "other", "customer"),
    "only_tried": (2_000_000, 2, "no_answer", "manager"),
    "unknown": (3_500_000, None, "", ""),
    "base": (20_000, 200, "reached", "manager"),
    "staff": (1_000_000, 300, "reached", "manager"),
}


@pytest.fixture(scope="module")
def cadence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cadence]:
    """One book for all; who writes takes it back."""
    ago = (dt.date.fromisoformat(TODAY) - dt.date(2026, 10, 31)).days
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        with new_book(tmp_path_factory.mktemp("losing") / "a.book") as book:
            small = SmallBook(book)
            for no, (yuan, days, result, by) in PEOPLE.items():
                if no == "staff":
                    small.customer(no, occupation="本行员工")
                small.flat(no, yuan, months=3)
                if days is not None:
                    small.touch(no, days - ago, result, by)
            small.insight.engine.ensure()
            yield Cadence(book, Rules.load(), small.insight.engine)


def test_over_first_then_soon_each_the_largest_first_and_nobody_else(cadence: Cadence) -> None:
    found = cadence.losing()
    assert [one.customer_no for one in found.customers] == ["over", "over_more", "base", "soon", "today"]
    assert [one.over for one in found.customers] == [10, 55, 20, -7, 0]
    assert (found.over, found.soon, found.unknown) == (3, 2, 2)


def test_an_attempt_or_no_contact_at_all_is_not_taken_for_a_talk(cadence: Cadence) -> None:
    found = cadence.losing()
    assert [one.customer_no for one in found.untold] == ["unknown", "only_tried"]
    assert {one.last_talk for one in found.untold} == {None}
    assert "看不出" in found.untold[0].reason
    assert "看不出" in found.words


def test_a_reason_has_its_figures(cadence: Cadence) -> None:
    first = cadence.losing().customers[0]
    assert first.reason == "按层级 30 天联系一次,上次有效联系是 2026-10-07,已超 10 天"
    assert (first.due, first.tier, first.assets_fen) == ("2026-11-06", "L6", 150_000_000)
    assert first.as_json()["days_over"] == 10


def test_an_own_interval_counts_instead_of_the_levels(cadence: Cadence) -> None:
    cadence.set_interval("over", 60, "出差多")
    cadence.set_interval("came", 1)
    found = {one.customer_no: one for one in cadence.losing().customers}
    for no in ("over", "came"):
        cadence.set_interval(no, None)
    assert "over" not in found
    assert found["came"].own
    assert found["came"].reason.startswith("自定 1 天联系一次")


def test_a_limit_cuts_the_lists_and_not_the_counts(cadence: Cadence) -> None:
    found = cadence.losing(1)
    assert [one.customer_no for one in (*found.customers, *found.untold)] == ["over", "unknown"]
    assert found.over == 3
