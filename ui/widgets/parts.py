"""The small pieces every page is made of: labels by role, cards, links, the empty state."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
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
from ui.widgets.plain_words import PlainLabel
from ui.zoom import measured
from workbench.base.errors import WorkbenchError


def label(text: str = "", role: str = "", *, wrap: bool = False, tip: str = "") -> PlainLabel:
    """A label dressed by its role in the style sheet; plain text always, so that a cell can never be markup."""
    made = PlainLabel(text)
    made.setWordWrap(wrap)
    made.setToolTip(tip)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, act: Callable[[], object], role: str = "", *, tip: str = "") -> QPushButton:
    """A button that calls `act`; role '', 'primary' or 'link'. It never becomes a dialog's default by itself."""
    made = QPushButton(text)
    made.clicked.connect(lambda _checked=False: act())
    made.setToolTip(tip)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class _DateEdit(QDateEdit):
    """Tab leaves it: what is typed goes from the year on to the day by itself. `by_day`: arrows go to the day before and after,
    wherever the cursor stands."""

    by_day = False

    def stepBy(self, steps: int) -> None:
        """Go on by days, or by what the cursor stands in."""
        if self.by_day:
            self.setDate(self.date().addDays(steps))
        else:
            super().stepBy(steps)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """To the field before or behind, not to the month."""
        return QWidget.focusNextPrevChild(self, forward)


def date_edit(day: dt.date, *, by_day: bool = False) -> QDateEdit:
    """A day to choose, by typing or in a calendar; `by_day`: arrows step by days, for a day that lies near."""
    made = _DateEdit(QDate(day.year, day.month, day.day))
    made.by_day = by_day
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
    """A framed card with a heading; `body` takes the content, `aside` goes right of the heading."""

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
    """Says why a place is empty and how to fill it, with the button that does."""

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
    """Whether a read failed only because nothing was imported yet: show an empty state, not a fault."""
    return isinstance(error, WorkbenchError) and error.code == "no_data"


def ask(
    over: QWidget, title: str, words: str, hint: str, yes: str, no: str, act: Callable[[], object]
) -> QMessageBox:
    """Ask a question without blocking: yes calls `act`, no ('' for the usual cancel) does nothing."""
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


class _Flow(QWidget):
    """What scrolls: no lower than its words need at the width it has, which a scroll area does not ask by itself."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask again at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._hold()

    def event(self, event: QEvent) -> bool:
        """Ask again when a part asks for another size."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._hold()
        return handled

    def _hold(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            least = layout.minimumHeightForWidth(self.width())
            if least != self.minimumHeight():
                self.setMinimumHeight(least)
                measured(self)


def flow(content: QLayout) -> QScrollArea:
    """A page's content that scrolls up and down when the window is low, and sideways rather than be cut off."""
    inside = _Flow()
    inside.setProperty("role", "flow")
    inside.setLayout(content)
    content.setContentsMargins(0, 0, 0, 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class SideBySide(QSplitter):
    """Two widgets that share the width as the person drags, one above the other where it is too narrow for both."""

    #: least height in pixels of each part when they are stacked
    _LOW = 200

    def __init__(
        self, left: QWidget, right: QWidget, sizes: tuple[int, int], stretches: tuple[int, int]
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._pair = (left, right)
        self._sizes = sizes
        for at, widget in enumerate(self._pair):
            self.addWidget(widget)
            self.setStretchFactor(at, stretches[at])
        self.setSizes(sizes)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(10)

    def _least(self) -> list[int]:
        return [_least_width(one) for one in self._pair]

    def minimumSizeHint(self) -> QSize:
        """The wider of the two: they can stand one above the other."""
        hint = super().minimumSizeHint()
        return QSize(max(self._least()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the pair when the width no longer fits, or fits again."""
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Arrange again when a part asks for another width."""
        if event.type() == QEvent.Type.LayoutRequest:  # a part needs another width than before
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        narrow = self.width() < sum(self._least()) + self.handleWidth()
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        turned = wanted != self.orientation()
        if turned:
            self.setOrientation(wanted)
        for one in self._pair:
            # a splitter does not ask how high words are that break in its width
            least = _least_height(one, self.width() if narrow else one.width())
            one.setMinimumHeight(max(self._LOW, least) if narrow else least)
            measured(one)
        if turned:
            self.setSizes([1, 1] if narrow else self._sizes)


def _least_width(widget: QWidget) -> int:
    """The width below which a widget is cut off; for a scroll area, that of its content."""
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    bar = widget.verticalScrollBar().sizeHint().width() if isinstance(widget, QScrollArea) else 0
    least = inside.minimumSizeHint().width() + bar if inside is not None else 0
    return max(least, widget.minimumSizeHint().width(), widget.minimumWidth())


def _least_height(widget: QWidget, width: int) -> int:
    """The height below which the parts of a widget of this width overlap; 0 for a scroll area."""
    layout = None if isinstance(widget, QScrollArea) else widget.layout()
    if layout is None:
        return 0
    return (
        layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
    )


def beside(left: QWidget, right: QWidget, sizes: tuple[int, int], stretches: tuple[int, int]) -> SideBySide:
    """Two widgets side by side; neither can be dragged away."""
    return SideBySide(left, right, sizes, stretches)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
