"""What a right click offers: the acts of the page, its buttons as they stand, copying, the view."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from tests.ui.bot import Bot
from ui.widgets.parts import button
from ui.widgets.table_column import Column
from ui.widgets.table_copy import Copied
from ui.widgets.table_menu import RowAct, head_menu, row_menu
from ui.widgets.tables import Table


class Acting(QWidget):
    """A page that knows one act, and takes copied rows."""

    def __init__(self) -> None:
        super().__init__()
        self.acted: list[object] = []
        self.copies: list[Copied] = []

    def row_acts(self, row: object) -> Sequence[RowAct]:
        return (RowAct("打开画像", lambda: self.acted.append(row)),)

    def copy_rows(self, copied: Copied) -> None:
        self.copies.append(copied)


@pytest.fixture
def page(qtbot: Bot) -> Acting:
    made = Acting()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.fixture
def table(page: Acting) -> Table:
    return filled(Table([Column("甲", str, 60), Column("数", str, 60, number=True)], parent=page))


def filled(table: Table) -> Table:
    table.resize(300, 200)
    table.show()
    table.table.fill([3, 1, 2])
    table.selectRow(0)
    return table


def words(menu: QMenu) -> list[str]:
    return [one.text().split("\t")[0] for one in menu.actions() if not one.isSeparator()]


def press(menu: QMenu, text: str) -> None:
    next(one for one in menu.actions() if one.text().split("\t")[0] == text).trigger()


def test_the_acts_of_the_page_and_its_buttons_come_first(page: Acting, table: Table) -> None:
    gone: list[str] = []
    pressed = lambda: gone.append("更正")  # noqa: E731
    table.offer(button("更正", pressed), button("打开画像", pressed), button("撤销", pressed))
    for one in table.offered:
        one.setParent(page)
        one.show()
    table.offered[2].setEnabled(False)
    menu = row_menu(table)
    assert words(menu)[:4] == ["打开画像", "更正", "撤销", "复制这一行"]
    assert not menu.actions()[2].isEnabled(), "as it stands on the page"
    press(menu, "打开画像")
    press(menu, "更正")
    assert (page.acted, gone) == ([3], ["更正"])


def test_several_rows_are_copied_but_no_act_is_for_one_of_them(
    qtbot: Bot, page: Acting, table: Table
) -> None:
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert list(table.selected_numbers()) == [0, 1]
    assert (chosen, table.current()) == ([1], 1), "chosen means the row under the keyboard, as ever"
    menu = row_menu(table)
    assert words(menu)[0] == "复制选中的 2 行"
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert page.copies[-1].text == "甲\t数\n3\t3\n1\t1\n"
    table.sort_by(1, descending=True)
    table.widths.hide(0, True)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.copy()
    assert page.copies[-1].text == "数\n3\n2\n1\n", "in the order and the columns shown"


def test_rows_in_a_dialog_have_no_acts_but_are_copied(page: Acting) -> None:
    table = filled(Table([Column("甲", str, 60)], parent=QDialog(page)))
    assert words(row_menu(table))[0] == "复制这一行"
    table.copy()
    assert page.copies[-1].rows == 1


def test_a_value_is_kept_and_columns_are_chosen_from_the_menu(table: Table) -> None:
    press(row_menu(table), "只看“甲”是“3”的")
    assert table.table.rowCount() == 1
    press(row_menu(table), "显示全部 3 行")
    assert table.table.rowCount() == 3
    heads = head_menu(table, 1)
    assert words(heads)[:2] == ["从大到小", "从小到大"]
    press(heads, "从小到大")
    assert [table.table.row(n) for n in range(3)] == [1, 2, 3]
    press(head_menu(table, 1), "原来的次序")
    assert [table.table.row(n) for n in range(3)] == [3, 1, 2]
    press(head_menu(table, 1), "隐藏这一列")
    assert table.isColumnHidden(1)
    columns = next(one for one in head_menu(table, 0).findChildren(QMenu) if one.title() == "显示哪些列")
    press(columns, "数")
    assert not table.isColumnHidden(1)


def test_the_menu_is_of_the_row_under_the_mouse_or_under_the_keyboard(
    qtbot: Bot, page: Acting, table: Table
) -> None:
    for key, held in (
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(table, key, held)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        press(menu, "打开画像")
        menu.close()
    place = table.visualRect(table.table.index(2, 0)).center()
    mouse = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), mouse)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    press(menu, "打开画像")
    menu.close()
    assert page.acted == [3, 3, 2]
