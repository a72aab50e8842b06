"""The line under fields that says when a phone or identity number stands in free text, and offers to cover it (domain 17)."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _
from workbench.people.long_numbers import covered, holds_number

TextField = QLineEdit | QPlainTextEdit


class LongNumberLine(QWidget):
    """Hidden while no field that it follows holds such a number beside other words. Nothing is covered without being asked: a
    number may be meant."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[TextField] = []
        self.words = label(_("文字里写着手机号或证件号,会随备注存下来。"), "todo", wrap=True)
        self.cover = button(_("遮住"), self.cover_all, "link", tip=_("换成 138****1234 的写法"))
        inside = row(self.words, self.cover)
        inside.setStretch(0, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.hide()

    def follow(self, field: QWidget) -> None:
        """Look at a field whenever it changes; anything that is no field of text is passed over."""
        if isinstance(field, QLineEdit | QPlainTextEdit):
            self._fields.append(field)
            field.textChanged.connect(self._look)
            self._look()

    def cover_all(self) -> None:
        """Cover the numbers; Ctrl+Z in a field brings its text back."""
        for field in self._held():
            text = covered(_text(field))
            if isinstance(field, QLineEdit):
                field.selectAll()
                field.insert(text)
            else:
                field.selectAll()
                field.insertPlainText(text)

    def _look(self) -> None:
        self.setVisible(bool(self._held()))

    def _held(self) -> list[TextField]:
        return [field for field in self._fields if isValid(field) and holds_number(_text(field))]


def _text(field: TextField) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
