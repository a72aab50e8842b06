"""The rows of pictured pages: what was read in the boxes of each, and why a person has to look at it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.base.i18n import _, commas
from workbench.outreach.results.keypad import Keypad, KeypadRow
from workbench.outreach.results.marks import MISSED, read_mark
from workbench.sheets.picture.picture import BoxReading, PageReading

#: (number of the sheet, row)
RowPlace = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A row on a pictured page: its number on paper (`label`), who stands there as on paper, its boxes; `code` that was read,
    as it is typed on the keypad, '' for nothing; `doubt`: the question about it, '' where it was read; `settled`: the book
    has its result already."""

    sheet: str
    row: int
    label: str
    who: str
    page: int
    boxes: tuple[BoxReading, ...]
    code: str
    doubt: str
    settled: bool

    @property
    def place(self) -> RowPlace:
        """By which it is settled."""
        return self.sheet, self.row


def rows_of(page: PageReading, pad: Keypad) -> Iterator[PictureRow]:
    """The rows that have boxes on a page, in the order of paper."""
    known = {one.row: one for one in pad.rows}
    boxes: dict[int, list[BoxReading]] = {}
    for one in page.boxes:
        boxes.setdefault(one.box.row, []).append(one)
    for number, read in boxes.items():
        row = known.get(number)
        if row is None:
            continue
        code, doubt = _meaning(read, row, pad)
        yield PictureRow(
            page.sheet, number, row.label, row.who, page.page, tuple(read), code, doubt, row.settled
        )


def box_word(one: BoxReading, row: KeypadRow) -> str:
    """What a tick in a box would mean, as a person reads it."""
    mark = read_mark(one.box.mark, of_plan=row.of_plan)
    return mark.word if mark is not None else one.box.mark


def _meaning(boxes: Sequence[BoxReading], row: KeypadRow, pad: Keypad) -> tuple[str, str]:
    """What the boxes of a row say, and the question about it."""
    marked = [one for one in boxes if one.state != "empty"]
    if not marked:
        return "", ""
    if any(not one.box.mark for one in marked):
        return "", _("格里写了字,照片认不出,请核对写的是什么。")
    if len(marked) > 1:
        names = commas(box_word(one, row) for one in marked)
        return "", _("有 {n} 个框里有墨迹:{names}。算哪一个?").format(n=len(marked), names=names)
    only = marked[0]
    word = box_word(only, row)
    if only.state == "doubtful":
        return "", _("“{word}”的框里墨迹很少,算不算打了勾?").format(word=word)
    typed = pad.meaning(row.label, only.box.mark)
    if not typed.fault:
        return only.box.mark, ""
    if typed.mark is None and row.of_plan and _missed(only):
        return "", _("没有完成,原因是哪一个?")
    return "", _("打了“{word}”,联系结果是哪一个?").format(word=word)


def _missed(one: BoxReading) -> bool:
    mark = read_mark(one.box.mark, of_plan=True)
    return mark is not None and mark.code == MISSED


def merged(pages: Sequence[PageReading]) -> PageReading:
    """One reading of a page of which there are several pictures: the picture with fewest doubts, settled by the others; boxes in
    which two pictures differ are doubtful."""
    first, *others = sorted(pages, key=lambda one: len(one.doubtful))
    boxes = list(first.boxes)
    for other in others:
        states = {_place(one): one.state for one in other.boxes}
        for number, box in enumerate(boxes):
            state = states.get(_place(box), box.state)
            if state in (box.state, "doubtful"):
                continue
            boxes[number] = replace(box, state=state if box.state == "doubtful" else "doubtful")
    return replace(first, boxes=tuple(boxes))


def _place(one: BoxReading) -> tuple[int, str, float, float]:
    return one.box.row, one.box.mark, one.box.x, one.box.y
