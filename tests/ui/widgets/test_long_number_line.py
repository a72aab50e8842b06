"""A number typed into a remark is told at once and covered only when somebody presses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.bot import Bot
from ui.widgets.long_number_line import LongNumberLine


def test_a_number_in_a_remark_is_told_and_covered_on_request(qtbot: Bot) -> None:
    over, note, phone, line = QWidget(), QLineEdit(), QLineEdit(), LongNumberLine()
    layout = QVBoxLayout(over)
    for one in (note, phone, line):
        layout.addWidget(one)
        line.follow(one)
    qtbot.addWidget(over)
    over.show()
    phone.setText("13912345678")
    assert line.isHidden()
    note.setText("女儿电话13912345678")
    assert not line.isHidden()
    qtbot.mouseClick(line.cover, Qt.MouseButton.LeftButton)
    assert (note.text(), phone.text(), line.isHidden()) == ("女儿电话139****5678", "13912345678", True)
    note.undo()
    assert note.text() == "女儿电话13912345678"
