"""赢回: customers who are won back, by the day that their money is free at the rival; beside the list the file."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page
from ui.pages.cases.winback_dialogs import (
    ApologyDialog,
    RivalDialog,
    WinBackDialog,
    WinBackEndDialog,
    WinBackFileDialog,
)
from ui.tabbed_page import PageTab
from ui.widgets.parts import beside, button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.winback.win_back import WinBack, WinBackBoard, WinBackView

_LEAST = 160


class WinBackTab(PageTab):
    """The list at the left, the file under the keyboard at the right."""

    name = "win_backs"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.board: WinBackBoard | None = None
        self.table = Table(_columns(), name="cases.win_backs", wrap=True, steady=True)
        self.table.setAccessibleName(_("赢回清单"))
        self.sums = label("", "second", wrap=True)
        self.nobody = label(
            _("没有在赢回的客户。先在预警里确认离开的原因,再按“开始赢回”:做法随原因定。"),
            "second", wrap=True,
        )  # fmt: skip
        self.heading = label("", "heading", wrap=True)
        self.next = label("", "todo", wrap=True)
        self.file = label("", wrap=True)
        self.check = button(_("核对和要办的事…"), self._check)
        self.rival = button(_("在他行的钱…"), lambda: self._ask(RivalDialog))
        self.apology = button(_("道歉…"), lambda: self._ask(ApologyDialog))
        self.compare = button(_("打印对比单…"), self._print)
        self.end = button(_("结束…"), lambda: self._ask(WinBackEndDialog))
        acts = (self.check, self.rival, self.apology, self.compare, self.end)
        self.table.offer(*acts)
        right = _side(Strip(*acts, gap=6), self.heading, self.next, self.file)
        inside = column(beside(_side(self.nobody, self.table, self.sums), right, (640, 460), (3, 2)))
        inside.setContentsMargins(0, 8, 0, 0)
        self.setLayout(inside)
        self.table.chosen.connect(lambda _row: self._follow())
        self.table.opened.connect(lambda _row: self._open())
        self._follow()

    # -- what the page asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """赢回, with how many are under way."""
        count = len(self.board.open) if self.board is not None else 0
        return f"{_('赢回')} {count:,}" if count else _("赢回")

    def hint(self) -> str:
        """What to do here."""
        return _("在他行先到期的在最前:先办下一步,投诉没有办结的不谈赢回。")

    def primary_words(self) -> str:
        """The button that begins a file."""
        return _("开始赢回…")

    def primary_act(self, customer_no: str = "") -> None:
        """Ask whom to win back and how."""
        page = self.page
        self.show_dialog(WinBackDialog(page.workbench, page.tasks, customer_no, self.window()))

    def place(self, argument: object) -> None:
        """Begin the file of the customer with this number, or show the one that he has."""
        if not isinstance(argument, str):
            return
        room = self.page.workbench.outreach.win_backs

        def show(view: WinBackView) -> None:
            """The open file, or the question."""
            if view.case is None:
                self.primary_act(argument)
            elif self.board is not None:
                self._go_to(view.case.id)

        self.page.tasks.run(lambda: room.of(argument), show, owner=self)

    def focus_first(self) -> None:
        """The list, or the button that begins it."""
        if self.board is not None and (self.board.open or self.board.ended):
            self.table.setFocus()
        elif self.page.primary is not None:
            self.page.primary.setFocus()

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list."""
        self.page.read(self.page.workbench.outreach.win_backs.board, self._show)

    def _show(self, board: WinBackBoard) -> None:
        kept = one.id if (one := self.current()) is not None else None
        self.board = board
        rows = [*board.open, *board.ended]
        self.table.table.fill(rows)
        self.table.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        self.sums.setText(_sums(board))
        if rows:
            self._go_to(kept)
        self._follow()
        self.arrived.emit()

    def current(self) -> WinBack | None:
        """The file under the keyboard."""
        one = self.table.current()
        return one if isinstance(one, WinBack) else None

    def _go_to(self, case: int | None) -> None:
        ids = [one.id for one in (*self.board.open, *self.board.ended)] if self.board is not None else []
        if ids:
            self.table.go_to(ids.index(case) if case in ids else 0)

    def _follow(self) -> None:
        one = self.current()
        alive = one is not None and one.state == "open"
        for act in (self.check, self.rival, self.end):
            act.setEnabled(alive)
        self.apology.setEnabled(alive and one is not None and not one.apologised)
        self.compare.setEnabled(alive and one is not None and one.strategy == "rival")
        self.heading.setText(
            "" if one is None else f"{who(one.name, one.customer_no)} · {one.strategy_words}"
        )
        self.next.setText("" if one is None else one.next)
        self.file.setText("" if one is None else "\n".join(file_lines(one)))

    def _open(self) -> None:
        if (one := self.current()) is not None:
            self.open_customer(one.customer_no)

    # -- acting --------------------------------------------------------------------------------------------

    def _ask(self, dialog: Callable[..., QDialog]) -> None:
        if (one := self.current()) is not None:
            self.show_dialog(dialog(self.page.workbench, self.page.tasks, one, self.window()))

    def _check(self) -> None:
        one, page = self.current(), self.page
        if one is None:
            return
        room, number = page.workbench.outreach.win_backs, one.customer_no

        def ask(view: WinBackView) -> None:
            """What the book tells, to be ticked."""
            self.show_dialog(WinBackFileDialog(page.workbench, page.tasks, one, view, self.window()))

        page.tasks.run(lambda: room.of(number), ask, owner=self)

    def _print(self) -> None:
        from ui.widgets.preview import PreviewDialog

        one, page = self.current(), self.page
        if one is not None:
            sheets, case = page.workbench.sheets, one.id
            self.show_dialog(
                PreviewDialog(page.workbench, page.tasks, lambda: sheets.winback(case), parent=self.window())
            )


