"""Where an import starts: the place that takes files, above what was imported before."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.file_questions import existing_files
from ui.pages.imports.history import HistoryCard
from ui.widgets.parts import button, label, restyle, row
from workbench.base.i18n import _

ENDINGS = "*.xlsx *.xls *.xlsb *.xlsm *.ods *.et *.csv *.tsv *.txt *.htm *.html *.xml *.mht"


class DropPlace(QFrame):
    """Takes files from the desktop; `dropped(paths)`."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(150)
        self.choose = button(_("选择文件…"), self._choose, "primary", tip="Ctrl+O")
        self.choose.setShortcut("Ctrl+O")
        words = label(_("把总行下发的名单拖到这里"), "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        more = label(
            _("支持 xlsx、xls、xlsb、ods、et、csv;可以一次放多个文件。写入前都能先看清楚,写入后随时能撤销。"),
            "second",
            wrap=True,
        )
        more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addWidget(more)
        layout.addLayout(row(None, self.choose, None))
        layout.addStretch(1)

    def _choose(self) -> None:
        chosen = existing_files(
            self, _("选择名单"), "", _("表格文件 ({endings});;全部文件 (*)").format(endings=ENDINGS)
        )
        if chosen:
            self.dropped.emit([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and show that they may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            restyle(self, "over", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        restyle(self, "over", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit the local files that were dropped."""
        restyle(self, "over", "false")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class StartPlace(QWidget):
    """The place for files and the history."""

    def __init__(self, history: HistoryCard) -> None:
        super().__init__()
        self.files = DropPlace()
        self.history = history
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.files)
        layout.addWidget(history, 1)
