"""到期日历: the year's maturing money by week and product, and where matured money went; each figure leads to names."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QPushButton, QStackedWidget, QWidget

from ui.page import Page
from ui.widgets.delegates import GroundDelegate
from ui.widgets.parts import beside, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import exact, who
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.maturities.waves import (
    WHEREABOUTS,
    MaturedMoney,
    MaturingCell,
    MaturingLine,
    MaturityWaves,
    Whereabout,
)

#: the ground of a cell by its share of the largest: from a third on, from two thirds on
_GROUNDS = ((2 / 3, "pale"), (1 / 3, "header_row"))


@dataclass(frozen=True, slots=True)
class MaturingWeek:
    """A row of the map: an ISO week, its Monday (ISO), its cells by product family, its money in fen."""

    week: str
    monday: str
    cells: Mapping[str, MaturingCell]
    fen: int


@dataclass(frozen=True, slots=True)
class MaturedMonth:
    """A row of what became of matured money: a month, fen by what became of it."""

    month: str
    fen: Mapping[str, int]


class CellTable(Table):
    """A table of figures, a cell of which is chosen. `cell_chosen(row, column)`."""

    cell_chosen = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__([], name=name, kept=False)
        self.setProperty("role", "grid")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(GroundDelegate(self))
        self.selectionModel().currentChanged.connect(
            lambda now, _old: self.cell_chosen.emit(self.table.source(now.row()), now.column())
        )


class MaturingTab(QWidget):
    """`opened(customer_no)`."""

    opened = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.waves: MaturityWaves | None = None
        self.money: MaturedMoney | None = None
        self._weeks: tuple[MaturingWeek, ...] = ()
        self._months: tuple[MaturedMonth, ...] = ()
        self.notes = label("", "second", wrap=True)
        self.sum = label("", "heading", wrap=True)
        self.names = Table(_name_columns(), name="calendar.maturing", wrap=True, steady=True)
        self.sides = {"due": QPushButton(_("哪周到期")), "matured": QPushButton(_("到期资金去向"))}
        group = QButtonGroup(self)
        self.maps = {side: CellTable(f"maturing.{side}") for side in self.sides}
        self._map = QStackedWidget()
        for side, made in self.sides.items():
            made.setCheckable(True)
            made.clicked.connect(partial(self._turn, side))
            group.addButton(made)
            self._map.addWidget(self.maps[side])
            self.maps[side].cell_chosen.connect(partial(self._chosen, side))
            self.maps[side].opened.connect(lambda _row: self.names.setFocus())
            self.maps[side].setAccessibleName(made.text())
        self.whose = label("", "second", wrap=True)
        self.names.opened.connect(lambda _row: self._open())
        right = QWidget()
        inside = column(self.whose, self.names)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        right.setLayout(inside)
        self._map.setMinimumHeight(160)
        #: the map and the names beside it, unless there is nothing
        self.figures = beside(self._map, right, (720, 430), (5, 3))
        whole = column(
            Strip(*self.sides.values(), self.sum, gap=8),
            self.notes,
            self.figures,
        )
        whole.setStretch(2, 1)
        whole.addStretch(0)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self._side = "due"
        self.sides["due"].setChecked(True)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self, year: int) -> None:
        """Read the waves of a year, and where matured money went."""
        room = self._page.workbench.outreach.maturities
        self._page.read(lambda: (room.waves(year), room.whereabouts()), self._show, key="maturing")

    def _show(self, read: tuple[MaturityWaves, MaturedMoney]) -> None:
        self.waves, self.money = read
        self._weeks, self._months = weeks_of(self.waves), months_of(self.money)
        self.maps["due"].put_columns(_week_columns(self.waves, self._weeks))
        self.maps["due"].table.fill(self._weeks)
        self.maps["matured"].put_columns(_month_columns(self.money))
        self.maps["matured"].table.fill(self._months)
        self._turn(self._side)

    def _turn(self, side: str, _checked: bool = False) -> None:
        self._side = side
        table = self.maps[side]
        self._map.setCurrentWidget(table)
        shown = self.waves if side == "due" else self.money
        if shown is None:
            return
        self.notes.setText(" ".join(shown.notes))
        self.notes.setVisible(bool(shown.notes))
        self.sum.setText(_sum_words(self.waves) if side == "due" else _matured_words(self.money))
        self.figures.setVisible(bool(table.table.rowCount()))
        self._fill((), "")
        if table.table.rowCount():
            row = self._first_row() if side == "due" else 0
            table.go_to(row)
            self._chosen(side, row, 0)

    def _first_row(self) -> int:
        """The first week that is not over; the first of all where every one is."""
        monday = (today() - dt.timedelta(days=today().weekday())).isoformat()
        return next((at for at, one in enumerate(self._weeks) if one.monday >= monday), 0)

    def _chosen(self, side: str, row: int, place: int) -> None:
        room = self._page.workbench.outreach.maturities
        read: Callable[[], tuple[MaturingLine, ...]]
        if side == "due" and self.waves is not None and 0 <= row < len(self._weeks):
            year, week = self.waves.year, self._weeks[row]
            code, name = ((None, _("全部")), *self.waves.products)[max(0, place - 1)]
            read, words = partial(room.maturing, year, week.week, code), f"{week.monday} · {name}"
        elif side == "matured" and self.money is not None and 0 <= row < len(self._months):
            month = self._months[row].month
            became, name = ((None, _("全部")), *self.money.names)[max(0, place - 1)]
            read, words = partial(room.matured, month, None, became), f"{month} · {name}"
        else:
            return
        self._page.read(read, lambda lines: self._fill(lines, words), key="maturing_names")

    def _fill(self, lines: Sequence[MaturingLine], words: str) -> None:
        self.names.table.fill(tuple(lines))
        count = len({one.customer_id for one in lines})
        self.whose.setText(_("{what}:{n} 户").format(what=words, n=f"{count:,}") if words else "")

    def focus_first(self) -> None:
        """The map."""
        self.maps[self._side].setFocus()

    def _open(self) -> None:
        row = self.names.current()
        if isinstance(row, MaturingLine):
            self.opened.emit(row.customer_no)


def weeks_of(waves: MaturityWaves) -> tuple[MaturingWeek, ...]:
    """The weeks that have anything, by their Monday."""
    rows: dict[tuple[str, str], dict[str, MaturingCell]] = {}
    for cell in waves.cells:
        rows.setdefault((cell.monday, cell.week), {})[cell.family] = cell
    return tuple(
        MaturingWeek(week, monday, cells, sum(one.fen for one in cells.values()))
        for (monday, week), cells in sorted(rows.items())
    )


def months_of(money: MaturedMoney) -> tuple[MaturedMonth, ...]:
    """The months, the newest first."""
    return tuple(
        MaturedMonth(month, {one: money.total(one, month) for one in WHEREABOUTS})
        for month in reversed(money.months)
    )


def _week_columns(waves: MaturityWaves, weeks: Sequence[MaturingWeek]) -> list[Column[MaturingWeek]]:
    largest = max((cell.fen for cell in waves.cells), default=0)

    def of_family(code: str, name: str) -> Column[MaturingWeek]:
        """The cells of a product."""

        def words(week: MaturingWeek) -> str:
            """The money, or of how many customers where no list tells an amount; '' for none."""
            cell = week.cells.get(code)
            if cell is None:
                return ""
            return wan(cell.fen) if cell.fen else _("{n} 户").format(n=cell.customers)

        def tip(week: MaturingWeek) -> str | None:
            """The exact sum, and what has none."""
            cell = week.cells.get(code)
            if cell is None:
                return None
            untold = _(",另有 {n} 笔没有金额").format(n=cell.untold) if cell.untold else ""
            return _("{n} 户 {yuan}").format(n=cell.customers, yuan=exact(cell.fen)) + untold

        def ground(week: MaturingWeek) -> str | None:
            """Darker for more."""
            return _ground(week.cells[code].fen if code in week.cells else 0, largest)

        def fen(week: MaturingWeek) -> int | None:
            """The money, None where nothing falls due."""
            return week.cells[code].fen if code in week.cells else None

        return Column(name, words, 80, number=True, value=fen, tip=tip, ground=ground)

    most = max((week.fen for week in weeks), default=0)
    return [
        Column(_("周"), lambda week: f"{week.monday[5:]} {week.week[5:]}", 96, key=True, value=lambda week: week.monday),
        Column(_("合计"), lambda week: wan(week.fen), 80, number=True, fen=lambda week: week.fen,
               ground=lambda week: _ground(week.fen, most)),
        *(of_family(code, name) for code, name in waves.products),
    ]  # fmt: skip


def _month_columns(money: MaturedMoney) -> list[Column[MaturedMonth]]:
    def became(code: Whereabout, name: str) -> Column[MaturedMonth]:
        """What became so."""

        def share(month: MaturedMonth) -> str:
            """The money with its share of the month."""
            whole = sum(month.fen.values())
            return (
                f"{wan(month.fen[code])} {month.fen[code] / whole:.0%}" if month.fen[code] and whole else ""
            )

        return Column(
            name,
            share,
            96,
            number=True,
            value=lambda month: month.fen[code],
            tip=lambda month: exact(month.fen[code]),
        )

    return [
        Column(_("月份"), lambda month: month.month, 80, key=True),
        Column(
            _("到期"),
            lambda month: wan(sum(month.fen.values())),
            84,
            number=True,
            fen=lambda month: sum(month.fen.values()),
        ),
        *(became(code, name) for code, name in money.names),
    ]


def _ground(fen: int, most: int) -> str | None:
    return next((name for share, name in _GROUNDS if most and fen >= share * most), None)


def _name_columns() -> list[Column[MaturingLine]]:
    return [
        Column(_("客户"), lambda one: who(one.name, one.customer_no), 90, key=True),
        Column(_("到期"), lambda one: one.date[5:] if len(one.date) > 7 else one.date, 64, value=lambda one: one.date),
        Column(_("产品"), lambda one: one.product, 0),
        Column(
            _("金额"), lambda one: "—" if one.fen is None else wan(one.fen), 72, number=True,
            fen=lambda one: one.fen,
        ),
    ]  # fmt: skip


def _sum_words(waves: MaturityWaves | None) -> str:
    if waves is None or not waves.cells:
        return ""
    words = _("{year} 年 {n} 户 {money}到期")
    return words.format(year=waves.year, n=f"{waves.customers:,}", money=wan(waves.fen))


def _matured_words(money: MaturedMoney | None) -> str:
    if money is None or not money.fen:
        return ""
    kept = sum(money.total(one) for one in ("kept", "moved", "idle"))
    words = _("最近 {n} 个月到期 {money},还在我行 {share}")
    return words.format(n=len(money.months), money=wan(money.fen), share=f"{kept / money.fen:.0%}")
