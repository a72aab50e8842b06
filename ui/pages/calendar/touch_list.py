"""Lists of touches: a row leads to its portrait and can be dragged to another day."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.pages.calendar.dropping import mime_of
from ui.pages.calendar.words import minutes, person_words, span_words, state_line, state_word
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules

ChannelWord = Callable[[str], str]
Key = tuple[str, str, str]
#: rows of a list: each is as high as its words, which have to be measured
MOST_ROWS = 400


class TouchList(Table):
    """`drag_begun(touch)` before a row is dragged, `drag_ended()` after it."""

    drag_begun = Signal(object)
    drag_ended = Signal()

    def __init__(
        self, columns: Sequence[Column[PlannedTouch]], *, name: str = "", bare: bool = False
    ) -> None:
        super().__init__(columns, name=name, wrap=True, steady=True, bare=bare)
        self._pressed: QPoint | None = None
        self.touches: tuple[PlannedTouch, ...] = ()

    def show_touches(self, touches: Sequence[PlannedTouch]) -> None:
        """Show touches, those that are made first, at most `MOST_ROWS`; the keyboard stays on the one it was on."""
        kept = self.touch()
        self.touches = tuple(sorted(touches, key=lambda one: one.day is None))[:MOST_ROWS]
        self.table.fill(self.touches)
        if kept is not None:
            self.select(key_of(kept))

    def touch(self) -> PlannedTouch | None:
        """The touch under the keyboard."""
        row = self.current()
        return row if isinstance(row, PlannedTouch) else None

    def select(self, key: Key) -> bool:
        """Put the keyboard on the touch with this key; whether there is one."""
        at = next((at for at, one in enumerate(self.touches) if key_of(one) == key), None)
        if at is not None:
            self.selectRow(self.table.place(at))
        return at is not None

    def begin(self) -> None:
        """Put the keyboard on the first row, unless it is on one."""
        if not self.currentIndex().isValid() and self.touches:
            self.selectRow(0)
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the row."""
        touch, start = self.touch(), self._pressed
        if start is None or touch is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        self.drag_begun.emit(touch)
        drag = QDrag(self)
        drag.setMimeData(mime_of(touch.id))
        drag.exec(Qt.DropAction.MoveAction)
        self.drag_ended.emit()


def beyond_words(count: int) -> str:
    """That a list shows only its first rows; '' where it shows all `count`."""
    words = _("下面只列前 {most} 次,共 {n} 次;用筛选看别的。")
    return words.format(most=MOST_ROWS, n=f"{count:,}") if count > MOST_ROWS else ""


def key_of(touch: PlannedTouch) -> Key:
    """What stays the same when the plan is made anew."""
    return touch.customer_no, touch.reason, touch.occurrence


def card_columns(rules: Rules, channel: ChannelWord) -> list[Column[PlannedTouch]]:
    """A touch as a card, for narrow columns."""

    def words(touch: PlannedTouch) -> str:
        """Who, why, how, and what is special about it."""
        lines = [person_words(rules, touch), touch.words, _channel_words(touch, channel)]
        if touch.state != "planned" or touch.chosen or touch.drafted:
            lines.append(state_word(touch))
        return "\n".join(lines)

    return [Column("", words, 0, tip=_tip, ink=_ink)]


def side_columns(rules: Rules, channel: ChannelWord) -> list[Column[PlannedTouch]]:
    """Who and why, beside the month."""

    def words(touch: PlannedTouch) -> str:
        """Why, and how."""
        parts = [touch.words, _channel_words(touch, channel)]
        if touch.state != "planned" or touch.chosen or touch.drafted:
            parts.append(state_word(touch))
        return " · ".join(parts)

    return [
        Column(_("客户"), lambda touch: who(touch.name, touch.customer_no), 84, key=True, ink=_ink),
        Column(_("事由"), words, 0, tip=_tip, ink=_ink),
    ]


def day_columns(rules: Rules, channel: ChannelWord, *, dated: bool = False) -> list[Column[PlannedTouch]]:
    """Everything about a touch; `dated`: with its day before it."""
    columns: list[Column[PlannedTouch]] = [
        Column(_("客户"), lambda touch: person_words(rules, touch), 130, key=True, ink=_ink),
        Column(_("事由"), lambda touch: touch.words, 0, tip=_tip, ink=_ink),
        Column(_("渠道"), lambda touch: channel(touch.channel), 60, ink=_ink),
        Column(
            _("分钟"),
            lambda touch: minutes(touch.minutes),
            50,
            number=True,
            value=lambda touch: touch.minutes,
            ink=_ink,
        ),
        Column(_("期限"), span_words, 110, value=lambda touch: (touch.first, touch.last), ink=_ink),
        Column(_("状态"), state_line, 0, ink=_ink),
    ]
    if dated:
        columns.insert(0, Column(_("日期"), lambda touch: touch.day or touch.wanted, 90, ink=_ink))
    return columns


def _channel_words(touch: PlannedTouch, channel: ChannelWord) -> str:
    return _("{channel} {n} 分").format(channel=channel(touch.channel), n=minutes(touch.minutes))


def _ink(touch: PlannedTouch) -> str | None:
    return "second" if touch.day is None else None


def _tip(touch: PlannedTouch) -> str:
    return _("期限 {span} · {state}").format(span=span_words(touch), state=state_line(touch))
