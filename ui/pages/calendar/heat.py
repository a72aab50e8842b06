"""How full a day is: six steps that differ in lightness, in the length of a bar and in a word."""

from PySide6.QtGui import QColor

from ui.theme import Colours, colours
from workbench.base.i18n import _

#: minutes that rounding may put over a capacity
_ROUNDING = 0.5
#: how much of the accent each step has
_SHARES = (0.0, 0.12, 0.26, 0.42, 0.78, 1.0)
OVER = len(_SHARES) - 1


def step_of(load: float, capacity: float) -> int:
    """0 nothing planned, 1 to 4 by quarters of the capacity, 5 over it. Both in minutes."""
    if load <= 0:
        return 0
    if load > capacity + _ROUNDING:
        return OVER
    return 1 + min(3, int(load / capacity * 4))


def share_of(load: float, capacity: float) -> float:
    """The length of the bar, 0..1."""
    return min(1.0, load / capacity) if capacity > 0 else float(load > 0)


def ground_of(step: int, c: Colours | None = None) -> QColor:
    """The colour of a step in the theme in force, or in `c`."""
    c = c or colours()
    low, high, share = QColor(c.card), QColor(c.accent), _SHARES[step]
    parts = [
        round(a + (b - a) * share)
        for a, b in zip(low.toTuple()[:3], high.toTuple()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts)


def ink_on(ground: QColor, c: Colours | None = None) -> QColor:
    """The colour of words that can be read on a ground: the ink, or the colour of the cards."""
    c = c or colours()
    return max((QColor(c.ink), QColor(c.card)), key=lambda ink: contrast(ink, ground))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21, as WCAG reckons it."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def _light(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def step_words() -> tuple[str, ...]:
    """The words of the steps for the legend."""
    return (_("没有安排"), _("不到 1/4"), _("不到一半"), _("不到 3/4"), _("到排满"), _("超出"))
