"""Icons by the names of pages and actions; qtawesome's icon font is loaded with the first icon."""

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
    "larger": "magnifying-glass-plus",
    "smaller": "magnifying-glass-minus",
    "size": "frame-corners",
    "undo": "arrow-counter-clockwise",
    "redo": "arrow-clockwise",
    "handbook": "book-open",
    "events": "megaphone",
    "prospect": "user-plus",
}


@cache
def _font() -> "IconicFont":
    from qtawesome.iconic_font import IconicFont

    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon of a page or an action (a key of `_GLYPHS`), in the theme's secondary ink unless `colour` is given."""
    c = colours()
    drawn: QIcon = _font().icon(f"ph.{_GLYPHS[name]}", color=colour or c.second, color_on=c.accent)
    return drawn
