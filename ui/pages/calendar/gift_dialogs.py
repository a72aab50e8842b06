"""A gift written down or changed; a thing of the stock; an order that came."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import date_edit, label
from ui.widgets.person_dialog import PersonDialog
from ui.words import who
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.outreach.gifts.gift import Gift, GiftItem, NewGift, Shortage

if TYPE_CHECKING:
    from workbench.app import Workbench

#: pieces of one thing that a person may type
_MOST = 9_999


def plain_yuan(fen: int) -> str:
    """An amount as it is typed."""
    return exact_yuan(fen).removesuffix(".00")


class GiftDialog(PersonDialog):
    """Whom, what, why, until when. Enter stores."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        items: tuple[GiftItem, ...],
        gift: Gift | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title, number = _("修改礼品") if gift else _("添一笔礼品"), gift.customer_no if gift else ""
        super().__init__(workbench, tasks, title, _("存下"), parent, number)
        self.setMinimumWidth(520)
        self.gift = gift
        self.item = QComboBox()
        self.item.addItem(_("不从库存里出"), None)
        for one in items:
            words = _("{name}({yuan} 元,还有 {n} 件)")
            self.item.addItem(words.format(name=one.name, yuan=plain_yuan(one.unit_fen), n=one.stock), one.id)
        self.idea = QLineEdit(gift.idea if gift else "")
        self.idea.setPlaceholderText(_("例如:时令茶叶;从库存里出的可以不写"))
        self.amount = QLineEdit(plain_yuan(gift.value_fen) if gift else "")
        self.amount.setPlaceholderText(_("元"))
        self.occasion = QLineEdit(gift.occasion if gift else "")
        self.occasion.setPlaceholderText(_("例如:生日、开户十年"))
        self.day = date_edit(
            dt.date.fromisoformat(gift.needed_by) if gift else today() + dt.timedelta(days=30)
        )
        self.note = QLineEdit(gift.note if gift else "")
        if gift is not None:
            self.item.setCurrentIndex(max(self.item.findData(gift.item_id), 0))
            self.line(_("客户"), label(who(gift.name, gift.customer_no)))
        else:
            self.ask_person()
        for words, field in (
            (_("从库存"), self.item),
            (_("送什么"), self.idea),
            (_("一件多少元"), self.amount),
            (_("缘由"), self.occasion),
            (_("哪天要用"), self.day),
            (_("备注"), self.note),
        ):
            self.line(words, field)
        self.line("", label(_("不送现金和卡券,不与存款金额挂钩。"), "second", wrap=True))
        self.item.currentIndexChanged.connect(self._follow)
        self._follow()
        (self.idea if gift else self.person.line).setFocus()

    def _follow(self) -> None:
        """The price of a thing of the stock is that of the stock."""
        self.amount.setEnabled(self.item.currentData() is None)

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.item

    def answer(self) -> None:
        """Store the gift; a customer that is still being typed is looked for first."""
        whom = self.whom()
        if whom is None:
            return
        room, gift = self.workbench.outreach.gifts, self.gift
        day, item = self.day.date().toString("yyyy-MM-dd"), self.item.currentData()
        idea, occasion, amount, note = (
            field.text() for field in (self.idea, self.occasion, self.amount, self.note)
        )
        self.write(
            lambda: room.put(
                NewGift(whom(), idea, day, occasion, item, amount, note), gift.id if gift else None
            ),
            _("礼品记下了。"),
        )


class ItemDialog(FormDialog):
    """What a thing of the stock costs and how many there are."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        item: GiftItem | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("修改库存") if item else _("添一样礼品"), _("存下"), parent)
        self.item = item
        self.name = QLineEdit(item.name if item else "")
        self.name.setPlaceholderText(_("例如:雨伞、时令茶叶"))
        self.unit = QLineEdit(plain_yuan(item.unit_fen) if item else "")
        self.unit.setPlaceholderText(_("元"))
        self.count = NumberField()
        self.count.setRange(0, _MOST)
        self.count.setValue(item.stock if item else 0)
        self.note = QLineEdit(item.note if item else "")
        for words, field in (
            (_("名称"), self.name),
            (_("一件多少元"), self.unit),
            (_("现有几件"), self.count),
            (_("备注"), self.note),
        ):
            self.line(words, field)
        self.name.setFocus()

    def answer(self) -> None:
        """Store the thing."""
        room, item = self.workbench.outreach.gifts, self.item
        name, unit, count, note = self.name.text(), self.unit.text(), self.count.value(), self.note.text()
        self.write(
            lambda: room.put_item(name, unit, count, note, item.id if item else None), _("库存记下了。")
        )


class RestockDialog(FormDialog):
    """How many were ordered; as many as are missing are proposed."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        item: GiftItem,
        short: Shortage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("订货"), _("记下"), parent)
        self.item = item
        self.count = NumberField()
        self.count.setRange(1, _MOST)
        self.count.setValue(short.missing if short else 1)
        self.line(_("礼品"), label(item.name))
        self.line(_("现有"), label(_("{n} 件").format(n=item.stock)))
        self.line(_("订了几件"), self.count)
        self.count.setFocus()

    def answer(self) -> None:
        """Add them."""
        room, item, count = self.workbench.outreach.gifts, self.item, self.count.value()
        words = _("“{name}”订了 {n} 件。").format(name=item.name, n=count)
        self.write(lambda: room.restock(item.id, count), words)
