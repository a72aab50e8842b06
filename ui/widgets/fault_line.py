"""The line under fields that says what is wrong with them: it goes as soon as one of them is changed."""

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.widgets.fitting import grow
from ui.widgets.plain_words import PlainLabel


class FaultLine(PlainLabel):
    """Hidden while it has nothing to say. What it says stands until a field beside it is edited, or something else is said.

    The fields are those below the widget that the line stands in, as they are when it speaks.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setProperty("role", "red")
        self._heard: list[tuple[QObject, SignalInstance]] = []
        self.hide()

    def setText(self, words: str) -> None:
        """Say `words` until a field is changed; '' says nothing."""
        super().setText(words)
        self.setVisible(bool(words))
        self._listen(self.parentWidget() if words else None)
        dialog = self.window()
        if words and isinstance(dialog, QDialog):
            QTimer.singleShot(0, dialog, lambda: grow(dialog))  # once other parts have changed with it

    def _listen(self, over: QWidget | None) -> None:
        """Follow the fields below `over` instead of those followed so far."""
        heard, self._heard = self._heard, []
        for field, edited in heard:
            if isValid(field):
                edited.disconnect(self._forget)
        if over is None:
            return
        # a field that checks itself while it is edited speaks first; what it says then is not taken away by the same edit,
        # since a connection made during a signal does not hear it
        for one in over.findChildren(QWidget):
            for edited in _edits(one):
                edited.connect(self._forget)
                self._heard.append((one, edited))

    def _forget(self, *_value: object) -> None:
        self.setText("")


def _edits(field: QWidget) -> tuple[SignalInstance, ...]:
    """What tells that the value of a field was changed; none of what is no field."""
    if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
        return (field.textChanged,)
    if isinstance(field, QComboBox):
        return (field.currentIndexChanged,)
    if isinstance(field, QDateEdit):
        return (field.dateChanged,)
    if isinstance(field, QSpinBox):
        return (field.valueChanged,)
    if isinstance(field, QAbstractButton) and field.isCheckable():
        return (field.toggled,)
    return ()
