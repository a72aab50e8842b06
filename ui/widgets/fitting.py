"""Windows no larger than the screen: a dialog that needs more scrolls."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QVBoxLayout, QWidget

from ui.widgets.parts import flow

#: what the frame of a window takes of the screen
FRAME = QSize(4, 34)


def room(window: QWidget) -> QSize:
    """How large a window can be on its screen, without its frame."""
    return window.screen().availableGeometry().size() - FRAME


def fit(dialog: QDialog) -> None:
    """Shrink a dialog to its screen; what does not fit scrolls, the buttons stay in sight.

    Called when a dialog is shown; only the first call does anything. File and message boxes are left to Qt.
    """
    if isinstance(dialog, (QMessageBox, QFileDialog)) or dialog.property("fitted"):
        return
    dialog.setProperty("fitted", True)
    most = room(dialog)
    needs = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    layout = dialog.layout()
    if layout is not None and (needs.width() > most.width() or needs.height() > most.height()):
        around = layout.contentsMargins()
        last = layout.itemAt(layout.count() - 1)
        buttons = last.layout() if last is not None else None
        if buttons is not None:  # they stay in sight while the rest scrolls
            layout.removeItem(buttons)
            buttons.setParent(None)
        area = flow(layout)  # the layout moves, with all its widgets
        whole = QVBoxLayout(dialog)
        whole.setContentsMargins(around)
        whole.addWidget(area)
        if buttons is not None:
            whole.addLayout(buttons)
        dialog.setMinimumSize(dialog.minimumSize().boundedTo(most))
        needs += QSize(area.verticalScrollBar().sizeHint().width(), 0)
    before = dialog.size()
    dialog.resize(before.expandedTo(needs).boundedTo(most))
    if before.width() > most.width() or before.height() > most.height():
        dialog.move(dialog.screen().availableGeometry().topLeft())


def grow(dialog: QDialog) -> None:
    """Give an open dialog the room that what came into it later needs, as far as the screen has it."""
    layout = dialog.layout()
    if layout is None or not dialog.isVisible():
        return
    layout.activate()
    needs = dialog.minimumSizeHint().expandedTo(dialog.size())
    if layout.hasHeightForWidth():
        needs.setHeight(max(needs.height(), layout.totalHeightForWidth(needs.width())))
    dialog.resize(needs.boundedTo(room(dialog)))
