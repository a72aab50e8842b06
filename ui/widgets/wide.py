"""A wide window: from which width on room serves the reasons instead of staying white; a pair that lies side by side there."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.theme import px

#: width of a page in pixels from which it is laid out for a wide window
WIDE = 1500
#: width in pixels from which two parts of a row lie side by side
_PAIR = 1100


class Abreast(QWidget):
    """Two parts, one above the other, side by side where there is room; `shares`: what each takes of it."""

    def __init__(
        self,
        first: QVBoxLayout,
        second: QVBoxLayout,
        shares: tuple[int, int] = (1, 1),
        *,
        spacing: int = 4,
        gap: int = 24,
    ) -> None:
        super().__init__()
        self._shares = shares
        self._spacing, self._gap = spacing, gap
        self._sides = (first, second)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for one in self._sides:
            one.addStretch(1)
            self._line.addLayout(one)
        self._turn(wide=False)

    @property
    def wide(self) -> bool:
        """Whether the parts lie side by side."""
        return self._line.direction() == QBoxLayout.Direction.LeftToRight

    def _turn(self, *, wide: bool) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if wide else down)
        self._line.setSpacing(self._gap if wide else self._spacing)
        for one, share in zip(self._sides, self._shares, strict=True):
            self._line.setStretchFactor(one, share if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out for the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the parts out for words of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_line"):
            self._fit()

    def _fit(self) -> None:
        if (wide := self.width() >= px(_PAIR)) != self.wide:
            self._turn(wide=wide)
