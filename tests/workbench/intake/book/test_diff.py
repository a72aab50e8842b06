"""What a customers sheet would change: a blank is no difference, a mask no news, and a move too large is not believed."""

from typing import Any

import pytest

from db.engine import Book
from tests.workbench.intake.people import checked, imported, month, people
from workbench.intake.book.diff import Diff, compare_customers, month_before, shown_value, usual_length
from workbench.intake.catalogue.fields import catalogue
from workbench.rules.parameters import Rules

AS_OF = "2026-10-31"
KEYS = [f"{n:010}" for n in range(1, 21)]


def compare(book: Book, rules: Rules, keys: list[str], as_of: str = AS_OF, **columns: list[Any]) -> Diff:
    with book.read() as conn:
        return compare_customers(conn, checked(as_of, keys, **columns), catalogue(), rules)


@pytest.fixture
def september(book: Book) -> Book:
    """Twenty customers with 100,000 yuan each, imported for 2026-09."""
    batch = imported(book, "2026-09")
    ids = people(book, *({"customer_no": key, "name": "甲", "phone": "13812341234"} for key in KEYS))
    month(book, "2026-09", {who: {"aum_balance": 10_000_000} for who in ids}, batch=batch)
    return book


def test_in_an_empty_book_everybody_is_new_and_nobody_has_vanished(book: Book, rules: Rules) -> None:
    diff = compare(book, rules, KEYS[:2], name=["甲", None])
    assert (diff.fresh, diff.snapshot_fresh) == ([0, 1], [0, 1])
    assert diff.new_customers == [(KEYS[0], "甲"), (KEYS[1], "")]
    assert (diff.vanished, diff.month_before, diff.before_customers) == ([], None, None)


def test_a_list_as_before_is_unchanged_and_writes_the_month(september: Book, rules: Rules) -> None:
    diff = compare(september, rules, KEYS, aum_balance=[10_000_000] * 20)
    assert (diff.fresh, diff.changed, diff.unchanged, diff.updates) == ([], 0, 20, [])
    assert diff.snapshot_fresh == list(range(20))
    assert (diff.month_before, diff.before_customers, diff.still_here) == ("2026-09", 20, 20)


def test_blanks_and_masks_are_no_difference(september: Book, rules: Rules) -> None:
    diff = compare(
        september, rules, KEYS[:4], name=["乙", None, "甲", "甲"],
        phone=["13812341234", "13812341234", "138****1234", "139****1234"],
    )  # fmt: skip
    assert [(one.customer_no, one.field, one.old, one.new) for one in diff.changes] == [
        (KEYS[0], "name", "甲", "乙"), (KEYS[3], "phone", "13812341234", "139****1234"),
    ]  # fmt: skip
    assert (diff.changed, diff.unchanged) == (2, 2)


def test_an_older_month_brings_figures_and_leaves_todays_attributes(september: Book, rules: Rules) -> None:
    diff = compare(september, rules, KEYS[:1], "2026-08-31", name=["乙"], aum_balance=[1])
    assert (diff.updates, diff.snapshot_fresh) == ([], [0])


def test_who_is_missing_has_vanished_with_his_name(september: Book, rules: Rules) -> None:
    diff = compare(september, rules, KEYS[:-1], aum_balance=[10_000_000] * 19)
    assert (diff.vanished, diff.still_here) == ([(KEYS[-1], "甲")], 19)


@pytest.mark.parametrize(
    ("amount", "guard", "suspect"),
    [(10_000_000, False, False), (11_900_000, False, False), (12_100_000, True, False), (1_000, True, True),
     (100_000_000_000, True, True)],
)  # fmt: skip
def test_a_total_that_moves_too_much_turns_the_lights_off_and_ten_thousand_times_is_a_unit(
    september: Book, rules: Rules, amount: int, guard: bool, suspect: bool
) -> None:
    assert rules.number("intake.guard_total") == 0.2
    diff = compare(september, rules, KEYS, aum_balance=[amount] * 20)
    assert (diff.guard is not None, diff.unit_suspect is not None) == (guard, suspect)


def test_too_many_customers_falling_turn_the_lights_off_though_the_total_stands(
    september: Book, rules: Rules
) -> None:
    drop = 1 - rules.number("intake.guard_drop") - 0.01
    share = rules.number("intake.guard_drop_share")
    few, many = int(20 * share), int(20 * share) + 1
    for count, guarded in ((few, False), (many, True)):
        fallen = [round(10_000_000 * drop)] * count
        rest = (200_000_000 - sum(fallen)) // (20 - count)
        diff = compare(september, rules, KEYS, aum_balance=[*fallen, *[rest] * (20 - count)])
        assert (diff.guard is not None) is guarded


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("aum_balance", 123_456_789, "1,234,567.89"), ("aum_balance", None, ""), ("is_dormant", 1, "是"),
        ("is_dormant", 0, "否"), ("name", "张三", "张三"),
    ],
)  # fmt: skip
def test_a_stored_value_is_shown_as_a_person_reads_it(field: str, value: Any, text: str) -> None:
    assert shown_value(catalogue()[field], value) == text


def test_the_month_before_is_the_newest_earlier_one_in_force(book: Book) -> None:
    imported(book, "2026-07")
    imported(book, "2026-09", kind="holdings")
    imported(book, "2026-08")
    with book.read() as conn:
        assert [month_before(conn, one) for one in ("2026-07", "2026-08", "2026-10")] == [
            None, "2026-07", "2026-08",
        ]  # fmt: skip
    book.reverse(3)
    with book.read() as conn:
        assert month_before(conn, "2026-10") == "2026-07"


def test_the_usual_length_of_a_number_is_that_of_most(book: Book) -> None:
    with book.read() as conn:
        assert usual_length(conn) is None
    people(book, {"customer_no": "1"}, {"customer_no": "0000000002"}, {"customer_no": "0000000003"})
    with book.read() as conn:
        assert usual_length(conn) == 10


@pytest.mark.parametrize(
    "content", [{"fresh": [0]}, {"updates": [(1, {})]}, {"deletes": [1]}, {"snapshot_fresh": [0]},
                {"snapshot_updates": [(1, {})]}, {"removed_snapshots": [1]}],
)  # fmt: skip
def test_a_commit_writes_when_anything_differs(content: dict[str, Any]) -> None:
    assert Diff(**content).writes()
    assert not Diff(changed=1, unchanged=5, confirmed=[1], vanished=[("1", "")]).writes()
