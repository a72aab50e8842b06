"""Where a refused write is said: in the dialog, in the window once the dialog is gone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout
from shiboken6 import isValid

from tests.ui.bot import Bot, delivered
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, still_open, under_way
from workbench.base.errors import WorkbenchError

TAKEN = WorkbenchError("name_taken", "这个名称已经用了。", "请换一个。")


class Asking(QDialog):
    """A dialog with a fault line and one button."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = label("", "red")
        self.fault.hide()
        self.save = button("保存", self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, self.save))


@pytest.fixture
def dialog(qapp: QApplication) -> Iterator[Asking]:
    made = Asking()
    made.show()
    yield made
    if isValid(made):
        made.close()


@pytest.fixture
def elsewhere(tasks: Tasks) -> list[Exception]:
    """What the window is left to say."""
    errors: list[Exception] = []
    tasks.failed.connect(errors.append)
    return errors


def begin(dialog: Asking, tasks: Tasks, *, stays: bool = False) -> Callable[[Exception], object]:
    return under_way(dialog, tasks, fault_handler(dialog.fault, tasks), dialog.save, stays=stays)


def waits(dialog: Asking) -> list[QLabel]:
    return [one for one in dialog.findChildren(QLabel) if "账本正忙" in one.text()]


def test_a_refusal_is_said_in_place_and_the_button_works_again(
    dialog: Asking, tasks: Tasks, elsewhere: list[Exception]
) -> None:
    failed = begin(dialog, tasks)
    assert not dialog.save.isEnabled(), "a write under way is not begun twice"
    failed(TAKEN)
    assert dialog.fault.isVisible()
    assert "这个名称已经用了" in dialog.fault.text()
    assert "请换一个" in dialog.fault.text()
    assert dialog.save.isEnabled()
    assert elsewhere == []


def test_what_nobody_foresaw_goes_to_the_window_and_the_dialog_stays_usable(
    dialog: Asking, tasks: Tasks, elsewhere: list[Exception]
) -> None:
    error = ValueError("broken")
    begin(dialog, tasks)(error)
    assert elsewhere == [error]
    assert not dialog.fault.isVisible()
    assert dialog.save.isEnabled()


@pytest.mark.parametrize("gone", [QDialog.reject, QDialog.deleteLater])
def test_a_refusal_after_the_dialog_has_gone_is_said_by_the_window(
    dialog: Asking, tasks: Tasks, elsewhere: list[Exception], gone: Callable[[QDialog], None]
) -> None:
    failed = begin(dialog, tasks)
    assert still_open(dialog)
    gone(dialog)
    delivered()
    assert not still_open(dialog)
    failed(TAKEN)
    assert elsewhere == [TAKEN]


def test_a_write_that_has_to_wait_says_so_above_the_buttons(qtbot: Bot, dialog: Asking, tasks: Tasks) -> None:
    failed = begin(dialog, tasks)
    (words,) = waits(dialog)
    assert not words.isVisible(), "not before it has waited a moment"
    qtbot.waitUntil(words.isVisible)
    assert words.geometry().bottom() <= dialog.save.geometry().top()
    failed(TAKEN)
    delivered()
    assert waits(dialog) == []


def test_a_dialog_that_stays_open_says_nothing_of_closing_it(dialog: Asking, tasks: Tasks) -> None:
    begin(dialog, tasks, stays=True)
    assert [one for one in waits(dialog) if one.parent() is dialog] == []
    assert isinstance(dialog.save, QPushButton)
