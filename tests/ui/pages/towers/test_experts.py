"""专家 of 三塔: an expert added, booked for a customer, seen; the buttons follow the row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE
from ui.pages.towers.page import TowersPage
from ui.tasks import Tasks
from ui.widgets.expert_dialogs import BookingDialog, BookingEndDialog, ExpertDialog
from workbench.app import Workbench


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def test_an_expert_is_added_booked_and_seen(qtbot: Bot, tasks: Tasks, workbench: Workbench) -> None:
    page = TowersPage(workbench, tasks)
    qtbot.addWidget(page)
    tasks.changed.connect(lambda _tables, _by: page.refresh())
    tasks.wrote.connect(lambda _change, _words: page.refresh())
    page.show()
    tab = page.experts
    page.place("experts")
    assert page.tabs.currentWidget() is tab
    assert page.current() is None
    qtbot.waitUntil(lambda: not tasks.busy)
    assert not tab.nobody.isHidden()
    tab.add()
    adding = tab.dialog
    assert isinstance(adding, ExpertDialog)
    adding.name.setText("王律师")
    adding.answer()
    qtbot.waitUntil(lambda: bool(tab.experts))
    number = workbench.insight.ranking(limit=1)[0].customer_no
    booking = BookingDialog(workbench, tasks, tab.experts, number, page)
    booking.topic.setText("家庭财产")
    booking.answer()
    qtbot.waitUntil(lambda: tab.booking() is not None)
    assert tab.hold.isEnabled()
    assert [one.text for one in workbench.outreach.promises.open()][-1].endswith("家庭财产")
    tab.hold.click()
    seen = tab.dialog
    assert isinstance(seen, BookingEndDialog)
    seen.answer()
    qtbot.waitUntil(lambda: (row := tab.booking()) is not None and row.state == "held")
    assert not tab.hold.isEnabled()
