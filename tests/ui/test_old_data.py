"""The pages on data of last year: one sentence says so, and nothing on them runs against a clock."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE
from ui.page import Page
from ui.pages.plan.page import PlanPage
from ui.pages.portrait.page import PortraitPage
from ui.pages.towers.page import TowersPage
from ui.pages.warnings.page import WarningsPage
from ui.pages.week.page import WeekPage
from ui.tasks import Tasks
from workbench.app import Workbench

CLOCKS = re.compile(r"今天|立即|\d+ ?小时|[三一]天内|一周内|\d\d-\d\d 前")
OLD = "数据截至 2026-10-31,已是 381 天前的"


@pytest.fixture
def workbench(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-11-16")
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def show(qtbot: QtBot, workbench: Workbench) -> Iterator[Callable[[type[Page], str], Page]]:
    tasks = Tasks()

    def build(kind: type[Page], whom: str = "") -> Page:
        page = kind(workbench, tasks)
        qtbot.addWidget(page)
        page.resize(1222, 728)
        page.show()
        if whom:
            page.place(whom)
        qtbot.waitUntil(lambda: not tasks.busy)
        return page

    yield build
    tasks.close()


def words(page: QWidget) -> list[str]:
    """Every visible text of a page, the cells of its tables too."""
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    for table in page.findChildren(QWidget):
        model = getattr(table, "table", None)
        if model is None or not table.isVisible():
            continue
        said += [
            str(model.index(row, at).data())
            for row in range(model.rowCount())
            for at in range(model.columnCount())
        ]
    # what is said aloud has its own "today": it sets no clock
    return [text for text in said if not text.startswith("说:")]


@pytest.mark.parametrize("kind", [WeekPage, WarningsPage, TowersPage, PlanPage])
def test_one_sentence_instead_of_clocks(show: Callable[[type[Page], str], Page], kind: type[Page]) -> None:
    said = words(show(kind, ""))
    assert sum(OLD in text for text in said) == 1
    assert [text for text in said if CLOCKS.search(text)] == []


def test_a_portrait_keeps_its_light_and_drops_its_days(
    show: Callable[[type[Page], str], Page], workbench: Workbench
) -> None:
    worst = workbench.insight.ranking(limit=1)[0]
    assert worst.light is not None
    page = show(PortraitPage, worst.customer_no)
    said = words(page)
    assert sum(OLD in text for text in said) == 1
    assert any(text.endswith("灯") for text in said)
    assert [text for text in said if CLOCKS.search(text)] == []
    assert not any("起降级" in text for text in said)


def test_a_list_of_last_month_is_not_old(
    show: Callable[[type[Page], str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-14")
    said = words(show(WeekPage, ""))
    assert not any("天前的" in text for text in said)
    assert any("今天先联系" in text for text in said)


def test_the_lists_of_the_towers_have_no_columns_of_dashes(show: Callable[[type[Page], str], Page]) -> None:
    page = show(TowersPage, "")
    assert isinstance(page, TowersPage)
    for name in ("keep", "upgrade"):
        table = page._lists[name]
        assert table.table.rowCount(), name
        shown = [at for at in range(table.table.columnCount()) if not table.isColumnHidden(at)]
        heads = {table.table.columns[at].title for at in shown}
        assert not heads & {"何时降级", "补多少", "怎么办"}
