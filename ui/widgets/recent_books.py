"""The books opened on this PC lately, each a way to open it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, empty, label, row
from workbench.base.i18n import _
from workbench.base.pc import still_there


class RecentBooks(QWidget):
    """A line a book: its name, which opens it, and its folder. `chosen(path)`; hidden while there is none. Books that are gone
    are left out, or the latest of them is named where nobody has another to open."""

    chosen = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.hide()

    def show_books(self, books: Sequence[str], but: Path, *, name_gone: bool = False) -> None:
        """List those of `books` that still lie where they were, without the book `but`; `name_gone`: and name the latest that
        does not."""
        others = [one for one in books if Path(one) != but.absolute()]
        self._tasks.run(
            lambda: still_there(others),
            lambda there: self._show(there, [Path(one) for one in others] if name_gone else ()),
            owner=self, where="files", key=self,
        )  # fmt: skip

    def _show(self, books: Sequence[Path], wanted: Sequence[Path]) -> None:
        empty(self._lines)
        gone = next((one for one in wanted if one not in books), None)
        if gone is not None:
            words = _(
                "以前打开过的账本现在找不到:{path}。U 盘或网络盘可能没有接好,也可能移走、改名了;接好以后用“打开别的账本…”。"
            )
            self._lines.addWidget(label(words.format(path=gone), "second", wrap=True))
        if books:
            self._lines.addWidget(label(_("最近打开过的账本"), "second"))
        for book in books:
            name = button(book.stem, partial(self.chosen.emit, book), "link", tip=str(book))
            name.setAccessibleName(_("打开账本 {path}").format(path=book))
            folder = label(str(book.parent), "second", wrap=True)
            line = row(name, folder)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        self.setVisible(bool(books) or gone is not None)
