"""The pictures of a backtest show what the report says, and nothing of what it does not know."""

import pytest

from ui.pages.backtest.charts import ThresholdCurve, draw_curve, draw_lifts
from ui.theme import THEMES
from ui.widgets.drawing import DrawingSurface, Drawn
from workbench.insight.churn.backtest.estimate import UNKNOWN, Estimate
from workbench.insight.churn.backtest.report import AlertRow, AlertShare, CurvePoint

ON = DrawingSurface(400, 200, 1.0, THEMES["light"])
NOBODY = AlertShare(0, 0, UNKNOWN)


def row(name: str, lift: Estimate) -> AlertRow:
    return AlertRow(
        name, name, 100, 10, 5, 2, 5, 0, UNKNOWN, NOBODY, UNKNOWN, lift, None, NOBODY, NOBODY, "better", ""
    )


def pixels(drawn: Drawn, colour: str) -> int:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    image = memoryview(drawn.rgba)
    return sum(
        1 for at in range(0, len(image), 4) if (image[at], image[at + 1], image[at + 2]) == (red, green, blue)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_curve_shows_precision_and_the_lines(theme: str) -> None:
    on = DrawingSurface(400, 200, 1.0, THEMES[theme])
    point = Estimate(0.5, 0.4, 0.6)
    known = ThresholdCurve(
        tuple(CurvePoint(risk, 9, point, point) for risk in range(0, 101, 5)), (25, 45, 65)
    )
    unknown = ThresholdCurve(
        tuple(CurvePoint(risk, 0, UNKNOWN, UNKNOWN) for risk in range(0, 101, 5)), (25, 45, 65)
    )
    accent = THEMES[theme].accent
    assert pixels(draw_curve(known, on), accent) > pixels(draw_curve(unknown, on), accent)


def test_each_signal_has_its_point_and_a_far_one_leaves_room_for_the_others() -> None:
    near, far = row("近", Estimate(2, 1, 3)), row("远", Estimate(400, 300, 900))
    accent = THEMES["light"].accent
    one, both = pixels(draw_lifts((near,), ON), accent), pixels(draw_lifts((near, far), ON), accent)
    assert one > 0
    assert both > 20
