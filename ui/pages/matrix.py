"""产品: who holds what, who needs it and may have it but has it not; whom to offer a product, what to offer a customer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QSplitter, QStackedWidget, QWidget

from ui.delegates import finder
from ui.page import Page
from ui.pages.matrix_table import FigureTable
from ui.parts import Card, button, column, flow, label, row
from ui.tables import Column, Table
from ui.tasks import Tasks
from ui.words import exact, who
from workbench.i18n import _
from workbench.insight.matrix.grid import Cell, Grid, GridRow
from workbench.insight.matrix.room import NextProducts, Target, Targets
from workbench.money import wan

if TYPE_CHECKING:
    from workbench.app import Workbench

#: measure -> the condition of a cell that shows the people behind it
_DRILLS = {
    "whitespace": "whitespace", "expected": "whitespace", "penetration": "held", "index": "held", "need": "needed",
    "suitable": "may",
}  # fmt: skip
_SHOWN = 6
#: widths in pixels: the names of families, a portrait
_NAMES, _NARROWEST, _WIDEST = 112, 74, 160


def measure_names() -> dict[str, str]:
    """What a cell may show."""
    return {
        "whitespace": _("还可以谈的户数"), "penetration": _("持有比例"), "index": _("指数(全行=100)"), "need": _("有需要的比例"),
        "suitable": _("适当性允许的比例"), "expected": _("预计可增金额"),
    }  # fmt: skip


def shown(cell: Cell, measure: str) -> str:
    """A figure of a cell for a person; '—' where no list tells."""
    if measure == "whitespace":
        return f"{cell.whitespace:,}" if cell.told else "—"
    if measure == "index":
        return "—" if cell.index is None else f"{cell.index:.0f}"
    if measure == "expected":
        return "—" if cell.expected_fen is None else wan(cell.expected_fen)
    value: float | None = getattr(cell, measure)
    least = "≥" if measure == "need" and not cell.need_sure else ""
    return "—" if value is None else f"{least}{value:.0%}"


def strength(cell: Cell, measure: str) -> float | None:
    """What the ground of a cell is measured by."""
    if measure == "whitespace":
        return float(cell.whitespace)
    if measure == "expected":
        return None if cell.expected_fen is None else float(cell.expected_fen)
    value: float | None = getattr(cell, measure)
    return value


class MatrixPage(Page):
    """Families down, portraits across; at the right what the cell says and the first customers to speak to."""

    name = "matrix"
    topics: ClassVar[frozenset[str]] = frozenset(
        {"customers", "snapshots", "holdings", "products", "settings", "tags", "corrections"}
    )

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.grid: Grid | None = None
        self.measure = "whitespace"
        self._tops: list[float] = []
        self._at: tuple[int, int] | None = None
        self._filling = False
        self.say(_("产品"), _("找颜色深的格子:那里的客户有需要、能买、还没有。回车看名单。"))
        self.targets_button = self.add_primary(_("看目标客户"), self._targets)
        self.add_action(_("持有错配"), self._mismatch, tip=_("持有产品的风险等级高于客户:要告知,不强制卖出"))
        self.rows_by = finder(QComboBox())
        self.rows_by.setMinimumWidth(170)
        self.rows_by.setAccessibleName(_("列:按什么分客群"))
        self.rows_by.activated.connect(lambda _at: self._reread())
        self.shows = QComboBox()
        self.shows.setAccessibleName(_("格子里看什么"))
        for key, words in measure_names().items():
            self.shows.addItem(words, key)
        self.shows.activated.connect(lambda _at: self._choose_measure())
        self._views = QButtonGroup(self)
        self.by_portrait = self._view(_("按客群看"), 0)
        self.by_customer = self._view(_("按客户看"), 1)
        self.table = FigureTable(self._heat)
        self.table.setAccessibleName(_("画像 × 产品矩阵"))
        self.table.looked.connect(self._look)
        self.table.drilled.connect(self._drill)
        self.detail = Card()
        self.detail.setAccessibleName(_("这一格"))
        self.next = Table(self._next_columns(), tasks)
        self.next.opened.connect(self._open_next)
        self.content = QStackedWidget()
        self.content.addWidget(self._board())
        self.content.addWidget(self.next)
        self.content.addWidget(
            self.nothing_yet(
                _("还没有客户数据。导入总行下发的名单和持有清单后,这里会显示谁有什么、谁该有还没有。")
            )
        )
        self.foot = label("", "second", wrap=True)
        tools = row(
            self.by_portrait, self.by_customer, 12, label(_("客群"), "second"), self.rows_by, 8,
            label(_("看"), "second"), self.shows, None,
        )  # fmt: skip
        inside = QWidget()
        whole = column(tools)
        whole.addWidget(self.content, 1)
        whole.addWidget(self.foot)
        whole.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(whole)
        self.put(inside)

    def _view(self, words: str, number: int) -> QPushButton:
        made = QPushButton(words)
        made.setCheckable(True)
        made.setChecked(number == 0)
        made.clicked.connect(lambda _checked=False: self._show_view(number))
        self._views.addButton(made)
        return made

    def _board(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        area = flow(column(self.detail))
        area.setMinimumWidth(330)
        split.addWidget(area)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setHandleWidth(10)
        split.setSizes([800, 350])
        split.setChildrenCollapsible(False)
        return split

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        chosen = self.rows_by.currentData()

        def job() -> tuple[tuple[tuple[str, str], ...], Grid]:
            room = self.workbench.insight.matrix
            return room.row_choices(), room.grid(chosen)

        self.read(job, self._show)
        if self.by_customer.isChecked():
            self._read_next()

    def _reread(self) -> None:
        chosen = self.rows_by.currentData()
        if chosen is not None:
            self.read(lambda: self.workbench.insight.matrix.grid(chosen), self._show_grid)

    def failed(self, error: Exception) -> None:
        if getattr(error, "code", "") in ("no_data", "no_layers"):
            self._empty(True)
            return
        super().failed(error)

    def _empty(self, nothing: bool) -> None:
        for widget in (self.by_portrait, self.by_customer, self.rows_by, self.shows, self.targets_button):
            widget.setEnabled(not nothing)
        if nothing:
            self.content.setCurrentIndex(2)
            self.foot.clear()
        elif self.content.currentIndex() == 2:
            self.content.setCurrentIndex(0)

    def _show(self, found: tuple[tuple[tuple[str, str], ...], Grid]) -> None:
        choices, grid = found
        self.rows_by.blockSignals(True)
        self.rows_by.clear()
        for key, words in choices:
            self.rows_by.addItem(words, key)
        self.rows_by.setCurrentIndex(max(0, self.rows_by.findData(grid.rows_by)))
        self.rows_by.blockSignals(False)
        self._empty(False)
        self._show_grid(grid)

    def _show_grid(self, grid: Grid) -> None:
        self.grid = grid
        self._draw()
        words = _(
            "数据日期 {date}。“有需要”的条件、典型金额和契合度权重为本系统口径;“—”表示名单没有这一列,无法判断。"
        )
        self.foot.setText(words.format(date=grid.as_of))

    def _portraits(self) -> tuple[GridRow, ...]:
        return () if self.grid is None else (self.grid.whole, *self.grid.rows)

    def _draw(self) -> None:
        grid = self.grid
        if grid is None:
            return
        portraits = self._portraits()
        # the whole book dwarfs its parts where people are counted: each kind of figure is measured among the parts
        self._tops = [
            max((s for p in grid.rows if (s := strength(p.cells[n], self.measure))), default=0.0)
            for n in range(len(grid.families))
        ]
        columns = [Column(_("产品大类"), lambda n: grid.families[n].shown, _NAMES)]
        columns += [self._column(portrait) for portrait in portraits]
        here = self._at or (1, 1)
        self.table.put_columns(columns)
        self.table.table.fill(range(len(grid.families)))
        self.table.horizontalHeader().setFixedHeight(46)
        if portraits:
            at = self.table.table.index(
                min(here[0], len(grid.families) - 1), min(max(1, here[1]), len(portraits))
            )
            self.table.setCurrentIndex(at)
            self._look(at.row(), at.column())

    def _column(self, portrait: GridRow) -> Column:
        """As wide as there is room, so that few portraits fill the table."""
        measure, room = self.measure, self.table.viewport().width() - _NAMES
        return Column(
            f"{portrait.label}\n{portrait.customers:,}",
            lambda n: shown(portrait.cells[n], measure),
            min(_WIDEST, max(_NARROWEST, room // max(1, len(self._portraits())))),
            number=True,
            tip=lambda n: self._tip(portrait.cells[n]),
            ground=lambda _n: None if portrait.where else "total_row",
        )

    def _heat(self, line: int, place: int) -> float | None:
        if place < 2 or self.grid is None or line >= len(self._tops):
            return None
        portraits = self._portraits()
        if place > len(portraits):
            return None
        value = strength(portraits[place - 1].cells[line], self.measure)
        most = (
            max(self._tops, default=0.0) if self.measure in ("whitespace", "expected") else self._tops[line]
        )
        return value / most if value and most else None

    def _tip(self, cell: Cell) -> str:
        return "\n".join(f"{words}  {shown(cell, key)}" for key, words in measure_names().items())

    # -- one cell ------------------------------------------------------------------------------------------

    def _cell(self, at: tuple[int, int] | None) -> tuple[GridRow, Cell] | None:
        portraits = self._portraits()
        if at is None or not portraits or not 0 <= at[0] < len(portraits[0].cells):
            return None
        portrait = portraits[max(at[1], 1) - 1]
        return portrait, portrait.cells[at[0]]

    def _look(self, line: int, place: int) -> None:
        self._at = (line, place)
        found = self._cell(self._at)
        if found is None or self.grid is None:
            return
        portrait, cell = found
        family = self.grid.families[line]
        self._write(portrait, cell, None)
        self.targets_button.setEnabled(bool(cell.whitespace))
        if not cell.whitespace:
            return
        room, within = self.workbench.insight.matrix, portrait.where
        self.read(
            lambda: room.targets(family.code, within, limit=_SHOWN),
            lambda targets: self._write(portrait, cell, targets) if self._cell(self._at) == found else None,
            key="targets",
        )

    def _write(self, portrait: GridRow, cell: Cell, targets: Targets | None) -> None:
        card, grid = self.detail, self.grid
        card.clear()
        if grid is None:
            return
        family = next(f for f in grid.families if f.code == cell.family)
        body = card.body
        body.addWidget(label(f"{family.shown} · {portrait.label}", "heading"))
        risk = _("最低 R{risk}").format(risk=family.risk) if family.risk else _("没有风险等级")
        words = _("{n} 户 · {risk}")
        body.addWidget(label(words.format(n=f"{portrait.customers:,}", risk=risk), "second"))
        body.addSpacing(6)
        for words, drill in self._sentences(cell, rated=bool(family.risk)):
            target = cell.where.get(drill, "")
            if target:
                body.addWidget(button(words, self._drilling(target), "link"))
            else:
                body.addWidget(label(words, wrap=True))
        if cell.expected is not None and cell.whitespace:
            said = _("按这一格的持有比例,约可增加 {n} 户").format(n=f"{cell.expected:.0f}")
            if cell.expected_fen is not None:
                said += _("、{money}(每户按 {ticket} 计,本系统口径)").format(
                    money=wan(cell.expected_fen), ticket=wan(family.ticket)
                )
            body.addWidget(label(said + _("。"), "second", wrap=True))
        if targets is not None and targets.rows:
            self._write_targets(targets)
        elif not cell.told:
            body.addSpacing(6)
            body.addWidget(
                label(
                    _("名单和持有清单都没有这类产品,无法判断谁持有。导入持有清单即可看到。"),
                    "second",
                    wrap=True,
                )
            )
        body.addStretch(1)

    def _sentences(self, cell: Cell, *, rated: bool) -> list[tuple[str, str]]:
        """The figures of a cell in words, each with what it opens."""
        said = []
        if cell.told:
            words = _("持有 {n} 户,占 {share}")
            index = "" if cell.index is None else _("(指数 {n})").format(n=f"{cell.index:.0f}")
            said.append((words.format(n=f"{cell.held:,}", share=shown(cell, "penetration")) + index, "held"))
        if cell.need_told:
            words = _("有需要 {n} 户,占 {share}")
            open_ = cell.customers - cell.need_told
            rest = _("(另 {n} 户无法判断)").format(n=f"{open_:,}") if open_ else ""
            said.append((words.format(n=f"{cell.needed:,}", share=shown(cell, "need")) + rest, "needed"))
        if cell.may_told and rated:
            words = _("适当性允许 {n} 户,占 {share}")
            said.append((words.format(n=f"{cell.may:,}", share=shown(cell, "suitable")), "may"))
        if cell.told:
            said.append((_("有需要、能买、还没有:{n} 户").format(n=f"{cell.whitespace:,}"), "whitespace"))
        return said

    def _write_targets(self, targets: Targets) -> None:
        body = self.detail.body
        body.addSpacing(8)
        body.addWidget(label(_("先谈这几位(契合度最高)"), "heading"))
        out = [f"{name} {n}" for name, n in targets.excluded.items() if n]
        if out:
            words = _("其中不宜营销:{names}")
            body.addWidget(label(words.format(names="、".join(out)), "second", wrap=True))
        for target in targets.rows:
            body.addWidget(button(self._named(target), self._opening(target.customer_no), "link"))
            body.addWidget(label(target.fit.parts["need"].why, "second", wrap=True))

    def _opening(self, customer_no: str) -> Callable[[], object]:
        return lambda: self.go.emit("portrait", customer_no)

    def _drilling(self, words: str) -> Callable[[], object]:
        return lambda: self.go.emit("picker", words)

    def _named(self, target: Target) -> str:
        words = _("{who} · {aum} · 契合 {fit}")
        return words.format(
            who=who(target.name, target.customer_no), aum=wan(target.aum_fen), fit=f"{target.fit.score:.0%}"
        )

    # -- acting --------------------------------------------------------------------------------------------

    def _choose_measure(self) -> None:
        self.measure = str(self.shows.currentData())
        self._draw()

    def _drill(self, line: int, place: int) -> None:
        found = self._cell((line, place))
        words = found[1].where.get(_DRILLS[self.measure], "") if found else ""
        if words:
            self.go.emit("picker", words)

    def _targets(self) -> None:
        found = self._cell(self._at)
        if found is not None and found[1].where.get("whitespace"):
            self.go.emit("picker", found[1].where["whitespace"])

    def _mismatch(self) -> None:
        self.go.emit("picker", self.workbench.insight.matrix.mismatches())

    def focus_first(self) -> None:
        self.table.setFocus()

    # -- by customer ---------------------------------------------------------------------------------------

    def _show_view(self, number: int) -> None:
        self.content.setCurrentIndex(number)
        self.rows_by.setEnabled(number == 0)
        self.shows.setEnabled(number == 0)
        if number == 1:
            self._read_next()
            self.next.setFocus()
        else:
            self.table.setFocus()

    def _next_columns(self) -> list[Column]:
        def offer(place: int) -> Column:
            def text(one: NextProducts) -> str:
                if place >= len(one.offers):
                    return "" if place or one.offers else _("暂无合适的")
                made = one.offers[place]
                return f"{made.name}  {made.score:.0%}" + (" ⚠" if made.verdict.outcome == "warn" else "")

            def tip(one: NextProducts) -> str:
                if place >= len(one.offers):
                    return ""
                made = one.offers[place]
                return "\n".join((made.product, made.reason, *made.cautions)).strip()

            title = (_("首推"), _("次推"), _("再次"))[place]
            return Column(title, text, 150, tip=tip)

        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 120),
            Column(_("资产"), lambda x: wan(x.aum_fen), 90, number=True, tip=lambda x: exact(x.aum_fen)),
            *(offer(place) for place in range(3)),
            Column(_("首推的理由"), lambda x: x.offers[0].reason if x.offers else "", 0),
        ]

    def _read_next(self) -> None:
        grid, insight = self.grid, self.workbench.insight
        if grid is None:
            return
        total = grid.whole.customers
        self.next.table.read(
            lambda: total,
            lambda offset, limit: insight.matrix.next_products("", offset, limit),
            failed=self.failed,
        )

    def _open_next(self, number: int) -> None:
        found = self.next.table.row(number)
        if isinstance(found, NextProducts):
            self.go.emit("portrait", found.customer_no)
