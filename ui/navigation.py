"""The left side: the book with the date of its data, and the pages by icon, word and count; in a narrow window by icon."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)

from ui.registry import BY_NAME, LISTED
from ui.theme import px
from ui.widgets.icons import icon
from ui.widgets.parts import flow, label, restyle
from ui.zoom import measured
from workbench.base.dates import today
from workbench.base.day_words import distance
from workbench.base.i18n import _
from workbench.insight.measures.freshness import Freshness

#: its width in pixels, with words and with icons alone
_WIDE, _SLIM = 168, 56


class NavButton(QPushButton):
    """One page: its icon, its word, and how many wait there."""

    def __init__(self, name: str, word: str, shortcuts: Sequence[str]) -> None:
        super().__init__(word)
        self.name = name
        self._word = word
        self.setProperty("role", "nav")
        self.setAccessibleName(word)
        self.setCheckable(True)
        # may shrink before the date above is cut off
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        # the window listens to them: a button takes only one
        self.setToolTip(f"{word} ({' / '.join(shortcuts)})" if shortcuts else word)
        self.setIconSize(QSize(17, 17))
        self.count = label("", "second")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 10, 0)
        line.addStretch(1)
        line.addWidget(self.count)

    def slim(self, on: bool) -> None:
        """Show the icon alone; the first sign of the word until the icons are drawn."""
        self.setText((self._word[:1] if self.icon().isNull() else "") if on else self._word)
        self.count.setVisible(not on)

    def sizeHint(self) -> QSize:
        """At least 30 px high, the row height of the tables."""
        return super().sizeHint().expandedTo(QSize(0, 30))

    def minimumSizeHint(self) -> QSize:
        """On a low screen the buttons shrink to 18 px."""
        return QSize(0, 18)


class Navigation(QFrame):
    """The left side; `page_requested(name)` when a page is chosen."""

    page_requested = Signal(str)

    def __init__(self, book: str) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(_WIDE)
        self.book = label(book, "book", wrap=True)
        self.date = label("", "second", wrap=True)
        self.buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._slim = False
        self._fresh: Freshness | None = None
        layout = QVBoxLayout()
        layout.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(0)
        whole.addWidget(self.book)
        whole.addWidget(self.date)
        whole.addItem(_gap())
        for entry in LISTED:
            if entry.group:
                layout.addItem(_gap())
            made = NavButton(entry.name, entry.title(), entry.shortcuts)
            made.clicked.connect(lambda _checked=False, name=entry.name: self.page_requested.emit(name))
            self._group.addButton(made)
            self.buttons[entry.name] = made
            layout.addWidget(made)
        layout.addStretch(1)
        # on a screen too low for all of them they scroll
        self._places: QScrollArea = flow(layout)
        self._places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._places, 1)

    def slim(self, on: bool) -> None:
        """In a narrow window: icons alone, the day of the data without its year."""
        if on == self._slim:
            return
        self._slim = on
        self.setFixedWidth(px(_SLIM if on else _WIDE))
        measured(self)
        self.book.setVisible(not on)
        for made in self.buttons.values():
            made.slim(on)
        if self._fresh is not None:
            self.tell_date(self._fresh)

    def draw_icons(self) -> None:
        """Draw the icons, after the first page: loading the icon font would delay the start."""
        for name, made in self.buttons.items():
            made.setIcon(icon(name))
            if self._slim:
                made.slim(True)

    def mark(self, name: str) -> None:
        """Check the button of the page in front, or of the page it belongs under."""
        made = self.buttons[BY_NAME[name].under or name]
        made.setChecked(True)
        self._places.ensureWidgetVisible(made, 0, 0)

    def tell_count(self, name: str, count: int) -> None:
        """Show how many wait on a page; 0 shows nothing."""
        self.buttons[name].count.setText(f"{count:,}" if count else "")

    def tell_date(self, fresh: Freshness) -> None:
        """The date of the data; red and in words when it is old."""
        self._fresh = fresh
        if fresh.as_of is None:
            self.date.setText(_("还没有数据"))
            restyle(self.date, "role", "second")
            return
        ahead = fresh.as_of > today().isoformat()
        wrong = _("该导入新名单了") if fresh.stale else _("比今天晚,请核对电脑日期") if ahead else ""
        words = _("数据日期 {date} · {distance}").format(date=fresh.as_of, distance=distance(fresh.as_of))
        words += f" · {wrong}" if wrong else ""
        self.date.setText(fresh.as_of[5:] if self._slim else words)
        self.date.setToolTip(words if self._slim else "")
        restyle(self.date, "role", "red" if wrong else "second")


def _gap() -> QSpacerItem:
    """8 px between groups; on a low screen it goes before the date above is cut off."""
    return QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
