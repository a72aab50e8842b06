"""The left side: the book with the date of its data, the pages, and how many wait on them."""

import pytest

from tests.ui.bot import Bot
from ui.navigation import Navigation
from ui.registry import BY_NAME, LISTED
from workbench.base.dates import days_after
from workbench.insight.measures.freshness import Freshness


@pytest.fixture
def navigation(qtbot: Bot) -> Navigation:
    made = Navigation("客户账本")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_page_is_requested_by_its_name(qtbot: Bot, navigation: Navigation) -> None:
    for entry in LISTED:
        with qtbot.waitSignal(navigation.page_requested) as requested:
            navigation.buttons[entry.name].click()
        assert requested.args == [entry.name]


def test_every_button_says_its_page_and_its_keys(navigation: Navigation) -> None:
    for entry in LISTED:
        tip = navigation.buttons[entry.name].toolTip()
        assert tip.startswith(entry.title())
        assert all(keys in tip for keys in entry.shortcuts)


def test_one_page_is_marked_and_a_portrait_belongs_to_the_customers(navigation: Navigation) -> None:
    assert BY_NAME["portrait"].under == "customers"
    for name, marked in (("week", "week"), ("portrait", "customers"), ("plan", "plan")):
        navigation.mark(name)
        assert [one for one, button in navigation.buttons.items() if button.isChecked()] == [marked]


@pytest.mark.parametrize(("count", "words"), [(0, ""), (7, "7"), (12_345, "12,345")])
def test_how_many_wait_is_said_where_somebody_does(navigation: Navigation, count: int, words: str) -> None:
    navigation.tell_count("warnings", count)
    assert navigation.buttons["warnings"].count.text() == words


@pytest.mark.parametrize(("days", "role"), [(12, "second"), (31, "second"), (32, "red")])
def test_old_data_are_said_in_red_and_in_words(
    navigation: Navigation, monkeypatch: pytest.MonkeyPatch, days: int, role: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", days_after("2026-10-31", days))
    navigation.tell_date(Freshness("2026-10-31", days, 31))
    assert f"2026-10-31 · {days} 天前" in navigation.date.text()
    assert navigation.date.property("role") == role
    assert ("该导入新名单了" in navigation.date.text()) == (role == "red")


@pytest.mark.parametrize(
    ("as_of", "words"), [("2026-11-30", "今天"), ("2026-12-31", "31 天后 · 比今天晚,请核对电脑日期")]
)
def test_data_of_today_and_of_a_day_to_come_are_not_called_days_old(
    navigation: Navigation, monkeypatch: pytest.MonkeyPatch, as_of: str, words: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")
    navigation.tell_date(Freshness(as_of, 0, 31))
    assert navigation.date.text() == f"数据日期 {as_of} · {words}"
    assert navigation.date.property("role") == ("red" if "晚" in words else "second")


def test_a_book_without_data_says_so_and_is_not_red(navigation: Navigation) -> None:
    navigation.tell_date(Freshness("2026-10-31", 99, 31))
    navigation.tell_date(Freshness(None, 0, 31))
    assert navigation.date.text() == "还没有数据"
    assert navigation.date.property("role") == "second"


def test_on_a_low_screen_the_buttons_shrink_before_the_date_is_cut_off(
    qtbot: Bot, navigation: Navigation
) -> None:
    navigation.tell_date(Freshness("2019-12-31", 2526, 60))
    navigation.resize(navigation.width(), 472)
    qtbot.waitUntil(
        lambda: navigation.date.height() >= navigation.date.heightForWidth(navigation.date.width())
    )
