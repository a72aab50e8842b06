"""产品: who holds a product, who needs it, may have it and has it not; which product to offer to whom."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QStackedWidget, QWidget

from ui.page import Page
from ui.pages.matrix.cards import CardsTab
from ui.pages.matrix.detail import CellCard
from ui.pages.matrix.guide import GuideTab
from ui.pages.matrix.measures import DRILLS, figure_words, measure_names, strength
from ui.pages.matrix.next import NextTable
from ui.pages.matrix.packages import PackagesTab
from ui.pages.matrix.table import FigureTable
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.delegates import finder
from ui.widgets.parts import beside, column, flow, label
from ui.widgets.table_model import Column
from ui.widgets.unseen_line import UnseenLine
from ui.widgets.wrapped import Strip, together
from ui.zoom import measured
from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.insight.measures.unseen import Unseen, in_words, lacking
from workbench.insight.products.grid import Cell, PivotGrid, PivotRow
from workbench.people.labels import label as field_label

if TYPE_CHECKING:
    from workbench.app import Workbench

#: the groupings to choose from, the grid, and the columns that would tell who holds what
_Matrix = tuple[tuple[tuple[str, str], ...], PivotGrid, tuple[str, ...]]
_SHOWN = 6
#: widths in pixels: the names of families, a portrait
_NAMES, _NARROWEST, _WIDEST = 100, 64, 160


class MatrixPage(Page):
    """Product families down, groups of customers across; at the right the chosen cell in words, with customers to speak
    to."""

    name = "matrix"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.grid: PivotGrid | None = None
        self.measure = "whitespace"
        self._tops: list[float] = []
        self._at: tuple[int, int] | None = None
        #: the families with any figure in the measure shown; the others stand in one line
        self._shown_places: tuple[int, ...] = ()
        self._lacks: tuple[str, ...] = ()
        self._say_view(0)
        self.targets_button = self.add_primary(_("看目标客户"), self._targets)
        tip = _("持有产品的风险等级高于客户:要告知,不强制卖出")
        self.mismatch_button = self.add_action(_("持有错配"), self._mismatch, tip=tip)
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
        #: views that read for themselves when they are shown
        self.guide, self.cards = GuideTab(self, lambda words: self.go.emit("picker", words)), CardsTab(self)
        self.others = (self.guide, self.cards, PackagesTab(self))
        self.by_hook = self._view(_("钩子指南"), 2)
        self.by_card = self._view(_("产品卡片"), 3)
        self.by_package = self._view(_("配置包"), 4)
        self.table = FigureTable(self._heat, "matrix")
        self.table.setAccessibleName(_("画像 × 产品矩阵"))
        self.table.looked.connect(self._look)
        self.table.drilled.connect(self._drill)
        self.detail = CellCard(
            lambda words: self.go.emit("picker", words), lambda number: self.go.emit("portrait", number)
        )
        self.next = NextTable(tasks)
        self.next.person_requested.connect(lambda number: self.go.emit("portrait", number))
        self.views = QStackedWidget()
        self.views.addWidget(self._board())
        self.views.addWidget(self.next)
        for other in self.others:
            self.views.addWidget(other)
        self.unseen = UnseenLine(lambda: self.go.emit("imports", None))
        self.foot = label("", "second", wrap=True)
        #: what is chosen of the grid
        self._choices = (
            together(label(_("客群"), "second"), self.rows_by, 8),
            together(label(_("看"), "second"), self.shows),
        )
        tools = Strip(
            together(self.by_portrait, self.by_customer, 12),
            together(self.by_hook, self.by_card, self.by_package, 12),
            *self._choices,
        )
        self.put(tools, 0)
        self.put(self.unseen, 0)
        self.waits_for = _("正在计算持有情况和需求…")
        self.content = self.stage(
            self.views,
            _(
                "还没有客户数据。导入总行下发的名单和持有清单后,这里会显示各类客户持有什么、有需要而尚未持有什么。"
            ),
        )
        self.put(self.foot, 0)

    def _view(self, words: str, number: int) -> QPushButton:
        made = QPushButton(words)
        made.setCheckable(True)
        made.setChecked(number == 0)
        made.clicked.connect(lambda _checked=False: self._show_view(number))
        self._views.addButton(made)
        return made

    def _board(self) -> QWidget:
        area = flow(column(self.detail))
        area.setMinimumWidth(330)
        self.table.setMinimumWidth(380)
        self._board_parts = beside(self.table, area, (800, 350), (3, 1))
        whole = QWidget()  # keeps the place while there is nothing to show in it
        inside = column(self._board_parts)
        inside.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(inside)
        return whole

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Compute the grid by the chosen grouping of customers."""
        chosen = self.rows_by.currentData()

        def job(progress: Progress) -> _Matrix:
            """The groupings to choose from, the grid, and the columns that would tell who holds what."""
            insight = self.workbench.insight
            grid = insight.matrix.grid(chosen, progress)
            return insight.matrix.row_choices(), grid, lacking("held", insight.reported())

        self.compute(job, self._show)

    def _reread(self) -> None:
        chosen = self.rows_by.currentData()
        if chosen is not None:
            self.read(lambda: self.workbench.insight.matrix.grid(chosen), self._show_grid)

    def enable(self, on: bool) -> None:
        """Also the choices above the table; the targets only where the cell has customers to speak to."""
        super().enable(on)
        self.by_portrait.setEnabled(on)
        for view in (self.by_customer, self.by_hook, self.by_card, self.by_package):
            view.setEnabled(on)
        for combo in (self.rows_by, self.shows):
            combo.setEnabled(on and self.by_portrait.isChecked())
        cell_at = self._cell(self._at)
        self.targets_button.setEnabled(on and cell_at is not None and bool(cell_at[1].whitespace))

    def show_nothing(self) -> None:
        """Drop the grid, so that nothing of it is shown again."""
        self.grid = None
        self.foot.clear()
        super().show_nothing()

    def _show(self, matrix: _Matrix) -> None:
        choices, grid, self._lacks = matrix
        with QSignalBlocker(self.rows_by):
            self.rows_by.clear()
            for key, words in choices:
                self.rows_by.addItem(words, key)
            self.rows_by.setCurrentIndex(max(0, self.rows_by.findData(grid.rows_by)))
        self._show_grid(grid)
        self._read_view(self.views.currentIndex())

    def _show_grid(self, grid: PivotGrid) -> None:
        self.grid = grid
        if not self._with_figures(grid, self.measure):
            # a measure that no list tells is not what the page opens with
            others = (key for key in measure_names() if self._with_figures(grid, key))
            self.measure = next(others, self.measure)
            self.shows.setCurrentIndex(self.shows.findData(self.measure))
        self._draw()
        words = _(
            "数据日期 {date}。“有需要”的条件、典型金额和匹配度权重为本系统口径;“—”表示名单没有这一列,无法判断。"
        )
        self.foot.setText(words.format(date=grid.as_of))

    def _portraits(self) -> tuple[PivotRow, ...]:
        return () if self.grid is None else (self.grid.whole, *self.grid.rows)

    def _draw(self) -> None:
        grid = self.grid
        if grid is None:
            return
        portraits = self._portraits()
        self._shown_places = self._with_figures(grid, self.measure)
        self._tell_unseen()
        # the strongest colour is the greatest figure among the groups: counts of the whole book would dwarf them
        self._tops = [
            max((s for p in grid.rows if (s := strength(p.cells[n], self.measure))), default=0.0)
            for n in self._shown_places
        ]
        columns: list[Column[int]] = [
            Column(_("产品大类"), lambda n: grid.families[n].shown, _NAMES, key=True)
        ]
        columns += [self._column(portrait) for portrait in portraits]
        here = self._at or (1, 1)
        self.table.put_columns(columns)
        self.table.table.fill(self._shown_places)
        self._board_parts.setVisible(bool(self._shown_places))
        lines = 1 + max((_lines(portrait.label).count("\n") + 1 for portrait in portraits), default=1)
        heads = self.table.horizontalHeader()
        heads.setFixedHeight(px(10 + 18 * lines))
        measured(heads)
        if portraits and self._shown_places:
            at = self.table.table.index(
                min(here[0], len(self._shown_places) - 1), min(max(1, here[1]), len(portraits))
            )
            self.table.setCurrentIndex(at)
            self._look(at.row(), at.column())

    def _tell_unseen(self) -> None:
        """The families of which the list tells nothing, in one line with what would tell it, where holdings are shown."""
        grid = self.grid
        if grid is None or self.views.currentIndex() > 1:
            self.unseen.hide()
            return
        whole = zip(grid.families, grid.whole.cells, strict=True)
        dark = [family for family, cell in whole if not cell.reported]
        words = _("{products}谁持有、谁还没有")
        if len(dark) == len(grid.families):
            every = words.format(products=_("全部 {n} 类产品").format(n=len(dark)))
            self.unseen.show_parts(in_words([Unseen(every, self._lacks)]))
            return
        # without a list of holdings that one, else the family's own column
        self.unseen.show_parts(
            in_words(
                Unseen(words.format(products=one.shown), self._lacks or tuple(map(field_label, one.held[:1])))
                for one in dark
            )
        )

    def _with_figures(self, grid: PivotGrid, measure: str) -> tuple[int, ...]:
        """The places of the families that have a figure of a measure for anybody."""
        portraits = (grid.whole, *grid.rows)
        return tuple(
            n for n in range(len(grid.families))
            if any(figure_words(one.cells[n], measure) != "—" for one in portraits)
        )  # fmt: skip

    def _column(self, portrait: PivotRow) -> Column[int]:
        """One portrait; few portraits share the whole width."""
        measure, room = self.measure, self.table.viewport().width() - _NAMES - 24
        return Column(
            f"{_lines(portrait.label)}\n{portrait.customers:,}",
            lambda n: figure_words(portrait.cells[n], measure),
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
        value = strength(portraits[place - 1].cells[self._shown_places[line]], self.measure)
        most = (
            max(self._tops, default=0.0) if self.measure in ("whitespace", "expected") else self._tops[line]
        )
        return value / most if value and most else None

    def _tip(self, cell: Cell) -> str:
        return "\n".join(f"{words}  {figure_words(cell, key)}" for key, words in measure_names().items())

    # -- one cell ------------------------------------------------------------------------------------------

    def _cell(self, at: tuple[int, int] | None) -> tuple[PivotRow, Cell] | None:
        portraits = self._portraits()
        if at is None or not portraits or not 0 <= at[0] < len(self._shown_places):
            return None
        portrait = portraits[max(at[1], 1) - 1]
        return portrait, portrait.cells[self._shown_places[at[0]]]

    def _look(self, line: int, column: int) -> None:
        self._at = (line, column)
        at = self._cell(self._at)
        if at is None or self.grid is None:
            return
        portrait, cell = at
        family = self.grid.families[self._shown_places[line]]
        self.detail.show_cell(family, portrait, cell)
        self.targets_button.setEnabled(bool(cell.whitespace))
        if not cell.whitespace:
            return
        room, within = self.workbench.insight.matrix, portrait.where
        self.read(
            lambda: room.targets(family.code, within, limit=_SHOWN),
            lambda targets: (
                self.detail.show_cell(family, portrait, cell, targets) if self._cell(self._at) == at else None
            ),
            key="targets",
        )

    # -- acting --------------------------------------------------------------------------------------------

    def _choose_measure(self) -> None:
        self.measure = str(self.shows.currentData())
        self._draw()

    def _drill(self, line: int, column: int) -> None:
        cell_at = self._cell((line, column))
        words = cell_at[1].where.get(DRILLS[self.measure], "") if cell_at else ""
        if words:
            self.go.emit("picker", words)

    def _targets(self) -> None:
        cell_at = self._cell(self._at)
        if cell_at is not None and cell_at[1].where.get("whitespace"):
            self.go.emit("picker", cell_at[1].where["whitespace"])

    def _mismatch(self) -> None:
        self.go.emit("picker", self.workbench.insight.matrix.mismatches())

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus()

    # -- by customer ---------------------------------------------------------------------------------------

    def _show_view(self, number: int) -> None:
        self.views.setCurrentIndex(number)
        self.rows_by.setEnabled(number == 0)
        self.shows.setEnabled(number == 0)
        self._say_view(number)
        for choice in (*self._choices, self.targets_button):
            choice.setVisible(number == 0)
        for about_holdings in (self.mismatch_button, self.foot):
            about_holdings.setVisible(number <= 1)
        self._tell_unseen()
        self._read_view(number)
        focused = {0: self.table, 1: self.next, 2: self.guide.table, 3: self.cards.table}.get(number)
        if focused is not None:
            focused.setFocus()

    def _say_view(self, number: int) -> None:
        """What to do in a view."""
        hints = (
            _("找底色最明显的格子:那里的客户有需要、适当性允许、尚未持有。回车看名单。"),
            _("每位客户下一个可以谈的产品,最合适的在前。回车看画像。"),
            _("先挑得分高的开口;右边是给谁、怎么说、先核对什么。"),
            _("三句话讲清一个产品:是什么、最坏怎样、什么时候拿得回来。"),
            _("先看客户是哪一档,再看每类钱该占多少、现在能用什么。"),
        )
        self.say(_("产品"), hints[number])

    def _read_view(self, number: int) -> None:
        if number == 1:
            self._read_next()
        elif number > 1:
            self.others[number - 2].read()

    def _read_next(self) -> None:
        if self.grid is not None:
            self.next.read(self.workbench.insight.matrix, self.grid.whole.customers, self.failed)


def _lines(name: str) -> str:
    """A name of several words on as many lines."""
    return name.replace(" ", "\n") if name.isascii() else name
