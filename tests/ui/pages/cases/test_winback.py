"""赢回 in the window: begun, what there is to know written down, apologised, given up; nothing printed but for a comparison."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.cases.page import CasesPage
from ui.pages.cases.winback import WinBackTab
from ui.pages.cases.winback_dialogs import ApologyDialog, RivalDialog, WinBackDialog, WinBackEndDialog
from ui.tasks import Tasks
from workbench.app import Workbench

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, [1])

    return kept_book(tmp_path_factory.mktemp("winback"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "赢回.book")), PASSPHRASE) as opened:
        yield opened


def test_a_file_from_its_beginning_to_its_end(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> None:
    page = CasesPage(workbench, tasks)
    qtbot.addWidget(page)
    tasks.wrote.connect(lambda _change, _words: page.refresh())
    page.resize(1198, 722)
    page.show()
    page.place("win_backs")
    tab = page.tab("win_backs")
    assert isinstance(tab, WinBackTab)

    def settle() -> None:
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)

    def dialog_of(act: Callable[[], object], kind: type) -> object:
        act()
        settle()
        assert isinstance(tab.dialog, kind)
        return tab.dialog

    settle()
    assert not tab.nobody.isHidden()
    begin = dialog_of(lambda: tab.primary_act(NUMBER), WinBackDialog)
    assert isinstance(begin, WinBackDialog)
    assert "还没有确认" in begin.cause.text()
    begin.strategy.take("rival")
    begin.answer()
    settle()
    # another than the cause asks for needs its reason
    assert begin.fault.text()
    begin.why.setText("客户说那边利率高")
    begin.answer()
    settle()
    one = tab.current()
    assert one is not None
    assert (one.strategy, tab.title()) == ("rival", "赢回 1")
    assert page.primary is not None
    assert page.primary.text().startswith("开始赢回")
    rival = dialog_of(tab.rival.click, RivalDialog)
    assert isinstance(rival, RivalDialog)
    rival.fields["rival"].setText("甲银行")
    rival.fields["rival_amount"].setText("200000")
    rival.fields["rival_due"].setText("2026-12-20")
    rival.answer()
    settle()
    assert "10.0万" in tab.file.text()
    apology = dialog_of(tab.apology.click, ApologyDialog)
    assert isinstance(apology, ApologyDialog)
    apology.words.setText("到期没有提前告诉您")
    apology.answer()
    settle()
    assert not tab.apology.isEnabled()
    assert [one.text for one in workbench.outreach.promises.open()] == ["服务观察期满,回访一次"]
    end = dialog_of(tab.end.click, WinBackEndDialog)
    assert isinstance(end, WinBackEndDialog)
    end.answer()
    settle()
    assert end.fault.text()
    end.why.setText("搬到外地")
    end.answer()
    settle()
    assert tab.title() == "赢回"
    assert "不再争取" in tab.file.text()
    assert not tab.rival.isEnabled()
