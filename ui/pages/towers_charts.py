"""How concentrated the assets are, as a picture: drawn away from the window, like every chart (domain 1, 一九/二八)."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts import ONE_AT_A_TIME
from ui.tasks import Tasks
from ui.theme import Colours, colours
from workbench.i18n import _
from workbench.insight.towers.facts import Curve


@dataclass(frozen=True, slots=True)
class Picture:
    """Drawn pixels."""

    rgba: bytes
    width: int
    height: int


def draw_curve(curve: Curve, width: int, height: int, ratio: float, c: Colours) -> Picture:
    """The cumulative share of assets over the share of customers, at `width` x `height` pixels. Runs on any thread."""
    with ONE_AT_A_TIME:
        return _draw(curve, width, height, ratio, c)


def _draw(curve: Curve, width: int, height: int, ratio: float, c: Colours) -> Picture:
    from importlib.resources import as_file, files

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.ticker import PercentFormatter

    dpi = 100 * ratio
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=c.card)
    canvas = FigureCanvasAgg(figure)
    with as_file(files("resources") / "fonts" / "WorkbenchSansSC-Regular.otf") as path:
        font = FontProperties(fname=str(path), size=8)
        axes = figure.add_subplot(facecolor=c.card)
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
        axes.tick_params(colors=c.second, length=0)
        for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            text.set_fontproperties(font)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(c.line)
        axes.grid(axis="y", color=c.line, linewidth=0.6)
        axes.set_axisbelow(True)
        figure.subplots_adjust(
            left=38 * ratio / width, right=1 - 16 * ratio / width, bottom=20 * ratio / height, top=1 - 4 * ratio / height
        )  # fmt: skip
        canvas.draw()  # type: ignore[no-untyped-call]
    return Picture(bytes(canvas.buffer_rgba()), *canvas.get_width_height())  # type: ignore[no-untyped-call]


class CurveChart(QWidget):
    """Shows the curve of a board; the figures beside it say the same in words."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._curve: Curve | None = None
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._ask)

    def sizeHint(self) -> QSize:
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    @property
    def drawn(self) -> bool:
        """Whether the picture of the present curve is there, or there is nothing to draw."""
        return self._picture is not None or self._curve is None or self._curve.top10 is None

    def show_curve(self, curve: Curve) -> None:
        self._curve = curve
        self._picture = None
        self.setAccessibleName(_("资产集中度曲线,共 {n} 位客户").format(n=curve.customers))
        self.update()
        self._soon.start()

    def _ask(self) -> None:
        curve = self._curve
        if curve is None or curve.top10 is None or self.width() < 60 or self.height() < 60:
            return
        ratio, c = self.devicePixelRatioF(), colours()
        width, height = int(self.width() * ratio), int(self.height() * ratio)
        self._tasks.run(
            lambda: draw_curve(curve, width, height, ratio, c),
            self._show,
            owner=self,
            where="files",
            key=(self, "draw"),
        )

    def _show(self, drawn: Picture) -> None:
        self._picture = QImage(drawn.rgba, drawn.width, drawn.height, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is not None:
            painter = QPainter(self)
            painter.drawImage(self.rect(), self._picture)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()
