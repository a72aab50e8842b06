"""Chips: short words in a frame, each leading to where it comes from by a click, or Enter with the keyboard on it."""

from collections.abc import Callable

from ui.widgets.sources import Figure


class Chip(Figure):
    """A short word in a frame; `alarm` draws it in red."""

    def __init__(self, text: str, act: Callable[[], object], tip: str = "", *, alarm: bool = False) -> None:
        super().__init__(text, tip)
        self.setWordWrap(False)
        self.setProperty("role", "alarm_chip" if alarm else "chip")
        self.setAccessibleName(text)
        self.activated.connect(act)
