"""Two lists: who is about to be lost sight of, whose review is due (domain 6.5)."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.pages.calendar.losing import REVIEWS, TALKS, Losing
from workbench.outreach.cadence.losing import LosingCustomer, LosingList
from workbench.outreach.cadence.reviews import ReviewDue, ReviewsDue, TowerReviews
from workbench.rules.parameters import Rules

AS_OF, DAY = "2026-10-31", "2026-11-16"
LATE = LosingCustomer(
    1, "C1", "林秀英", "L6", 150_000_000, 30, False, "2026-10-07", "2026-11-06", 10, "拒绝营销,不推产品"
)
UNTOLD = LosingCustomer(2, "C2", "赵建国", "L5", None, 45, True, None, None, None)
REVIEW = ReviewDue(3, "C3", "周敏", "L8", "top", "塔尖", 700_000_000, 91, "2026-08-08", "2026-11-07", 9)


def filled(qtbot: QtBot) -> Losing:
    made = Losing(Rules.load())
    qtbot.addWidget(made)
    towers = (TowerReviews("top", "塔尖", over=1),)
    made.fill(LosingList(DAY, AS_OF, 1, 0, 1, (LATE,), (UNTOLD,)), ReviewsDue(DAY, AS_OF, towers, (REVIEW,)))
    made.show()
    return made


def cells(made: Losing, name: str, row: int) -> list[str]:
    model = made.tables[name].table
    return [str(model.index(row, n).data()) for n in range(model.columnCount())]


def test_who_cannot_be_told_stands_behind_and_is_never_fine(qtbot: QtBot) -> None:
    made = filled(qtbot)
    late, untold = cells(made, TALKS, 0), cells(made, TALKS, 1)
    assert late[3:6] == ["2026-10-07", "30 天", "超 10 天"]
    assert "拒绝营销" in late[-1]
    assert untold[2] == "—"
    assert (untold[3], untold[5]) == ("看不出", "看不出")
    assert cells(made, REVIEWS, 0)[3:6] == ["2026-08-08", "2026-11-07", "超 9 天"]
    assert "塔尖 超期 1 户" in made.words[REVIEWS].text()


def test_enter_opens_the_customer_by_keyboard_alone(qtbot: QtBot) -> None:
    made = filled(qtbot)
    made.focus_first()
    with qtbot.waitSignal(made.opened) as opened:
        qtbot.keyClick(made.tables[TALKS], Qt.Key.Key_Return)
    assert opened.args == ["C1"]


def test_nothing_to_show_takes_one_line(qtbot: QtBot) -> None:
    made = filled(qtbot)
    made.fill(LosingList(DAY, None), ReviewsDue(DAY, None))
    assert not made.tables[TALKS].isVisible()
    assert "还没有客户名单" in made.words[TALKS].text()
    made.focus_first()
