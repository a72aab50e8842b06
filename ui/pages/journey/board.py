"""看板: the five stages side by side, with filters above and who has no card."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.pages.journey.stage_column import StageView
from ui.pages.journey.words import month_number, stage_word
from ui.tasks import Tasks
from ui.widgets.parts import button, column, label
from ui.widgets.wrapped import Strip
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.insight.journey.facts import (
    COLUMNS,
    EVERYBODY,
    BesideBoard,
    BoardFilter,
    BoardRow,
    JourneyBoard,
    ShownBoard,
)

if TYPE_CHECKING:
    from workbench.app import Workbench

TOWERS = ("top", "waist", "base")


class BoardView(QWidget):
    """`opened(customer_no)`, `condition_requested(condition)`, `prospects_requested()`, `filter_changed()`."""

    opened = Signal(str)
    condition_requested = Signal(str)
    prospects_requested = Signal()
    filter_changed = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.rules = workbench.rules
        self.board: JourneyBoard | None = None
        self.wanted: BoardFilter = EVERYBODY
        self.stages = {code: StageView(tasks, self.rules, code) for code in COLUMNS}
        #: the stage that had the keyboard last, and the row in it
        self._at: tuple[str, int] = ("J4", 0)
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        self.towers = {code: self._tower(code) for code in (None, *TOWERS)}
        self.orders = {
            "waiting": self._order(_("等得最久"), "waiting"), "assets": self._order(_("资产最多"), "assets")
        }  # fmt: skip
        self.moved = QPushButton()
        self.moved.setCheckable(True)
        self.moved.clicked.connect(lambda on: self._narrow(moved=on, before=None))
        self.beside = Strip(gap=6)
        #: who has no card, each opens its customers
        self.figures: dict[str, QPushButton] = {}
        self.notes = label("", "second", wrap=True)
        self.aged = label("", "alarm", wrap=True)
        across = QHBoxLayout()
        across.setSpacing(8)
        for view in self.stages.values():
            view.opened.connect(self.opened)
            view.head.resized.connect(self._level_heads)
            view.condition_requested.connect(self.condition_requested)
            view.moves_requested.connect(self._moves)
            view.cards.sideways.connect(partial(self._sideways, view.code))
            view.cards.chosen.connect(partial(self._mark, view.code))
            across.addWidget(view, 1)
        self.filters = Strip(*self.towers.values(), self.moved, *self.orders.values(), gap=8)
        whole = column(self.filters, self.aged, self.beside, spacing=6)
        whole.addLayout(across, 1)
        whole.addWidget(self.notes)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self._mark_filters()

    def _tower(self, code: str | None) -> QPushButton:
        words = self.rules.text(f"tower.{code}") if code else _("全部")
        return self._choice(words, 0, lambda: self._narrow(tower=code))

    def _order(self, words: str, order: str) -> QPushButton:
        return self._choice(words, 1, lambda: self._narrow(order=order))

    def _choice(self, words: str, group: int, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(words)
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: act())
        self._groups[group].addButton(made)
        return made

    # -- showing -------------------------------------------------------------------------------------------

    def fill(self, shown: ShownBoard) -> None:
        """Show the board; the keyboard stays where it was."""
        board = self.board = shown.board
        journey, wanted = self.workbench.insight.journey, self.wanted
        code, at = self._at
        focused = self.window().focusWidget()
        had_keyboard = focused is not None and any(focused is view.cards for view in self.stages.values())
        for view in self.stages.values():
            count = shown.counts[view.code]
            view.show_column(board.column(view.code), count, wanted, month_number(board.month))
            view.cards.table.show_windows(
                count, partial(journey.rows, view.code, wanted), shown.first[view.code]
            )
            row = min(at if view.code == code else 0, count - 1)
            if row >= 0:
                view.cards.selectRow(row)
        self._at = (code, at)
        self._level_heads()
        self._show_beside(board)
        self._mark_filters()
        self.aged.setText(board.fresh.sentence)
        self.aged.setVisible(bool(board.fresh.sentence))
        self.notes.setText(self._remarks(board))
        if had_keyboard:
            self.focus_first()

    def _level_heads(self) -> None:
        """Make the heads equally high, so that the cards begin side by side."""
        highest = max(view.head_height() for view in self.stages.values())
        for view in self.stages.values():
            view.head.setFixedHeight(highest)
            measured(view.head)

    def _show_beside(self, board: JourneyBoard) -> None:
        self.beside.clear()
        lead = label(_("不在五张卡上:"), "second")
        lead.setMinimumHeight(button("", lambda: None, "link").sizeHint().height())
        measured(lead)
        self.beside.add(lead)
        prospects = _("还没开户的潜客 {n}").format(n=f"{board.prospects:,}")
        self.figures = {
            "pool": self._figure(stage_word(self.rules, "J0"), board.pool),
            "outside": self._figure(_("旅程之外"), board.outside),
            "unknown": self._figure(stage_word(self.rules, None), board.unknown),
            "prospects": button(prospects, self.prospects_requested.emit, "link", tip=_("到潜客页签看")),
        }
        for made in self.figures.values():
            self.beside.add(made)
        before = self.wanted.before
        if before is not None and (dropped := board.column(before).moved_to_pool):
            words = _("{m}月离开{stage}的还有 {n} 户转入长尾培育")
            stage, m = stage_word(self.rules, before), month_number(board.month)
            self.beside.add(label(words.format(m=m, stage=stage, n=f"{dropped:,}"), "todo"))

    def _figure(self, name: str, one: BesideBoard) -> QPushButton:
        words, tip = f"{name} {one.customers:,}", _("点一下看是哪些客户")
        return button(words, lambda: self.condition_requested.emit(one.expression), "link", tip=tip)

    def _remarks(self, board: JourneyBoard) -> str:
        words = [_("进入和离开各阶段的界线为本系统口径,见口径手册 3。")]
        if board.columns[0].moved_in is None:
            words.insert(0, _("看不到谁换了阶段:要有前后两个月的名单,都有资产月日均或余额。"))
        return " ".join(words)

    def _mark_filters(self) -> None:
        wanted = self.wanted
        self.towers[wanted.tower].setChecked(True)
        self.orders[wanted.order].setChecked(True)
        words = _("换了阶段的") if self.board is None else _("{m}月换了阶段的")
        if wanted.before is not None:
            words = _("{m}月离开{stage}的")
        m = month_number(self.board.month) if self.board else 0
        self.moved.setText(words.format(m=m, stage=stage_word(self.rules, wanted.before)))
        self.moved.setChecked(wanted.moved)
        self.moved.setEnabled(self.board is None or self.board.columns[0].moved_in is not None)

    # -- choosing ------------------------------------------------------------------------------------------

    def _narrow(self, **changed: object) -> None:
        self.wanted = replace(self.wanted, **changed)  # type: ignore[arg-type]
        self._mark_filters()
        self.filter_changed.emit()

    def _moves(self, code: str, into: bool) -> None:
        """List who came to a stage with the newest list, or who went from it."""
        if into:
            self._at = (code, 0)
        self._narrow(moved=True, before=None if into else code)

    # -- the keyboard --------------------------------------------------------------------------------------

    def _mark(self, code: str, at: int) -> None:
        if at >= 0 and self.stages[code].cards.hasFocus():
            self._at = (code, at)

    def _sideways(self, code: str, side: int) -> None:
        """To the next stage at that side that lists anybody, at the same height."""
        place = COLUMNS.index(code) + side
        from_top = self.stages[code].cards.currentIndex().row()
        while 0 <= place < len(COLUMNS):
            cards = self.stages[COLUMNS[place]].cards
            if rows := cards.table.rowCount():
                cards.setFocus()
                if not cards.currentIndex().isValid():
                    cards.selectRow(min(max(from_top, 0), rows - 1))
                self._at = (COLUMNS[place], cards.currentIndex().row())
                return
            place += side

    def focus_first(self) -> None:
        """The card that had the keyboard last; else the first stage that lists anybody, from the most urgent."""
        for code in dict.fromkeys((self._at[0], "J4", "J1", "J2", "J5", "J3")):
            cards = self.stages[code].cards
            if cards.table.rowCount():
                cards.setFocus()
                return
        self.towers[self.wanted.tower].setFocus()

    def card(self) -> BoardRow | None:
        """The card under the keyboard, else the one that had it last."""
        focused = self.window().focusWidget()
        for view in self.stages.values():
            if focused is view.cards:
                return view.cards.card()
        return self.stages[self._at[0]].cards.card()
