"""Pictures drawn by matplotlib away from the window: it is imported only when the first chart is shown."""

import threading
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.tasks import Tasks
from ui.theme import Colours, colours, zoom

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

#: matplotlib's text engine is not made for two threads at once
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class DrawingSurface:
    """Where to draw: pixels, screen pixels per pixel of the window, and the colours in use."""

    width: int
    height: int
    ratio: float
    colours: Colours


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture and where its axes begin and end, as shares of its width."""

    rgba: bytes
    width: int
    height: int
    left: float
    right: float


def picture(
    on: DrawingSurface,
    plot: Callable[["Axes", "FontProperties"], None],
    *,
    left: int,
    right: int,
    bottom: int,
    top: int,
) -> Drawn:
    """Let `plot` draw on quiet axes with these margins (pixels of the window). Runs on any thread."""
    with _ONE_AT_A_TIME:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties

        c, dpi = on.colours, 100 * on.ratio
        figure = Figure(figsize=(on.width / dpi, on.height / dpi), dpi=dpi, facecolor=c.card)
        canvas = FigureCanvasAgg(figure)
        with as_file(files("resources") / "fonts" / "WorkbenchSansSC-Regular.otf") as path:
            font = FontProperties(fname=str(path), size=8)
            axes = figure.add_subplot(facecolor=c.card)
            plot(axes, font)
            _dress(axes, font, c)
            across, up = on.ratio / on.width, on.ratio / on.height
            figure.subplots_adjust(
                left=left * across, right=1 - right * across, bottom=bottom * up, top=1 - top * up
            )
            canvas.draw()  # type: ignore[no-untyped-call]
        box = axes.get_position()
        return Drawn(
            bytes(canvas.buffer_rgba()),  # type: ignore[no-untyped-call]
            *canvas.get_width_height(),
            left=box.x0,
            right=box.x1,
        )


def _dress(axes: "Axes", font: "FontProperties", c: Colours) -> None:
    axes.tick_params(colors=c.second, length=0)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_fontproperties(font)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(c.line)
    axes.grid(axis="y", color=c.line, linewidth=0.6)
    axes.set_axisbelow(True)


class DrawnChart(QWidget):
    """A picture of what `_job` draws, made anew when the data or the size changes."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._picture: QImage | None = None
        self._shown: Drawn | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._ask)

    @property
    def drawn(self) -> bool:
        """Whether the picture of the present data is ready."""
        return self._picture is not None

    @abstractmethod
    def _job(self, on: DrawingSurface) -> Callable[[], Drawn] | None:
        """The drawing of the present data, to be run on a thread; None when there is nothing to draw."""

    def _renew(self, name: str) -> None:
        """Drop the picture and draw the new data; `name` describes it to a screen reader."""
        self._picture = None
        self.setAccessibleName(name)
        self.update()
        self._soon.start()

    def _ask(self) -> None:
        if self.width() < 60 or self.height() < 60:
            return
        ratio = self.devicePixelRatioF()
        job = self._job(
            DrawingSurface(
                int(self.width() * ratio), int(self.height() * ratio), ratio * zoom() / 100, colours()
            )
        )
        if job is not None:
            self._tasks.run(job, self._show, owner=self, where="files", key=(self, "draw"))

    def _show(self, drawn: Drawn) -> None:
        self._shown = drawn
        self._picture = QImage(drawn.rgba, drawn.width, drawn.height, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture over the whole widget; until it is ready, nothing."""
        if self._picture is not None:
            painter = QPainter(self)
            painter.drawImage(self.rect(), self._picture)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the picture anew for the new size, once the size rests for 60 ms."""
        super().resizeEvent(event)
        self._soon.start()
