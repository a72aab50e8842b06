"""`ComingBack`: sheets of ours that come back, as a file or typed: recognised, read, and made an `Entering`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.outreach.results.entering import Entering, check_new, check_open
from workbench.outreach.results.filled import FilledSheet
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.keypad import Keypad, keypad_rows
from workbench.rules.parameters import Rules
from workbench.sheets.coming_back.faces import faces_of
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.coming_back.pictures import (
    PictureReader,
    SheetReader,
    content_of,
    is_picture,
    read_pages,
    reviewed,
)
from workbench.sheets.coming_back.reading import Known, read_back
from workbench.sheets.handed_out import HandedOut, book_mark, sheet_of
from workbench.sheets.picture.picture import PageReading, PaperPicture
from workbench.sheets.picture.review import PictureReview

#: a file's worksheets
ReadSheets = Callable[[Path, Progress], Sequence[ReturnedSheet]]


class ComingBack:
    """Takes results in. Every way ends in the same `Entering`."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        handed_out: HandedOut,
        read_grids: ReadSheets,
        reader: PictureReader | None = None,
    ) -> None:
        self._book = book
        self._rules = rules
        self._handed_out = handed_out
        self._read_grids = read_grids
        self._reader = reader or SheetReader(rules)

    def latest(self, week: str | None = None) -> tuple[HandedSheet, ...]:
        """The sheets that may still come back, the newest first; of one week, None: of all."""
        return self._handed_out.latest(week)

    def sheet(self, number: str | None = None) -> HandedSheet:
        """A sheet that may come back: that of a number, None: the newest where it was the only one of its print.

        Raises WorkbenchError no_such_sheet, no_sheet_out, which_sheet, sheet_replaced.
        """
        if number is None:
            latest = self.latest()
            if not latest:
                raise WorkbenchError(
                    "no_sheet_out",
                    _("没有等着录入的单子。"),
                    _("先打印或导出 531、电访单或今日清单,再来录入。"),
                )
            together = [one for one in latest if one.at == latest[0].at]
            if len(together) > 1:
                # their rows bear the same numbers, and mean other people
                raise WorkbenchError(
                    "which_sheet",
                    _("最近一次打了 {n} 张单子,没有写是哪一张,没有录入。").format(n=len(together)),
                    _("请用 --sheet 写明编号:{sheets}。").format(
                        sheets=commas(f"{one.number}({form_of(one.kind).name})" for one in together)
                    ),
                )
            return latest[0]
        sheet = known(self._handed_out.find(number), number)
        check_open(sheet)
        return sheet

    def keypad(self, number: str | None = None) -> Keypad:
        """A sheet to be typed back; without a number as in `sheet`. Raises WorkbenchError as `sheet`."""
        sheet = self.sheet(number)
        with in_words(), self._book.read() as conn:
            return Keypad(sheet, keypad_rows(conn, sheet))

    def of_keypad(self, keypad: Keypad) -> Entering:
        """What a typed sheet would enter. Raises WorkbenchError sheet_entered, sheet_replaced."""
        return self._entering([(self.sheet(keypad.sheet.number), keypad.filled())])

    def of_file(self, path: Path, progress: Progress = silent) -> Entering:
        """What a filled file would enter.

        Raises WorkbenchError as the reading of a file, and not_our_sheet, other_book, no_such_sheet, sheet_replaced,
        sheet_entered, no_result_column, names_differ.
        """
        grids = self._read_grids(path, progress)
        with in_words(), self._book.read() as conn:
            known_sheets = Known(
                book_mark(conn), lambda number: sheet_of(conn, number), lambda sheet: faces_of(conn, sheet)
            )
            read = read_back(grids, known_sheets, today())
        return self._entering(_open(read))

    def of_picture(
        self, picture: Path | bytes, progress: Progress = silent, *, beside: PictureReview | None = None
    ) -> PictureReview:
        """The pages in a picture, a scan or its bytes, to be looked at; `beside`: those that are looked at already, to which
        they are added.

        Raises WorkbenchError file_unread, and, where no page of it can be taken, the refusals of the reader (no_codes, blurred,
        cropped, other_book, …), no_such_sheet, sheet_replaced, sheet_entered.
        """
        name = picture.name if isinstance(picture, Path) else _("照片")
        pictures = self._reader.pictures(picture if isinstance(picture, bytes) else content_of(picture))
        with in_words(), self._book.read() as conn:
            mark = book_mark(conn)
        find = self._handed_out.find
        sheets: dict[str, HandedSheet] = {}

        def read(one: PaperPicture) -> Sequence[PageReading]:
            """Its pages, of sheets that may come back. The book is free while they are read."""
            pages = self._reader.pages(one, mark, find)
            for page in pages:
                sheets[page.sheet] = known(find(page.sheet), page.sheet)
                check_open(sheets[page.sheet])
            return pages

        pages, refused = read_pages(pictures, read, progress, name)
        wanted = {page.sheet for page in pages}
        with in_words(), self._book.read() as conn:
            pads = {
                number: Keypad(sheet, keypad_rows(conn, sheet))
                for number, sheet in sheets.items()
                if number in wanted
            }
        return reviewed(pages, refused, pads, self._entering, beside)

    def take_in(
        self, path: Path, progress: Progress = silent, *, beside: PictureReview | None = None
    ) -> Entering | PictureReview:
        """What a file would enter, or the pictures in it, to be looked at. Raises WorkbenchError as `of_file`, `of_picture`."""
        if is_picture(path):
            return self.of_picture(path, progress, beside=beside)
        return self.of_file(path, progress)

    def _entering(self, sheets: Sequence[tuple[HandedSheet, FilledSheet]]) -> Entering:
        entering = Entering(self._book, self._rules, sheets)
        check_new(entering, [sheet for sheet, _filled in sheets])
        return entering


def known(sheet: HandedSheet | None, number: str) -> HandedSheet:
    """A sheet that the book handed out. Raises WorkbenchError no_such_sheet."""
    if sheet is None:
        raise WorkbenchError(
            "no_such_sheet",
            _("本账本没有打过编号 {number} 的单子,没有录入。").format(number=number.strip()),
            _("请核对编号,或者打开打印它的那个账本。"),
        )
    return sheet


def _open(read: Sequence[tuple[HandedSheet, FilledSheet]]) -> list[tuple[HandedSheet, FilledSheet]]:
    """The sheets of a file that may come back; one that may not is left out only where nothing is filled in on it and another
    may. Raises WorkbenchError sheet_replaced."""
    kept: list[tuple[HandedSheet, FilledSheet]] = []
    refused: WorkbenchError | None = None
    for sheet, filled in read:
        try:
            check_open(sheet)
        except WorkbenchError as error:
            if any(not row.empty for row in filled.rows) or filled.problems:
                raise
            refused = error
        else:
            kept.append((sheet, filled))
    if not kept and refused is not None:
        raise refused
    return kept
