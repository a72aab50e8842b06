"""预警: who is about to leave and why, by light; the ranking of all; and what could not be checked."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.theme import light_icon
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, EmptyState, beside, button, column, flow, label, light_label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import LIGHTS, brief, exact, light_word, severity_word, tier_word, who
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk

if TYPE_CHECKING:
    from workbench.app import Workbench


class WarningsPage(Page):
    """A list at the left, the reasons of the selected customer at the right."""

    name = "warnings"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.check: CheckSummary | None = None
        self.light: str | None = "red"
        self._picked = False
        self.waits_for = _("正在逐户检查流失信号…")
        self.say(_("预警"), _("从上往下看:先读理由,再打电话,打完记一笔。"))
        self.add_primary(_("记一次联系"), self._touch)
        self.guard = label("", "alarm", wrap=True)
        self.guard.hide()
        self.off = label("", "second", wrap=True)
        self._filters = QButtonGroup(self)
        self.filters: dict[str | None, QPushButton] = {}
        for light in (*LIGHTS, None):
            made = QPushButton(light_word(light) if light else _("全部排名"))
            made.setCheckable(True)
            if light:
                made.setIcon(light_icon(light))
            made.clicked.connect(lambda _checked=False, light=light: self._choose(light))
            self._filters.addButton(made)
            self.filters[light] = made
        self.table = Table(self._columns(), tasks)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._detail_of)
        self.table.table.loaded.connect(self._loaded)
        self.table.table.dataChanged.connect(lambda *_range: self._detail_of(self.table.currentIndex().row()))
        self.detail = Card()
        area = flow(column(self.detail))
        area.setMinimumWidth(300)
        self.table.setMinimumWidth(400)
        split = beside(self.table, area, (720, 440), (3, 2))
        self.tools = QWidget()
        above = column(Strip(*self.filters.values(), gap=8), self.guard, self.off)
        above.setContentsMargins(0, 0, 0, 0)
        self.tools.setLayout(above)
        self.put(self.tools, 0)
        self.nobody = EmptyState(_("这个灯色下没有客户。"), _("看全部排名"), lambda: self._choose(None))
        self.content = self.stage(
            split,
            _("还没有可以检查的数据。导入至少一个月的名单后,这里会按风险排出所有客户。"),
            self.nobody,
        )

    def _columns(self) -> list[Column[CustomerRisk]]:
        rules = self.workbench.rules
        return [
            Column(_("名次"), lambda x: f"{x.rank:,}", 64, number=True),
            Column(_("灯"), lambda x: light_word(x.light), 82, light=lambda x: x.light),
            Column(_("风险"), lambda x: f"{x.risk:.0f}", 52, number=True),
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 110),
            Column(_("层级"), lambda x: tier_word(rules, x.tier), 76, ink=lambda x: "second"),
            Column(_("资产"), lambda x: wan(x.aum_fen), 88, number=True, tip=lambda x: exact(x.aum_fen)),
            Column(_("理由"), self._first_reason, 0, tip=lambda x: "\n".join(_reasons(x))),
        ]

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Check all customers, then read the list of the chosen light."""
        insight = self.workbench.insight
        self.compute(lambda progress: insight.check(progress=progress), self._checked)

    def _checked(self, check: CheckSummary) -> None:
        self.check = check
        for light in LIGHTS:
            self.filters[light].setText(f"{light_word(light)}  {check.lights.get(light, 0):,}")
        self.filters[None].setText(_("全部排名  {n}").format(n=f"{check.customers:,}"))
        notices = [check.guard or "", check.fresh.sentence if check.fresh else ""]
        self.guard.setText("\n".join(filter(None, notices)))
        self.guard.setVisible(any(notices))
        names = commas(check.features_off)
        self.off.setText(_("看不到(名单没有相应的列):{names}").format(names=names) if names else "")
        self.off.setVisible(bool(names))
        if not self._picked:
            self.light = next((light for light in LIGHTS if check.lights.get(light)), None)
        self._read_list()

    def _read_list(self) -> None:
        check, light, insight = self.check, self.light, self.workbench.insight
        if check is None:
            return
        self.filters[light].setChecked(True)
        total = check.lights.get(light, 0) if light else check.customers
        self.read_rows(
            self.table.table,
            lambda: total,
            lambda offset, limit: insight.ranking(check.month, light=light, offset=offset, limit=limit),
        )

    def _loaded(self, total: int) -> None:
        if self.check is None or not self.check.customers:
            self.show_nothing()
        elif total:
            self.content.show_content()
            self.table.setCurrentIndex(self.table.table.index(0, 3))
        else:
            self.content.show_other(self.nobody)
        self.enable(bool(total))
        self.rows_are_there()

    def enable(self, on: bool) -> None:
        """The filters work as soon as the book has customers."""
        super().enable(on)
        checked = self.check is not None and bool(self.check.customers)
        for made in self.filters.values():
            made.setEnabled(checked)

    # -- detail --------------------------------------------------------------------------------------------

    def _detail_of(self, number: int) -> None:
        risk = self.table.table.row(number) if number >= 0 else None
        if isinstance(risk, CustomerRisk):
            self._show_detail(risk)

    def _show_detail(self, risk: CustomerRisk) -> None:
        card, rules = self.detail, self.workbench.rules
        card.clear()
        body = card.body
        body.addLayout(
            row(label(who(risk.name, risk.customer_no), "title"), light_label(risk.light, light_word(risk.light)),
                label(_("风险 {risk}").format(risk=f"{risk.risk:.0f}"), "second"), None)
        )  # fmt: skip
        body.addWidget(label(f"{tier_word(rules, risk.tier)} · {wan(risk.aum_fen)}", "second"))
        if risk.hard_rule:
            body.addSpacing(6)
            body.addWidget(label(_("直接定灯:{reason}").format(reason=risk.hard_rule), "red", wrap=True))
        for verdict in risk.signals:
            body.addSpacing(6)
            name = f"{verdict.code} {rules.text(verdict.code + '.name')} · {severity_word(verdict.severity)}"
            body.addWidget(label(name, "heading"))
            body.addWidget(label(verdict.reason, wrap=True))
        if not risk.signals:
            body.addSpacing(6)
            body.addWidget(label(_("没有命中信号。"), "second"))
        if risk.cannot_tell:
            body.addSpacing(6)
            names = commas(f"{code} {rules.text(code + '.name')}" for code in risk.cannot_tell)
            body.addWidget(label(_("看不到:{names}").format(names=names), "second", wrap=True))
        if risk.profiles:
            names = commas(rules.text(f"{code}.name") for code in risk.profiles)
            body.addWidget(label(_("易流失画像:{names}").format(names=names), "second", wrap=True))
        body.addSpacing(8)
        number = risk.customer_no
        body.addLayout(row(button(_("打开画像"), lambda: self.go.emit("portrait", number)), None))
        body.addWidget(label(_("权重与灯线为本系统口径。"), "second", wrap=True))
        method = button(
            _("口径手册 {number}").format(number="4.4"), lambda: open_handbook(self, "4.4"), "link"
        )
        body.addLayout(row(method, None))
        body.addStretch(1)

    def _first_reason(self, risk: CustomerRisk) -> str:
        as_of = self.check.as_of if self.check else None
        return brief(self.workbench.rules, as_of, next(iter(_reasons(risk)), _("没有命中信号")))

    # -- acting --------------------------------------------------------------------------------------------

    def _choose(self, light: str | None) -> None:
        self.light = light
        self._picked = True
        self._read_list()

    def place(self, argument: object) -> None:
        """Show the customers of the light `argument`."""
        if argument in LIGHTS:
            self._choose(str(argument))

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def _open(self, number: int) -> None:
        risk = self.table.table.row(number)
        if risk is not None:
            self.go.emit("portrait", risk.customer_no)

    def _touch(self) -> None:
        risk = self.table.current()
        if risk is not None:
            self.go.emit("touch", risk.customer_no)


def _reasons(risk: CustomerRisk) -> list[str]:
    reasons = [verdict.reason for verdict in risk.signals]
    return [risk.hard_rule, *reasons] if risk.hard_rule else reasons
