"""Pictures of what opens over a page: dialogs behind its buttons with “…”, menus of its tables, values of a column."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPushButton, QTabWidget, QWidget

from ui.main_window import MainWindow
from ui.widgets.table_acting import ActingTable
from ui.widgets.table_filter import FilterPopup
from ui.widgets.table_menu import head_menu, row_menu
from workbench.base.change import Change
from workbench.base.i18n import _

Settle = Callable[[], None]


def over(window: MainWindow, piece: QWidget, at: QPoint) -> QPixmap:
    """The window with something painted over it, as a menu lies over it on the screen."""
    both = window.grab()
    piece.render(both, at)
    return both


class States:
    """Goes through a page by its buttons and tables; every kind of dialog is photographed once."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path, settle: Settle) -> None:
        self.app = app
        self.window = window
        self.folder = folder
        self.settle = settle
        self.seen: set[str] = set()

    def walk(self, name: str, page: QWidget) -> None:
        """The page in front, tab by tab."""
        self._part(name, page)
        for tabs in page.findChildren(QTabWidget):
            for at in range(1, tabs.count()):
                if tabs.isVisible() and tabs.isTabEnabled(at):
                    tabs.setCurrentIndex(at)
                    self.settle()
                    self._part(f"{name}-{at + 1}", page)
            tabs.setCurrentIndex(0)

    def _part(self, name: str, page: QWidget) -> None:
        for number, table in enumerate(page.findChildren(ActingTable)):
            if table.isVisible() and table.table.rowCount():
                if not table.currentIndex().isValid():
                    table.selectRow(0)
                self.settle()
                if f"table {table.name or name}" not in self.seen:
                    self.seen.add(f"table {table.name or name}")
                    self._table(f"{name}-table{number}", table)
        for button in page.findChildren(QPushButton):
            if self._offers(button):
                button.click()
                self.settle()
                self.dialogs(name)

    def _offers(self, button: QPushButton) -> bool:
        try:
            key = f"button {button.text()}"
            if not (button.isVisible() and button.isEnabled() and button.text().endswith("…")):
                return False
        except RuntimeError:  # an earlier act redrew the page
            return False
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def dialogs(self, name: str) -> None:
        """Photograph and close what is open over the window."""
        for one in self.app.topLevelWidgets():
            if isinstance(one, (QDialog, QMenu)) and one.isVisible():
                kind = type(one).__name__.lower()
                if kind == "qmenu" or kind not in self.seen:
                    self.seen.add(kind)
                    one.grab().save(str(self.folder / f"over-{name}-{kind}-{one.width()}x{one.height()}.png"))
                if isinstance(one, QDialog):
                    one.reject()
                else:
                    one.close()
                self.settle()

    def _table(self, name: str, table: ActingTable) -> None:
        for word, menu in (("row", row_menu(table)), ("head", head_menu(table, 0))):
            self._shown(f"{name}-{word}", menu, table)
            menu.deleteLater()
        for number in range(table.table.columnCount()):
            if not table.fixed and not table.isColumnHidden(number):
                table.open_filter(number)
                self.settle()
                for popup in table.findChildren(FilterPopup):
                    self._shown(f"{name}-filter", popup, table)
                    popup.close()
                break

    def _shown(self, name: str, piece: QWidget, table: ActingTable) -> None:
        piece.adjustSize()
        at = table.viewport().mapTo(self.window, QPoint(60, 24))
        over(self.window, piece, at).save(str(self.folder / f"over-{name}.png"))

    def notice(self) -> None:
        """The line that offers to undo, over the page in front."""
        self.window.notice.tell(dataclasses.replace(Change.nothing(), undo_id=1), _("已登记一次联系"))
        self.window.grab().save(str(self.folder / "over-notice.png"))
        self.window.notice.hide()

    def focus(self, name: str, steps: int = 40) -> None:
        """Every third stop of the keyboard on the page in front, to see where the focus is."""
        for at in range(steps):
            self.window.focusNextChild()
            self.settle()
            if at % 3 == 0:
                self.window.grab().save(str(self.folder / f"focus-{name}-{at:02d}.png"))


@contextmanager
def unblocked(shown: Callable[[], object]) -> Iterator[None]:
    """Dialogs that are waited for do not wait: they are shown, photographed by `shown` and given up; files are not asked for."""
    before = QDialog.exec
    asked = {
        name: getattr(QFileDialog, name)
        for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")
    }

    def give_up(dialog: QDialog, *_ignored: Any) -> int:
        dialog.show()
        until = time.monotonic() + 1
        while time.monotonic() < until and not dialog.isVisible():
            QApplication.processEvents()
        shown()
        return 0

    QDialog.exec = give_up  # type: ignore[method-assign, assignment]
    for name in asked:
        empty: Any = [] if name == "getOpenFileNames" else ""
        answer = "" if name == "getExistingDirectory" else (empty, "")
        setattr(QFileDialog, name, staticmethod(lambda *_a, answer=answer, **_k: answer))
    try:
        yield
    finally:
        QDialog.exec = before  # type: ignore[method-assign]
        for name, one in asked.items():
            setattr(QFileDialog, name, one)
