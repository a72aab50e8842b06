"""按方法: the methods of the 531 and the scripts, each beside similar customers who were not contacted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.tasks import Tasks
from ui.widgets.parts import column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _
from workbench.outreach.effects.effect import EffectPerson, EffectReport, EffectRow
from workbench.outreach.outcomes.words import share_words

_People = Callable[[Sequence[int]], list[EffectPerson]]


class EffectsTab(QWidget):
    """The groups above, the sentence of the chosen one and its customers below. `person_opened(customer number)`."""

    person_opened = Signal(str)

    def __init__(self, people: _People, tasks: Tasks) -> None:
        super().__init__()
        self._people = people
        self.note = label("", "second", wrap=True)
        self.table = Table(_columns(), name="outcomes.effects", bare=True)
        self.table.setAccessibleName(_("按方法"))
        self.sentence = label("", wrap=True)
        self.customers = Table(_people_columns(), tasks, name="outcomes.effect_people", bare=True)
        self.customers.setAccessibleName(_("这个方法联系上的客户"))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _row: self.customers.setFocus())
        self.customers.opened.connect(self._open)
        layout = column(self.note, spacing=6)
        layout.addWidget(self.table, 2)
        layout.addWidget(self.sentence)
        layout.addWidget(self.customers, 1)
        layout.setContentsMargins(0, 6, 0, 0)
        self.setLayout(layout)

    def show_report(self, report: EffectReport) -> None:
        """Fill the groups; without any say how they come about."""
        self.note.setText(
            _(
                "计划里安排过、当周联系过的客户按方法算,复制过的话术按话术算。相近的客户:同一个月的名单、同一层级、同样的灯,"
                "到看满 {window} 个月都没有联系上。联系谁是挑选的,不是随机分的,只作参考。数据日期 {as_of}。"
            ).format(window=report.window, as_of=report.as_of)
            if report.rows
            else _("还没有按计划联系过客户,也没有复制过话术。按 531 联系并登记以后,这里比较各种方法。")
        )
        self.table.table.fill(report.rows)
        for shown in (self.table, self.sentence, self.customers):
            shown.setVisible(bool(report.rows))
        if report.rows:
            self.table.stay()

    def _chosen(self, number: int) -> None:
        row = self.table.table.row(number) if number >= 0 else None
        if not isinstance(row, EffectRow):
            return
        self.sentence.setText(_("{name}:{sentence}").format(name=row.name, sentence=row.sentence))
        ids = row.ids
        self.customers.table.read(
            lambda: len(ids), lambda offset, limit: self._people(ids[offset : offset + limit])
        )

    def _open(self, number: int) -> None:
        person = self.customers.table.row(number)
        if isinstance(person, EffectPerson):
            self.person_opened.emit(person.customer_no)


def _columns() -> list[Column[EffectRow]]:
    return [
        Column(_("方法或话术"), lambda x: x.name, 150, tip=lambda x: x.code),
        Column(_("类别"), lambda x: _("531 方法") if x.kind == "method" else _("话术"), 76),
        Column(_("联系户数"), lambda x: f"{x.customers:,}", 76, number=True),
        Column(_("次数"), lambda x: f"{x.contacts:,}", 60, number=True),
        Column(_("联系上"), lambda x: f"{x.reached:,}", 68, number=True),
        Column(_("愿意继续"), lambda x: f"{x.agreed:,}", 76, number=True),
        Column(
            _("联系上的,没有流失"),
            lambda x: share_words(x.comparison.contacted),
            132,
            number=True,
            value=lambda x: x.comparison.contacted.share if x.comparison.contacted else None,
        ),
        Column(_("相近没联系的"), _similar, 100, number=True),
        Column(
            _("相差(95% 区间)"),
            _difference,
            0,
            tip=lambda x: x.sentence,
            value=lambda x: x.comparison.difference,
            largest=True,
        ),
    ]


def _people_columns() -> list[Column[EffectPerson]]:
    return [Column(_("客户"), lambda x: who(x.name, x.customer_no), 0, key=True)]


def _similar(row: EffectRow) -> str:
    similar = row.comparison.similar
    return "—" if similar is None else f"{similar.share:.0%}"


def _difference(row: EffectRow) -> str:
    difference = row.comparison.difference
    if difference is None:
        return _("样本太少,说明不了")
    low, high = row.comparison.interval
    return _("{difference} 个百分点({low} 到 {high})").format(
        difference=f"{difference * 100:+.1f}", low=f"{low * 100:+.1f}", high=f"{high * 100:+.1f}"
    )
