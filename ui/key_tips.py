"""Alt and a letter press a button: while Alt is held, each button in sight bears its letter, the initial of its words."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QTabBar, QWidget
from shiboken6 import isValid

from ui.theme import colours, px

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: the first code of GB 2312's common characters with each initial: they stand in the order of their sound
_SOUNDS = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"), (0xB9FE, "H"),
    (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"), (0xC5BE, "P"), (0xC6DA, "Q"),
    (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"), (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
_LAST = 0xD7F9
#: buttons with keys of their own: pages, and the acts of a row
_OTHERWISE = frozenset({"nav", "act"})


def initial(sign: str) -> str:
    """The letter that a sign begins with, 'D' of 打; '' for what has none."""
    if sign.isascii():
        return sign.upper() if sign.isalpha() else ""
    try:
        high, low = sign.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return ""
    code = high << 8 | low
    return next((letter for first, letter in reversed(_SOUNDS) if first <= code), "") if code <= _LAST else ""


def wishes(words: str) -> Iterator[str]:
    """The letters for a button in the order in which they say most of it: of each word or sign the first, then the rest."""
    signs = words.strip()
    starts = [at for at, sign in enumerate(signs) if at == 0 or not sign.isascii() or signs[at - 1] == " "]
    for at in (*starts, *range(len(signs))):
        if letter := initial(signs[at]):
            yield letter


def letters(buttons: Iterable[QAbstractButton]) -> dict[str, QAbstractButton]:
    """Letter -> button, each once, the first buttons first; one more than there are letters has none."""
    given: dict[str, QAbstractButton] = {}
    rest: list[QAbstractButton] = []
    for button in buttons:
        own = QKeySequence.mnemonic(button.text()).toString().removeprefix("Alt+")
        if own and own not in given:
            given[own] = button
        else:
            rest.append(button)
    for button in rest:
        free = (letter for letter in (*wishes(_words(button)), *_ALPHABET) if letter not in given)
        if letter := next(free, ""):
            given[letter] = button
    return given


def pressable(window: QWidget) -> list[QAbstractButton]:
    """The buttons of a window that can be seen and pressed now, choices and links last, each group from the top left."""
    places: list[tuple[int, int, int, int, QAbstractButton]] = []
    for number, button in enumerate(window.findChildren(QAbstractButton)):
        if (
            button.window() is not window
            or not button.isVisible()
            or not button.isEnabled()
            or not _words(button)
        ):
            continue
        if button.property("role") in _OTHERWISE or isinstance(button.parent(), QTabBar) or _in_list(button):
            continue
        if not button.visibleRegion().isEmpty():
            corner = button.mapTo(window, QPoint(0, 0))
            places.append((_rank(button), corner.y(), corner.x(), number, button))
    return [place[-1] for place in sorted(places, key=lambda place: place[:-1])]


def _rank(button: QAbstractButton) -> int:
    """The lower, the sooner a button gets its letter: a dialog has more choices than there are letters."""
    role = button.property("role")
    return 0 if role == "primary" else 3 if role == "link" else 2 if button.isCheckable() else 1


def _words(button: QAbstractButton) -> str:
    return (button.text() or button.accessibleName()).replace("&", "")


def _in_list(button: QAbstractButton) -> bool:
    above = button.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractItemView):
            return True
        above = above.parentWidget()
    return False


class KeyTips(QWidget):
    """The letters over one window, while Alt is held."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.given = letters(pressable(window))
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each letter on a small plate at the upper left corner of its button."""
        painter = QPainter(self)
        c = colours()
        font = self.font()
        font.setPixelSize(px(11))
        font.setBold(True)
        painter.setFont(font)
        for letter, button in self.given.items():
            if not isValid(button) or not button.isVisible():
                continue
            corner = button.mapTo(self.window(), QPoint(-3, -5))
            plate = QRect(max(0, corner.x()), max(0, corner.y()), px(16), px(15))
            painter.fillRect(plate, QColor(c.accent))
            painter.setPen(QColor(c.on_accent))
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), letter)
        painter.end()


class AltKeys:
    """Shows the letters when Alt goes down, presses their buttons, and takes them away with Alt or anything else."""

    def __init__(self) -> None:
        self.tips: KeyTips | None = None

    def watch(self, kind: QEvent.Type, watched: QObject, event: QEvent) -> bool:
        """Act on a key that goes down or up; True when it pressed a button."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if kind is QEvent.Type.KeyRelease:
            if event.key() == Qt.Key.Key_Alt:
                self.hide()
            return False
        window = watched.window()
        if event.key() == Qt.Key.Key_Alt:
            if event.modifiers() in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier):
                self.show(window)
            return False
        if event.modifiers() != Qt.KeyboardModifier.AltModifier or not window.isVisible():
            self.hide()
            return False
        given = (
            self.tips.given if self._over(window) and self.tips is not None else letters(pressable(window))
        )
        code = event.key()
        button = given.get(chr(code)) if Qt.Key.Key_A <= code <= Qt.Key.Key_Z else None
        self.hide()
        if button is None or not isValid(button) or not button.isEnabled():
            return False
        button.click()
        return True

    def show(self, window: QWidget) -> None:
        """Show the letters over a window, once."""
        if not self._over(window):
            self.hide()
            self.tips = KeyTips(window)

    def hide(self) -> None:
        """Take the letters away."""
        tips, self.tips = self.tips, None
        if tips is not None and isValid(tips):
            tips.hide()
            tips.deleteLater()

    def _over(self, window: QWidget) -> bool:
        return self.tips is not None and isValid(self.tips) and self.tips.parentWidget() is window
