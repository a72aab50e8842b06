"""Print preview: the pages of the very PDF that is saved and printed, as pictures."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.number_field import NumberField
from ui.widgets.parts import button, column, empty, flow, label, row
from ui.widgets.saving import ask_place
from workbench.base.i18n import _
from workbench.sheets.room import SCREEN

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.sheets.pdf import PageImage
    from workbench.sheets.printed import Printed

#: pixels of the screen below which a page is not made narrower: it could not be read
NARROWEST = 480


class Sheet(QLabel):
    """One page, as wide as there is room for, at most as wide as it was rasterised."""

    def __init__(self, page: QPixmap) -> None:
        super().__init__()
        self._page = page
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def fit(self, room: int) -> None:
        """Draw the page anew for so many pixels of width."""
        wide = min(max(room, NARROWEST), self._page.width())
        if wide == self._page.width():
            self.setPixmap(self._page)
            return
        ratio = self.devicePixelRatioF()
        drawn = self._page.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        self.setPixmap(drawn)


class PreviewDialog(QDialog):
    """Shows what `make()` makes; prints it or saves it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        make: "Callable[[], Printed]",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        #: the sheet, once it is made
        self.printed: Printed | None = None
        #: width and height of the first page in pixels of the screen
        self.shape = (0, 0)
        self._make = make
        #: counts the drawings that were asked for: an earlier one that comes late is not shown
        self._drawing = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("打印预览"))
        self.resize(1040, 720)
        self.state = label(_("正在排版…"), "second")
        self.print_button = button(_("打印…"), self.ask_printer, "primary", tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.print_button.setDefault(True)
        self.save_button = button(_("存为 PDF…"), self._ask_file, tip="Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        #: the buttons by which the sheet leaves the book
        self.leaving = [self.print_button, self.save_button]
        self.notice = label("", "second", wrap=True)
        self.notice.hide()
        self.range = QLineEdit()
        self.range.setPlaceholderText(_("全部"))
        self.range.setToolTip(_("只打其中几页,例如 1-3,5;空着就打全部"))
        self.range.setMaximumWidth(110)
        self.copies = NumberField()
        self.copies.setRange(1, 99)
        self.pages = column(spacing=16)
        self.sheets: list[Sheet] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.addLayout(
            row(
                self.state, None, label(_("页"), "second"), self.range, label(_("份数"), "second"), self.copies,
                self.save_button, self.print_button, button(_("关闭"), self.reject),
            )
        )  # fmt: skip
        #: room for what a kind of preview lets a person choose
        self.options = column(spacing=6)
        layout.addLayout(self.options)
        layout.addWidget(self.notice)
        self.area = flow(self.pages)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # always shown: otherwise the width would depend on the height, which depends on the width
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.viewport().installEventFilter(self)
        layout.addWidget(self.area, 1)

        self.draw()

    def draw(self) -> None:
        """Make the sheet, anew where something else was chosen, and show its pages."""
        self._drawing += 1
        number, make = self._drawing, self._make
        self.printed = None
        self.state.setText(_("正在排版…"))
        for made in self.leaving:
            made.setEnabled(False)

        def draw() -> "tuple[Printed, Sequence[PageImage]]":
            """On the worker: make the sheet and rasterise its pages."""
            printed = make()
            return printed, self.workbench.sheets.pages(printed)

        self.tasks.run(draw, lambda drawn: self._show(number, drawn), failed=self._failed, owner=self)

    def _show(self, number: int, drawn: "tuple[Printed, Sequence[PageImage]]") -> None:
        if number != self._drawing:
            return
        self.printed = drawn[0]
        self.shape = (drawn[1][0].width, drawn[1][0].height)
        empty(self.pages)
        self.sheets = [Sheet(QPixmap.fromImage(to_image(page))) for page in drawn[1]]
        for sheet in self.sheets:
            self.pages.addWidget(sheet)
        self._fit()
        self.notice.setText("\n".join(self.printed.notices))
        self.notice.setVisible(bool(self.printed.notices))
        self.state.setText(_("共 {n} 页,与打印和存档完全一致").format(n=len(drawn[1])))
        for made in self.leaving:
            made.setEnabled(True)
        self.print_button.setFocus()

    def _fit(self) -> None:
        for sheet in self.sheets:
            sheet.fit(self.area.viewport().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the pages to the new width of the scroll area."""
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self._fit()
        return super().eventFilter(watched, event)

    def ask_printer(self) -> None:
        """Let the person choose a printer, then print."""
        if self.printed is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        wide, high = self.shape
        big = max(wide, high) > 14 * SCREEN
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3 if big else QPageSize.PageSizeId.A4))
        way = QPageLayout.Orientation
        printer.setPageOrientation(way.Landscape if wide > high else way.Portrait)
        printer.setFullPage(True)
        printer.setPageMargins(printer.pageLayout().minimumMargins(), QPageLayout.Unit.Point)
        printer.setDocName(self.printed.name)
        printer.setCopyCount(self.copies.value())
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Rasterise for paper in the background, then paint; the print is registered (domain 17)."""
        printed, copies = self.printed, printer.copyCount()
        chosen = pages_chosen(self.range.text(), len(self.sheets))
        if printed is None:
            return
        if chosen is None:
            self.state.setText(_("页码写成 1-3,5 这样,最多到第 {n} 页。").format(n=len(self.sheets)))
            self.range.setFocus()
            return
        self.state.setText(_("正在送往打印机…"))

        def draw() -> "Sequence[PageImage]":
            """On the worker: the pages at the printer's resolution; printing to a file never overwrites a book."""
            if (
                printer.outputFileName()
            ):  # the print dialog asks before it overwrites a file, but cannot tell a book
                self.workbench.register.check_free(Path(printer.outputFileName()), replace=True)
            drawn: Sequence[PageImage] = self.workbench.sheets.send(printed, copies, chosen)
            return drawn

        self.tasks.run(
            draw, lambda pages: self._paint(printer, printed, pages), failed=self._failed, owner=self
        )

    def _paint(self, printer: QPrinter, printed: "Printed", pages: "Sequence[PageImage]") -> None:
        done = painted(printer, pages)
        if done.whole:
            self.state.setText(_("已送往打印机,共 {n} 页。").format(n=len(pages)))
            return
        self.tasks.run(
            lambda: self.workbench.sheets.not_printed(printed, done.pages),
            lambda _none: None,
            failed=self._failed,
            owner=self,
        )
        self.state.setText(_("打印机没有响应,没有打印。请检查打印机后重试,或者先存为 PDF。"))

    def _ask_file(self) -> None:
        if self.printed is None:
            return
        place = ask_place(self, _("存为 PDF"), f"{self.printed.name}.pdf", "PDF (*.pdf)", ".pdf")
        if place is not None:
            self.save_to(*place)

    def save_to(self, path: Path, replace: bool = False) -> None:
        """Save the PDF; the export is registered."""
        printed = self.printed
        if printed is None:
            return
        self.tasks.run(
            lambda: self.workbench.sheets.save(printed, path, replace=replace),
            lambda saved: self.state.setText(_("已存到 {path}").format(path=saved)),
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: Exception) -> None:
        self.state.setText("")
        self.tasks.failed.emit(error)


class Painted(NamedTuple):
    """Whether a printer took everything, and how many pages it took."""

    whole: bool
    pages: int


def painted(printer: QPrinter, pages: "Sequence[PageImage]") -> Painted:
    """Paint pages on a printer."""
    painter = QPainter()
    if not painter.begin(printer):
        return Painted(whole=False, pages=0)
    taken, count = True, 0
    for number, page in enumerate(pages):
        taken = taken and (not number or printer.newPage())
        if not taken:
            printer.abort()
            break
        image = to_image(page)
        area = QRectF(painter.viewport())
        size = image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF((area.width() - size.width()) / 2, 0, size.width(), size.height()), image)
        count += 1
    sound = bool(painter.end()) and printer.printerState() != QPrinter.PrinterState.Error
    return Painted(taken and sound, count)


def pages_chosen(text: str, most: int) -> list[int] | None:
    """The pages (from 0) that '1-3,5' means, in rising order; all for ''; None for what means none of `most` pages."""
    plain = text.translate(str.maketrans("，、－—；;", ",,--,,")).replace(" ", "")
    if not plain:
        return list(range(most))
    numbers: set[int] = set()
    for part in filter(None, plain.split(",")):
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            return None
        numbers |= set(range(int(first), int(last or first) + 1))
    if not numbers or min(numbers) < 1 or max(numbers) > most:
        return None
    return [number - 1 for number in sorted(numbers)]


def to_image(page: "PageImage") -> QImage:
    """A rasterised page as a picture that owns its bytes."""
    return QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888).copy()
