"""Whose portfolio is to be reviewed, by tower, from the services recorded (domain 6.5)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.insight.towers.services import record_service
from workbench.outreach.cadence.reviews import ReviewsDue
from workbench.outreach.cadence.room import Cadence
from workbench.rules.parameters import Rules

TODAY = dt.date(2026, 11, 16)
#: number -> (assets in yuan, days since a service, its kind)
PEOPLE = {
    "private": (7_000_000, 100, "plan_review"),
    "private_soon": (7_000_000, 61, "plan"),
    "private_not_yet": (7_000_000, 60, "plan_review"),
    "other_service": (8_000_000, 1, "expert"),
    "rich": (600_000, 200, "guide"),
    "sheet": (60_000, 300, "guide"),
    "sheet_never": (60_000, None, ""),
    "base": (20_000, None, ""),
}


@pytest.fixture(scope="module")
def due(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewsDue]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY.isoformat())
        with new_book(tmp_path_factory.mktemp("reviews") / "a.book") as book:
            small = SmallBook(book)
            for no, (yuan, days, kind) in PEOPLE.items():
                small.flat(no, yuan, months=3)
                if days is not None:
                    record_service(book, no, kind, date=(TODAY - dt.timedelta(days=days)).isoformat())
            small.insight.engine.ensure()
            yield Cadence(book, Rules.load(), small.insight.engine).reviews_due()


def test_those_with_a_day_stand_by_tower_the_longest_over_first_then_those_without(due: ReviewsDue) -> None:
    assert [(one.customer_no, one.over) for one in due.customers] == [
        ("private", 9), ("private_soon", -30), ("rich", 18), ("other_service", None), ("sheet_never", None),
    ]  # fmt: skip
    assert [one.due for one in due.customers[:2]] == ["2026-11-07", "2026-12-16"]


def test_each_tower_is_counted(due: ReviewsDue) -> None:
    assert [(one.name, one.over, one.soon, one.never) for one in due.towers] == [
        ("塔尖", 1, 1, 1), ("塔腰(上)", 1, 0, 0), ("塔腰(下)", 0, 0, 1),
    ]  # fmt: skip
    assert due.words.startswith("塔尖 超期 1 户、快到期 1 户、没有登记过 1 户;塔腰(上) 超期 1 户")


def test_the_reason_has_its_figures(due: ReviewsDue) -> None:
    first, *_others, last = due.customers
    assert first.reason == "塔尖客户 91 天检视一次资产配置,上次 2026-08-08,应在 2026-11-07,已超 9 天"
    assert "没有登记过" in last.reason
    assert first.as_json()["days_over"] == 9
