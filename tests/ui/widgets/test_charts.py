"""The chart of balances: the month under the mouse, by its place between the axes."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tests.ui.bot import Bot, delivered
from ui.tasks import Tasks
from ui.widgets import charts
from ui.widgets.charts import BalanceChart, Balances, Series
from ui.widgets.drawing import DrawingSurface, Drawn

MONTHS = ("2026-08", "2026-09", "2026-10")
DATA = Balances(
    MONTHS,
    (Series("存款", (5_000_000, None, 8_000_000)), Series("其他", (1_000_000, 1_000_000, 0), rest=True)),
    Series("月日均", (6_000_000, 6_500_000, None)),
)
WIDTH, LEFT, RIGHT = 400, 0.1, 0.98


@pytest.fixture
def tips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tooltips shown; '' when one was taken away."""
    words: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _over: words.append(text))
    monkeypatch.setattr(QToolTip, "hideText", lambda: words.append(""))
    return words


@pytest.fixture
def chart(qtbot: Bot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> BalanceChart:
    """A chart whose picture has its axes at known places."""

    def draw(_data: Balances, on: DrawingSurface) -> Drawn:
        return Drawn(bytes(on.width * on.height * 4), on.width, on.height, LEFT, RIGHT)

    monkeypatch.setattr(charts, "draw", draw)
    made = BalanceChart(tasks)
    qtbot.addWidget(made)
    made.resize(WIDTH, 200)
    made.show()
    made.show_data(DATA)
    qtbot.waitUntil(lambda: made.drawn)
    return made


def middle(month: int) -> int:
    """Where the bar of a month stands, in pixels: the axes run from -0.6 to 2.4."""
    return round(WIDTH * (LEFT + (RIGHT - LEFT) * (month + 0.6) / (len(MONTHS) + 0.2)))


def move(over: QWidget, x: int) -> None:
    at = QPointF(x, 100)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, over.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(over, event)


@pytest.mark.parametrize("month", range(3))
@pytest.mark.parametrize("beside", [-53, 0, 53])
def test_a_click_on_a_bar_chooses_its_month(qtbot: Bot, chart: BalanceChart, month: int, beside: int) -> None:
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(middle(month) + beside, 100))
    assert chosen.args == [month]


def test_beside_the_axes_and_with_another_button_nothing_is_chosen(qtbot: Bot, chart: BalanceChart) -> None:
    chosen: list[int] = []
    chart.chosen.connect(chosen.append)
    for x in (5, round(WIDTH * LEFT) - 2, WIDTH - 2):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(x, 100))
    qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=QPoint(middle(1), 100))
    assert chosen == []


def test_the_month_under_the_mouse_is_told_to_the_fen(chart: BalanceChart, tips: list[str]) -> None:
    move(chart, middle(1))
    assert tips[-1].split("\n") == [
        "2026-09",
        "存款  没有这一列的数据",
        "其他  10,000.00 元",
        "月日均  65,000.00 元",
    ]
    move(chart, 5)
    assert tips[-1] == ""
    move(chart, middle(0))
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert tips[-1] == ""


def test_other_data_take_the_old_picture_away(qtbot: Bot, chart: BalanceChart) -> None:
    assert "3 个月" in chart.accessibleName()
    chart.show_data(Balances(("2026-10",), ()))
    assert not chart.drawn, "an old picture never stands for new data"
    qtbot.waitUntil(lambda: chart.drawn)
    chart.show_data(Balances((), ()))
    delivered()
    assert not chart.drawn, "there is nothing to draw"
    assert "0 个月" in chart.accessibleName()


def test_a_chart_of_another_size_is_drawn_anew(qtbot: Bot, tasks: Tasks, chart: BalanceChart) -> None:
    before = chart.grab().size()
    chart.resize(600, 220)
    qtbot.waitUntil(lambda: not tasks.busy and chart.drawn)
    assert chart.grab().size() != before
