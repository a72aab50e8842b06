"""亏损急救 in the window: the list by the clock, the talk in six steps by keyboard, a doubt that leaves persuasion."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.tables import customers, holdings
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.cases.losses import LossesTab
from ui.pages.cases.losses_dialog import LossTalkDialog
from ui.pages.cases.page import CasesPage
from ui.tasks import Tasks
from workbench.app import Workbench

Settle = Callable[[], None]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers, one of whom lost with a fund."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, [1, 2])
        with workbench.book.write("import", "holding") as writer:
            person = writer.conn.execute(select(customers.c.id).order_by(customers.c.id)).scalar()
            line = {
                "customer_id": person, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 4,
                "kind": "holding", "line": 1, "product_code": "F1", "product_name": "进取一号", "category": "基金",
                "product_risk": "R4", "amount": 8_500_000, "cost": 10_000_000, "profit": -1_500_000,
            }  # fmt: skip
            writer.insert(holdings, [line])

    return kept_book(tmp_path_factory.mktemp("losses"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "亏损.book")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def page(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> CasesPage:
    made = CasesPage(workbench, tasks)
    qtbot.addWidget(made)
    tasks.wrote.connect(lambda _change, _words: made.refresh())
    made.resize(1198, 722)
    made.show()
    made.place("losses")
    qtbot.waitUntil(lambda: not tasks.busy and not made.reading and losses_of(made).shown is not None)
    return made


def losses_of(page: CasesPage) -> LossesTab:
    tab = page.tab("losses")
    assert isinstance(tab, LossesTab)
    return tab


def opened_dialog(page: CasesPage, qtbot: Bot, tasks: Tasks) -> LossTalkDialog:
    tab = losses_of(page)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(tab.dialog, LossTalkDialog) and not tasks.busy)
    assert isinstance(tab.dialog, LossTalkDialog)
    return tab.dialog


def test_a_talk_is_kept_with_what_he_chose_and_its_days_are_shown(
    page: CasesPage, qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    tab = losses_of(page)
    assert tab.title() == "亏损急救 1"
    assert [tab.table.table.index(0, n).data() for n in (2, 4)] == ["进取一号", "15.0%"]
    assert "100,000.00 元" in [one.text() for one in tab.detail.findChildren(type(tab.notes))]
    dialog = opened_dialog(page, qtbot, tasks)
    qtbot.keyClick(dialog.channel, Qt.Key.Key_Tab)
    dialog.channel.take("call")
    qtbot.keyClick(dialog.emotion, Qt.Key.Key_3)
    qtbot.keyClick(dialog.trouble, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not tasks.busy and dialog.spoken.text() != "")
    assert dialog.spoken.text().startswith("说:")
    dialog.choice.take("reduce")
    assert "赎多少由客户定" in dialog.condition.toPlainText()
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading and tab.title() == "亏损急救")
    (case,) = workbench.outreach.losses.board().cases
    assert (case.state, case.emotion, case.trouble, case.choice) == ("agreed", "worry", "drawdown", "reduce")
    qtbot.waitUntil(lambda: "第一次回访" in tab.detail.case.text())
    assert tab.follow_button.isEnabled()


def test_a_doubt_leads_to_the_complaint_and_nobody_persuades(
    page: CasesPage, qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    tab, dialog = losses_of(page), opened_dialog(page, qtbot, tasks)
    qtbot.keyClick(dialog.emotion, Qt.Key.Key_2)
    qtbot.keyClick(dialog.trouble, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: not tasks.busy and dialog.yes.text() == "转投诉")
    assert not dialog.choice.isVisible()
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.busy and "由谁承办" in dialog.fault.text())
    dialog.owner.setText("李四")
    dialog.demand.setText("说是保本的")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading and tab.detail.stopped.text() != "")
    assert workbench.outreach.losses.board().cases[0].state == "escalated"
    assert tab.detail.choices.text() == ""
