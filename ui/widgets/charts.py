"""Balances over months: stacked parts, a line over them, the tier's own line, and the month under the mouse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip

from ui.tasks import Tasks
from ui.widgets.drawing import DrawingSurface, Drawn, DrawnChart, picture
from ui.words import exact
from workbench.base.i18n import _

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over the months, in fen; None where a month does not have it."""

    name: str
    values: tuple[int | None, ...]
    #: whether it is the remainder that no other part covers, drawn in the colour of the frame
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Balances:
    """Bars stacked from `parts`, a line for `line`, a dashed level at `level` fen (the own tier's line)."""

    months: tuple[str, ...]
    parts: tuple[Series, ...]
    line: Series | None = None
    level: int | None = None


def draw(data: Balances, on: DrawingSurface) -> Drawn:
    """The bars of `data` in 万元. Runs on any thread."""
    c = on.colours

    def plot(axes: "Axes", font: "FontProperties") -> None:
        """Stacked bars, the line over them and the dashed tier line; month labels as far as they fit."""
        from matplotlib.collections import PolyCollection
        from matplotlib.ticker import MaxNLocator

        places = range(len(data.months))
        base = [0.0] * len(data.months)
        drawn: list[Artist] = []
        tones = (c.deep, c.pale, c.accent, c.second)
        for number, part in enumerate(data.parts):
            heights = [(value or 0) / 1_000_000 for value in part.values]
            top = [low + high for low, high in zip(base, heights, strict=True)]
            # one collection instead of a patch for each bar: a third of the time that a picture takes
            bars = [
                ((x - 0.34, low), (x - 0.34, high), (x + 0.34, high), (x + 0.34, low))
                for x, low, high in zip(places, base, top, strict=True)
            ]
            tone = c.line if part.rest else tones[number % len(tones)]
            stack = PolyCollection(bars, facecolors=tone, edgecolors="none", label=part.name)
            axes.add_collection(stack)
            drawn.append(stack)
            base = top
        if data.line is not None:
            points = [float("nan") if v is None else v / 1_000_000 for v in data.line.values]
            line = axes.plot(
                places, points, color=c.ink, linewidth=1.4, marker="o", markersize=2.5, label=data.line.name
            )
            drawn[:0] = line
        if data.level:
            axes.axhline(data.level / 1_000_000, color=c.red, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.set_xlim(-0.6, len(data.months) - 0.4)
        axes.autoscale_view(scalex=False)
        axes.set_ylim(bottom=0)
        step = max(1, -(-len(data.months) // max(1, int(on.width / on.ratio) // 52)))
        axes.set_xticks(list(places)[::step], [month[2:] for month in data.months][::step])
        axes.yaxis.set_major_locator(MaxNLocator(4))
        if data.parts or data.line:
            axes.legend(
                handles=drawn, prop=font, frameon=False,
                labelcolor=c.second, ncols=6, columnspacing=1.0, handletextpad=0.4, loc="lower left",
                bbox_to_anchor=(-0.01, 1.0), borderaxespad=0.2, handlelength=1.0,
            )  # fmt: skip

    return picture(on, plot, left=48, right=8, bottom=24, top=26)


class BalanceChart(DrawnChart):
    """The picture with a tooltip for the month under the mouse; `chosen(month number)` on a click."""

    chosen = Signal(int)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._data: Balances | None = None
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """420 x 210 px, the size in a portrait's card."""
        return QSize(420, 210)

    def minimumSizeHint(self) -> QSize:
        """Below 240 x 150 px the month labels would overlap."""
        return QSize(240, 150)

    def show_data(self, data: Balances) -> None:
        """Draw `data` in the background and replace the picture when it is ready."""
        self._data = data
        self._renew(_("资产走势图,共 {n} 个月").format(n=len(data.months)))

    def _job(self, on: DrawingSurface) -> Callable[[], Drawn] | None:
        data = self._data
        return (lambda: draw(data, on)) if data is not None and data.months else None

    def _month_at(self, x: float) -> int | None:
        if self._shown is None or self._data is None or not self._data.months or not self.width():
            return None
        months = len(self._data.months)
        # the axes run from -0.6 to months - 0.4, so that the first month's place begins 0.1 into them
        share = (x / self.width() - self._shown.left) / (self._shown.right - self._shown.left)
        number = int(share * (months + 0.2) - 0.1)
        return number if share >= 0 and 0 <= number < months else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the month under the mouse with its amounts in yuan."""
        number = self._month_at(event.position().x())
        if number is None or self._data is None:
            QToolTip.hideText()
            return
        lines = [self._data.months[number]]
        series = (*self._data.parts, *((self._data.line,) if self._data.line else ()))
        lines += [f"{one.name}  {exact(one.values[number])}" for one in series]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Emit `chosen` with the month under a left click."""
        if event.button() == Qt.MouseButton.LeftButton:
            number = self._month_at(event.position().x())
            if number is not None:
                self.chosen.emit(number)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the tooltip."""
        QToolTip.hideText()
        super().leaveEvent(event)
