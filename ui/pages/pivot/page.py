"""透视: any two tags against each other, as a table and as bars; every figure opens the people behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from ui.page import Page
from ui.pages.matrix.table import FigureTable
from ui.pages.pivot.charts import BarChart, Bars, BarSegment, StackedBar
from ui.tasks import Tasks
from ui.widgets.delegates import finder
from ui.widgets.parts import Card, beside, button, column, flow, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.table_model import Column
from ui.widgets.wrapped import Strip, together
from ui.words import exact
from workbench.base.change import Progress
from workbench.base.dates import now
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.products.pivot import PivotCell, PivotTable, measure_words
from workbench.sheets.pivot_sheet import pivot_pdf, shown
from workbench.sheets.printed import Printed

if TYPE_CHECKING:
    from workbench.app import Workbench

_NAMES, _NARROWEST, _WIDEST = 132, 76, 150
#: the tags shown first, as far as the book has them
_FIRST = ("g_seg_main_m0", "tower", "tier")


class PivotPage(Page):
    """Two tags and a measure above; the table left, the bars right."""

    name = "pivot"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.pivot: PivotTable | None = None
        self._wanted: tuple[str, str, str] | None = None
        self.say(_("透视"), _("选两个标签交叉着看;在任一格按回车,就是那些客户。"))
        self.open_button = self.add_primary(_("看这一格的客户"), self._open_current)
        self.print_button = self.add_action(_("打印…"), self.print_out, tip=_("少于 5 户的格子不打印"))
        self.rows, self.columns = self._side(_("行")), self._side(_("列"))
        self.measure = QComboBox()
        self.measure.setAccessibleName(_("看什么"))
        for key, words in measure_words().items():
            self.measure.addItem(words, key)
        self.measure.activated.connect(lambda _at: self._reread())
        self.table = FigureTable(self._heat, "pivot")
        self.table.setAccessibleName(_("透视表"))
        self.table.drilled.connect(self._drill)
        self.table.looked.connect(lambda _row, _column: self._tell())
        self.chart = BarChart()
        self.chart.chosen.connect(self._drill)
        self.foot = label("", "second", wrap=True)
        card = Card()
        card.body.addWidget(flow(column(self.chart, None)))
        card.setMinimumWidth(320)
        self.table.setMinimumWidth(380)
        tools = Strip(
            together(label(_("行"), "second"), self.rows, button("⇄", self.swap, tip=_("行列互换"))),
            together(label(_("列"), "second"), self.columns, 8),
            together(label(_("看"), "second"), self.measure),
        )
        self.put(tools, 0)
        self.waits_for = _("正在统计两个标签的交叉户数…")
        self.content = self.stage(
            beside(self.table, card, (700, 440), (3, 2)),
            _("还没有客户数据。导入总行下发的名单后,任意两个标签都能交叉着看。"),
        )
        self.put(self.foot, 0)

    def _side(self, name: str) -> QComboBox:
        made = finder(QComboBox())
        made.setMinimumWidth(190)
        made.setAccessibleName(name)
        made.activated.connect(lambda _at: self._reread())
        return made

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Compute the table of the chosen tags, at first that of the usual ones."""
        selection = self._selection()

        def job(progress: Progress) -> tuple[tuple[Term, ...], PivotTable]:
            """The tags to choose from, and the table."""
            self.workbench.insight.engine.ensure(progress)
            pivot = self.workbench.insight.pivot
            choices = pivot.choices()
            names = {term.name for term in choices}
            usual = [name for name in _FIRST if name in names] + [term.name for term in choices]
            first, second, measure = selection or (usual[0], usual[1], "customers")
            return choices, pivot.table(first, second, measure)

        self.compute(job, self._show)

    def _selection(self) -> tuple[str, str, str] | None:
        if self._wanted is not None:
            return self._wanted
        if self.rows.currentData() is None or self.columns.currentData() is None:
            return None
        return str(self.rows.currentData()), str(self.columns.currentData()), str(self.measure.currentData())

    def _reread(self) -> None:
        self._wanted = None
        selection = self._selection()
        if selection is not None:
            self.read(lambda: self.workbench.insight.pivot.table(*selection), self._show_table)

    def enable(self, on: bool) -> None:
        """Also the choices above; the customers only where the cell has some."""
        super().enable(on)
        for widget in (self.rows, self.columns, self.measure):
            widget.setEnabled(on)
        cell = self._current() if on else None
        self.open_button.setEnabled(cell is not None and bool(cell.customers))

    def place(self, argument: object) -> None:
        """Show `argument`, a tuple (rows, columns, measure)."""
        if isinstance(argument, tuple) and len(argument) == 3:
            self._wanted = (str(argument[0]), str(argument[1]), str(argument[2]))
            self.refresh()

    def _show(self, pivot: tuple[tuple[Term, ...], PivotTable]) -> None:
        choices, table = pivot
        for combo in (self.rows, self.columns):
            with QSignalBlocker(combo):
                combo.clear()
                for term in choices:
                    combo.addItem(term.label, term.name)
        self._show_table(table)

    def _show_table(self, table: PivotTable) -> None:
        self.banner.hide()
        self.pivot = table
        for combo, key in (
            (self.rows, table.rows.name),
            (self.columns, table.columns.name),
            (self.measure, table.measure),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(key))
        labels = [*(group.label for group in table.row_groups), _("合计")]
        columns = [
            Column(
                table.rows.label,
                lambda n: labels[n],
                _NAMES,
                tip=lambda n: labels[n],
                ground=self._total,
                key=True,
            )
        ]
        heads = [*(group.label for group in table.column_groups), _("合计")]
        columns += [self._column(table, place, words) for place, words in enumerate(heads)]
        self.table.put_columns(columns)
        self.table.table.order.pinned = lambda n: n == len(labels) - 1
        self.table.table.fill(range(len(labels)))
        self.table.stay(column=1)
        self.chart.show_data(_bars(table))
        self._tell()

    def _column(self, table: PivotTable, place: int, words: str) -> Column[int]:
        room = self.table.viewport().width() - _NAMES
        return Column(
            words,
            lambda n: shown(table, table.cells[n][place]),
            min(_WIDEST, max(_NARROWEST, room // (len(table.column_groups) + 1))),
            number=True,
            value=lambda n: table.cells[n][place].value,
            tip=lambda n: _tip(table, table.cells[n][place]),
            ground=lambda n: (
                "total_row" if n == len(table.row_groups) or place == len(table.column_groups) else None
            ),
        )

    def _total(self, line: int) -> str | None:
        return "total_row" if self.pivot is not None and line == len(self.pivot.row_groups) else None

    def _heat(self, line: int, place: int) -> float | None:
        table = self.pivot
        if table is None or place < 1 or place > len(table.column_groups) or line >= len(table.row_groups):
            return None
        most = max((abs(c.value or 0) for cells in table.cells[:-1] for c in cells[:-1]), default=0)
        value = table.cells[line][place - 1].value
        return abs(value) / most if value and most else None

    # -- acting --------------------------------------------------------------------------------------------

    def _cell(self, line: int, place: int) -> PivotCell | None:
        table = self.pivot
        if table is None or not (0 <= line < len(table.cells) and 0 <= place < len(table.cells[0])):
            return None
        return table.cells[line][place]

    def _drill(self, line: int, place: int) -> None:
        """Open the customers of a cell. The table's first column is the row's total; the chart has no such column."""
        table = self.pivot
        if table is None:
            return
        from_table = self.sender() is self.table
        at = (place - 1 if place else len(table.column_groups)) if from_table else place
        self._go(self._cell(line, at))

    def _go(self, cell: PivotCell | None) -> None:
        if cell is not None and cell.customers:
            self.go.emit("picker", cell.where)

    def _open_current(self) -> None:
        self._go(self._current())

    def _current(self) -> PivotCell | None:
        index = self.table.currentIndex()
        if not index.isValid() or self.pivot is None:
            return None
        place = index.column()
        return self._cell(
            self.table.table.source(index.row()), place - 1 if place else len(self.pivot.column_groups)
        )

    def _tell(self) -> None:
        """Say in a sentence what the cell under the keyboard shows."""
        table, cell = self.pivot, self._current()
        if table is None or cell is None:
            return
        index = self.table.currentIndex()
        line = self.table.table.source(index.row())
        groups = [*(g.label for g in table.row_groups), _("合计")]
        heads = [*(g.label for g in table.column_groups), _("合计")]
        across = heads[index.column() - 1] if index.column() else heads[-1]
        words = _(
            "{rows} {row} × {columns} {column}:{n} 户,{measure} {value}。数据日期 {date};分档界线为本系统口径。"
        )
        self.foot.setText(
            words.format(
                rows=table.rows.label, row=groups[line], columns=table.columns.label, column=across,
                n=f"{cell.customers:,}", measure=measure_words()[table.measure], value=shown(table, cell), date=table.as_of,
            )
        )  # fmt: skip
        self.open_button.setEnabled(bool(cell.customers))

    def swap(self) -> None:
        """Swap rows and columns."""
        if self.pivot is not None:
            table = self.pivot
            self._wanted = (table.columns.name, table.rows.name, table.measure)
            wanted = self._wanted
            self.read(lambda: self.workbench.insight.pivot.table(*wanted), self._show_table)

    def print_out(self) -> None:
        """Preview the sheet; cells of fewer customers than the rule `pivot.small` are not printed."""
        table = self.pivot
        if table is None:
            return

        def make() -> Printed:
            """The sheet, with the manager and the time."""
            settings, rules = self.workbench.settings(), self.workbench.rules
            return pivot_pdf(
                table,
                rules.whole("pivot.small"),
                printed_by=str(settings.get("manager") or ""),
                printed_at=now(),
                anchor=self.workbench.sheets.anchor(),
            )

        PreviewDialog(self.workbench, self.tasks, make, parent=self).open()

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus()


def _tip(table: PivotTable, cell: PivotCell) -> str:
    lines = [_("{n} 户").format(n=f"{cell.customers:,}")]
    if table.money and cell.value is not None:
        lines.append(exact(round(cell.value)))
    if cell.reported < cell.customers:
        lines.append(_("其中 {n} 户没有这个数值").format(n=f"{cell.customers - cell.reported:,}"))
    return "\n".join(lines)


def _bars(table: PivotTable) -> Bars:
    """The table as bars, cut by its columns; a mean or a change cannot be cut and gives one bar a row."""
    uncut = table.measure in ("products", "change")
    names = (measure_words()[table.measure],) if uncut else tuple(g.label for g in table.column_groups)
    unknown = -1 if uncut else next((n for n, g in enumerate(table.column_groups) if g.key is None), -1)
    bars = []
    for number, group in enumerate(table.row_groups):
        line = table.cells[number]
        last = len(line) - 1
        parts = [(last, 0, names[0])] if uncut else [(n, n, names[n]) for n in range(last)]
        pieces = tuple(
            BarSegment(
                line[n].value or 0.0, f"{group.label} · {name}\n{shown(table, line[n])}", (number, n), tone
            )
            for n, tone, name in parts
        )
        bars.append(StackedBar(group.label, shown(table, line[last]), pieces))
    return Bars(names, tuple(bars), unknown)
