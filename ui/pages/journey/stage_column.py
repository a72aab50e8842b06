"""One stage of the board: its figures, each of which can be opened, over its cards."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.pages.journey.card_list import CardList
from ui.pages.journey.words import card_lines, card_tip
from ui.tasks import Tasks
from ui.widgets.parts import button, label
from ui.widgets.wrapped import Strip
from ui.words import who
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.base.money import exact_yuan, wan
from workbench.insight.journey.facts import BoardFilter, StageColumn
from workbench.rules.parameters import Rules

#: pixels below which the words of a card break too often
_NARROWEST = 128


class StageHead(QWidget):
    """The figures above the cards. `resized()`: they may need more lines."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell another width. What is not in sight gets it when it is shown, after the column."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


class StageView(QFrame):
    """A column. `condition_requested(condition)`, `opened(customer_no)`, `moves_requested(code, into)`: who came with the
    newest list (`into`) or went."""

    condition_requested = Signal(str)
    opened = Signal(str)
    moves_requested = Signal(str, bool)

    def __init__(self, tasks: Tasks, rules: Rules, code: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.code = code
        self.column: StageColumn | None = None
        self.title = label(rules.text(f"journey.{code}"), "heading", wrap=True)
        self.asks = label(rules.text(f"journey.asks.{code}"), "second", wrap=True)
        self.assets = label("", "big")
        self.people = button("", self._people, "link", tip=_("到选人中心看全部"))
        self.wait = label("", "second", wrap=True)
        self.longest = button("", self._longest, "link", tip=_("打开画像"))
        self.wait.setMinimumHeight(self.longest.sizeHint().height())
        measured(self.wait)
        waiting = Strip(self.wait, self.longest, gap=4)
        self.came = button("", partial(self._moves, True), "link")
        self.went = button("", partial(self._moves, False), "link")
        self.nobody = label("", "second", wrap=True)
        self.cards = CardList(tasks, partial(card_lines, rules), card_tip)
        self.cards.opened.connect(self._open)
        self.cards.setAccessibleName(self.title.text())
        self.head = StageHead()
        head = QVBoxLayout(self.head)
        head.setContentsMargins(9, 0, 9, 2)
        head.setSpacing(2)
        moves = Strip(self.came, self.went, gap=2)
        for part in (self.title, self.asks, Strip(self.assets, self.people, gap=6), waiting, moves):
            head.addWidget(part)
        head.addStretch(1)
        self.nobody.setContentsMargins(10, 2, 10, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 8, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.nobody)
        layout.addWidget(self.cards, 1)
        layout.addStretch(0)
        self.cards.setMinimumHeight(150)
        self.setMinimumWidth(_NARROWEST)

    def figures(self) -> tuple[QPushButton, ...]:
        """What of the head can be opened."""
        return self.people, self.longest, self.came, self.went

    def show_column(self, column: StageColumn, listed: int, wanted: BoardFilter, month: int) -> None:
        """Show the figures of the whole stage, and of how many the list below is; `month` (1 to 12) is that of the list."""
        self.column = column
        self.people.setText(_("{n} 户").format(n=f"{column.customers:,}"))
        self.people.setEnabled(bool(column.customers))
        self.assets.setText(wan(column.aum_fen) if column.customers else "0")
        self.assets.setToolTip(_assets_tip(column))
        longest = column.longest
        self.longest.setVisible(longest is not None)
        # the line stays, so that the figures of all columns stand side by side
        self.wait.setText(_("从哪天起看不出") if column.customers else " ")
        if longest is not None:
            words, days = _("最久 {days} 天"), longest.days
            since = _("最久,{since} 起").format(since=longest.since)
            self.wait.setText(since if days is None else words.format(days=f"{days:,}"))
            self.longest.setText(who(longest.name, longest.customer_no))
        for made, count, words, tip in (
            (self.came, column.moved_in, _("{m}月进 {n}"), _("看{m}月名单里和以后手工进来的客户")),
            (self.went, column.moved_out, _("出 {n}"), _("看{m}月名单里和以后手工离开的客户现在在哪里")),
        ):
            made.setVisible(count is not None)
            made.setText(words.format(m=month, n=f"{count or 0:,}"))
            made.setToolTip(tip.format(m=month))
            made.setEnabled(bool(count))
        self.nobody.setText(_listed_words(column, listed, wanted))
        self.nobody.setVisible(bool(self.nobody.text()))
        self.cards.setVisible(bool(listed))

    def head_height(self) -> int:
        """Pixels that the figures need at the present width."""
        layout = self.head.layout()
        for line in self.head.findChildren(Strip):
            line.updateGeometry()  # its words may have changed since it was measured, which it tells later
        return 0 if layout is None else layout.heightForWidth(self.head.width())

    def _people(self) -> None:
        if self.column is not None:
            self.condition_requested.emit(self.column.expression)

    def _longest(self) -> None:
        if self.column is not None and self.column.longest is not None:
            self.opened.emit(self.column.longest.customer_no)

    def _moves(self, into: bool) -> None:
        self.moves_requested.emit(self.code, into)

    def _open(self, _row: int) -> None:
        card = self.cards.card()
        if card is not None:
            self.opened.emit(card.customer_no)


def _assets_tip(column: StageColumn) -> str:
    if column.aum_fen is None:
        return _("没有这一列的数据")
    words = _("资产 {yuan} 元").format(yuan=exact_yuan(column.aum_fen))
    untold = column.customers - column.reported
    return words + (_(",另有 {n} 户没有资产数据").format(n=f"{untold:,}") if untold else "")


def _listed_words(column: StageColumn, listed: int, wanted: BoardFilter) -> str:
    """What the list below shows, where it is not all of the stage."""
    if not column.customers:
        return _("现在没有客户在这个阶段。")
    if wanted.narrows:
        return _("下面列 {n} 户").format(n=f"{listed:,}") if listed else _("筛选后没有客户。")
    return ""
