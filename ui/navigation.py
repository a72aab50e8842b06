"""The left side: the book with the date of its data, and the pages by icon, word and count."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)

from ui.registry import BY_NAME, LISTED
from ui.widgets.icons import icon
from ui.widgets.parts import label, restyle
from workbench.base.i18n import _
from workbench.insight.measures.freshness import Freshness


class NavButton(QPushButton):
    """One page: its icon, its word, and how many wait there."""

    def __init__(self, name: str, word: str, shortcuts: Sequence[str]) -> None:
        super().__init__(word)
        self.name = name
        self.setProperty("role", "nav")
        self.setCheckable(True)
        # may shrink before the date above is cut off
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        # the window listens to them: a button takes only one
        self.setToolTip(f"{word} ({' / '.join(shortcuts)})" if shortcuts else word)
        self.setIconSize(QSize(17, 17))
        self.count = label("", "second")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 10, 0)
        line.addStretch(1)
        line.addWidget(self.count)

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
        self.setFixedWidth(168)
        self.book = label(book, "book", wrap=True)
        self.date = label("", "second", wrap=True)
        self.buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(0)
        layout.addWidget(self.book)
        layout.addWidget(self.date)
        layout.addItem(_gap())
        for entry in LISTED:
            if entry.group:
                layout.addItem(_gap())
            made = NavButton(entry.name, entry.title(), entry.shortcuts)
            made.clicked.connect(lambda _checked=False, name=entry.name: self.page_requested.emit(name))
            self._group.addButton(made)
            self.buttons[entry.name] = made
            layout.addWidget(made)
        layout.addStretch(1)

    def draw_icons(self) -> None:
        """Draw the icons, after the first page: loading the icon font would delay the start."""
        for name, made in self.buttons.items():
            made.setIcon(icon(name))

    def mark(self, name: str) -> None:
        """Check the button of the page in front, or of the page it belongs under."""
        self.buttons[BY_NAME[name].under or name].setChecked(True)

    def tell_count(self, name: str, count: int) -> None:
        """Show how many wait on a page; 0 shows nothing."""
        self.buttons[name].count.setText(f"{count:,}" if count else "")

    def tell_date(self, fresh: Freshness) -> None:
        """The date of the data; red and in words when it is old."""
        if fresh.as_of is None:
            self.date.setText(_("还没有数据"))
            restyle(self.date, "role", "second")
            return
        words = _("数据日期 {date} · {days} 天前").format(date=fresh.as_of, days=fresh.days)
        self.date.setText(words + (" · " + _("该导入新名单了") if fresh.stale else ""))
        restyle(self.date, "role", "red" if fresh.stale else "second")


def _gap() -> QSpacerItem:
    """8 px between groups; on a low screen it goes before the date above is cut off."""
    return QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
