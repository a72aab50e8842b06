"""专家: the experts of the branch and what they are booked for, a tab of 三塔 (domain 1, 专属智库)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page
from ui.widgets.expert_dialogs import BookingDialog, BookingEndDialog, ExpertDialog
from ui.widgets.parts import beside, button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.change import Change
from workbench.base.i18n import _, bracketed
from workbench.outreach.archive.expert import Expert, ExpertBooking

if TYPE_CHECKING:
    from workbench.app import Workbench


class ExpertsTab(QWidget):
    """Left the roster, right the bookings. `customer_requested(number)` for a portrait."""

    customer_requested = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.experts: tuple[Expert, ...] = ()
        self.dialog: QDialog | None = None
        self.roster = Table(_roster_columns(), name="towers.experts", bare=True, wrap=True)
        self.roster.setAccessibleName(_("专家名册"))
        self.booked = Table(_booking_columns(), name="towers.bookings", bare=True, wrap=True)
        self.booked.setAccessibleName(_("专家预约"))
        self.change = button(_("修改…"), self._change)
        self.turn = button(_("停用"), self._turn)
        self.hold = button(_("见过了…"), lambda: self._end(held=True))
        self.cancel = button(_("取消预约…"), lambda: self._end(held=False))
        self.nobody = label(
            _("名册还是空的。添加投顾、税务、法律等专家后,可以为客户预约。"), "second", wrap=True
        )
        self.none_booked = label(_("还没有预约。约好的会排在本周清单里。"), "second", wrap=True)
        self.roster.offer(self.change, self.turn)
        self.booked.offer(self.hold, self.cancel)
        left = _side(
            Strip(button(_("添加专家…"), self.add), self.change, self.turn, gap=6), self.nobody, self.roster
        )
        right = _side(
            Strip(button(_("约专家…"), self.book), self.hold, self.cancel, gap=6),
            self.none_booked,
            self.booked,
        )
        inside = column(beside(left, right, (440, 640), (2, 3)))
        inside.setContentsMargins(0, 6, 0, 0)
        self.setLayout(inside)
        self.roster.chosen.connect(lambda _row: self._follow())
        self.booked.chosen.connect(lambda _row: self._follow())
        self.roster.opened.connect(lambda _row: self._change())
        self.booked.opened.connect(lambda _row: self._portrait())
        self._follow()

    def reload(self) -> None:
        """Read the roster and the bookings."""
        archives = self._page.workbench.outreach.archives
        self._page.read(lambda: (archives.roster(), archives.bookings()), self._show, key="experts")

    def _show(self, read: tuple[tuple[Expert, ...], tuple[ExpertBooking, ...]]) -> None:
        self.experts, listed = read
        self.roster.table.fill(self.experts)
        self.booked.table.fill(listed)
        for table, empty, rows in (
            (self.roster, self.nobody, self.experts), (self.booked, self.none_booked, listed),
        ):  # fmt: skip
            table.stay()
            table.setVisible(bool(rows))
            empty.setVisible(not rows)
        self._follow()

    # -- acting --------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new expert."""
        self._open(ExpertDialog(self._workbench, self._page.tasks, None, self._page))

    def book(self) -> None:
        """Ask for whom an expert is booked."""
        self._open(BookingDialog(self._workbench, self._page.tasks, self.experts, "", self._page))

    def expert(self) -> Expert | None:
        """The expert under the keyboard."""
        row = self.roster.current()
        return row if isinstance(row, Expert) else None

    def booking(self) -> ExpertBooking | None:
        """The booking under the keyboard."""
        row = self.booked.current()
        return row if isinstance(row, ExpertBooking) else None

    @property
    def _workbench(self) -> "Workbench":
        return self._page.workbench

    def _change(self) -> None:
        if (expert := self.expert()) is not None:
            self._open(ExpertDialog(self._workbench, self._page.tasks, expert, self._page))

    def _turn(self) -> None:
        if (expert := self.expert()) is not None:
            number, off, archives = expert.id, not expert.off, self._workbench.outreach.archives
            words = _("{name} 已停用,不再能约。") if off else _("{name} 又可以约了。")
            self._write(lambda: archives.switch_expert(number, off=off), words.format(name=expert.name))

    def _end(self, *, held: bool) -> None:
        if (booking := self.booking()) is not None and booking.state == "booked":
            self._open(
                BookingEndDialog(self._workbench, self._page.tasks, booking, held=held, parent=self._page)
            )

    def _portrait(self) -> None:
        if (booking := self.booking()) is not None:
            self.customer_requested.emit(booking.customer_no)

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self._page.tasks.write(job, words=words, failed=self._page.failed, owner=self._page)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _follow(self) -> None:
        """The buttons do what the rows under the keyboard allow."""
        expert, booking = self.expert(), self.booking()
        self.change.setEnabled(expert is not None)
        self.turn.setEnabled(expert is not None)
        self.turn.setText(_("启用") if expert is not None and expert.off else _("停用"))
        for one in (self.hold, self.cancel):
            one.setEnabled(booking is not None and booking.state == "booked")


def _side(*parts: QWidget) -> QWidget:
    side = QWidget()
    inside = column(*parts, spacing=4)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addStretch(1)
    inside.setStretch(len(parts) - 1, 10)
    side.setLayout(inside)
    return side


def _roster_columns() -> list[Column[Expert]]:
    return [
        Column(_("专家"), lambda x: x.name, 84, key=True),
        Column(_("专业"), lambda x: x.field_name, 72),
        Column(_("怎么联系"), lambda x: x.reached or "—", 92),
        Column(_("已约"), lambda x: str(x.ahead), 50, number=True, value=lambda x: x.ahead),
        Column(_("见过次数"), lambda x: str(x.held), 76, number=True, value=lambda x: x.held),
        Column(_("备注"), lambda x: _("停用") if x.off else x.note, 0, tip=lambda x: x.note),
    ]


def _booking_columns() -> list[Column[ExpertBooking]]:
    return [
        Column(_("日期"), lambda x: x.date, 90, ink=lambda x: "red" if x.over else None),
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("专家"), lambda x: bracketed(x.expert, x.field_name), 130),
        Column(_("状态"), lambda x: _("已过期,请登记") if x.over else x.state_name, 100),
        Column(_("主题"), lambda x: x.topic or "—", 150),
        Column(_("结果"), lambda x: x.outcome or "—", 0, tip=lambda x: x.outcome),
    ]
