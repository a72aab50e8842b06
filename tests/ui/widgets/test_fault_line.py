"""What is wrong stands under the fields until one of them is changed, and no longer."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import label


class Fields(QDialog):
    """A field of each kind over a fault line."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.note, self.kind = QLineEdit("林"), QPlainTextEdit(), QComboBox()
        self.day, self.count, self.sure = QDateEdit(QDate(2026, 11, 30)), QSpinBox(), QCheckBox("是")
        self.save, self.fault = QPushButton("保存"), FaultLine()
        self.kind.addItems(["电话", "面访"])
        layout = QVBoxLayout(self)
        for part in (
            self.name, self.note, self.kind, self.day, self.count, self.sure, self.save, self.fault,
        ):  # fmt: skip
            layout.addWidget(part)


EDITS: dict[str, Callable[[Fields], object]] = {
    "line": lambda one: one.name.setText("林秀"),
    "text": lambda one: one.note.setPlainText("约好了"),
    "choice": lambda one: one.kind.setCurrentIndex(1),
    "day": lambda one: one.day.setDate(QDate(2026, 12, 1)),
    "count": lambda one: one.count.setValue(3),
    "tick": lambda one: one.sure.toggle(),
}


@pytest.fixture
def fields(qapp: QApplication) -> Iterator[Fields]:
    made = Fields()
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("edit", EDITS)
def test_a_fault_goes_when_a_field_is_changed(fields: Fields, edit: str) -> None:
    assert not fields.fault.isVisible()
    fields.fault.setText("日期不对。")
    assert fields.fault.isVisible()
    fields.save.click()
    assert fields.fault.isVisible(), "a button changes no value"
    EDITS[edit](fields)
    assert not fields.fault.isVisible()
    assert fields.fault.text() == ""


def test_a_fault_said_while_a_field_is_edited_is_not_taken_away_by_the_same_edit(fields: Fields) -> None:
    fields.name.textChanged.connect(lambda text: fields.fault.setText("" if len(text) > 2 else "太短"))
    fields.fault.setText("没有名字")
    fields.name.setText("林秀")
    assert fields.fault.text() == "太短"
    fields.name.setText("林秀英")
    assert fields.fault.text() == ""


def test_the_dialog_grows_by_a_long_fault_so_that_nothing_is_cut(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    above, fault = label("请主管本人在场填写;姓名和理由记入登记簿,只用于这一次。" * 3, wrap=True), FaultLine()
    layout = QVBoxLayout(dialog)
    for part in (above, QLineEdit(), fault):
        layout.addWidget(part)
    dialog.setMinimumWidth(300)
    dialog.show()
    fault.setText("批准人、日期、设备、账号都要填。请补齐再保存。" * 4)
    qtbot.waitUntil(lambda: fault.height() >= fault.heightForWidth(fault.width()))
    assert above.height() >= above.heightForWidth(above.width())
