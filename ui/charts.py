"""Balances over months as a picture: matplotlib is imported and draws away from the window, when first shown."""

import threading
from dataclasses import dataclass
from importlib.resources import as_file, files

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.tasks import Tasks
from ui.theme import Colours, colours
from ui.words import exact
from workbench.i18n import _

#: matplotlib's text engine is not made for two threads at once
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over the months, in fen; None where a month does not tell."""

    name: str
    values: tuple[int | None, ...]
    #: what no other part covers, drawn as quietly as the frame
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Balances:
    """Bars stacked from `parts`, a line for `line`, a dashed level at `level` fen (the own tier's line)."""

    months: tuple[str, ...]
    parts: tuple[Series, ...]
    line: Series | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture and where the months stand in it, as shares of its width."""

    rgba: bytes
    width: int
    height: int
    left: float
    right: float


def draw(data: Balances, width: int, height: int, c: Colours) -> Drawn:
    """Draw at `width` x `height` pixels. Runs on any thread."""
    with ONE_AT_A_TIME:
        return _draw(data, width, height, c)


def _draw(data: Balances, width: int, height: int, c: Colours) -> Drawn:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.ticker import MaxNLocator

    dpi = 100
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=c.card)
    canvas = FigureCanvasAgg(figure)
    with as_file(files("resources") / "fonts" / "WorkbenchSansSC-Regular.otf") as path:
        font = FontProperties(fname=str(path), size=8)
        axes = figure.add_subplot(facecolor=c.card)
        places = range(len(data.months))
        base = [0.0] * len(data.months)
        tones = (c.deep, c.pale, c.accent, c.second)
        for number, part in enumerate(data.parts):
            heights = [(value or 0) / 1_000_000 for value in part.values]
            axes.bar(
                places,
                heights,
                0.68,
                bottom=base,
                color=c.line if part.rest else tones[number % len(tones)],
                label=part.name,
            )
            base = [low + high for low, high in zip(base, heights, strict=True)]
        if data.line is not None:
            points = [float("nan") if v is None else v / 1_000_000 for v in data.line.values]
            axes.plot(
                places, points, color=c.ink, linewidth=1.4, marker="o", markersize=2.5, label=data.line.name
            )
        if data.level:
            axes.axhline(data.level / 1_000_000, color=c.red, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.set_xlim(-0.6, len(data.months) - 0.4)
        axes.set_ylim(bottom=0)
        step = max(1, -(-len(data.months) // max(1, width // 52)))
        axes.set_xticks(list(places)[::step], [month[2:] for month in data.months][::step])
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.tick_params(colors=c.second, length=0)
        for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            text.set_fontproperties(font)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(c.line)
        axes.grid(axis="y", color=c.line, linewidth=0.6)
        axes.set_axisbelow(True)
        if data.parts or data.line:
            axes.legend(
                prop=font, frameon=False, labelcolor=c.second, ncols=6, columnspacing=1.0, handletextpad=0.4, loc="lower left",
                bbox_to_anchor=(-0.01, 1.0), borderaxespad=0.2, handlelength=1.0,
            )  # fmt: skip
        figure.subplots_adjust(left=48 / width, right=1 - 8 / width, bottom=24 / height, top=1 - 26 / height)
        canvas.draw()  # type: ignore[no-untyped-call]
    box = axes.get_position()
    shown = len(data.months)
    inset = (box.x1 - box.x0) * 0.1 / shown if shown else 0.0
    return Drawn(
        bytes(canvas.buffer_rgba()),  # type: ignore[no-untyped-call]
        *canvas.get_width_height(),
        left=box.x0 + inset,
        right=box.x1 - inset,
    )


class BalanceChart(QWidget):
    """The picture with a tooltip for the month under the mouse; `chosen(month number)` on a click."""

    chosen = Signal(int)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._data: Balances | None = None
        self._picture: QImage | None = None
        self._drawn: Drawn | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._ask)

    def sizeHint(self) -> QSize:
        return QSize(420, 210)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    @property
    def drawn(self) -> bool:
        """Whether the picture of the present data is there."""
        return self._picture is not None

    def show_data(self, data: Balances) -> None:
        self._data = data
        self._picture = None
        self.setAccessibleName(_("资产走势图,共 {n} 个月").format(n=len(data.months)))
        self.update()
        self._soon.start()

    def _ask(self) -> None:
        data = self._data
        if data is None or not data.months or self.width() < 60 or self.height() < 60:
            return
        ratio = self.devicePixelRatioF()
        width, height, c = int(self.width() * ratio), int(self.height() * ratio), colours()
        self._tasks.run(
            lambda: draw(data, width, height, c), self._show, owner=self, where="files", key=(self, "draw")
        )

    def _show(self, drawn: Drawn) -> None:
        self._drawn = drawn
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

    def _month_at(self, x: float) -> int | None:
        if self._drawn is None or self._data is None or not self.width():
            return None
        share = (x / self.width() - self._drawn.left) / (self._drawn.right - self._drawn.left)
        number = int(share * len(self._data.months))
        return number if share >= 0 and number < len(self._data.months) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._month_at(event.position().x())
        if number is None or self._data is None:
            QToolTip.hideText()
            return
        lines = [self._data.months[number]]
        series = (*self._data.parts, *((self._data.line,) if self._data.line else ()))
        lines += [f"{one.name}  {exact(one.values[number])}" for one in series]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            number = self._month_at(event.position().x())
            if number is not None:
                self.chosen.emit(number)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)
