"""Two parts of a row: side by side where there is room, else one above the other, nothing outside."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from tests.ui.bot import Bot, delivered
from ui.widgets.parts import column, label
from ui.widgets.wide import Abreast


@pytest.mark.parametrize(("width", "beside"), [(1400, True), (900, False)])
def test_a_pair_lies_abreast_where_there_is_room(qtbot: Bot, width: int, beside: bool) -> None:
    why, say = label("月日均由上月跌到本月,月末余额低于本级线" * 3, wrap=True), label("不说:" * 20, wrap=True)
    room = QWidget()
    qtbot.addWidget(room)
    room.setLayout(column(pair := Abreast(column(why), column(say), (2, 3)), None))
    room.resize(width, 300)
    room.show()
    delivered()
    assert pair.wide is beside
    first, second = why.mapTo(room, QPoint(0, 0)), say.mapTo(room, QPoint(0, 0))
    assert (second.x() > first.x()) is beside
    assert (second.y() > first.y()) is not beside
    assert all(one.height() >= one.heightForWidth(one.width()) for one in (why, say))
    assert not beside or say.width() > why.width()
