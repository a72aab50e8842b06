"""本行授权使用 is asked once an opening, may be put off, and is kept and registered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.record import audit
from tests.books import empty_file
from tests.ui.bot import delivered
from ui.app import Program
from ui.statement_dialog import StatementDialog
from workbench.app import Workbench

PASSPHRASE = "secret 2026"
Start = Callable[[Path], Program]


def asked_now(program: Program) -> list[StatementDialog]:
    """The questions in sight over the window."""
    window = program.window
    return [one for one in window.findChildren(StatementDialog) if one.isVisible()] if window else []


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that was made before it was asked for the statement."""
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("ui.first_steps.STATEMENT_AFTER", 0)
    return empty_file(tmp_path / "声明.book", PASSPHRASE)


def test_put_off_it_is_asked_again_and_filled_in_it_is_kept(qtbot: QtBot, start: Start, older: Path) -> None:
    program = start(older)
    for again in (False, True):
        program.enter(Workbench.open(older, PASSPHRASE))
        qtbot.waitUntil(lambda: bool(asked_now(program)))
        (dialog,) = asked_now(program)
        if not again:
            dialog.later.click()
            qtbot.waitUntil(lambda: not asked_now(program) and not program.tasks.busy)
            program.lock()
    dialog.go.click()
    qtbot.waitUntil(lambda: "都要填" in dialog.fault.text())
    dialog.approver.setText("王主管")
    dialog.go.click()
    qtbot.waitUntil(lambda: not asked_now(program) and not program.tasks.busy)
    assert program.workbench is not None
    assert program.workbench.settings()["statement"]["approver"] == "王主管"
    with program.workbench.book.read() as conn:
        assert "statement" in list(conn.execute(select(audit.c.action)).scalars())


def test_it_waits_until_the_locked_window_and_other_questions_are_gone(
    qtbot: QtBot, start: Start, older: Path
) -> None:
    program = start(older)
    program.enter(Workbench.open(older, PASSPHRASE))
    program.hide_all()
    for _turn in range(20):
        delivered()
    assert asked_now(program) == []
    assert program.window is not None
    other = QDialog(program.window)
    program.show_all()
    other.open()
    for _turn in range(20):
        delivered()
    assert asked_now(program) == []
    other.close()
    qtbot.waitUntil(lambda: bool(asked_now(program)))


def test_once_an_opening_and_only_where_somebody_sits(
    qtbot: QtBot, start: Start, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(older)
    program.enter(Workbench.open(older, PASSPHRASE))
    qtbot.waitUntil(lambda: bool(asked_now(program)))
    asked_now(program)[0].later.click()
    program.hide_all()
    program.show_all()
    program.rebuild()
    for _turn in range(20):
        delivered()
    assert asked_now(program) == []
    program.lock()
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    program.enter(Workbench.open(older, PASSPHRASE))
    for _turn in range(20):
        delivered()
    assert asked_now(program) == []
