"""Pictures that came back: which pages of which sheets are on them, and which of them are refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.small_files import NotSmall, small_bytes
from workbench.outreach.results.entering import Entering, FilledSheets, already_entered
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.keypad import Keypad
from workbench.rules.parameters import Rules
from workbench.sheets.content import runs
from workbench.sheets.picture.keeping import kept
from workbench.sheets.picture.picture import PageReading, PaperPicture
from workbench.sheets.picture.refusals import damaged
from workbench.sheets.picture.review import PictureReview

#: the sheet of a number; None where the book never handed it out
FindSheet = Callable[[str], HandedSheet | None]


class PictureReader(Protocol):
    """What reads pictures."""

    def pictures(self, content: bytes) -> Iterable[PaperPicture]:
        """The pictures in a file, one after another. Raises WorkbenchError damaged_picture, picture_kind, picture_too_large."""

    def pages(self, picture: PaperPicture, mark: str, find: FindSheet) -> Sequence[PageReading]:
        """The pages on a picture; `mark` of the book. Raises WorkbenchError: why it cannot be taken."""


class SheetReader:
    """Reads pictures of our own sheets."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def pictures(self, content: bytes) -> Iterable[PaperPicture]:
        """See `PictureReader`."""
        from workbench.sheets.picture.opening import pictures_of

        return pictures_of(content)

    def pages(self, picture: PaperPicture, mark: str, find: FindSheet) -> Sequence[PageReading]:
        """See `PictureReader`."""
        from workbench.sheets.picture.reading import KnownSheets, read_picture

        return read_picture(picture, KnownSheets(mark, find), self._rules)


#: how files of pictures begin, and PDF, which is taken for a scan
_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"%PDF")
#: what the formats of telephones bear after their size; they are refused as what they are
_BOXED = b"ftyp"

#: bytes of a picture: a scan of several pages has a tenth of it
_LARGEST = 200_000_000


def is_picture(path: Path) -> bool:
    """Whether a file is a picture or a scan by how it begins."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    return webp or head.startswith(_BEGINNINGS) or head[4:8] == _BOXED


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises WorkbenchError file_unread."""
    try:
        return small_bytes(path, _LARGEST)
    except NotSmall as error:
        raise WorkbenchError(
            "file_unread",
            _("{file} 没有录入:{why}").format(file=path.name, why=error),
            _("请选一张照片或扫描件。"),
        ) from None
    except OSError:
        raise WorkbenchError(
            "file_unread",
            _("{file} 打不开,没有录入。").format(file=path.name),
            _("请检查文件还在不在,有没有权限读。"),
        ) from None


def read_pages(
    pictures: Iterable[PaperPicture],
    read: Callable[[PaperPicture], Sequence[PageReading]],
    progress: Progress,
    name: str,
) -> tuple[list[PageReading], list[str]]:
    """The pages of the pictures of a file, and a sentence for those that are refused, alike ones together. Raises the refusal
    where there is nothing else."""
    pages: list[PageReading] = []
    refused: list[tuple[int, WorkbenchError]] = []
    for number, one in enumerate(pictures, 1):
        progress(1 - 1 / number, _("正在看 {file} 第 {n} 张").format(file=name, n=number))
        try:
            pages += [kept(page) for page in read(one)]
        except WorkbenchError as error:
            refused.append((one.number, error))
    if not pages:
        raise refused[0][1] if refused else damaged()
    alike: dict[str, list[int]] = {}
    for picture, refusal in refused:
        alike.setdefault(refusal.sentence(), []).append(picture)
    words = _("{file} 第 {n} 张:{fault}")
    return pages, [words.format(file=name, n=commas(runs(them)), fault=one) for one, them in alike.items()]


def reviewed(
    pages: list[PageReading],
    refused: list[str],
    pads: Mapping[str, Keypad],
    enter: Callable[[FilledSheets], Entering],
    beside: PictureReview | None,
) -> PictureReview:
    """The review of pages, joined to those that are looked at already. Raises WorkbenchError sheet_entered for pages that bring
    nothing which the book did not take in from their sheet before."""
    review = PictureReview(pages, pads, enter, refused)
    before = next((sheet for sheet in review.sheets if sheet.entered), None)
    if before is not None and all(row.settled for row in review.questions):
        foreseen = review.foreseen()
        if any(review.code(row) or row.doubt for row in review.rows) and not (
            foreseen.chosen or foreseen.conflicts or foreseen.problems
        ):
            raise already_entered(before.number, str(before.entered))
    return beside.with_more(review) if beside is not None else review
