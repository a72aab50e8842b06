"""How concentrated the assets are, as a curve drawn in the background like every chart (domain 1, 一九/二八)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from ui.tasks import Tasks
from ui.widgets.drawing import DrawingSurface, Drawn, DrawnChart, picture
from workbench.base.i18n import _
from workbench.insight.towers.facts import Curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties


def draw_curve(curve: Curve, on: DrawingSurface) -> Drawn:
    """The cumulative share of assets over the share of customers. Runs on any thread."""
    c = on.colours

    def plot(axes: "Axes", _font: "FontProperties") -> None:
        """The curve over the diagonal of equal shares, with drops at 10 % and 20 % of the customers."""
        from matplotlib.ticker import PercentFormatter

        xs, ys = zip(*curve.points, strict=True)
        axes.plot((0, 1), (0, 1), color=c.line, linewidth=0.9)
        axes.fill_between(xs, ys, color=c.soft)
        axes.plot(xs, ys, color=c.accent, linewidth=1.6)
        for share, held in ((0.1, curve.top10), (0.2, curve.top20)):
            if held is not None:
                axes.plot((share, share), (0, held), color=c.second, linewidth=0.8, linestyle=(0, (3, 3)))
                axes.plot((share,), (held,), marker="o", markersize=4, color=c.accent)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.04)
        for axis, places in ((axes.xaxis, (0, 0.2, 0.5, 1)), (axes.yaxis, (0, 0.5, 1))):
            axis.set_ticks(places)
            axis.set_major_formatter(PercentFormatter(1, 0))

    return picture(on, plot, left=38, right=16, bottom=20, top=4)


class CurveChart(DrawnChart):
    """Shows the curve of a board; the figures beside it say the same in words."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._curve: Curve | None = None

    def sizeHint(self) -> QSize:
        """240 x 120 px, the fourth tile of the page."""
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        """Below 160 x 100 px the ticks would overlap."""
        return QSize(160, 100)

    @property
    def drawn(self) -> bool:
        """Whether the picture is ready, or there is nothing to draw."""
        return super().drawn or self._curve is None or self._curve.top10 is None

    def show_curve(self, curve: Curve) -> None:
        """Draw a curve in the background."""
        self._curve = curve
        self._renew(_("资产集中度曲线,共 {n} 位客户").format(n=curve.customers))

    def _job(self, on: DrawingSurface) -> Callable[[], Drawn] | None:
        curve = self._curve
        return (lambda: draw_curve(curve, on)) if curve is not None and curve.top10 is not None else None