def file_lines(one: WinBack) -> list[str]:
    """A file in lines: how and why, what we failed at, the money there, the need, what came back."""
    money = one.money
    lines = [
        _("做法:{do}").format(do=one.do),
        _("原因:{cause}").format(cause=one.cause_words),
        _("换做法的理由:{why}").format(why=one.why) if one.why else "",
        *(_("没做好:{gap}").format(gap=gap.words) for gap in one.gaps),
        _("{date} 道歉:{words}").format(date=one.apologised, words=one.apology) if one.apologised else "",
        _("补救:{what}").format(what=one.recovery) if one.recovery else "",
        _("观察到 {day}").format(day=one.watch) if one.watch else "",
        _("要办的事:{entry}").format(entry=" ".join(filter(None, (one.entry_words, one.need))))
        if one.entry or one.need
        else "",
    ]
    if one.strategy == "rival" or money.due or money.amount:
        lines += [money.cost_words, money.part_words]
    lines += [
        one.won.words,
        _("{ended} 结束:{state}").format(ended=one.ended, state=one.state_words) if one.ended else "",
        _("结束的理由:{why}").format(why=one.ended_why) if one.ended_why else "",
    ]
    return [line for line in lines if line]


def _columns() -> list[Column[WinBack]]:
    return [
        Column(_("他行到期"), lambda x: x.money.due or "—", 96, value=lambda x: x.money.due or "9999"),
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 100, key=True),
        Column(_("做法"), lambda x: x.strategy_words, 110, tip=lambda x: x.do),
        Column(_("开始"), lambda x: x.opened, 92),
        Column(_("转回"), lambda x: _won(x), 80, number=True, value=lambda x: x.won.fen,
               tip=lambda x: x.won.words),
        Column(_("下一步"), lambda x: x.next or x.state_words, 0),
    ]  # fmt: skip


def _won(one: WinBack) -> str:
    return wan(one.won.fen) if one.won.fen is not None else _("无法判断")


def _sums(board: WinBackBoard) -> str:
    words = []
    if board.counted:
        words.append(
            _("截至 {as_of}:{n} 份算得出,合计转回 {won}。").format(
                as_of=board.as_of or _("无"), n=board.counted, won=wan(board.won)
            )
        )
    if board.untold:
        words.append(_("{n} 份还算不出转回多少:要等新一期的名单。").format(n=board.untold))
    return "".join(words)


def _side(*parts: QWidget) -> QWidget:
    """What acts on a table above the table, which has the height that is left."""
    side = QWidget()
    inside = column(*parts, None)
    inside.setContentsMargins(0, 0, 0, 0)
    side.setLayout(inside)
    side.setMinimumWidth(_LEAST)
    return side
