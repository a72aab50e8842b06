"""The ranking of all customers, or of one light: a list at the left, the reasons of the selected customer at the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.warnings.detail import fill_detail
from ui.tasks import Tasks
from ui.widgets.parts import Card, beside, column, flow
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import light_word, tier_word, who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.churn.sentences import sentences
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk

if TYPE_CHECKING:
    from workbench.app import Workbench


class RankingView(QWidget):
    """`opened(customer_no)`."""

    opened = Signal(str)
    #: who is gone is to be won back (customer_no)
    win_back_requested = Signal(str)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.check: CheckSummary | None = None
        self.table = Table(self._columns(), tasks, name="warnings.ranking")
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._detail_of)
        self.table.table.dataChanged.connect(lambda *_range: self._detail_of(self.table.currentIndex().row()))
        self.detail = Card()
        area = flow(column(self.detail))
        area.setMinimumWidth(300)
        self.table.setMinimumWidth(400)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(beside(self.table, area, (720, 440), (3, 2)))

    def _columns(self) -> list[Column[CustomerRisk]]:
        rules = self.workbench.rules
        return [
            Column(_("名次"), lambda x: f"{x.rank:,}", 64, number=True),
            Column(_("灯"), lambda x: light_word(x.light), 82, light=lambda x: x.light),
            Column(_("风险"), lambda x: f"{x.risk:.0f}", 52, number=True),
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
            Column(
                _("层级"),
                lambda x: tier_word(rules, x.tier),
                76,
                value=lambda x: x.tier,
                largest=True,
                ink=lambda x: "second",
            ),
            Column(
                _("资产"),
                lambda x: wan(x.aum_fen),
                88,
                number=True,
                fen=lambda x: x.aum_fen,
            ),
            Column(_("理由"), self._first_reason, 0, tip=lambda x: "\n".join(sentences(x, rules))),
        ]

    def current(self) -> CustomerRisk | None:
        """The customer under the keyboard."""
        risk = self.table.current()
        return risk if isinstance(risk, CustomerRisk) else None

    def stay(self, *, anew: bool) -> None:
        """Select the row that was selected; `anew`: the first."""
        if anew:
            self.table.setCurrentIndex(self.table.table.index(0, 3))
        else:
            self.table.stay(column=3)

    def _detail_of(self, number: int) -> None:
        risk = self.table.table.row(number) if number >= 0 else None
        if isinstance(risk, CustomerRisk):
            fill_detail(
                self.detail, risk, self.workbench.rules, self.opened.emit, self.win_back_requested.emit
            )

    def _first_reason(self, risk: CustomerRisk) -> str:
        return next(iter(sentences(risk, self.workbench.rules)), _("没有命中信号"))

    def _open(self, number: int) -> None:
        risk = self.table.table.row(number)
        if isinstance(risk, CustomerRisk):
            self.opened.emit(risk.customer_no)
