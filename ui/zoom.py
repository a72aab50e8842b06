"""How large everything is: one zoom for words and for the sizes that widgets were given in pixels, changed on the spot."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHeaderView, QMainWindow, QWidget

from ui import theme

#: percent; the one that windows are made for is 100
LEVELS = (80, 90, 100, 110, 125, 150, 175, 200)
#: milliseconds of rest before a size is taken: a turn of the wheel asks for several in a row
_REST = 60
#: what one notch of a wheel turns, in eighths of a degree
_NOTCH = 120
_UNSET = 16_777_215
#: what Qt notes on a widget whose least height comes from the style sheet, which has its own zoom
_BY_STYLE = "_q_stylesheet_minh"


def measured(widget: QWidget) -> None:
    """Say that the sizes of a widget were measured by its words, and need not grow with them again."""
    widget.setProperty("scaled", theme.zoom())


def scale(widget: QWidget) -> None:
    """Bring the least and the largest size that a widget was given in pixels to the zoom in force."""
    worn, wanted = widget.property("scaled") or 100, theme.zoom()
    if worn == wanted or isinstance(widget, QMainWindow):
        return
    widget.setProperty("scaled", wanted)

    def sized(pixels: int) -> int:
        """The same in the other zoom."""
        return round(pixels * wanted / worn)

    if isinstance(widget, QHeaderView):
        _scale_head(widget, sized, again=worn != 100)
    least, most = widget.minimumSize(), widget.maximumSize()
    if most.width() != _UNSET:
        widget.setMaximumWidth(sized(most.width()))
    if most.height() != _UNSET and most.height():
        widget.setMaximumHeight(sized(most.height()))
    if least.width():
        widget.setMinimumWidth(sized(least.width()))
    if least.height() and not widget.isWindow() and widget.property(_BY_STYLE) is None:
        widget.setMinimumHeight(sized(least.height()))


def _scale_head(head: QHeaderView, sized: Callable[[int], int], *, again: bool) -> None:
    widths = [head.sectionSize(at) for at in range(head.count())]
    head.setMinimumSectionSize(sized(head.minimumSectionSize()))
    head.setDefaultSectionSize(sized(head.defaultSectionSize()))
    if head.orientation() == Qt.Orientation.Horizontal and (again or head.isVisible()):
        for at, width in enumerate(widths):
            if head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
                head.resizeSection(at, sized(width))


def wear(widget: QWidget) -> None:
    """Bring a widget with all that stands in it to the zoom in force."""
    theme.dress(widget)
    behind = widget.property("scaled") != theme.zoom()
    for one in (widget, *widget.findChildren(QWidget)):
        scale(one)
    if behind and widget.isVisible() and not widget.isWindow():
        # what is measured by its words is measured again when its width changes
        size = widget.size()
        for width in (size.width() - 1, size.width()):
            widget.resize(width, size.height())


class Zoom(QObject):
    """The zoom of the program. `changed(percent)` after a person asked for another; `wears` answers what is in sight and
    follows at once."""

    changed = Signal(int)

    def __init__(self, app: QApplication, wears: Callable[[], list[QWidget]]) -> None:
        super().__init__()
        self._app = app
        self._wears = wears
        self._turned = 0
        self._wanted = theme.zoom()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._take)

    def step(self, steps: int) -> None:
        """So many levels larger, or smaller."""
        near = min(range(len(LEVELS)), key=lambda at: abs(LEVELS[at] - self._wanted))
        self.ask(LEVELS[max(0, min(len(LEVELS) - 1, near + steps))])

    def turn(self, eighths: int) -> None:
        """The wheel was turned with Ctrl held; a fine wheel adds up."""
        self._turned += eighths
        notches, self._turned = divmod(self._turned, _NOTCH) if self._turned >= 0 else (
            -((-self._turned) // _NOTCH), -((-self._turned) % _NOTCH),
        )  # fmt: skip
        if notches:
            self.step(notches)

    def ask(self, percent: int) -> None:
        """Take a zoom, after a moment in which another may be asked for."""
        self._wanted = percent
        self._rest.start()

    def begin(self) -> None:
        """Start from the zoom in force."""
        self._wanted = theme.zoom()

    def _take(self) -> None:
        if self._wanted == theme.zoom():
            return
        theme.set_zoom(self._app, self._wanted)
        for widget in self._wears():
            wear(widget)
        self.changed.emit(self._wanted)
