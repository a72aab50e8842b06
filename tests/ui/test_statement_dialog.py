"""本行授权使用 is asked once a start, may be put off, and is kept and registered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.record import audit
from tests.books import empty_file
from ui.app import Program
from ui.statement_dialog import StatementDialog
from workbench.app import Workbench

PASSPHRASE = "secret 2026"


def asked_now() -> list[StatementDialog]:
    """The questions in sight."""
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, StatementDialog) and one.isVisible()
    ]


def test_put_off_it_is_asked_again_and_filled_in_it_is_kept(
    qtbot: QtBot, start: Callable[[Path], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.app.STATEMENT_AFTER", 0)
    path = tmp_path / "声明.book"
    empty_file(path, PASSPHRASE)
    program = start(path)
    for again in (False, True):
        program.enter(Workbench.open(path, PASSPHRASE))
        qtbot.waitUntil(lambda: bool(asked_now()))
        (dialog,) = asked_now()
        if not again:
            dialog.later.click()
            qtbot.waitUntil(lambda: not asked_now() and not program.tasks.busy)
            program.lock()
    dialog.go.click()
    qtbot.waitUntil(lambda: "都要填" in dialog.fault.text())
    dialog.approver.setText("王主管")
    dialog.go.click()
    qtbot.waitUntil(lambda: not asked_now() and not program.tasks.busy)
    assert program.workbench is not None
    assert program.workbench.settings()["statement"]["approver"] == "王主管"
    with program.workbench.book.read() as conn:
        assert "statement" in list(conn.execute(select(audit.c.action)).scalars())
