"""The question for a printer as a person meets it, answered with a file: Qt's own needs a printer to be installed."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget


class PrinterQuestion(QDialog):
    """Stands in for QPrintDialog: its one button prints into the next of `files`."""

    folder: ClassVar[Path] = Path()
    files: ClassVar[list[Path]] = []

    def __init__(self, printer: QPrinter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        path = self.folder / f"printed{len(self.files)}.pdf"
        self.files.append(path)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        self.go = QPushButton("print")
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        QVBoxLayout(self).addWidget(self.go)
