"""Icons by the words of this program; one icon font of qtawesome is loaded, when the first icon is asked for."""

from functools import cache
from typing import Any

from PySide6.QtGui import QIcon

from ui.theme import colours

_GLYPHS = {
    "week": "calendar-check",
    "customers": "users",
    "portrait": "user-focus",
    "warnings": "warning",
    "plan": "clipboard-text",
    "picker": "funnel",
    "towers": "stack",
    "genes": "users-three",
    "matrix": "grid-four",
    "pivot": "chart-bar",
    "tags": "tag",
    "imports": "file-arrow-down",
    "settings": "gear-six",
    "search": "magnifying-glass",
    "lock": "lock",
    "touch": "plus",
    "print": "printer",
    "back": "arrow-left",
}


@cache
def _font() -> Any:
    from qtawesome.iconic_font import IconicFont

    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon for a page or an action, in the ink of the theme unless told otherwise."""
    c = colours()
    drawn: QIcon = _font().icon(f"ph.{_GLYPHS[name]}", color=colour or c.second, color_on=c.accent)
    return drawn
