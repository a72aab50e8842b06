"""The small pieces every page is made of: labels by role, cards, links, the empty state."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.theme import GRID, light_icon
from workbench.errors import WorkbenchError


def label(text: str = "", role: str = "", *, wrap: bool = False, tip: str = "") -> QLabel:
    """A label dressed by its role in the style sheet; plain text always, so that a cell can never be markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setToolTip(tip)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, act: Callable[[], object], role: str = "", *, tip: str = "") -> QPushButton:
    made = QPushButton(text)
    made.clicked.connect(lambda _checked=False: act())
    made.setToolTip(tip)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def date_edit(day: dt.date) -> QDateEdit:
    """A day to choose, by typing or in a calendar."""
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    return made


def light_label(light: str | None, words: str) -> QWidget:
    """The drawn shape of a light with its word."""
    shape = QLabel()
    shape.setPixmap(light_icon(light).pixmap(14, 14))
    box = QWidget()
    line = row(shape, label(words), spacing=4)
    line.setContentsMargins(0, 0, 0, 0)
    box.setLayout(line)
    box.setAccessibleName(words)
    return box


def _fill(layout: QBoxLayout, items: tuple[QWidget | QLayout | int | None, ...]) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def row(*items: QWidget | QLayout | int | None, spacing: int = GRID) -> QHBoxLayout:
    """Widgets side by side; None stretches, a number leaves that many pixels."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    _fill(layout, items)
    return layout


def column(*items: QWidget | QLayout | int | None, spacing: int = GRID) -> QVBoxLayout:
    """Widgets one under another; None stretches."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    _fill(layout, items)
    return layout


class Card(QFrame):
    """A white sheet on the ground with a heading; `body` takes the content, `aside` stands right of the heading."""

    def __init__(self, heading: str = "", *aside: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 10)
        outer.setSpacing(GRID)
        self.heading = label(heading, "heading")
        self.note = label("", "second", wrap=True)
        if heading:
            head = row(self.heading, self.note, *aside)
            head.setStretch(1, 1)
            outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        outer.addLayout(self.body, 1)

    def clear(self) -> None:
        """Take everything out of the body."""
        empty(self.body)


def empty(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


class EmptyState(QWidget):
    """What a place without content says: why it is empty and how to fill it, with the button that does."""

    def __init__(self, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.words = label(words, "second", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.words)
        if act is not None:
            layout.addLayout(row(None, button(action, act), None))
        layout.addStretch(2)


def tells_nothing(error: Exception) -> bool:
    """Whether a read failed only because nothing was imported yet: an empty state rather than a fault."""
    return isinstance(error, WorkbenchError) and error.code in ("no_data", "no_layers")


def ask(
    over: QWidget, title: str, words: str, hint: str, yes: str, no: str, act: Callable[[], object]
) -> QMessageBox:
    """A question that does not block: `act` on yes, nothing on no ('': cancel)."""
    box = QMessageBox(QMessageBox.Icon.Question, title, words, QMessageBox.StandardButton.NoButton, over)
    box.setInformativeText(hint)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(yes, QMessageBox.ButtonRole.AcceptRole).clicked.connect(lambda *_click: act())
    if no:
        box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    else:
        box.addButton(QMessageBox.StandardButton.Cancel)
    box.open()
    return box


def flow(content: QLayout) -> QScrollArea:
    """A page's content that scrolls up and down when the window is low, and sideways rather than be cut off."""
    inside = QWidget()
    inside.setProperty("role", "flow")
    inside.setLayout(content)
    content.setContentsMargins(0, 0, 0, 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def beside(left: QWidget, right: QWidget, sizes: tuple[int, int], stretches: tuple[int, int]) -> QSplitter:
    """Two widgets that share the width as the person drags; neither can be dragged away."""
    split = QSplitter(Qt.Orientation.Horizontal)
    for at, widget in enumerate((left, right)):
        split.addWidget(widget)
        split.setStretchFactor(at, stretches[at])
    split.setSizes(sizes)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(10)
    return split


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
