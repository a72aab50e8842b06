"""个人信息 in the window: what is held is listed, a deletion lists what goes and asks why, its receipt comes up."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.tables import snapshots
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.trust.deletion_dialog import DeletionDialog
from ui.pages.trust.page import TrustPage
from ui.pages.trust.personal_tab import PersonalTab
from ui.tasks import Tasks
from ui.widgets.preview import PreviewDialog
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError

NO = "900000000003"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six customers."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, range(1, 7))

    return kept_book(tmp_path_factory.mktemp("personal"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "个人.book")), PASSPHRASE) as opened:
        yield opened


def test_a_person_is_deleted_after_it_was_shown_what_goes(
    qtbot: Bot, workbench: Workbench, tasks: Tasks
) -> None:
    page = TrustPage(workbench, tasks)
    qtbot.addWidget(page)
    page.resize(1198, 722)
    page.show()
    page.refresh()
    tab = next(one for one in page.parts if isinstance(one, PersonalTab))
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    assert not tab.delete.isEnabled()
    tab.place(NO)
    qtbot.waitUntil(lambda: tab.made is not None and tab.table.table.rowCount() > 0)
    assert tab.table.table.index(0, 0).data() == "客户资料"
    qtbot.mouseClick(tab.delete, Qt.MouseButton.LeftButton)
    dialog = tab.dialog
    assert isinstance(dialog, DeletionDialog)
    qtbot.waitUntil(dialog.yes.isEnabled)
    assert "客户资料 1 行" in dialog.goes.text()
    dialog.answer()
    assert "原因" in dialog.fault.text()
    dialog.reason.setText("本人书面要求")
    dialog.answer()
    qtbot.waitUntil(lambda: isinstance(tab.dialog, PreviewDialog) and tab.dialog.printed is not None)
    assert isinstance(tab.dialog, PreviewDialog)
    assert tab.dialog.printed is not None
    assert tab.dialog.printed.name == "删除回执_SC-20261116-01"
    assert tab.made is None
    with pytest.raises(WorkbenchError):
        workbench.personal.held(NO)


def test_a_clean_up_is_backed_up_first(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> None:
    with workbench.book.write("import", "以前的月份") as writer:
        row = {"customer_id": 1, "month": "2020-01", "as_of": "2020-01-31", "batch_id": 1, "source_row": 1}
        writer.insert(snapshots, [row])
    page = TrustPage(workbench, tasks)
    qtbot.addWidget(page)
    tab = next(one for one in page.parts if isinstance(one, PersonalTab))
    tab.clean_up()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert workbench.personal.overdue().rows == 0
    assert [one.why for one in workbench.backups.lying()] == ["clean"]
