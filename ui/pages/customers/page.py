"""客户: the list of any length, narrowed by typing, light and tier, sorted by any column."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.widgets.parts import EmptyState, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import LIGHTS, light_shape, light_word, masked, number_tail, signed_wan, tier_word
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.people.customer import CustomerRow
from workbench.people.customer_list import CustomerQuery, Order
from workbench.people.privacy import masking

if TYPE_CHECKING:
    from workbench.app import Workbench

#: milliseconds of quiet after a key before the list is read again
PAUSE = 120


class CustomersPage(Page):
    """`place(text)` shows the customers that a text finds."""

    name = "customers"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.query = CustomerQuery()
        self.say(_("客户"), _("输入姓名、拼音或尾号找人,回车打开画像。"))
        self.add_primary(_("打开画像"), self._open_current)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("姓名 · 拼音首字母 · 客户号尾号 · 手机尾号    Ctrl+F"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(260)
        self.filter.setMaximumWidth(380)
        self.light = QComboBox()
        self.light.addItem(_("全部灯色"), None)
        for light in LIGHTS:
            self.light.addItem(light_shape(light), light)
        self.tier = QComboBox()
        self.tier.addItem(_("全部层级"), None)
        for number in range(8, -1, -1):
            self.tier.addItem(tier_word(workbench.rules, f"L{number}"), f"L{number}")
        self.count = label("", "second")
        self.table = Table(self._columns(), tasks, name="customers")
        self.table.mark_sorted(self.query.order, descending=self.query.descending)
        self.table.opened.connect(self._open)
        self.table.table.loaded.connect(self._loaded)
        self.table.table.sort_requested.connect(self._sort)
        tools = QWidget()
        above = row(self.filter, self.light, self.tier, None, self.count)
        above.setStretch(0, 1)
        above.setContentsMargins(0, 0, 0, 0)
        tools.setLayout(above)
        self.put(tools, 0)
        self.unfit = EmptyState(_("没有符合条件的客户。"), _("清除条件"), self._clear)
        self.content = self.stage(
            self.table, _("账本里还没有客户。导入总行下发的名单,客户就会出现在这里。"), self.unfit
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda _text: self._soon.start())
        self.filter.returnPressed.connect(self._to_table)
        self.light.currentIndexChanged.connect(lambda _at: self._narrow())
        self.tier.currentIndexChanged.connect(lambda _at: self._narrow())
        find = QAction(self)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.triggered.connect(lambda _checked=False: self.filter.setFocus())
        self.addAction(find)

    def _columns(self) -> list[Column[CustomerRow]]:
        rules = self.workbench.rules
        return [
            Column(_("灯"), lambda x: light_word(x.light), 92, light=lambda x: x.light, order="risk",
                   narrow=self.light.showPopup),
            Column(_("客户"), lambda x: masked(x.name), 74, key=True, order="name"),
            Column(_("客户号"), _number, 84, key=True, order="customer_no"),
            Column(_("电话"), lambda x: masking("phone", x.phone or "", "screen") or "—", 112, order="phone"),
            Column(_("层级"), lambda x: tier_word(rules, x.tier), 92, order="tier",
                   value=lambda x: x.tier, largest=True, narrow=self.tier.showPopup),
            Column(_("本行等级"), lambda x: x.bank_level or "—", 92, order="bank_level"),
            Column(_("资产"), lambda x: wan(x.aum_fen), 88, number=True, fen=lambda x: x.aum_fen, order="aum"),
            Column(
                _("月日均"), lambda x: wan(x.daily_average_fen), 92, number=True,
                fen=lambda x: x.daily_average_fen, order="daily_average",
            ),
            Column(
                _("较上月"), lambda x: signed_wan(x.change_fen), 92, number=True,
                fen=lambda x: x.change_fen, ink=lambda x: "red" if (x.change_fen or 0) < 0 else None,
                order="change",
            ),
            Column(_("风险分"), lambda x: "—" if x.risk is None else f"{x.risk:.0f}", 72, number=True, order="score"),
            Column(_("上次联系"), lambda x: x.last_touch or "—", 100, order="last_touch"),
            Column(_("网点"), lambda x: x.branch or "—", 0, order="branch", tip=lambda x: x.branch or ""),
        ]  # fmt: skip

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Count the customers of the query, then read the list in windows."""
        query, insight = self.query, self.workbench.insight
        self.read_rows(
            self.table.table,
            lambda: insight.count(query),
            lambda offset, limit: insight.customers(query, offset, limit),
        )

    def _loaded(self, total: int) -> None:
        self.count.setText(_("{n} 位客户").format(n=f"{total:,}"))
        narrowed = bool(self.query.text or self.query.light or self.query.tier)
        if total:
            self.content.show_content()
        elif narrowed:
            self.content.show_other(self.unfit)
        else:
            self.show_nothing()
        self.enable(bool(total))
        self.rows_are_there()
        self.table.stay(column=1)

    def _narrow(self) -> None:
        query = replace(
            self.query,
            text=self.filter.text().strip(),
            light=self.light.currentData(),
            tier=self.tier.currentData(),
        )
        if query != self.query:
            self.query = query
            self.reload()

    def _sort(self, order: str, descending: bool) -> None:
        self.query = replace(self.query, order=cast("Order", order), descending=descending)
        self.reload()

    # -- acting --------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        """Search for `argument` if it is a text."""
        if isinstance(argument, str):
            self.filter.setText(argument)
            self._narrow()

    def focus_first(self) -> None:
        """The filter: most people come to find somebody."""
        self.filter.setFocus()

    def _clear(self) -> None:
        self.filter.clear()
        self.light.setCurrentIndex(0)
        self.tier.setCurrentIndex(0)

    def _to_table(self) -> None:
        if self.table.table.rowCount():
            self.table.setFocus()
            self._open_current()

    def _open_current(self) -> None:
        self._open(self.table.currentIndex().row())

    def _open(self, number: int) -> None:
        customer = self.table.table.row(number) if number >= 0 else None
        if customer is not None:
            self.go.emit("portrait", customer.customer_no)


def _number(customer: CustomerRow) -> str:
    """The end of the number, longer where others of the list with the same masked name share it."""
    return f"**{customer.end}" if customer.end else number_tail(customer.customer_no)
