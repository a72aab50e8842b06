"""What a right click in a table offers: what can be done with the row, copying, which rows and columns are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from ui.widgets.table_acting import ActingTable
from ui.widgets.table_column import Column
from ui.widgets.table_filter import value_word
from workbench.base.i18n import _

#: characters of a value in the menu
_LONG = 16


@dataclass(frozen=True, slots=True)
class RowAct:
    """Something to do with a row."""

    words: str
    act: Callable[[], object]


@runtime_checkable
class RowActs(Protocol):
    """Who knows what can be done with a row about somebody: the page."""

    def row_acts(self, row: object) -> Sequence[RowAct]:
        """The acts, in the order in which they are offered; none for a row about nobody."""


def _acts_of(table: QWidget, row: object) -> Sequence[RowAct]:
    """The acts of the page around a table. A dialog stands before its page, so rows in it have none."""
    above: QWidget | None = table
    while above is not None and not isinstance(above, QDialog):
        if isinstance(above, RowActs):
            return above.row_acts(row)
        above = above.parentWidget()
    return ()


def row_menu(table: ActingTable) -> QMenu:
    """The menu of the row under the keyboard; of several rows what can be done with several."""
    menu = QMenu(table)
    number, rows = table.currentIndex(), table.selected_numbers()
    row = table.current()
    if len(rows) == 1 and row is not None:
        acts = _acts_of(table, row)
        for one in acts:
            menu.addAction(one.words, one.act)
        taken = {one.words.split("\t")[0] for one in acts}
        _offer_buttons(menu, [one for one in table.offered if one.text() not in taken])
        if not menu.isEmpty():
            menu.addSeparator()
    if rows:
        words = _("复制这一行") if len(rows) == 1 else _("复制选中的 {n} 行").format(n=f"{len(rows):,}")
        menu.addAction(f"{words}\tCtrl+C", table.copy)
    if number.isValid() and row is not None:
        column = table.table.columns[number.column()]
        menu.addAction(_("只复制这一格"), table.copy_cell)
        menu.addSeparator()
        text = column.text(row)
        word = value_word(text)
        short = word if len(word) <= _LONG else word[:_LONG] + "…"
        if not table.fixed and column.title:
            words = _("只看“{title}”是“{value}”的").format(title=_title(column), value=short)
            menu.addAction(words, partial(table.keep, number.column(), frozenset({text})))
        if not table.horizontalHeader().isHidden():
            menu.addMenu(
                _head(QMenu(_("这一列:{title}").format(title=_title(column)), menu), table, number.column())
            )
    _offer_view(menu, table)
    return menu


def view_menu(table: ActingTable) -> QMenu:
    """The menu beside the rows: which rows and columns are shown."""
    menu = QMenu(table)
    _offer_view(menu, table)
    return menu


def head_menu(table: ActingTable, column: int) -> QMenu:
    """The menu of a head: order, filter, columns."""
    menu = _head(QMenu(table), table, column)
    _offer_view(menu, table)
    return menu


def _title(column: Column[Any]) -> str:
    return column.title.replace("\n", " ")


def _head(menu: QMenu, table: ActingTable, column: int) -> QMenu:
    """What a column offers by itself."""
    one = table.table.columns[column]
    if not table.fixed:
        down, up = (_("从大到小"), _("从小到大")) if one.largest_first else (_("倒序"), _("顺序"))
        pair = [(down, True), (up, False)]
        for words, descending in pair if one.largest_first else pair[::-1]:
            menu.addAction(words, partial(table.sort_by, column, descending=descending))
        if table.table.sorted is not None and table.table.order.by is not None:
            menu.addAction(_("原来的次序"), partial(table.sort_by, None, descending=False))
        menu.addSeparator()
        menu.addAction(f"{_('按值筛选…')}\tAlt+↓", partial(table.open_filter, column))
        if column in table.table.order.kept:
            menu.addAction(_("这一列不再筛选"), partial(table.keep, column, None))
        menu.addSeparator()
    if one.title.strip():
        hide = menu.addAction(_("隐藏这一列"), partial(table.widths.hide, column, True))
        hide.setEnabled(table.widths.may_hide(column))
    return menu


def _offer_buttons(menu: QMenu, buttons: Sequence[QPushButton]) -> None:
    """The page's own buttons about the row, as they stand."""
    for one in buttons:
        if one.isHidden():
            continue
        below: QMenu | None = one.menu()
        made = menu.addAction(one.text(), one.click) if below is None else menu.addMenu(below)
        made.setText(one.text())
        made.setEnabled(one.isEnabled())


def _offer_view(menu: QMenu, table: ActingTable) -> None:
    if table.table.order.kept:
        menu.addAction(_("显示全部 {n} 行").format(n=f"{table.table.total:,}"), table.table.keep_all)
    columns = QMenu(_("显示哪些列"), menu)
    for number in table.widths.offered():
        made = columns.addAction(_title(table.table.columns[number]))
        made.setCheckable(True)
        made.setChecked(number not in table.widths.hidden)
        made.setEnabled(table.widths.may_hide(number) or number in table.widths.hidden)
        # no `partial`: Qt would call it without telling whether the tick is set
        made.triggered.connect(lambda shown, number=number: table.widths.hide(number, not shown))
    columns.addSeparator()
    columns.addAction(_("恢复原来的列和宽度"), table.widths.reset)
    menu.addMenu(columns)


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Open a menu without waiting for it; it goes when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
