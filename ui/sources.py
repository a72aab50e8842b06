"""Where a figure came from: file, sheet and row, month by month."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.parts import button, label, row
from ui.tables import Column, Table
from ui.words import exact
from workbench.i18n import _
from workbench.insight.facts import MonthPoint, Source
from workbench.money import wan


def source_words(source: Source) -> str:
    """'名单.xlsx · Sheet1 · 第 12 行'."""
    return _("{file} · {sheet} · 第 {row} 行").format(file=source.file, sheet=source.sheet, row=source.row)


def _where(point: MonthPoint) -> str:
    return source_words(point.source) if point.source else "—"


class SourceDialog(QDialog):
    """Months with their figures and the spreadsheet rows behind them; Esc closes."""

    def __init__(self, title: str, points: Sequence[MonthPoint], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 420)
        self.table = Table(
            [
                Column(_("月份"), lambda x: x.month, 80),
                Column(_("数据日期"), lambda x: x.as_of, 100),
                _money(_("资产时点"), "aum_balance"),
                _money(_("资产月日均"), "aum_daily_average"),
                _money(_("存款时点"), "deposit_balance"),
                Column(_("来源"), _where, 0, tip=_where),
            ]
        )
        self.table.table.fill(tuple(reversed(points)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(_("每个数字都来自导入的名单;行号与 Excel 里看到的一致。"), "second"))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        self.table.setFocus()


def _money(title: str, key: str) -> Column:
    return Column(
        title,
        lambda point: wan(point.figures.get(key)),
        100,
        number=True,
        tip=lambda point: exact(point.figures.get(key)),
    )
