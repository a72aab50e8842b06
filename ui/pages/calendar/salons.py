"""沙龙: the events of a year with their steps, and the guests of one."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page
from ui.pages.calendar.salon_dialogs import AttendanceDialog, FeedbackDialog, GuestsDialog, SalonDialog
from ui.pages.calendar.table_side import table_side
from ui.widgets.parts import ask, beside, button, column, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.outreach.salons.salon import COMING, Salon, SalonGuest, SalonGuests
from workbench.rules.parameters import Rules

#: guests who are left out that are named in one line
_NAMED = 8


class SalonsTab(QWidget):
    """`opened(customer_no)` on Enter or a double click on a guest."""

    opened = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        rules = page.workbench.rules
        self._year = 0
        self._guests: tuple[SalonGuest, ...] = ()
        self.nothing = label(
            _("今年还没有活动。按“新建”写下名称、日子和座位,程序排好筹备、邀请、提醒、致谢各在哪天。"),
            "second",
            wrap=True,
        )
        self.nobody = label(
            _("名单是空的。按“加客户”,用存好的名单、选人的条件或客户号。"), "second", wrap=True
        )
        self.steps = label("", "second", wrap=True)
        self.seats = label("", "heading", wrap=True)
        #: who was left out of the list or the invitations last, and why
        self.left_out = label("", "todo", wrap=True)
        self.left_out.hide()
        self.salons = Table(_salon_columns(rules), name="calendar.salons", wrap=True, steady=True)
        self.salons.setAccessibleName(_("活动"))
        self.guests = Table(_guest_columns(rules), name="calendar.guests", wrap=True, steady=True)
        self.guests.setAccessibleName(_("客人名单"))
        self.add = button(_("新建…"), self._add)
        self.change = button(_("修改…"), self._change)
        self.held = button(_("登记到场…"), self._hold)
        self.cancel = button(_("取消活动"), self._cancel)
        self.add_guests = button(_("加客户…"), self._add_guests)
        self.invite = button(_("已邀请"), self._invite, tip=_("选中几位一起记;Ctrl+A 全选"))
        self.comes = button(_("确认来"), lambda: self._answered(comes=True))
        self.stays = button(_("不来"), lambda: self._answered(comes=False))
        self.feedback = button(_("反馈…"), self._feedback)
        self.take_off = button(_("移出"), self._take_off)
        self.salons.offer(self.change, self.held, self.cancel, self.add_guests)
        self.guests.offer(self.invite, self.comes, self.stays, self.feedback, self.take_off)
        self.letters = button(_("邀请函…"), lambda: self._paper("letters"), tip=_("一位一页,印全名"))
        self.labels = button(
            _("名签…"), lambda: self._paper("labels"), tip=_("确认来的客户,一张 A4 二十四个")
        )
        left = table_side(
            Strip(self.add, self.change, self.held, self.cancel, gap=6), self.nothing, self.salons
        )
        right = table_side(
            Strip(
                self.add_guests, self.invite, self.comes, self.stays, self.feedback, self.take_off, self.letters,
                self.labels, gap=6
            ),
            self.seats,
            self.steps,
            self.left_out,
            self.nobody,
            self.guests,
        )  # fmt: skip
        whole = column(beside(left, right, (520, 600), (4, 5)))
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.salons.chosen.connect(lambda _row: self._chosen())
        self.salons.opened.connect(lambda _row: self.guests.setFocus())
        self.guests.opened.connect(lambda _row: self._open())
        self.guests.selectionModel().selectionChanged.connect(lambda _on, _off: self._follow())
        self._show_guests(())

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self, year: int) -> None:
        """Read the salons of a year."""
        self._year = year
        room = self._page.workbench.outreach.salons
        self._page.read(lambda: room.of(year), self.fill, key="salons")

    def fill(self, salons: tuple[Salon, ...]) -> None:
        """Show the salons; the keyboard stays on the one it was on, else goes to the first that is ahead."""
        kept = self.salon()
        self.salons.table.fill(salons)
        self.salons.setVisible(bool(salons))
        self.nothing.setVisible(not salons)
        ids = [one.id for one in salons]
        if kept is not None and kept.id in ids:
            self.salons.go_to(ids.index(kept.id))
        elif salons:
            ahead = (at for at, one in enumerate(salons) if one.state == "planned")
            self.salons.go_to(next(ahead, len(salons) - 1))
        self._chosen()

    def _chosen(self) -> None:
        salon, room = self.salon(), self._page.workbench.outreach.salons
        if salon is None:
            self._show_guests(())
        else:
            number = salon.id
            self._page.read(lambda: room.guests(number), self._show_guests, key="salon_guests")

    def _show_guests(self, guests: tuple[SalonGuest, ...]) -> None:
        kept, salon = {one.id for one in self.chosen_guests()}, self.salon()
        self._guests = guests
        self.guests.table.fill(guests)
        self.guests.setVisible(bool(guests))
        self.nobody.setVisible(salon is not None and not guests)
        self.seats.setText("" if salon is None else seat_words(salon))
        self.steps.setText("" if salon is None else step_words(salon))
        for part in (self.seats, self.steps):
            part.setVisible(salon is not None)
        if guests:
            ids = [one.id for one in guests]
            self.guests.go_to(next((at for at, number in enumerate(ids) if number in kept), 0))
        self._follow()

    def salon(self) -> Salon | None:
        """The salon under the keyboard."""
        row = self.salons.current()
        return row if isinstance(row, Salon) else None

    def chosen_guests(self) -> tuple[SalonGuest, ...]:
        """The guests that are selected."""
        rows = (self.guests.table.row(one.row()) for one in self.guests.selectionModel().selectedRows())
        return tuple(one for one in rows if isinstance(one, SalonGuest))

    def focus_first(self) -> None:
        """The salons, or the button that begins them."""
        (self.salons if self.salons.table.rowCount() else self.add).setFocus()

    def _follow(self) -> None:
        """Offer what can be done with the salon and the guests that are chosen."""
        salon, chosen = self.salon(), self.chosen_guests()
        ahead = salon is not None and salon.state == "planned"
        for one in (self.change, self.cancel, self.add_guests):
            one.setEnabled(ahead)
        self.held.setEnabled(ahead and bool(self._guests))
        self.invite.setEnabled(ahead and any(one.state == "listed" for one in chosen))
        coming = ahead and any(one.state in (*COMING, "declined") for one in chosen)
        for one in (self.comes, self.stays, self.take_off):
            one.setEnabled(coming)
        self.letters.setEnabled(ahead and bool(self._guests))
        self.labels.setEnabled(salon is not None and bool(salon.seated))
        self.feedback.setEnabled(len(chosen) == 1 and salon is not None and salon.state != "cancelled")

    # -- acting --------------------------------------------------------------------------------------------

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _add(self) -> None:
        self._show(SalonDialog(self._page.workbench, self._page.tasks, None, self.window()))

    def _change(self) -> None:
        if (salon := self.salon()) is not None:
            self._show(SalonDialog(self._page.workbench, self._page.tasks, salon, self.window()))

    def _hold(self) -> None:
        if (salon := self.salon()) is not None:
            page = self._page
            self._show(AttendanceDialog(page.workbench, page.tasks, salon, self._guests, self.window()))

    def _cancel(self) -> None:
        if (salon := self.salon()) is not None:
            room = self._page.workbench.outreach.salons
            self._write(lambda: room.cancel(salon.id), _("“{name}”取消了。").format(name=salon.name))

    def _add_guests(self) -> None:
        if (salon := self.salon()) is not None:
            page = self._page
            self._show(GuestsDialog(page.workbench, page.tasks, salon, self._tell_left_out, self.window()))

    def _invite(self) -> None:
        salon, ids = self.salon(), [one.id for one in self.chosen_guests()]
        if salon is None:
            return
        room, made = self._page.workbench.outreach.salons, list[SalonGuests]()

        def put() -> Change:
            """Remember who was left out."""
            made.append(room.invite(salon.id, ids))
            return made[-1].change

        self._page.tasks.write(
            put,
            lambda _change: self._tell_left_out(made[-1]),
            words=lambda: _("记下邀请了 {n} 位。").format(n=made[-1].done),
            owner=self._page,
        )

    def _answered(self, *, comes: bool) -> None:
        salon, ids = self.salon(), [one.id for one in self.chosen_guests()]
        if salon is None:
            return
        room = self._page.workbench.outreach.salons
        words = (_("{n} 位确认来。") if comes else _("{n} 位不来。")).format(n=len(ids))

        def failed(error: Exception) -> None:
            """Where there are too few seats, ask whether they come all the same."""
            if not isinstance(error, WorkbenchError) or error.code != "no_seats":
                self._page.tasks.failed.emit(error)
                return
            ask(
                self.window(), _("座位不足"), str(error), _("确认加座,就照样记下。"), _("加座"), "",
                lambda: self._write(lambda: room.answered(salon.id, ids, comes=True, over=True), words),
            )  # fmt: skip

        self._page.tasks.write(
            lambda: room.answered(salon.id, ids, comes=comes), words=words, failed=failed, owner=self._page
        )

    def _feedback(self) -> None:
        salon, chosen = self.salon(), self.chosen_guests()
        if salon is not None and chosen:
            page = self._page
            self._show(FeedbackDialog(page.workbench, page.tasks, salon, chosen[0], self.window()))

    def _take_off(self) -> None:
        salon, ids = self.salon(), [one.id for one in self.chosen_guests()]
        if salon is not None:
            room = self._page.workbench.outreach.salons
            self._write(lambda: room.take_off(salon.id, ids), _("{n} 位移出了名单。").format(n=len(ids)))

    def _paper(self, what: str) -> None:
        if (salon := self.salon()) is None:
            return
        sheets, number = self._page.workbench.sheets, salon.id
        make = sheets.salon_letters if what == "letters" else sheets.salon_labels
        self._show(
            PreviewDialog(self._page.workbench, self._page.tasks, lambda: make(number), parent=self.window())
        )

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self._page.tasks.write(job, words=words, owner=self._page)

    def _tell_left_out(self, made: SalonGuests) -> None:
        self.left_out.setText(left_out_words(made))
        self.left_out.setVisible(bool(self.left_out.text()))

    def _open(self) -> None:
        row = self.guests.current()
        if isinstance(row, SalonGuest):
            self.opened.emit(row.customer_no)


def seat_words(salon: Salon) -> str:
    """How many are asked, come and have a seat."""
    of_state = salon.guests.get
    numbers = _("名单 {listed} 位,已邀请 {invited} 位,确认 {confirmed} 位,不来 {declined} 位").format(
        listed=sum(salon.guests.values()), invited=of_state("invited", 0), confirmed=of_state("confirmed", 0),
        declined=of_state("declined", 0),
    )  # fmt: skip
    if salon.state == "held":
        came = _("到场 {came} 位,没来 {absent} 位")
        numbers = came.format(came=of_state("attended", 0), absent=of_state("absent", 0))
    if salon.seats is None or salon.state != "planned":
        return numbers
    free = salon.free or 0
    seats = _(";座位 {seats},还空 {free}") if free >= 0 else _(";座位 {seats},多确认了 {over} 位")
    return numbers + seats.format(seats=salon.seats, free=free, over=-free)


def step_words(salon: Salon) -> str:
    """The days of what is done for it."""
    steps = salon.steps
    words = _("筹备 {prepare} · 邀请 {invite} · 提醒 {remind} · 致谢 {thanks} · 回访 {follow_up}")
    return words.format(
        prepare=steps.prepare[5:], invite=steps.invite[5:], remind=steps.remind[5:], thanks=steps.thanks[5:],
        follow_up=steps.follow_up[5:],
    )  # fmt: skip


def left_out_words(made: SalonGuests) -> str:
    """Who is not invited and why, and how many more may come than there are seats; '' for nothing to say."""
    parts = []
    if made.left_out:
        words = _("没有邀请 {n} 位:").format(n=len(made.left_out))
        named = [f"{who(one.name, one.customer_no)} {one.why}" for one in made.left_out[:_NAMED]]
        rest = len(made.left_out) - len(named)
        if rest > 0:
            named.append(_("另有 {n} 位").format(n=rest))
        parts.append(words + semicolons(named))
    if made.over:
        parts.append(_("名单上可能来的比座位多 {n} 位,确认时留意").format(n=made.over))
    return semicolons(parts)


def _salon_columns(rules: Rules) -> list[Column[Salon]]:
    return [
        Column(_("日子"), lambda x: f"{x.date[5:]} {x.time}".strip(), 118, value=lambda x: (x.date, x.time)),
        Column(_("活动"), lambda x: x.name, 0, key=True, tip=lambda x: x.note or None),
        Column(_("种类"), lambda x: x.kind_name, 80),
        Column(_("座位"), _seats, 84, number=True, ink=lambda x: "red" if (x.free or 0) < 0 else None),
        Column(
            _("状态"), lambda x: _("待登记") if _over(x) else rules.text(f"salon.state.{x.state}"), 72,
            ink=lambda x: "red" if _over(x) else None, tip=lambda x: _("已经办过,请登记到场") if _over(x) else None,
        ),
    ]  # fmt: skip


def _over(salon: Salon) -> bool:
    """Whether its day is past and nobody said who came."""
    return salon.state == "planned" and salon.date < today().isoformat()


def _seats(salon: Salon) -> str:
    return f"{salon.seated} / {salon.seats}" if salon.seats is not None else str(salon.seated)


def _guest_columns(rules: Rules) -> list[Column[SalonGuest]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("状态"), lambda x: rules.text(f"salon.guest.{x.state}"), 72),
        Column(_("邀请日"), lambda x: (x.invited or "")[5:], 64, value=lambda x: x.invited),
        Column(_("回访日"), lambda x: (x.follow_up or "")[5:], 64, value=lambda x: x.follow_up),
        Column(_("反馈或不宜邀请的原因"), lambda x: x.feedback or x.barred, 0, ink=lambda x: "red" if x.barred else None),
    ]  # fmt: skip
