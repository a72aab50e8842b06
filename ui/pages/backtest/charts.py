"""Pictures of a backtest: precision and recall against the threshold, and the lift of each signal with its interval."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from ui.widgets.drawing import DrawingSurface, Drawn, DrawnChart, picture
from workbench.base.i18n import _
from workbench.insight.churn.backtest.report import AlertRow, BacktestReport, CurvePoint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

#: a lift beyond this is drawn at the edge: one of fifty would leave nothing to see of the others
_FARTHEST = 30.0
#: characters of a label in one line
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class ThresholdCurve:
    """Points from the lowest threshold up, and the lines of yellow, orange and red."""

    points: tuple[CurvePoint, ...]
    lines: tuple[float, float, float]


def draw_curve(data: ThresholdCurve, on: DrawingSurface) -> Drawn:
    """Precision with its interval and recall in per cent. Runs on any thread."""
    c = on.colours

    def plot(axes: "Axes", font: "FontProperties") -> None:
        """Two lines, a band around the first, and the three thresholds in use."""
        at = [point.risk for point in data.points]
        known = [point for point in data.points if point.precision.value is not None]
        band = [point.risk for point in known]
        axes.fill_between(
            band, [100 * (p.precision.low or 0) for p in known], [100 * (p.precision.high or 0) for p in known],
            color=c.pale, alpha=0.45, linewidth=0,
        )  # fmt: skip
        precision = axes.plot(
            band,
            [100 * (p.precision.value or 0) for p in known],
            color=c.accent,
            linewidth=1.8,
            label=_("准确率"),
        )
        recall = axes.plot(
            at, [100 * (p.recall.value or 0) for p in data.points], color=c.second, linewidth=1.5, linestyle=(0, (5, 2)),
            label=_("召回率"),
        )  # fmt: skip
        for line, colour in zip(data.lines, (c.yellow, c.orange, c.red), strict=True):
            axes.axvline(line, color=colour, linewidth=1.4, linestyle=(0, (2, 2)))
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 102)
        axes.set_xticks(range(0, 101, 20))
        axes.set_yticks([0, 25, 50, 75, 100], ["0", "25%", "50%", "75%", "100%"])
        axes.legend(
            handles=[*precision, *recall], prop=font, frameon=False, labelcolor=c.second, ncols=2, columnspacing=1.0,
            handletextpad=0.5, loc="lower left", bbox_to_anchor=(-0.01, 1.0), borderaxespad=0.2, handlelength=1.8,
        )  # fmt: skip

    return picture(on, plot, left=44, right=12, bottom=24, top=24)


def draw_lifts(rows: tuple[AlertRow, ...], on: DrawingSurface) -> Drawn:
    """A point for each signal with its interval; the line at one is as good as names drawn by lot. Runs on any thread."""
    c = on.colours
    # the words in brackets, whose measure it is, stand in the table; a long name takes two lines
    names = ["\n".join(wrap(row.name.partition("(")[0], _LONGEST)) for row in rows]

    def plot(axes: "Axes", font: "FontProperties") -> None:
        """The points, the first signal on top."""
        most = 1.0
        for place, row in enumerate(reversed(rows)):
            lift = row.lift
            low, value, high = (min(one or 0, _FARTHEST) for one in (lift.low, lift.value, lift.high))
            most = max(most, high)
            tone = {"better": c.accent, "worse": c.red, "cannot_tell": c.second}[row.claim]
            axes.plot([low, high], [place, place], color=tone, linewidth=1.6, solid_capstyle="butt")
            axes.plot([value], [place], color=tone, marker="o", markersize=4.5, linestyle="none")
        axes.axvline(1, color=c.red, linewidth=1.0, linestyle=(0, (3, 3)))
        axes.set_xlim(0, most * 1.05)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_yticks(range(len(rows)), list(reversed(names)))

    left = max(map(_pixels, "\n".join(names).split("\n"))) + 16
    return picture(on, plot, left=left, right=12, bottom=24, top=8)


def _pixels(line: str) -> int:
    """About how wide a label is."""
    return round(sum(11 if ord(character) > 0x2E7F else 5.6 for character in line))


class ThresholdChart(DrawnChart):
    """Precision and recall against the threshold of the risk."""

    _data: ThresholdCurve | None = None

    def sizeHint(self) -> QSize:
        """360 x 190 px."""
        return QSize(360, 190)

    def minimumSizeHint(self) -> QSize:
        """Below 240 x 120 px the labels would overlap."""
        return QSize(240, 120)

    def show_report(self, report: BacktestReport) -> None:
        """Draw the curve of a report in the background."""
        self._data = ThresholdCurve(report.curve, report.lines)
        self._renew(_("准确率和召回率随风险分门槛的变化"))

    def _job(self, on: DrawingSurface) -> Callable[[], Drawn] | None:
        data = self._data
        return None if data is None else lambda: draw_curve(data, on)


class LiftChart(DrawnChart):
    """How many times better than chance each signal names those who leave."""

    _rows: tuple[AlertRow, ...] = ()

    def sizeHint(self) -> QSize:
        """360 x 190 px."""
        return QSize(360, 190)

    def minimumSizeHint(self) -> QSize:
        """Below 240 x 120 px the names would overlap."""
        return QSize(240, 120)

    def show_report(self, report: BacktestReport) -> None:
        """Draw the signals of a report that were ever hit, in the background."""
        self._rows = tuple(row for row in report.signals if row.lift.value is not None)
        self._renew(_("各信号预警到流失客户的倍数和区间"))

    def _job(self, on: DrawingSurface) -> Callable[[], Drawn] | None:
        rows = self._rows
        return (lambda: draw_lifts(rows, on)) if rows else None
