"""One side of a tab: what acts on a table above the table, which has the height that is left."""

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import column

#: pixels that the table keeps in a low window
_LEAST = 160


def table_side(*parts: QWidget) -> QWidget:
    """The parts below each other, the table last."""
    side = QWidget()
    inside = column(*parts)
    inside.setStretch(len(parts) - 1, 1)
    inside.addStretch(0)
    inside.setContentsMargins(0, 0, 0, 0)
    parts[-1].setMinimumHeight(_LEAST)
    side.setLayout(inside)
    return side
