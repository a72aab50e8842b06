"""Icons by the words of this program; one icon font of qtawesome is loaded, when the first icon is asked for."""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from ui.registry import PAGES
from ui.theme import colours

if TYPE_CHECKING:
    from qtawesome.iconic_font import IconicFont

_GLYPHS = {entry.name: entry.glyph for entry in PAGES} | {
    "search": "magnifying-glass",
    "lock": "lock",
    "touch": "plus",
    "print": "printer",
    "back": "arrow-left",
    "handbook": "book-open",
}


@cache
def _font() -> "IconicFont":
    from qtawesome.iconic_font import IconicFont

    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon for a page or an action, in the ink of the theme unless told otherwise."""
    c = colours()
    drawn: QIcon = _font().icon(f"ph.{_GLYPHS[name]}", color=colour or c.second, color_on=c.accent)
    return drawn
