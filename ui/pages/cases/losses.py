"""亏损急救: whose loss calls for a talk, by the earliest clock; right the facts, the choices and what was agreed (domain 8.6)."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ui.page import Page
from ui.pages.cases.losses_columns import loss_columns
from ui.pages.cases.losses_detail import LossDetail
from ui.pages.cases.losses_dialog import LossTalkDialog
from ui.tabbed_page import PageTab
from ui.widgets.parts import beside, button, column, flow, label
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.outreach.losses.loss import LossBoard, LossRow, LossTalk


class LossesTab(PageTab):
    """Left who is to be called, right the product under the keyboard. Enter begins or goes on with the talk."""

    name = "losses"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.board: LossBoard | None = None
        self.shown: LossTalk | None = None
        #: (customer number, product's key) that is to be shown once the list is read
        self._wanted: tuple[str, str] = ("", "")
        rules = page.workbench.rules
        self.table = Table(loss_columns(rules), name="cases.losses", steady=True)
        self.table.setAccessibleName(_("亏损客户"))
        self.detail = LossDetail(rules)
        self.talk_button = button(_("记谈话…"), self.primary_act, tip="Enter")
        # only in the menu of a row: the page has a button for it already; a child all the same, that it goes with the page
        self.talk_button.setParent(self)
        self.talk_button.hide()
        self.print_button = button(_("打印引导单…"), self.print_sheet)
        self.follow_button = button(_("记回访"), self._follow_up, tip=_("没有登记联系的回访,记在今天"))
        self.close_button = button(_("结束跟进"), self._close)
        self.portrait_button = button(_("看画像"), self._portrait)
        self.table.offer(self.talk_button, self.print_button, self.portrait_button)
        self.notes = label("", "second", wrap=True)
        self.nobody = label("", "second", wrap=True)
        left, right = QWidget(), QWidget()
        inside = column(self.notes, self.nobody, self.table)
        inside.setStretch(2, 1)
        inside.addStretch(0)
        inside.setContentsMargins(0, 0, 0, 0)
        left.setLayout(inside)
        acts = Strip(
            self.print_button,
            self.follow_button,
            self.close_button,
            self.portrait_button,
            gap=6,
        )
        beneath = column(acts, flow(column(self.detail)))
        beneath.setStretch(1, 1)
        beneath.setContentsMargins(0, 0, 0, 0)
        right.setLayout(beneath)
        whole = column(beside(left, right, (640, 520), (5, 4)))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _row: self._read_talk())
        self.table.opened.connect(lambda _row: self.primary_act())
        self._follow()

    # -- what the page asks for ------------------------------------------------------------------------------

    def title(self) -> str:
        """亏损急救, with how many wait for a call."""
        waiting = sum(one.waits for one in self.board.rows) if self.board is not None else 0
        return _("亏损急救 {n}").format(n=waiting) if waiting else _("亏损急救")

    def hint(self) -> str:
        """What to do here."""
        if self.board is not None and (late := sum(one.state == "late" for one in self.board.rows)):
            return _("{n} 笔过了联系时限:从第一行打起,先听,再讲事实。").format(n=late)
        return _("从第一行打起:先听,再讲事实,三种做法由客户定,不作承诺。")

    def primary_words(self) -> str:
        """The button that begins a talk."""
        return _("记谈话…")

    def primary_act(self, customer_no: str = "") -> None:
        """Open the talk about the product under the keyboard, or about the first one of a customer."""
        if customer_no:
            row = next((one for one in self.rows() if one.person.customer_no == customer_no), None)
            if row is not None:
                self._wanted = (customer_no, row.held.key)
                self._go_to_wanted()
        if self.shown is not None:
            dialog = LossTalkDialog(self.page.workbench, self.page.tasks, self.shown, self.window())
            self.show_dialog(dialog)

    def place(self, argument: object) -> None:
        """Show the row of a customer (number), or of a customer and product."""
        if isinstance(argument, tuple) and len(argument) == 2:
            self._wanted = (str(argument[0]), str(argument[1]))
        elif isinstance(argument, str):
            self._wanted = (argument, "")
        self._go_to_wanted()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    # -- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list."""
        self.page.compute(self.page.workbench.outreach.losses.board, self._show)

    def rows(self) -> tuple[LossRow, ...]:
        """The rows of the list."""
        return self.board.rows if self.board is not None else ()

    def _show(self, board: LossBoard) -> None:
        self.board = board
        more = [_("还有 {n} 笔没有列出。").format(n=f"{board.more:,}")] if board.more else []
        self.notes.setText("\n".join((*board.notes, *more)))
        self.notes.setVisible(bool(self.notes.text()))
        self.nobody.setText(
            _("按 {date} 的持有清单,没有看到要急救的亏损。").format(date=board.as_of) if board.as_of else ""
        )
        self.nobody.setVisible(not board.rows and bool(board.as_of))
        self.table.table.fill(board.rows)
        self.table.setVisible(bool(board.rows))
        if board.rows:
            self.table.stay()
        self._go_to_wanted()
        self._read_talk()
        self.arrived.emit()

    def _go_to_wanted(self) -> None:
        number, key = self._wanted
        for at, one in enumerate(self.rows()):
            if number == one.person.customer_no and key in ("", one.held.key):
                self._wanted = ("", "")
                self.table.go_to(at)
                return

    def row(self) -> LossRow | None:
        """The row under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, LossRow) else None

    def _read_talk(self) -> None:
        row = self.row()
        if row is None:
            self._show_talk(None)
            return
        room = self.page.workbench.outreach.losses
        number, key = row.person.customer_no, row.held.key
        self.page.read(lambda: room.talk(number, key), self._show_talk, key="loss_talk")

    def _show_talk(self, talk: LossTalk | None) -> None:
        self.shown = talk
        self.detail.show_talk(talk)
        self._follow()

    def _follow(self) -> None:
        talk = self.shown
        case = talk.case if talk is not None else None
        for one in (self.talk_button, self.print_button, self.portrait_button):
            one.setEnabled(talk is not None)
        self.follow_button.setEnabled(
            case is not None and case.state == "agreed" and not (case.week_done and case.month_done)
        )
        self.close_button.setEnabled(case is not None and case.state != "closed")

    # -- acting ----------------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Preview the guided sheet of the product under the keyboard."""
        from ui.widgets.preview import PreviewDialog

        if (talk := self.shown) is None:
            return
        sheets, number, key = self.page.workbench.sheets, talk.person.customer_no, talk.held.key
        make = partial(sheets.loss_sheets, number, key)
        self.show_dialog(PreviewDialog(self.page.workbench, self.page.tasks, make, parent=self.window()))

    def _follow_up(self) -> None:
        """Tick the first follow-up that is open."""
        case = self.shown.case if self.shown is not None else None
        if case is None:
            return
        room, step = self.page.workbench.outreach.losses, "month" if case.week_done else "week"
        words = _("第二次回访记在今天。") if case.week_done else _("第一次回访记在今天。")
        self.page.tasks.write(lambda: room.followed(case.id, step), self._wrote, words=words, owner=self)

    def _close(self) -> None:
        case = self.shown.case if self.shown is not None else None
        if case is None:
            return
        room = self.page.workbench.outreach.losses
        words = _("“{product}”的亏损急救结束了。").format(product=case.held.name)
        self.page.tasks.write(lambda: room.close(case.id), self._wrote, words=words, owner=self)

    def _wrote(self, _change: Change) -> None:
        """The page reads again by itself."""

    def _portrait(self) -> None:
        if self.shown is not None:
            self.open_customer(self.shown.person.customer_no)
