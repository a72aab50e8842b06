"""登记 in the window: the rows in words, papers that are due ticked off and undone, the supervisor's word above the limit."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.trust.page import TrustPage
from ui.pages.trust.register_tab import RegisterTab
from ui.pages.trust.tick_dialog import TickDialog
from ui.tasks import Tasks
from ui.widgets.approval import ApprovalDialog
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.trust.ledger import LedgerFilter
from workbench.trust.register import Outgoing


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of which two sheets were printed."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, range(1, 3))
        for kind in ("plan_pdf", "day_pdf"):
            workbench.register.printed(Outgoing(kind, 3, ("name_masked",)), 1, 1)

    return kept_book(tmp_path_factory.mktemp("trust"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Forty days later: the two papers are due."""
    monkeypatch.setenv("WORKBENCH_TODAY", (dt.date.today() + dt.timedelta(days=40)).isoformat())
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "登记.book")), PASSPHRASE) as opened:
        yield opened


def test_papers_that_are_due_are_shown_ticked_off_and_taken_back(
    qtbot: Bot, workbench: Workbench, tasks: Tasks
) -> None:
    page = TrustPage(workbench, tasks)
    qtbot.addWidget(page)
    tasks.wrote.connect(lambda _change, _words: page.refresh())
    page.resize(1198, 722)
    page.show()
    page.refresh()
    tab = page.tab("register")
    assert isinstance(tab, RegisterTab)

    def settled() -> bool:
        return not tasks.busy and not page.reading

    qtbot.waitUntil(settled)
    assert tab.title() == "登记(2 份该销毁)"
    assert page.primary is not None
    assert page.primary.isEnabled()
    tab.place("due")
    qtbot.waitUntil(settled)
    assert tab.table.table.rowCount() == 2
    tab.table.selectAll()
    tab.follow()
    tab.tick.click()
    assert isinstance(tab.dialog, TickDialog)
    with qtbot.waitSignal(tasks.wrote) as wrote:
        tab.dialog.yes.click()
    qtbot.waitUntil(settled)
    assert tab.title() == "登记"
    assert tab.table.table.rowCount() == 0
    assert "没有登记的事" in tab.whole.text()
    change, words = wrote.args
    assert words == "已登记销毁 2 份。"
    workbench.undo(change.undo_id)
    page.refresh()
    qtbot.waitUntil(settled)
    assert tab.waiting == 2


def test_a_supervisor_is_asked_and_the_job_is_done_again(
    qtbot: Bot, workbench: Workbench, tasks: Tasks, tmp_path: Path
) -> None:
    dialogs: list[ApprovalDialog] = []

    def ask(error: WorkbenchError, again: object, refuse: object) -> None:
        dialog = ApprovalDialog(workbench, tasks, error.message)
        qtbot.addWidget(dialog)
        dialog.accepted.connect(again)
        dialog.rejected.connect(refuse)
        dialogs.append(dialog)

    tasks.ask_approval = ask
    many, target = Outgoing("list_xlsx", 501, ("name_masked",)), tmp_path / "名单.xlsx"
    failures: list[Exception] = []
    for answer in ("refused", "confirmed"):
        tasks.run(lambda: workbench.register.save(many, b"x", target), failed=failures.append)
        qtbot.waitUntil(lambda: bool(dialogs) and not tasks.busy)
        dialog = dialogs.pop()
        dialog.by.setText("王主管")
        dialog.yes.click()
        assert "姓名和理由" in dialog.fault.text()
        if answer == "refused":
            dialog.reject()
            assert len(failures) == 1
            assert not target.exists()
        else:
            dialog.reason.setText("分行检查")
            dialog.yes.click()
            qtbot.waitUntil(target.exists)
    assert len(failures) == 1
    newest = workbench.ledger.lines(LedgerFilter(group="out"))[0]
    assert "主管:王主管 · 主管确认的理由:分行检查" in newest.words
