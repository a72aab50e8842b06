"""What a spreadsheet gets: headings, tabs, amounts that can be summed, and never a formula."""

from PySide6.QtWidgets import QWidget

from tests.ui.bot import Bot
from ui.widgets.table_column import Column
from ui.widgets.table_copy import Copied, copied, door_of

COLUMNS = [
    Column("客户", lambda x: x[0]),
    Column("资产", lambda x: f"{x[1] / 1_000_000:.1f}万", number=True, fen=lambda x: x[1]),
    Column("户数", lambda x: f"{x[2]:+,}", number=True),
]


def test_rows_are_copied_as_shown_with_headings_and_amounts_in_yuan() -> None:
    made = copied("here", COLUMNS, [("王** 01", 12_345_678, 1_200), ("李\n二", None, -3)])
    assert made.text == "客户\t资产(元)\t户数\n王** 01\t123456.78\t+1,200\n李 二\t\t-3\n"
    assert (made.rows, made.headings) == (2, ("客户", "资产(元)", "户数"))


def test_what_looks_like_a_formula_is_text() -> None:
    made = copied("here", COLUMNS[:1], [("=cmd|' /C calc'!A0",), ("@SUM(A1)",)])
    assert [line[0] for line in made.text.splitlines()[1:]] == ["'", "'"]


def test_the_door_is_the_nearest_above(qtbot: Bot) -> None:
    class Door(QWidget):
        def copy_rows(self, copied: Copied) -> None:
            """Nothing."""

    door = Door()
    qtbot.addWidget(door)
    inside = QWidget(QWidget(door))
    assert door_of(inside) is door
    alone = QWidget()
    qtbot.addWidget(alone)
    assert door_of(alone) is None
