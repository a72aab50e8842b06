"""The tab 蜜月期: every figure leads to exactly its customers; what cannot be told names its column (domain 10.2, 10.3)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.bot import Bot
from ui.pages.journey.honeymoon import HoneymoonTab
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.insight.journey.breakpoints import Breakpoint
from workbench.insight.journey.honeymoon import breaks, waves
from workbench.insight.journey.waves import Cohort, HoneymoonFunnel, WaveCount
from workbench.rules.parameters import Rules

RULES = Rules.load()
WAVES, BREAKS = waves(RULES), breaks(RULES)
#: W0 well, W1 unknown, W2 half done, nobody at the rest
COUNTS = (
    WaveCount(done=3, missed=1), WaveCount(unknown=4), WaveCount(done=1, open=2, missed=1),
    *[WaveCount(ahead=4)] * 5,
)  # fmt: skip


@pytest.fixture
def tab(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> HoneymoonTab:
    made = HoneymoonTab(workbench, tasks)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    whole = Cohort("", "合计", "opened_days <= 365", 4, COUNTS)
    month = Cohort("2026-10", "2026-10", "opened_days <= 30", 4, COUNTS)
    bands = (
        Cohort("0", "不到5万", "average < 50000", 4, COUNTS),
        Cohort("1", "5万至30万", "average < 300000", 0, COUNTS),
    )
    funnel = HoneymoonFunnel("2026-10-31", "2026-11-05", WAVES, (month,), bands, whole, True)
    found = (Breakpoint(BREAKS[2], 4, 2, 1, 40, True), Breakpoint(BREAKS[1], 4, 0, 4, None, False),
             Breakpoint(BREAKS[0], 4, 0, 0, None, True))  # fmt: skip
    made.show_funnel(funnel, found)
    return made


@pytest.fixture
def requested(tab: HoneymoonTab) -> list[str]:
    conditions: list[str] = []
    tab.condition_requested.connect(conditions.append)
    return conditions


def cell(tab: HoneymoonTab, row: int, column: int) -> str:
    return str(tab.table.table.index(row, column).data())


def test_a_cell_is_who_did_it_of_those_it_was_asked_of(tab: HoneymoonTab) -> None:
    assert [cell(tab, 0, n) for n in range(6)] == ["合计", "4", "3 / 4", "看不出", "1 / 4", "未到"]
    assert "近365天新开户4户" in tab.sum.text()


def test_by_assets_empty_bands_take_no_line(tab: HoneymoonTab) -> None:
    tab.by["bands"].click()
    assert [cell(tab, row, 0) for row in range(tab.table.table.rowCount())] == ["合计", "不到5万"]


def test_each_state_of_a_figure_opens_its_own_list(tab: HoneymoonTab, requested: list[str]) -> None:
    tab.table.setCurrentIndex(tab.table.table.index(1, 4))
    shown = {state: made.text() for state, made in tab.figures.items() if made.isVisible()}
    assert shown == {"done": "做到 1", "open": "进行中 2", "missed": "错过 1"}
    tab.figures["open"].click()
    assert requested == [
        f"opened_days <= 30 and opened_days >= 7 and opened_days <= 7 and not ({WAVES[2].done})"
    ]


def test_enter_opens_those_who_missed_it(qtbot: Bot, tab: HoneymoonTab, requested: list[str]) -> None:
    tab.table.setCurrentIndex(tab.table.table.index(0, 2))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert requested == [f"opened_days <= 365 and opened_days > 0 and not ({WAVES[0].done})"]


def test_an_unknown_figure_names_its_column(tab: HoneymoonTab) -> None:
    tab.table.setCurrentIndex(tab.table.table.index(0, 3))
    assert "绑卡微信" in tab.figures["unknown"].toolTip()


@pytest.mark.parametrize(("row", "opens"), [(0, "broken"), (1, "unknown"), (2, None)])
def test_a_break_opens_those_it_is_about(
    tab: HoneymoonTab, requested: list[str], row: int, opens: str | None
) -> None:
    tab.broken.selectRow(row)
    assert tab.break_button.isEnabled() is (opens is not None)
    tab.broken.opened.emit(row)
    words = {"broken": "opened_days >= 1 and opened_days <= 180 and (not wecom)",
             "unknown": "opened_days >= 3 and opened_days <= 180", None: None}[opens]  # fmt: skip
    assert requested == ([words] if words else [])


def test_without_a_day_of_opening_it_says_which_column_is_missing(
    tab: HoneymoonTab, qtbot: Bot, workbench: Workbench
) -> None:
    nobody = Cohort("", "合计", "", 0, tuple([WaveCount()] * len(WAVES)))
    tab.show_funnel(HoneymoonFunnel("2026-10-31", "2026-11-05", WAVES, (), (), nobody, False), ())
    assert "开户日期" in tab.undated.words.text()
    with qtbot.waitSignal(tab.imports_requested):
        tab.undated.findChildren(QPushButton)[0].click()


def test_without_newcomers_it_is_one_sentence_and_no_empty_tables(tab: HoneymoonTab) -> None:
    assert tab.table.isVisibleTo(tab)
    nobody = Cohort("", "合计", "", 0, tuple([WaveCount()] * len(WAVES)))
    tab.show_funnel(HoneymoonFunnel("2026-10-31", "2026-11-05", WAVES, (), (), nobody, True), ())
    assert tab.room.currentWidget() is tab.none
    assert "没有新开户的客户" in tab.none.words.text()
