"""The method handbook in a window: contents, the text, a search. Read-only; Chinese in every language."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import colours
from ui.widgets.markdown import style, to_html
from ui.widgets.parts import beside, button, label, row
from workbench.base.handbook import sections
from workbench.base.i18n import _

_ANCHOR = Qt.ItemDataRole.UserRole


def open_handbook(over: QWidget, number: str = "") -> "HandbookDialog":
    """The window's one handbook, at a section; it stays open beside the work."""
    window = over.window()
    shown = window.findChild(HandbookDialog)
    if shown is None:
        shown = HandbookDialog(window, number)
        shown.show()
    else:
        shown.show_section(number)
        shown.activateWindow()
    return shown


class Find(QLineEdit):
    """Enter finds the next, Shift+Enter the one before."""

    def __init__(self, handbook: "HandbookDialog") -> None:
        super().__init__()
        self._handbook = handbook

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._handbook.step(-1 if back else 1)
            return
        super().keyPressEvent(event)


class HandbookDialog(QDialog):
    """Open on a section by its number ('4.4'), else at the beginning. Ctrl+F searches, Esc closes."""

    def __init__(self, parent: QWidget | None = None, number: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("客户经理工作台 · 口径手册"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 680)
        self._found: list[QTextCursor] = []
        self._at = -1
        self._number = number
        self.search = Find(self)
        self.search.setPlaceholderText(_("在手册里查找    Ctrl+F"))
        self.search.setAccessibleName(_("在手册里查找"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.count = label("", "second")
        self.count.setMinimumWidth(64)
        before = button(_("上一处"), lambda: self.step(-1), tip="Shift+Enter")
        after = button(_("下一处"), lambda: self.step(1), tip="Enter")
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("目录"))
        self.contents.setMinimumWidth(180)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("口径手册"))
        self.text.setOpenExternalLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.document().setDefaultStyleSheet(style(colours()))
        self.text.document().setDocumentMargin(16)
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(row(self.search, self.count, before, after))
        layout.addWidget(beside(self.contents, self.text, (240, 700), (0, 1)), 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        QShortcut(QKeySequence.StandardKey.Find, self, self._ask)
        QShortcut(QKeySequence.StandardKey.FindNext, self, lambda: self.step(1))
        self.contents.setFocus()
        self.show_section(number)

    def _fill(self) -> None:
        whole = sections()
        self.text.setHtml(to_html(whole))
        for section in whole:
            item = QListWidgetItem("    " * (section.level - 2) + section.name)
            item.setToolTip(section.name)
            item.setData(_ANCHOR, section.number)
            self.contents.addItem(item)
        self.contents.currentItemChanged.connect(self._go)
        self.contents.itemClicked.connect(self._go)

    # -- sections ------------------------------------------------------------------------------------------

    def show_section(self, number: str) -> None:
        """Choose it in the contents and scroll to it; an item ('4.5-9') by the section it stands in."""
        self._number = number
        own = number.partition("-")[0]
        for place in range(self.contents.count()):
            if self.contents.item(place).data(_ANCHOR) == own:
                self.contents.setCurrentRow(place)
        self._scroll(number)

    def showEvent(self, event: QShowEvent) -> None:
        """It may be made smaller to fit the screen, and its lines break anew."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self._scroll(self._number))

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._scroll(item.data(_ANCHOR))

    def _scroll(self, number: str) -> None:
        self._lay_out()
        if number:
            self.text.scrollToAnchor(number)
        else:
            self.text.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        """Qt lays a long text out little by little; how far one can scroll is known only when it is done."""
        self.text.document().documentLayout().pageCount()

    # -- search --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, words: str) -> None:
        """All places of the words, shown at once; the view goes to the first from where it stands."""
        document, self._found, self._at = self.text.document(), [], -1
        found = document.find(words) if words else QTextCursor()
        while not found.isNull():
            self._found.append(found)
            found = document.find(words, found, QTextDocument.FindFlag(0))
        self.count.setText(_("没有找到") if words and not self._found else "")
        if self._found:
            top = self.text.cursorForPosition(self.text.viewport().rect().topLeft()).position()
            first = next((at for at, one in enumerate(self._found) if one.position() >= top), 0)
            self._show(first)
        else:
            self.text.setExtraSelections([])

    def step(self, by: int) -> None:
        """The next place, or the one before; around at the ends."""
        if self._found:
            self._show((self._at + by) % len(self._found))

    def _show(self, at: int) -> None:
        self._at = at
        here = self._found[at]
        cursor = QTextCursor(here)
        cursor.setPosition(here.selectionStart())
        self._lay_out()
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self.count.setText(f"{at + 1} / {len(self._found)}")
        self.text.setExtraSelections([_marked(one, one is here) for one in self._found])


def _marked(cursor: QTextCursor, current: bool) -> QTextEdit.ExtraSelection:
    """A place that was found; the current one stands out."""
    chosen, made = colours(), QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format.setBackground(QColor(chosen.accent if current else chosen.soft))
    if current:
        made.format.setForeground(QColor(chosen.on_accent))
    return made
