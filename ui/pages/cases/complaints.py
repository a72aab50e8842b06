"""投诉: complaints by the clock that runs out first; beside the list what is known, the steps, what to say, how it ended."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui.page import Page
from ui.pages.cases.complaint_columns import complaint_columns
from ui.pages.cases.complaint_detail import ComplaintDetail
from ui.pages.cases.complaint_dialogs import (
    ComplaintAgainDialog,
    ComplaintDialog,
    ComplaintEndDialog,
    ComplaintExtendDialog,
    ComplaintFileDialog,
    ComplaintStepDialog,
)
from ui.tabbed_page import PageTab
from ui.widgets.parts import beside, button, column, label
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.outreach.complaints.complaint import Complaint, ComplaintList
from workbench.outreach.complaints.metrics import ComplaintMetrics, metric_words
from workbench.outreach.complaints.saying import words_for
from workbench.outreach.complaints.turning import TurnOffer
from workbench.outreach.playbook.choosing import ScriptChoice

_LEAST = 160


class _Read(NamedTuple):
    listed: ComplaintList
    metrics: ComplaintMetrics


class _Beside(NamedTuple):
    """What is read once a complaint is chosen."""

    one: Complaint
    offer: TurnOffer | None
    choice: ScriptChoice | None


class ComplaintsTab(PageTab):
    """The list at the left, the file under the keyboard at the right."""

    name = "complaints"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.listed: ComplaintList | None = None
        self._wanted: int | None = None
        self.table = Table(
            complaint_columns(page.workbench.rules), name="cases.complaints", wrap=True, steady=True
        )
        self.table.setAccessibleName(_("投诉清单"))
        self.sums = label("", "second", wrap=True)
        self.nobody = label(
            _("没有投诉。接到投诉就按“登记投诉”:时限从收到那一刻起算;总行的投诉清单导入后也列在这里。"),
            "second", wrap=True,
        )  # fmt: skip
        self.detail = ComplaintDetail(page.workbench, page.tasks)
        self.open_file = button(_("建档…"), self._open_file)
        self.step = button(_("记一步…"), lambda: self._ask(ComplaintStepDialog), tip="Ctrl+J")
        self.extend = button(_("延期…"), lambda: self._ask(ComplaintExtendDialog))
        self.file = button(_("档案与回避…"), lambda: self._ask(ComplaintFileDialog))
        self.end = button(_("办结…"), lambda: self._ask(ComplaintEndDialog))
        self.again = button(_("重开…"), lambda: self._ask(ComplaintAgainDialog))
        self.turn = button(_("转机谈过了"), self._turned)
        self.print_button = button(_("打印档案…"), self._print, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.step.setToolTip("")
        self.card_list = button(_("转机名单…"), self._card_list, tip=_("只用卡、只贷款,资产少、还款好的客户"))
        acts = (
            self.open_file,
            self.step,
            self.extend,
            self.file,
            self.end,
            self.again,
            self.turn,
            self.print_button,
        )
        self.table.offer(*acts)
        left = _side(self.nobody, self.table, self.sums, Strip(self.card_list, gap=6))
        right = _side(Strip(*acts, gap=6), self.detail)
        inside = column(beside(left, right, (700, 460), (3, 2)))
        inside.setContentsMargins(0, 8, 0, 0)
        self.setLayout(inside)
        self.table.chosen.connect(lambda _row: self._chosen())
        self.table.opened.connect(lambda _row: self._open())
        self._follow()

    # -- what the page asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """投诉, with how many are open."""
        count = len(self.listed.open) if self.listed is not None else 0
        return f"{_('投诉')} {count:,}" if count else _("投诉")

    def hint(self) -> str:
        """What to do here, what is overdue first."""
        over = len(self.listed.overdue) if self.listed is not None else 0
        if over:
            return _("有 {n} 件已经超过时限,在最前:先回客户,再把做的写下来。").format(n=over)
        return _("最早的时限在最前:先看级别,再走下一步,每一步当场写下来。")

    def primary_words(self) -> str:
        """The button that begins a file."""
        return _("登记投诉…")

    def primary_act(self, customer_no: str = "") -> None:
        """Ask what the complaint is about."""
        page = self.page
        self.show_dialog(ComplaintDialog(page.workbench, page.tasks, None, customer_no, self.window()))

    def place(self, argument: object) -> None:
        """Show a complaint by its id, or register one of the customer with this number."""
        if isinstance(argument, int):
            self._wanted = argument
            self._go_to()
        elif isinstance(argument, str):
            self._of_customer(argument)

    def _of_customer(self, customer_no: str) -> None:
        """Show his complaint that is open, or register one where none is."""
        room = self.page.workbench.outreach.complaints

        def arrived(his: tuple[Complaint, ...]) -> None:
            """Where his list was read."""
            waits = next((one for one in his if one.state != "closed" and one.id), None)
            if waits is None:
                self.primary_act(customer_no)
                return
            self._wanted = waits.id
            self._go_to()

        self.page.tasks.run(lambda: room.named(customer_no), arrived, owner=self.page)

    def focus_first(self) -> None:
        """The list, or the button that begins it."""
        if self.listed is not None and self.listed.all:
            self.table.setFocus()
        elif self.page.primary is not None:
            self.page.primary.setFocus()

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list with its metrics."""
        room = self.page.workbench.outreach.complaints

        def read() -> _Read:
            """Both by one list."""
            listed = room.list()
            return _Read(listed, room.metrics(listed))

        self.page.read(read, self._show)

    def _show(self, read: _Read) -> None:
        kept = self.one()
        self.listed = read.listed
        self.table.table.fill(read.listed.all)
        for part in (self.table, self.detail):
            part.setVisible(bool(read.listed.all))
        self.nobody.setVisible(not read.listed.all)
        self.sums.setText(metric_words(read.metrics))
        if read.listed.all:
            ids = [(one.id, one.touch) for one in read.listed.all]
            at = ids.index((kept.id, kept.touch)) if kept is not None and (kept.id, kept.touch) in ids else 0
            self.table.go_to(at)
            self._go_to()
        self._chosen()
        self.arrived.emit()

    def _go_to(self) -> None:
        if self._wanted is None or self.listed is None:
            return
        at = next((n for n, one in enumerate(self.listed.all) if one.id == self._wanted), None)
        if at is not None:
            self.table.go_to(at)
        self._wanted = None

    def one(self) -> Complaint | None:
        """The complaint under the keyboard."""
        found = self.table.current()
        return found if isinstance(found, Complaint) else None

    def _chosen(self) -> None:
        one = self.one()
        self._follow()
        if one is None:
            return
        self.detail.fill(one)
        outreach = self.page.workbench.outreach

        def read() -> _Beside:
            """What may be said next; of a closed one, whether the talk may turn to more."""
            offer = outreach.complaints.turn(one) if one.state == "closed" and one.filed else None
            return _Beside(one, offer, words_for(outreach.playbook, one, offer))

        self.page.read(read, self._show_beside, key="complaint")

    def _show_beside(self, read: _Beside) -> None:
        if self.one() != read.one:
            return
        if read.offer is not None:
            self.detail.show_turn(read.one, read.offer)
            self.turn.setVisible(read.offer.state == "may")
        if read.choice is not None:
            self.detail.show_words(read.choice)

    def _follow(self) -> None:
        """Offer what can be done with the complaint that is chosen."""
        one = self.one()
        filed = one is not None and one.filed
        closed = one is not None and one.state == "closed"
        offered: tuple[tuple[QPushButton, bool], ...] = (
            (self.open_file, one is not None and not filed),
            (self.step, filed and (not closed or (one is not None and one.next == "follow"))),
            (self.extend, filed and not closed),
            (self.file, filed),
            (self.end, filed and not closed),
            (self.again, one is not None and closed and one.retaken is None),
            (self.print_button, filed),
        )
        for made, may in offered:
            made.setEnabled(may)
            made.setVisible(may)
        self.turn.setVisible(False)

    # -- acting --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        one = self.one()
        if one is not None:
            self.open_customer(one.customer_no)

    def _open_file(self) -> None:
        one, page = self.one(), self.page
        if one is not None:
            self.show_dialog(ComplaintDialog(page.workbench, page.tasks, one, "", self.window()))

    def _ask(self, kind: Callable[..., QDialog]) -> None:
        one, page = self.one(), self.page
        if one is not None:
            self.show_dialog(kind(page.workbench, page.tasks, one, self.window()))

    def _turned(self) -> None:
        one, page = self.one(), self.page
        if one is None:
            return
        room = page.workbench.outreach.complaints
        page.tasks.write(
            lambda: room.turned(one.id), lambda _change: None, words=_("转机谈过了,记下了。"), owner=page
        )

    def _card_list(self) -> None:
        page = self.page
        room = page.workbench.outreach.complaints
        page.tasks.run(room.turn_list, lambda made: page.go.emit("picker", made.condition), owner=page)

    def _print(self) -> None:
        from ui.widgets.preview import PreviewDialog

        one, page = self.one(), self.page
        if one is not None and one.filed:
            sheets, complaint = page.workbench.sheets, one.id
            PreviewDialog(
                page.workbench, page.tasks, lambda: sheets.complaint_file(complaint), parent=page
            ).open()


def _side(*parts: QWidget) -> QWidget:
    """The parts below each other; the table has the height that is left."""
    side = QWidget()
    inside = column(*parts)
    for at, part in enumerate(parts):
        if isinstance(part, Table | ComplaintDetail):
            inside.setStretch(at, 1)
            part.setMinimumHeight(_LEAST)
    inside.addStretch(0)
    inside.setContentsMargins(0, 0, 0, 0)
    side.setLayout(inside)
    return side
