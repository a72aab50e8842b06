"""A salon planned or changed; guests added; who came; what a guest said."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.pages.calendar.gift_dialogs import plain_yuan
from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import date_edit, label
from ui.words import who
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.picking.facts import SavedList
from workbench.outreach.salons.salon import COMING, NewSalon, Salon, SalonGuest, SalonGuests

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.app import Workbench

_MOST_SEATS = 2_000


class SalonDialog(FormDialog):
    """What, when, where, how many. Enter stores."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, salon: Salon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("修改活动") if salon else _("新建活动"), _("存下"), parent)
        self.setMinimumWidth(520)
        self.salon = salon
        self.name = QLineEdit(salon.name if salon else "")
        self.name.setPlaceholderText(_("例如:防诈骗讲座"))
        self.kind = QComboBox()
        for code, name in workbench.outreach.salons.kinds().items():
            self.kind.addItem(name, code)
        self.day = date_edit(dt.date.fromisoformat(salon.date) if salon else today() + dt.timedelta(days=30))
        self.time = QLineEdit(salon.time if salon else "")
        self.time.setPlaceholderText("14:30")
        self.place = QLineEdit(salon.place if salon else "")
        self.place.setPlaceholderText(_("例如:网点二楼"))
        self.seats = NumberField()
        self.seats.setRange(0, _MOST_SEATS)
        self.seats.setSpecialValueText(_("不限"))
        self.seats.setValue(salon.seats or 0 if salon else 0)
        self.budget = QLineEdit(plain_yuan(salon.budget_fen) if salon and salon.budget_fen else "")
        self.budget.setPlaceholderText(_("元,可以不写"))
        self.note = QLineEdit(salon.note if salon else "")
        if salon is not None:
            self.kind.setCurrentIndex(max(self.kind.findData(salon.kind), 0))
        for words, field in (
            (_("名称"), self.name),
            (_("种类"), self.kind),
            (_("哪一天"), self.day),
            (_("时间"), self.time),
            (_("地点"), self.place),
            (_("座位"), self.seats),
            (_("预算"), self.budget),
            (_("备注"), self.note),
        ):
            self.line(words, field)
        self.name.setFocus()

    def answer(self) -> None:
        """Store the salon."""
        room, salon = self.workbench.outreach.salons, self.salon
        new = NewSalon(
            self.name.text(), self.kind.currentData(), self.day.date().toString("yyyy-MM-dd"), self.time.text(),
            self.place.text(), self.seats.value() or None, self.budget.text(), self.note.text(),
        )  # fmt: skip
        self.write(lambda: room.put(new, salon.id if salon else None), _("活动记下了。"))


class GuestsDialog(FormDialog):
    """Whom to put on the list: a saved list, a condition, or numbers. `heard(SalonGuests)` is called with what became of it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        salon: Salon,
        heard: "Callable[[SalonGuests], object]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("加客户到名单"), _("加上"), parent)
        self.setMinimumWidth(560)
        self.salon = salon
        self._heard = heard
        self.lists = QComboBox()
        self.lists.addItem(_("不用名单"), "")
        self.whom = QLineEdit()
        self.whom.setPlaceholderText(_("客户号,或选人的条件,例如 tier >= L5"))
        self.line(_("活动"), label(f"{salon.date} {salon.name}", wrap=True))
        self.line(_("存好的名单"), self.lists)
        self.line(_("客户"), self.whom)
        if salon.sells:
            words = _("这是营销活动:不宜营销的客户不会加进来,加完列出是谁、为什么。")
            self.line("", label(words, "second", wrap=True))
        self.lists.currentIndexChanged.connect(self._follow)
        self.whom.setFocus()
        tasks.run(workbench.insight.picking.lists, self._offer, owner=self)

    def _offer(self, lists: tuple[SavedList, ...]) -> None:
        for one in lists:
            if not one.expired:
                self.lists.addItem(one.name, f"list('{one.name}')")

    def _follow(self) -> None:
        self.whom.setText(self.lists.currentData() or "")

    def answer(self) -> None:
        """Put them on the list."""
        room, salon, whom = self.workbench.outreach.salons, self.salon, self.whom.text().strip()
        if not whom:
            self.say(_("请选一份名单,或者写客户号、条件。"))
            self.whom.setFocus()
            return
        made: list[SalonGuests] = []

        def put() -> Change:
            """Remember what became of them."""
            made.append(room.list_guests(salon.id, whom))
            return made[-1].change

        self.accepted.connect(lambda: self._heard(made[-1]))
        self.write(put, _("名单加好了。"))


class AttendanceDialog(FormDialog):
    """Who came: Space ticks, all are logged at once."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        salon: Salon,
        guests: tuple[SalonGuest, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("登记到场"), _("一次登记"), parent)
        self.setMinimumWidth(480)
        self.salon = salon
        self.came = QListWidget()
        self.came.setAccessibleName(_("到场的客户"))
        for one in guests:
            if one.state not in COMING:
                continue
            item = QListWidgetItem(
                f"{who(one.name, one.customer_no)}  {workbench.rules.text(f'salon.guest.{one.state}')}"
            )
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            there = one.state == "confirmed"
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
            self.came.addItem(item)
        self.line(_("活动"), label(f"{salon.date} {salon.name}", wrap=True))
        self.line(_("到场(空格打勾)"), self.came)
        words = _("到场的记一次“活动”联系,下次日期 {day};没来的不算联系。可以整笔撤销。")
        self.line("", label(words.format(day=salon.steps.follow_up), "second", wrap=True))
        self.came.setCurrentRow(0)
        self.came.setFocus()

    def answer(self) -> None:
        """Log them."""
        ticked = [
            item.data(Qt.ItemDataRole.UserRole)
            for at in range(self.came.count())
            if (item := self.came.item(at)).checkState() == Qt.CheckState.Checked
        ]
        room, salon = self.workbench.outreach.salons, self.salon
        words = _("“{name}”登记了 {n} 位到场。").format(name=salon.name, n=len(ticked))
        self.write(lambda: room.hold(salon.id, ticked), words)


class FeedbackDialog(FormDialog):
    """What a guest said, and when he is asked again."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        salon: Salon,
        guest: SalonGuest,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("反馈和回访"), _("存下"), parent)
        self.salon, self.guest = salon, guest
        self.text = QLineEdit(guest.feedback)
        self.text.setPlaceholderText(_("一句话,例如:想听养老规划"))
        self.day = date_edit(dt.date.fromisoformat(guest.follow_up or salon.steps.follow_up))
        self.line(_("客户"), label(who(guest.name, guest.customer_no)))
        self.line(_("反馈"), self.text)
        self.line(_("哪天回访"), self.day)
        self.text.setFocus()

    def answer(self) -> None:
        """Keep it."""
        room, salon, guest = self.workbench.outreach.salons, self.salon, self.guest
        text, day = self.text.text(), self.day.date().toString("yyyy-MM-dd")
        self.write(lambda: room.feedback(salon.id, guest.id, text, day), _("反馈记下了。"))
