"""A file under a password from the save question: asked twice, weak ones refused, the door locks the file."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.ui.bot import Bot
from ui.widgets import saving
from ui.widgets.lock_dialog import LockDialog

PASSWORD = "Shu7-hai-88"


def test_two_fields_must_agree_and_hold(qtbot: Bot, tmp_path: Path) -> None:
    dialog = LockDialog(tmp_path / "名单.xlsx")
    qtbot.addWidget(dialog)
    dialog.first.setText(PASSWORD)
    dialog.yes.click()
    assert "不一样" in dialog.fault.text()
    for weak in ("abc", PASSWORD):
        dialog.first.setText(weak)
        dialog.second.setText(weak)
        dialog.yes.click()
    assert dialog.result() == LockDialog.DialogCode.Accepted
    assert dialog.password() == PASSWORD


class _Door:
    """Keeps what is locked."""

    def __init__(self) -> None:
        self.locked: list[tuple[Path, str]] = []
        self.register = self

    def lock(self, path: Path, password: str) -> None:
        self.locked.append((path, password))


@pytest.mark.parametrize(
    ("chosen", "ending", "path", "replace"),
    [
        ("名单.xlsx", ".xlsx", "名单.xlsx", True),
        ("名单", ".xlsx", "名单.xlsx", False),
        ("名单.pdf.zip", ".pdf", "名单.pdf", True),
        ("名单.zip", ".pdf", "名单.pdf", False),
    ],
)
def test_the_door_is_told_which_file_to_lock(
    qtbot: Bot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    ending: str,
    path: str,
    replace: bool,
) -> None:
    parent, door = QWidget(), _Door()
    qtbot.addWidget(parent)
    parent.workbench = door  # type: ignore[attr-defined]
    asked_for: list[str] = []

    def choose(_parent: QWidget, _title: str, _name: str, kinds: str) -> tuple[str, str]:
        asked_for.append(kinds)
        return str(tmp_path / chosen), kinds.split(";;")[-1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(LockDialog, "exec", lambda _self: 1)
    monkeypatch.setattr(LockDialog, "password", lambda _self: PASSWORD)
    place = saving.ask_place(parent, "存", "名单", f"x (*{ending})", ending)
    assert "加口令" in asked_for[0]
    assert place == (tmp_path / path, replace)
    assert door.locked == [(tmp_path / path, PASSWORD)]
    assert saving.ask_place(parent, "存", "账本", "x (*.book)", ".book") is not None
    assert "加口令" not in asked_for[1]
