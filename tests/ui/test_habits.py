"""What the hand expects wherever it is: Enter presses the focused button, files may be dropped on any page and any field."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.main_window import MainWindow
from ui.widgets.parts import button

Settle = Callable[[], None]
_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_enter_presses_the_focused_button_in_a_dialog_where_another_is_the_default(
    qtbot: QtBot, program: Program, window: MainWindow
) -> None:
    presses: list[str] = []
    dialog, check = QDialog(window), QCheckBox("下次联系")
    other, default = (
        button("看全部", lambda: presses.append("other")), button("记下", lambda: presses.append("default"))
    )  # fmt: skip
    default.setDefault(True)
    layout = QVBoxLayout(dialog)
    for one in (check, other, default):
        layout.addWidget(one)
    dialog.open()
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert presses == ["other"]
    qtbot.keyClick(other, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert presses == ["other", "other"]
    other.setEnabled(False)
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Return)
    assert presses == ["other", "other", "default"], "a choice is taken by Space; Enter closes the dialog"
    assert not check.isChecked()
    dialog.close()


def drop(over: QWidget, paths: list[Path]) -> bool:
    """Drag files over a widget and let them go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))  # as a Linux desktop gives them too
    enter = QDragEnterEvent(QPoint(3, 3), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(over, enter)
    event = QDropEvent(QPointF(3, 3), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(over, event)
    return enter.isAccepted() and event.isAccepted()


@pytest.mark.parametrize("page", ["week", "settings", "picker"])
def test_a_list_dropped_on_any_page_or_field_is_read(
    window: MainWindow, settle: Settle, small_list: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, object]] = []
    front = window.open_page(page)
    settle()
    open_page = window.open_page

    class _Place:
        def __init__(self, name: str) -> None:
            self.name = name

        def place(self, argument: object) -> None:
            opened.append((self.name, argument))

    monkeypatch.setattr(window, "open_page", _Place)
    fields = [one for one in front.findChildren(QLineEdit) if one.isVisible()][:1]
    assert fields or page == "week"
    for over in (window, *fields):
        assert drop(over, [small_list])
        assert opened.pop() == ("imports", (small_list,))
    assert not any(str(small_list) in one.text() for one in fields)
    monkeypatch.setattr(window, "open_page", open_page)


def test_pictures_go_to_the_results_and_lists_go_first(
    window: MainWindow, small_list: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[tuple[str, object]] = []
    photo, scan = tmp_path / "单子.JPG", tmp_path / "扫描.pdf"

    class _Place:
        def __init__(self, name: str) -> None:
            self.name = name

        def place(self, argument: object) -> None:
            opened.append((self.name, argument))

    monkeypatch.setattr(window, "open_page", _Place)
    drop(window, [photo, scan])
    assert opened.pop() == ("results", (photo, scan))
    drop(window, [photo, small_list])
    assert opened == [("imports", (small_list,))]
    assert "1 个照片" in window.notice.words.text()
    window.take_files(())
    assert len(opened) == 1
