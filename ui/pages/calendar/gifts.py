"""礼品: the gift ledger of a year, and the stock with what is short."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page
from ui.pages.calendar.gift_dialogs import GiftDialog, ItemDialog, RestockDialog, plain_yuan
from ui.pages.calendar.table_side import table_side
from ui.widgets.parts import beside, button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _, semicolons
from workbench.outreach.gifts.gift import Gift, GiftItem, GiftLedger
from workbench.rules.parameters import Rules


class GiftsTab(QWidget):
    """`opened(customer_no)` on Enter or a double click."""

    opened = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        rules = page.workbench.rules
        self.ledger: GiftLedger | None = None
        self.sums = label("", "heading", wrap=True)
        self.short = label("", "todo", wrap=True)
        self.nobody = label(
            _("今年还没有礼品。按“添一笔”写下送谁、送什么、哪天要用,程序算好订货日,送出后自动减库存。"),
            "second",
            wrap=True,
        )
        self.nothing = label(_("库存是空的。按“添一样”写下名称、单价和现有几件。"), "second", wrap=True)
        self.gifts = Table(
            _gift_columns(rules, self._to_order), name="calendar.gifts", wrap=True, steady=True
        )
        self.gifts.setAccessibleName(_("礼品账"))
        self.items = Table(_item_columns(), name="calendar.items")
        self.items.setAccessibleName(_("库存"))
        self.add = button(_("添一笔…"), self._add)
        self.change = button(_("修改…"), self._change)
        self.order = button(_("订了"), lambda: self._act("order"))
        self.give = button(_("送了"), lambda: self._act("give"))
        self.drop = button(_("不送了"), lambda: self._act("drop"))
        self.add_item = button(_("添一样…"), self._add_item)
        self.change_item = button(_("改库存…"), self._change_item)
        self.restock = button(_("订货…"), self._restock)
        self.remove_item = button(_("删除"), self._remove_item)
        self.gifts.offer(self.change, self.order, self.give, self.drop)
        self.items.offer(self.change_item, self.restock, self.remove_item)
        left = table_side(
            Strip(self.add, self.change, self.order, self.give, self.drop, gap=6), self.nobody, self.gifts
        )
        right = table_side(
            Strip(self.add_item, self.restock, self.change_item, self.remove_item, gap=6),
            self.nothing,
            self.items,
        )
        whole = column(self.sums, self.short, beside(left, right, (720, 400), (5, 3)))
        whole.setStretch(2, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.gifts.opened.connect(lambda _row: self._open())
        self.items.opened.connect(lambda _row: self._change_item())
        for table in (self.gifts, self.items):
            table.chosen.connect(lambda _row: self._follow())
        self._follow()

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self, year: int) -> None:
        """Read the ledger of a year."""
        room = self._page.workbench.outreach.gifts
        self._page.read(lambda: room.ledger(year), self.fill, key="gifts")

    def fill(self, ledger: GiftLedger) -> None:
        """Show the ledger; the keyboard stays on the gift it was on."""
        kept, kept_item = self.gift(), self.item()
        self.ledger = ledger
        self.sums.setText(sum_words(ledger))
        self.short.setText(short_words(ledger))
        self.short.setVisible(bool(ledger.short))
        self.gifts.table.fill(ledger.gifts)
        self.items.table.fill(ledger.items)
        self.gifts.setVisible(bool(ledger.gifts))
        self.nobody.setVisible(not ledger.gifts)
        self.items.setVisible(bool(ledger.items))
        self.nothing.setVisible(not ledger.items)
        if ledger.gifts:
            ids = [one.id for one in ledger.gifts]
            first = next((at for at, one in enumerate(ledger.gifts) if one.state in ("idea", "ordered")), 0)
            self.gifts.go_to(ids.index(kept.id) if kept is not None and kept.id in ids else first)
        if ledger.items:
            ids = [one.id for one in ledger.items]
            self.items.go_to(ids.index(kept_item.id) if kept_item is not None and kept_item.id in ids else 0)
        self._follow()

    def gift(self) -> Gift | None:
        """The gift under the keyboard."""
        row = self.gifts.current()
        return row if isinstance(row, Gift) else None

    def item(self) -> GiftItem | None:
        """The thing of the stock under the keyboard."""
        row = self.items.current()
        return row if isinstance(row, GiftItem) else None

    def _to_order(self, gift: Gift) -> bool:
        return self.ledger is not None and self.ledger.to_order(gift)

    def focus_first(self) -> None:
        """The ledger, or the button that begins it."""
        (self.gifts if self.ledger is not None and self.ledger.gifts else self.add).setFocus()

    def _follow(self) -> None:
        """Offer what can be done with the rows that are chosen."""
        gift, item = self.gift(), self.item()
        waits = gift is not None and gift.state in ("idea", "ordered")
        for one in (self.change, self.give, self.drop):
            one.setEnabled(waits)
        self.order.setEnabled(gift is not None and gift.state == "idea")
        for one in (self.change_item, self.restock, self.remove_item):
            one.setEnabled(item is not None)

    # -- acting --------------------------------------------------------------------------------------------

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _add(self) -> None:
        items = self.ledger.items if self.ledger else ()
        self._show(GiftDialog(self._page.workbench, self._page.tasks, items, None, self.window()))

    def _change(self) -> None:
        items, gift = self.ledger.items if self.ledger else (), self.gift()
        if gift is not None:
            self._show(GiftDialog(self._page.workbench, self._page.tasks, items, gift, self.window()))

    def _act(self, what: str) -> None:
        gift, room = self.gift(), self._page.workbench.outreach.gifts
        if gift is None:
            return
        acts: dict[str, tuple[Callable[[], Change], str]] = {
            "order": (lambda: room.order(gift.id), _("“{gift}”订了。")),
            "give": (lambda: room.give(gift.id), _("“{gift}”送出了,记在今天。")),
            "drop": (lambda: room.drop(gift.id), _("“{gift}”不送了。")),
        }
        job, words = acts[what]
        self._page.tasks.write(job, words=words.format(gift=gift.idea), owner=self._page)

    def _add_item(self) -> None:
        self._show(ItemDialog(self._page.workbench, self._page.tasks, None, self.window()))

    def _change_item(self) -> None:
        if (item := self.item()) is not None:
            self._show(ItemDialog(self._page.workbench, self._page.tasks, item, self.window()))

    def _restock(self) -> None:
        if (item := self.item()) is None or self.ledger is None:
            return
        short = next((one for one in self.ledger.short if one.item.id == item.id), None)
        self._show(RestockDialog(self._page.workbench, self._page.tasks, item, short, self.window()))

    def _remove_item(self) -> None:
        if (item := self.item()) is not None:
            room = self._page.workbench.outreach.gifts
            words = _("“{name}”从库存里删了。").format(name=item.name)
            self._page.tasks.write(lambda: room.remove_item(item.id), words=words, owner=self._page)

    def _open(self) -> None:
        if (gift := self.gift()) is not None:
            self.opened.emit(gift.customer_no)


def sum_words(ledger: GiftLedger) -> str:
    """What was given, what is planned, what is allowed."""
    words = _("{year} 年已送 {spent} 元,还打算送 {planned} 元;每位客户一年最多 {cap} 元")
    return words.format(
        year=ledger.year,
        spent=plain_yuan(ledger.spent_fen),
        planned=plain_yuan(ledger.planned_fen),
        cap=plain_yuan(ledger.cap_fen),
    )


def short_words(ledger: GiftLedger) -> str:
    """What is short, with the day by which it is ordered."""
    words = _("{name}还缺 {n} 件,{day} 前订")
    return semicolons(
        words.format(name=one.item.name, n=one.missing, day=one.order_by) for one in ledger.short
    )


def _gift_columns(rules: Rules, to_order: Callable[[Gift], bool]) -> list[Column[Gift]]:
    def late(gift: Gift) -> bool:
        """Whether it has to be ordered today."""
        return to_order(gift) and gift.order_by <= today().isoformat()

    def order_words(gift: Gift) -> str:
        """When it is ordered."""
        if not to_order(gift):
            return _("有库存") if gift.state == "idea" else "—"
        return _("今天就订") if late(gift) else _("{day} 前").format(day=gift.order_by)

    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("送什么"), lambda x: x.idea, 0, tip=lambda x: x.note or None),
        Column(_("缘由"), lambda x: x.occasion, 84),
        Column(_("哪天要用"), lambda x: x.needed_by, 108),
        Column(_("订货"), order_words, 100, value=lambda x: x.order_by if to_order(x) else None,
               ink=lambda x: "red" if late(x) else None),
        Column(_("金额(元)"), lambda x: plain_yuan(x.value_fen), 84, number=True, fen=lambda x: x.value_fen),
        Column(_("状态"), lambda x: _state_words(x, rules), 92),
    ]  # fmt: skip


def _item_columns() -> list[Column[GiftItem]]:
    return [
        Column(_("礼品"), lambda x: x.name, 0, key=True, tip=lambda x: x.note or None),
        Column(_("单价(元)"), lambda x: plain_yuan(x.unit_fen), 84, number=True, fen=lambda x: x.unit_fen),
        Column(_("还有"), lambda x: _("{n} 件").format(n=x.stock), 72, number=True,
               ink=lambda x: "red" if x.stock <= 0 else None),
    ]  # fmt: skip


def _state_words(gift: Gift, rules: Rules) -> str:
    state = rules.text(f"gift.state.{gift.state}")
    return f"{state} {gift.given[5:]}" if gift.given else state
