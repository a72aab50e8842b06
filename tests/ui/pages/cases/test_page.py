"""投诉亏损 in the window: complaints by the clock that runs out first, the file beside them, a step, the end."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.cases.complaint_dialogs import ComplaintDialog, ComplaintEndDialog, ComplaintStepDialog
from ui.pages.cases.complaints import ComplaintsTab
from ui.pages.cases.page import CasesPage
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.outreach.complaints.new_complaint import NewComplaint

Settle = Callable[[], None]
NUMBER, OTHER = "900000000001", "900000000002"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers; one complained on the Friday before."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, [1, 2])
        what = NewComplaint(
            "没人理他", "attitude", received="2026-11-13 10:00", owner="王芳", against="李经理"
        )
        workbench.outreach.complaints.open(NUMBER, what)

    return kept_book(tmp_path_factory.mktemp("cases"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "投诉.book")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def page(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> CasesPage:
    made = CasesPage(workbench, tasks)
    qtbot.addWidget(made)
    tasks.wrote.connect(lambda _change, _words: made.refresh())
    made.resize(1198, 722)
    made.show()
    qtbot.waitUntil(lambda: not tasks.busy and not made.reading)
    return made


@pytest.fixture
def settle(qtbot: Bot, page: CasesPage, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy and not page.reading)


def test_from_the_first_step_to_the_end_the_list_and_the_file_follow(
    page: CasesPage, qtbot: Bot, settle: Settle
) -> None:
    tab = page.tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    settle()
    cells = [str(tab.table.table.index(0, n).data()) for n in range(7)]
    assert cells[0] == "首次回应\n2026-11-13 10:30"
    assert cells[2] == "○ 四级"
    assert "2026-11-18" in cells[4]
    assert "2026-11-28" in cells[5]
    assert "超过时限" in page.hint.text()
    assert tab.open_file.isHidden()
    qtbot.waitUntil(lambda: bool(tab.detail.words.words.say))  # what to say at the first step
    assert tab.detail.words.words.script.startswith("CM-1")
    tab.step.click()
    step = tab.dialog
    assert isinstance(step, ComplaintStepDialog)
    assert step.step.code() == "stop"
    step.yes.click()
    settle()
    assert "没有写做了什么" in step.fault.text()
    step.note.setPlainText("打了电话,停了推介")
    step.yes.click()
    settle()
    one = tab.one()
    assert one is not None
    assert [each.step for each in one.steps] == ["stop"]
    tab.end.click()
    end = tab.dialog
    assert isinstance(end, ComplaintEndDialog)
    end.solution.setPlainText("当面说明了经过,月底前调班")
    end.satisfaction.take("4")
    end.yes.click()
    settle()
    one = tab.one()
    assert one is not None
    assert (one.state, one.satisfaction) == ("closed", 4)
    assert (tab.again.isVisible(), tab.extend.isVisible()) == (True, False)


def test_a_customer_who_never_complained_gets_the_dialog_and_whom_it_is_about_cannot_settle_it(
    page: CasesPage, qtbot: Bot, settle: Settle
) -> None:
    page.place(("complaints", OTHER))
    tab = page.tab("complaints")
    qtbot.waitUntil(lambda: tab.dialog is not None)
    asked = tab.dialog
    assert isinstance(asked, ComplaintDialog)
    settle()
    asked.content.setPlainText("扣费没讲")
    asked.category.setCurrentIndex(asked.category.findData("fees"))
    asked.money.setText("6万")
    asked.owner.setText("李明")
    asked.against.setText("李经理")
    asked.yes.click()
    settle()
    assert "不能由他承办" in asked.fault.text()
    asked.owner.setText("王芳")
    asked.yes.click()
    settle()
    (one,) = page.workbench.outreach.complaints.named(OTHER)
    assert (one.level.code, one.owner, one.money_fen) == ("two", "王芳", 6_000_000)
