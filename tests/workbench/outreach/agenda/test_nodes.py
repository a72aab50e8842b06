"""Gifts and salons in the calendar: each step on its day, in the year in which it falls (issue 16, 9)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.agenda.nodes import OwnNodes
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.gifts.room import Gifts
from workbench.outreach.losses.room import Losses
from workbench.outreach.salons.room import Salons
from workbench.outreach.salons.salon import NewSalon
from workbench.rules.parameters import Rules


def test_the_steps_of_a_salon_and_the_orders_of_gifts_are_events(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    small.flat("A", 900_000, 2)
    rules = Rules.load()
    gifts, salons = Gifts(small.book, rules), Salons(small.book, rules, small.insight.engine)
    losses = Losses(small.book, rules, small.insight.engine)
    salons.put(NewSalon("迎新", "festival", "2027-01-08"))
    gifts.put(NewGift("A", "茶叶", "2027-01-08", amount="50"))
    gifts.put(NewGift("A", "书", "2027-01-09", amount="50"))
    nodes = OwnNodes(lambda: gifts, lambda: salons, lambda: losses, rules)
    names = {one.code: (one.date, one.name) for year in (2026, 2027) for one in nodes(year)}
    assert names == {
        "salon_1.prepare": ("2026-12-09", "迎新:开始筹备"), "salon_1.invite": ("2026-12-25", "迎新:邀请客户"),
        "gifts_2026-12-09": ("2026-12-09", "订礼品 1 件"), "gifts_2026-12-10": ("2026-12-10", "订礼品 1 件"),
        "salon_1.remind": ("2027-01-05", "迎新:提醒到场"), "salon_1.day": ("2027-01-08", "迎新"),
        "salon_1.thanks": ("2027-01-11", "迎新:致谢"),
    }  # fmt: skip
    assert {one.date[:4] for one in nodes(2026)} == {"2026"}
    salons.cancel(1)
    assert [one.code for one in nodes(2026)] == ["gifts_2026-12-09", "gifts_2026-12-10"]
    assert nodes(2027) == ()
