"""`PictureReview`: pictures of sheets, looked at before anything of them is entered: every row as it was read, doubtful ones
settled by a person."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.outreach.results.entering import Entering, FilledSheets
from workbench.outreach.results.filled import FilledSheet, ReturnedRow
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.keypad import Keypad
from workbench.outreach.results.marks import KeyWord, Mark, keys, read_mark
from workbench.sheets.content import runs
from workbench.sheets.picture.picture import BoxReading, PageReading
from workbench.sheets.picture.rows import PictureRow, RowPlace, merged, rows_of


class QuestionJson(TypedDict):
    """A row of a picture that a person has to settle; `name` is masked as on paper, `marked`: what ticks in the boxes with ink
    in them would mean, `keys`: the digits that settle it."""

    sheet: str
    row: str
    page: int
    customer_no: str
    name: str
    doubt: str
    marked: list[str]
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in handwriting beside the boxes of a row, typed in: `next_date` ISO, '' for none."""

    next_date: str = ""
    note: str = ""


class PictureReview:
    """Pages under review. Nothing is written here: `entering` gives what the other ways back give too.

    `pages`: each once, those of a sheet together; `refused`: pictures that could not be read, each with its sentence.
    """

    def __init__(
        self,
        readings: Sequence[PageReading],
        pads: Mapping[str, Keypad],
        enter: Callable[[FilledSheets], Entering],
        refused: Sequence[str] = (),
    ) -> None:
        self._readings = tuple(readings)
        self._pads = pads
        self._enter = enter
        self.refused = tuple(refused)
        once: dict[tuple[str, int], list[PageReading]] = {}
        for one in self._readings:
            once.setdefault((one.sheet, one.page), []).append(one)
        self.twice = tuple(place for place, pictures in once.items() if len(pictures) > 1)
        order = list(dict.fromkeys(one.sheet for one in self._readings))
        self.pages = tuple(
            merged(once[place]) for place in sorted(once, key=lambda one: (order.index(one[0]), one[1]))
        )
        rows = [row for page in self.pages for row in rows_of(page, pads[page.sheet])]
        #: every row that was read, those with a question first, else as on paper
        self.rows = tuple(sorted(rows, key=lambda one: not one.doubt))
        self._answers: dict[RowPlace, str] = {}
        self._beside: dict[RowPlace, Beside] = {}

    def with_more(self, other: "PictureReview") -> "PictureReview":
        """This one with the pages of another; what was settled stays settled."""
        whole = PictureReview(
            (*self._readings, *other._readings),
            {**self._pads, **other._pads},
            self._enter,
            (*self.refused, *other.refused),
        )
        known = {row.place for row in whole.rows}
        whole._answers = {place: code for place, code in self._answers.items() if place in known}
        whole._beside = {place: one for place, one in self._beside.items() if place in known}
        return whole

    # -- what stands there -----------------------------------------------------------------------------------

    @property
    def sheets(self) -> tuple[HandedSheet, ...]:
        """The sheets of which pages were read, in the order of their pictures."""
        return tuple(self._pads[number].sheet for number in dict.fromkeys(one.sheet for one in self.pages))

    def page(self, row: PictureRow) -> PageReading:
        """The page on which a row stands."""
        return next(one for one in self.pages if (one.sheet, one.page) == (row.sheet, row.page))

    @property
    def questions(self) -> tuple[PictureRow, ...]:
        """The rows that a person still has to settle."""
        return tuple(row for row in self.rows if row.doubt and row.place not in self._answers)

    def code(self, row: PictureRow) -> str:
        """What is entered for a row as it stands, as typed on the keypad; '' for nothing, also while it is a question."""
        return self._answers.get(row.place, row.code)

    def mark(self, row: PictureRow) -> Mark | None:
        """The same as a mark; None for nothing."""
        code = self.code(row)
        return read_mark(code, of_plan=self._of_plan(row)) if code else None

    def holds(self, row: PictureRow, box: BoxReading) -> bool:
        """Whether what is entered for a row is the tick in a box of it, or what is written in it."""
        mark = self.mark(row)
        if mark is None or not box.box.mark:
            return mark is not None
        ticked = read_mark(box.box.mark, of_plan=self._of_plan(row))
        return ticked is not None and (
            ticked == mark or (ticked.of_plan and mark.code.startswith(f"{ticked.code}:"))
        )

    def answered(self, row: PictureRow) -> bool:
        """Whether a person settled a row."""
        return row.place in self._answers

    def open(self, row: PictureRow) -> bool:
        """Whether a row waits for an answer."""
        return bool(row.doubt) and row.place not in self._answers

    def beside(self, row: PictureRow) -> Beside:
        """What was typed in beside a row."""
        return self._beside.get(row.place, Beside())

    @property
    def count(self) -> int:
        """How many rows have a result."""
        return sum(bool(self.code(row)) for row in self.rows)

    def takes(self, row: PictureRow) -> tuple[str, ...]:
        """What may be typed in beside a row: 'next', 'note'; nothing for a row of the plan."""
        written = form_of(self._pads[row.sheet].sheet.kind).by_hand
        return () if self._of_plan(row) else tuple(one for one in written if one != "reason")

    @property
    def missing(self) -> tuple[tuple[str, int, str], ...]:
        """Pages with boxes of which there is no picture: number of the sheet, page, the rows on it ('14-26')."""
        read = {(one.sheet, one.page) for one in self.pages}
        return tuple(
            (sheet.number, page.number, _span(sheet, [box.row for box in page.boxes]))
            for sheet in self.sheets
            for page in sheet.pages
            if page.boxes and (sheet.number, page.number) not in read
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know of the pictures, a sentence each."""
        return tuple(self._notices())

    def _notices(self) -> Iterable[str]:
        yield from self.refused
        for sheet in self.sheets:
            if pages := [page for number, page, _rows in self.missing if number == sheet.number]:
                words = _("编号 {number} 还差第 {pages} 页,没有拍到的不录入,可以以后再补。")
                yield words.format(number=sheet.number, pages=commas(runs(pages)))
        for number, page in self.twice:
            words = _("编号 {number} 第 {page} 页拍了两次,只算一次;两次不一致的地方需要核对。")
            yield words.format(number=number, page=page)
        for sheet in self.sheets:
            if sheet.entered:
                words = _("编号 {number} 在 {at} 录入过一部分,已经录入的不会再记一遍。")
                yield words.format(number=sheet.number, at=sheet.entered[:16])
        for form in dict.fromkeys(form_of(sheet.kind) for sheet in self.sheets):
            if written := _by_hand(form.by_hand):
                words = _("{name}上手写的{what}照片读不出,要记的请在行旁边键入。")
                yield words.format(name=form.name, what=written)

    # -- settling --------------------------------------------------------------------------------------------

    def find(self, sheet: str, text: str) -> PictureRow | None:
        """The row that a text means as paper numbers it; `sheet`: number of its sheet, '' where there is only one."""
        numbers = [sheet] if sheet else [one.number for one in self.sheets]
        pad = self._pads.get(numbers[0]) if len(numbers) == 1 else None
        row = pad.row(text) if pad is not None else None
        if row is None:
            return None
        return next((one for one in self.rows if one.place == (numbers[0], row.row)), None)

    def keys(self, row: PictureRow) -> tuple[KeyWord, ...]:
        """The digits that settle a row."""
        return keys(of_plan=self._of_plan(row))

    def settle(self, row: PictureRow, code: str) -> str:
        """Settle or correct a row by a result as on the keypad, '' for a row that is empty. The sentence why not, '' for none."""
        if code.strip():
            typed = self._pads[row.sheet].meaning(row.label, code)
            if typed.fault:
                return typed.fault
        self._answers[row.place] = code.strip()
        return ""

    def write(self, row: PictureRow, *, next_date: str | None = None, note: str | None = None) -> None:
        """Type in what stands beside a row; None leaves it. Raises WorkbenchError bad_date."""
        before = self.beside(row)
        day = before.next_date if next_date is None else next_date.strip()
        if day:
            try:
                dt.date.fromisoformat(day)
            except ValueError:
                raise WorkbenchError(
                    "bad_date",
                    _("下次日期“{date}”不认得。").format(date=day),
                    _("请写成 12-03 或 2026-12-03。"),
                ) from None
        self._beside[row.place] = Beside(day, before.note if note is None else note.strip())

    def question_json(self, row: PictureRow) -> QuestionJson:
        """A question for the command line."""
        place = self._pads[row.sheet].sheet.row(row.row)
        return {
            "sheet": row.sheet, "row": row.label, "page": row.page,
            "customer_no": place.customer_no if place else "", "name": row.who, "doubt": row.doubt,
            "marked": [one.box.mark for one in row.boxes if one.state != "empty"],
            "keys": {one.digit: one.mark.word for one in self.keys(row)},
        }  # fmt: skip

    # -- entering --------------------------------------------------------------------------------------------

    def filled(self) -> tuple[FilledSheet, ...]:
        """What stands on the pictures, sheet by sheet; a row that is still a question counts as empty."""
        return tuple(
            FilledSheet(
                sheet.number,
                tuple(
                    ReturnedRow(row.row, code, next_date=beside.next_date, note=beside.note)
                    for row in sorted(self.rows, key=lambda one: one.row)
                    if row.sheet == sheet.number
                    for code, beside in ((self.code(row), self.beside(row)),)
                ),
            )
            for sheet in self.sheets
        )

    def entering(self) -> Entering:
        """What the pictures would enter. Raises WorkbenchError open_questions, sheet_entered, sheet_replaced."""
        if self.questions:
            raise WorkbenchError(
                "open_questions",
                _("照片上还有 {n} 处需要核对,没有录入。").format(n=len(self.questions)),
                _("请逐处按结果代码,空着的按 Delete。"),
            )
        return self.foreseen()

    def foreseen(self) -> Entering:
        """The same while questions are open, without the rows that they are about; not to be written."""
        return self._enter(list(zip(self.sheets, self.filled(), strict=True)))

    def _of_plan(self, row: PictureRow) -> bool:
        place = self._pads[row.sheet].sheet.row(row.row)
        return place is not None and place.of_plan


def _span(sheet: HandedSheet, rows: Iterable[int]) -> str:
    """The rows as paper numbers them, from the first to the last."""
    labels = [place.label for number in sorted(set(rows)) if (place := sheet.row(number)) is not None]
    return labels[0] if len(labels) == 1 else f"{labels[0]}-{labels[-1]}" if labels else ""


def _by_hand(what: Iterable[str]) -> str:
    words = {"next": _("下次日期"), "note": _("手记")}
    return commas(words[one] for one in what if one in words)
