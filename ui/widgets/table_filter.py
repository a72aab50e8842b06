"""The values of a column to choose from, with how many rows have each; what is not known is a value of its own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.widgets.parts import button, label, row
from ui.widgets.table_order import UNKNOWN
from workbench.base.i18n import _

#: values that are listed; typing finds the others
_MOST = 500
_ROLE = Qt.ItemDataRole.UserRole


def value_word(text: str) -> str:
    """A value as the list names it."""
    words = " ".join(text.split())
    return _("—(没有或不知道)") if text.strip() in UNKNOWN else words


class FilterPopup(QFrame):
    """Opens below a head. Typing narrows the values, Space ticks one, Enter takes them, Esc gives up; `taken` gets the texts
    that were ticked, None for all of them."""

    def __init__(
        self,
        title: str,
        values: Sequence[tuple[str, int]],
        kept: frozenset[str] | None,
        taken: Callable[[frozenset[str] | None], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._values = list(values)
        self._ticked = {text for text, _count in values if kept is None or text in kept}
        self._taken = taken
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("输入几个字,只留下对得上的值"))
        self.search.setAccessibleName(_("在“{title}”的值里找").format(title=title))
        self.list = QListWidget()
        self.list.setAccessibleName(_("“{title}”的值").format(title=title))
        self.list.setMinimumSize(220, 200)
        self.more = label("", "second", wrap=True)
        self.all = button(_("全选"), lambda: self._tick_all(True), "link")
        self.none = button(_("全不选"), lambda: self._tick_all(False), "link")
        self.take = button(_("只看勾选的"), self._take, "primary", tip="Enter")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 8, 8, 8)
        for part in (self.search, self.list, self.more):
            inside.addWidget(part)
        inside.addLayout(row(self.all, self.none, None, self.take))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list.itemChanged.connect(self._changed)
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Open with the keyboard in the search, inside the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width())
        y = min(place.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), x), max(screen.top(), y))
        self.show()
        self.search.setFocus()

    def _fill(self) -> None:
        wanted = self.search.text().strip().lower()
        seen = [one for one in self._values if wanted in value_word(one[0]).lower()]
        self.list.blockSignals(True)
        self.list.clear()
        for text, count in seen[:_MOST]:
            item = QListWidgetItem(f"{value_word(text)}  {count:,}")
            item.setToolTip(text)
            item.setData(_ROLE, text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if text in self._ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        left = len(seen) - _MOST
        self.more.setText(_("还有 {n} 个值,输入几个字缩小范围。").format(n=f"{left:,}"))
        self.more.setVisible(left > 0)
        self._tell()

    def _shown(self) -> list[str]:
        return [str(self.list.item(at).data(_ROLE)) for at in range(self.list.count())]

    def _tick_all(self, on: bool) -> None:
        (self._ticked.update if on else self._ticked.difference_update)(
            self._shown() if self.search.text() else [text for text, _count in self._values]
        )
        self._fill()

    def _changed(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        (self._ticked.add if on else self._ticked.discard)(str(item.data(_ROLE)))
        self._tell()

    def _chosen(self) -> frozenset[str] | None:
        """With a text in the search only what it finds counts, as in a spreadsheet."""
        every = {text for text, _count in self._values}
        ticked = self._ticked & (set(self._shown()) if self.search.text().strip() else every)
        return None if ticked == every else frozenset(ticked)

    def _tell(self) -> None:
        chosen = self._chosen()
        self.take.setEnabled(chosen is None or bool(chosen))

    def _take(self) -> None:
        if self.take.isEnabled():
            chosen = self._chosen()
            self.close()
            self._taken(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the ticked values wherever the keyboard is; Down goes from the search to the list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            link = focused in (self.all, self.none)
            self._tick_all(focused is self.all) if link else self._take()
        elif key == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)
