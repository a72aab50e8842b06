"""The method handbook in a window: contents, the text, a search. Read-only; Chinese in every language."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent, QTextOption
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from ui.theme import colours
from ui.widgets.find_bar import FindBar, lay_out
from ui.widgets.markdown import style, to_html
from ui.widgets.parts import beside, button, row
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


class HandbookDialog(QDialog):
    """Open on a section by its number ('4.4'), else at the beginning. Ctrl+F searches, Esc closes."""

    def __init__(self, parent: QWidget | None = None, number: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("客户经理工作台 · 口径手册"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 680)
        self._number = number
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
        self.finder = FindBar(self.text, _("在手册里查找    Ctrl+F"), _("在手册里查找"))
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.finder)
        layout.addWidget(beside(self.contents, self.text, (240, 700), (0, 1)), 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        QShortcut(QKeySequence.StandardKey.Find, self, self.finder.ask)
        QShortcut(QKeySequence.StandardKey.FindNext, self, lambda: self.finder.step(1))
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
        lay_out(self.text)
        if number:
            self.text.scrollToAnchor(number)
        else:
            self.text.verticalScrollBar().setValue(0)
