"""The pivot as bars: a click opens the cell of a piece, whatever its sign; tones fade, 'cannot tell' stands back."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.bot import Bot
from ui.pages.pivot.charts import BarChart, Bars, BarSegment, StackedBar, tones
from ui.theme import colours

DATA = Bars(
    ("基础", "腰部", "无法判断"),
    (
        StackedBar(
            "年轻",
            "30 户",
            (BarSegment(20, "年轻 · 基础", (0, 0)), BarSegment(10, "年轻 · 无法判断", (0, 2), 2)),
        ),
        StackedBar("银发", "−60万", (BarSegment(-60, "银发 · 腰部", (1, 1), 1),)),
        StackedBar("空", "—", ()),
    ),
    unknown=2,
)


@pytest.fixture
def chart(qtbot: Bot) -> BarChart:
    made = BarChart()
    qtbot.addWidget(made)
    made.resize(480, 240)
    made.show_data(DATA)
    made.show()
    qtbot.waitUntil(lambda: not made.grab().isNull())
    return made


def pieces(chart: BarChart) -> dict[str, QPoint]:
    """The middle of each drawn piece by its tooltip, found by looking at every pixel as the mouse would."""
    middles: dict[str, list[QPoint]] = {}
    for y in range(0, chart.height(), 4):
        for x in range(0, chart.width(), 4):
            piece = chart._at(x, y)
            if piece is not None:
                middles.setdefault(piece.tip, []).append(QPoint(x, y))
    return {tip: points[len(points) // 2] for tip, points in middles.items()}


def test_every_piece_is_drawn_in_the_order_of_the_bars(chart: BarChart) -> None:
    places = pieces(chart)
    assert list(places) == ["年轻 · 基础", "年轻 · 无法判断", "银发 · 腰部"], "top down, left to right"
    assert places["年轻 · 基础"].y() == places["年轻 · 无法判断"].y()
    assert places["银发 · 腰部"].y() > places["年轻 · 基础"].y()


def test_a_click_opens_the_cell_of_a_piece(qtbot: Bot, chart: BarChart) -> None:
    chosen: list[tuple[int, int]] = []
    chart.chosen.connect(lambda row, column: chosen.append((row, column)))
    places = pieces(chart)
    for at in places.values():
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=at)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(4, chart.height() - 4))
    assert chosen == [(0, 0), (0, 2), (1, 1)]


def test_the_longest_bar_fills_the_room_and_others_are_in_proportion(chart: BarChart) -> None:
    places = pieces(chart)

    def width(tip: str) -> int:
        along = (chart._at(x, places[tip].y()) for x in range(chart.width()))
        return sum(piece is not None and piece.tip == tip for piece in along)

    longest = width("银发 · 腰部")
    assert longest == pytest.approx(3 * width("年轻 · 基础"), abs=4)
    assert longest == pytest.approx(6 * width("年轻 · 无法判断"), abs=7)


def test_a_fall_is_red_and_as_long_as_it_is(chart: BarChart) -> None:
    image, places = chart.grab().toImage(), pieces(chart)
    at = places["银发 · 腰部"]
    assert image.pixelColor(at) == QColor(colours().red)
    assert image.pixelColor(places["年轻 · 基础"]) == QColor(colours().accent)
    assert image.pixelColor(places["年轻 · 无法判断"]) == QColor(colours().line)


def test_a_piece_says_what_it_is(chart: BarChart, monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _over: words.append(text))
    at = pieces(chart)["年轻 · 基础"]
    for place in (at, QPoint(2, 2)):
        QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert words == ["年轻 · 基础", ""]
    assert chart.accessibleName() == "年轻 30 户; 银发 −60万; 空 —", "who cannot see it reads the figures"


def test_the_chart_is_as_high_as_its_bars_and_its_legend(qtbot: Bot, chart: BarChart) -> None:
    few = chart.minimumHeight()
    chart.show_data(Bars(DATA.names, DATA.bars * 3, 2))
    more = chart.minimumHeight()
    chart.show_data(Bars(tuple(f"第 {n} 个取值的名称" for n in range(12)), (), -1))
    assert more > few
    assert chart.minimumHeight() > few - 3 * 28, "a legend of several lines needs them"


def test_tones_fade_from_the_accent_and_the_unknown_is_none_of_them(qtbot: Bot) -> None:
    c = colours()
    assert tones(3, -1)[0] == QColor(c.accent)
    assert tones(3, -1)[-1] == QColor(c.pale)
    assert tones(3, 1) == [QColor(c.accent), QColor(c.line), QColor(c.pale)]
    assert tones(1, -1) == [QColor(c.accent)]
    assert tones(1, 0) == [QColor(c.line)]
    assert tones(0, -1) == []
