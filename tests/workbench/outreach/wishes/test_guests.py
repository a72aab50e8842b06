"""Guests and gifts in the touch plan: each in his state on his day (issue 16, 9; domain 6.7)."""

import datetime as dt

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.gifts.room import Gifts
from workbench.outreach.salons.room import Salons
from workbench.outreach.salons.salon import NewSalon
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.room import Wishes
from workbench.rules.parameters import Rules


def test_guests_are_wished_for_by_their_state_and_a_gift_by_its_day(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    for no in "ABC":
        small.flat(no, 900_000, 2)
    rules, engine = Rules.load(), small.insight.engine
    salons, gifts = Salons(small.book, rules, engine), Gifts(small.book, rules)
    salons.put(NewSalon("品鉴", "product", "2026-12-18"))
    salons.list_guests(1, "A B")
    salons.answered(1, [2], comes=True)
    salons.put(NewSalon("讲座", "education", "2026-11-06"))
    salons.list_guests(2, "C")
    salons.answered(2, [3], comes=True)
    gifts.put(NewGift("A", "茶叶", "2026-12-06", amount="50"))
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-07")
    salons.hold(2, [3])
    wishes, _cadence = Wishes(small.book, rules, engine).of(2026, dt.date(2026, 11, 9))
    names = {id_: no for no, id_ in small.ids.items()}
    made = [
        (names[int(wishes.customer[n])], wishes.reasons[wishes.reason[n]], _iso(wishes.wanted[n]), _iso(wishes.last[n]),
         KINDS[wishes.kind[n]])
        for n in range(len(wishes.customer)) if wishes.reasons[wishes.reason[n]] in ("gift", "salon")
    ]  # fmt: skip
    assert sorted(made) == [
        # a Sunday: the Friday before, and not behind the day
        ("A", "gift", "2026-12-04", "2026-12-06", "service"),
        ("A", "salon", "2026-12-04", "2026-12-07", "marketing"),
        ("B", "salon", "2026-12-15", "2026-12-18", "service"),
        ("C", "salon", "2026-11-09", "2026-11-12", "service"),
        ("C", "salon", "2026-11-13", "2026-11-16", "service"),
    ]


def _iso(day: int) -> str:
    return dt.date.fromordinal(int(day)).isoformat()
