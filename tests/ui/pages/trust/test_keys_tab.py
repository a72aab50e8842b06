"""口令与恢复码 in the window: another passphrase, a code on its sheet, the minutes until it locks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import empty_file
from tests.ui.bot import Bot
from ui.pages.trust.keys_tab import LOCK_RULE, KeysTab
from ui.pages.trust.page import TrustPage
from ui.tasks import Tasks
from ui.widgets.saving import FilePlace
from workbench.app import Workbench

OLD = "secret 2026"
NEW = "四只 青蛙 跳 进 7 井"


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: None)
    path = tmp_path / "钥匙.book"
    empty_file(path, OLD)
    with Workbench.open(path, OLD) as opened:
        yield opened


def test_passphrase_code_and_minutes_are_changed(
    qtbot: Bot, workbench: Workbench, tasks: Tasks, tmp_path: Path
) -> None:
    page = TrustPage(workbench, tasks)
    qtbot.addWidget(page)
    page.show()
    page.place("keys")
    tab = next(one for one in page.parts if isinstance(one, KeysTab))
    qtbot.waitUntil(lambda: not tasks.busy and "起有效" in tab.since.text())
    assert "还没有恢复码" in tab.recovery.text()

    tab.old.setText(OLD)
    tab.new.setText("123456")
    tab.again.setText("123456")
    assert not tab.change.isEnabled()
    tab.new.setText(NEW)
    tab.again.setText(NEW)
    tab.change.click()
    qtbot.waitUntil(lambda: not tasks.busy and "口令已经换好" in tab.outcome.text())
    assert workbench.vault.fits(NEW)
    assert not workbench.vault.fits(OLD)
    assert tab.new.text() == ""

    sheet = tmp_path / "恢复单.pdf"
    tab.new_recovery(FilePlace(sheet, replace=False))
    qtbot.waitUntil(lambda: not tasks.busy and "现在的恢复码" in tab.recovery.text())
    assert sheet.read_bytes().startswith(b"%PDF")

    tab.minutes.setValue(9)
    tab.minutes.editingFinished.emit()
    qtbot.waitUntil(lambda: not tasks.busy and "9 分钟" in tab.outcome.text())
    assert workbench.rules.whole(LOCK_RULE) == 9
