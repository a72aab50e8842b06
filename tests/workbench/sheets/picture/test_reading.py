"""A picture of a sheet: whatever a telephone or a scanner does to the page, no box is read wrongly; what is not clear is asked;
what cannot be read is refused with one sentence."""

import random
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from tests.workbench.sheets.picture.papers_made import MARK, papers
from tests.workbench.sheets.picture.snapping import Shot, boxes_of, page_image, snapped, ticked
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.paper import PaperBox, PaperPage
from workbench.rules.parameters import Rules
from workbench.sheets.picture.opening import pictures_of
from workbench.sheets.picture.picture import BoxReading, PageReading
from workbench.sheets.picture.reading import KnownSheets, read_picture

RULES = Rules.load()
#: kind of sheet -> its place among the papers, the page of the PDF (from 0)
PLACES = {
    "calls": (0, 0),
    "day": (1, 2),
    "critical": (2, 3),
    "outing": (3, 4),
    "plan": (4, 5),
    "month": (5, 6),
}
SCAN = (
    Shot(150),
    Shot(150, turn=1.2, jpeg=70),
    Shot(200, turn=-2, noise=5, jpeg=90),
    Shot(150, turn=0.6, blur=0.7, jpeg=55),
)
SLANT = (
    Shot(170, turn=3, slant=0.06, light=(1, 0.7), blur=0.8, noise=5, jpeg=75, desk=0.06),
    Shot(180, turn=-8, slant=0.13, light=(0.75, 1), blur=0.9, jpeg=70, desk=0.08),
    Shot(180, slant=0.08, bend=1.2, blur=0.6, jpeg=70, desk=0.04),
    Shot(180, bend=-1, turn=2, tint=(1, 0.86, 0.62), jpeg=75),
)
DARK = (
    Shot(170, turn=2, slant=0.04, light=(0.35, 0.22), dark=0.7, blur=0.7, noise=4, jpeg=75, desk=0.04),
    Shot(170, turn=-2, slant=0.05, light=(1, 0.35), dark=0.6, blur=0.7, noise=4, jpeg=75, desk=0.04),
    Shot(180, light=(0.25, 0.6), turn=1, jpeg=80),
    Shot(200, noise=14, blur=0.5, turn=1, jpeg=85, desk=0.03),
)
UPSIDE = (
    Shot(150, turn=180), Shot(180, turn=183, slant=0.05, blur=0.7, jpeg=75, desk=0.04), Shot(180, turn=91, jpeg=60, desk=0.03),
    Shot(180, turn=-88, slant=0.06, light=(1, 0.6), noise=5, jpeg=85, desk=0.04),
)  # fmt: skip
SHOTS = [
    (kind, shot)
    for n, shot in enumerate((*SCAN, *SLANT, *DARK, *UPSIDE))
    for kind in [[*PLACES][n % 6], [*PLACES][(n + 3) % 6]]
]
SHOTS = SHOTS[:30]


def known(*sheets: HandedSheet, mark: str = MARK) -> KnownSheets:
    by_number = {one.number: one for one in sheets or papers()[1]}
    return KnownSheets(mark, by_number.get)


def read(content: bytes, of: KnownSheets | None = None) -> tuple[PageReading, ...]:
    [picture] = pictures_of(content)
    return read_picture(picture, of or known(), RULES)


def page_of(kind: str) -> tuple[PaperPage, int]:
    sheet, number = PLACES[kind]
    return papers()[1][sheet].pages[0], number


def shot_of(
    kind: str, shot: Shot, *strokes: tuple[PaperBox, str], ink: str = "blue", seed: int = 1, pen: float = 0.45
) -> bytes:
    image = page_image(papers()[0], page_of(kind)[1], shot.dpi)
    return snapped(ticked(image, strokes, shot.dpi, ink, seed, pen), shot, seed)


def wrong(boxes: tuple[BoxReading, ...], truth: set[PaperBox]) -> list[BoxReading]:
    """The boxes that were read as what they are not, and not asked."""
    return [one for one in boxes if one.state != "doubtful" and (one.state == "ticked") != (one.box in truth)]


@pytest.mark.parametrize(("number", "kind", "shot"), [(n, *one) for n, one in enumerate(SHOTS)])
def test_no_box_of_thirty_pictures_is_read_wrongly(number: int, kind: str, shot: Shot) -> None:
    dice = random.Random(number)
    page, _number = page_of(kind)
    rows = sorted({one.row for one in page.boxes})
    chosen = {row: dice.choice(boxes_of(page, row)) for row in rows if dice.random() < 0.75}
    kinds = ("tick", "tick", "cross", "filled", "small", "sloppy")
    strokes = [(box, dice.choice(kinds) if box.mark else "digit") for box in chosen.values()]
    ink, pen = dice.choice(("black", "blue", "blue", "red", "pencil")), dice.choice((0.35, 0.45, 0.6))
    [reading] = read(shot_of(kind, shot, *strokes, ink=ink, seed=number, pen=pen))
    assert reading.page == 1
    assert wrong(reading.boxes, set(chosen.values())) == []
    written = [one for one in chosen.values() if not one.mark]
    # a digit is asked, as it is not read; of ticks one in ten at most
    assert len(reading.doubtful) <= len(written) + max(1, len(strokes) // 10)
    assert reading.turn == round(shot.turn / 90) % 4


def test_it_says_where_each_box_stands_in_the_picture() -> None:
    page, _number = page_of("calls")
    [reading] = read(shot_of("calls", Shot(254)))
    first, last = reading.boxes[0], reading.boxes[-1]
    for one in (first, last):
        for (x, y), (right, down) in zip(one.corners, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
            assert x == pytest.approx(10 * (one.box.x + right * one.box.width), abs=2)
            assert y == pytest.approx(10 * (one.box.y + down * one.box.height), abs=2)
    assert [one.box for one in reading.boxes] == list(page.boxes)
    assert (reading.sheet, len(reading.boxes)) == (papers()[1][0].number, 180)


def test_two_ticks_in_a_row_and_a_faint_one_are_asked() -> None:
    page, _number = page_of("calls")
    row, faint, mended = boxes_of(page, 3), boxes_of(page, 5), boxes_of(page, 7)
    strokes = [
        (row[0], "tick"),
        (row[4], "cross"),
        (faint[2], "dot"),
        (mended[1], "filled"),
        (mended[2], "tick"),
    ]
    [reading] = read(shot_of("calls", Shot(200), *strokes, pen=0.3))
    asked = {(one.box.row, one.box.mark) for one in reading.doubtful}
    assert asked == {(3, "1"), (3, "5"), (5, "3"), (7, "2"), (7, "3")}
    assert 0.06 <= next(one.dark for one in reading.doubtful if one.box.row == 5) < 0.12


def test_a_speck_is_no_tick() -> None:
    page, _number = page_of("day")
    [reading] = read(shot_of("day", Shot(200), *((one, "speck") for one in page.boxes[::7]), pen=0.25))
    assert {one.state for one in reading.boxes} == {"empty"}


def test_a_tick_of_a_thin_pencil_on_a_coarse_scan_is_not_passed_over() -> None:
    page, _number = page_of("calls")
    strokes = [(boxes_of(page, row)[row % 10], "tick") for row in range(1, 19)]
    [reading] = read(shot_of("calls", Shot(110, jpeg=80), *strokes, ink="pale", pen=0.3))
    assert {one.box for one in reading.boxes if one.state != "empty"} == {box for box, _kind in strokes}


def test_a_box_filled_all_over_with_pale_ink_is_asked() -> None:
    page, number = page_of("calls")
    image = page_image(papers()[0], number, 150).copy()
    filled = [boxes_of(page, row)[row % 10] for row in range(1, 7)]
    for tone, box in zip((200, 215) * 3, filled, strict=True):
        inside = (box.x + 0.15, box.y + 0.15, box.x + box.width - 0.15, box.y + box.height - 0.15)
        image.paste((tone,) * 3, tuple(round(at * 150 / 25.4) for at in inside))
    [reading] = read(snapped(image, Shot(150, noise=3, jpeg=80)))
    assert {one.box for one in reading.doubtful} == set(filled)
    assert {one.state for one in reading.boxes} == {"doubtful", "empty"}


@pytest.mark.parametrize("strength", [0.5, 0.8])
def test_the_rim_of_a_stain_is_no_tick(strength: float) -> None:
    page, number = page_of("calls")
    image = np.asarray(page_image(papers()[0], number, 150), np.float32)
    down, across = np.mgrid[: image.shape[0], : image.shape[1]] * (25.4 / 150)
    row = boxes_of(page, 6)
    away = np.hypot(across - row[4].x, down - row[4].y)
    rim = np.exp(-(((away - 28) / 1.1) ** 2)) * strength + (away < 28) * 0.1
    stained = image * (1 - rim[..., None] * (0.3, 0.5, 0.7))
    [reading] = read(snapped(Image.fromarray(stained.astype(np.uint8)), Shot(150, jpeg=80)))
    assert "ticked" not in {one.state for one in reading.boxes}
    assert reading.doubtful


def test_a_row_of_which_a_box_is_hidden_is_asked_whole() -> None:
    page, number = page_of("calls")
    image = page_image(papers()[0], number, 200).copy()
    box = boxes_of(page, 4)[9]
    scale = 200 / 25.4
    left, top = round((box.x - 1) * scale), round((box.y - 1) * scale)
    image.paste((250, 250, 250), (left, top, left + 40, top + 40))
    [reading] = read(snapped(image, Shot(200)))
    assert {one.box.row for one in reading.doubtful} == {4}
    assert len(reading.doubtful) == 10


def test_a_page_with_one_code_gone_is_read_and_with_two_gone_refused() -> None:
    page, number = page_of("day")
    image = page_image(papers()[0], number, 200).copy()
    scale = 200 / 25.4
    for n, expected in ((0, ""), (2, "covered")):
        code = page.codes[n]
        image.paste(
            (200, 190, 180), tuple(round(at * scale) for at in (code.x, code.y, code.x + 6, code.y + 6))
        )
        if expected:
            assert refused(snapped(image, Shot(200))) == expected
        else:
            assert len(read(snapped(image, Shot(200)))[0].boxes) == len(page.boxes)


def test_cards_on_a_page_that_is_not_cut_yet_are_read_each_by_itself() -> None:
    sheet = papers()[1][6]
    image = page_image(papers()[0], 9, 200)
    [second] = [one for one in sheet.pages[1].boxes if one.mark == "7"]
    lower = replace(second, y=second.y + 148.5)
    readings = read(snapped(ticked(image, [(lower, "tick")], 200, "black", 1), Shot(200, turn=1)))
    assert [(one.page, {box.box.row for box in one.boxes}) for one in readings] == [(1, {1}), (2, {2})]
    assert [
        (one.box.row, one.box.mark) for page in readings for one in page.boxes if one.state != "empty"
    ] == [(2, "7")]
    half = image.crop((0, image.height // 2, image.width, image.height))
    assert [one.page for one in read(snapped(half, Shot(200)))] == [2]


# -- what is refused ----------------------------------------------------------------------------------------------


def refused(content: bytes, of: KnownSheets | None = None) -> str:
    with pytest.raises(WorkbenchError) as error:
        read(content, of)
    assert error.value.message.endswith("。")
    assert error.value.hint.endswith("。")
    return error.value.code


def test_what_cannot_be_read_is_refused_with_a_sentence() -> None:
    assert refused(shot_of("calls", Shot(150, cut=(0, 0, 1, 0.8)))) == "cropped"
    assert refused(shot_of("calls", Shot(150, cut=(0.12, 0, 1, 1)))) == "cropped"
    assert refused(shot_of("calls", Shot(150, blur=2.5))) == "blurred"
    moved = page_image(papers()[0], 0, 150).resize((140, 1754), Image.Resampling.BOX).resize((1240, 1754))
    assert refused(snapped(moved, Shot(150))) == "blurred"
    assert refused(shot_of("calls", Shot(200, bend=4))) == "unclear"
    plain = page_image(papers()[0], 8, 150)
    assert refused(snapped(plain, Shot(150))) == "no_codes"


def test_a_sheet_of_another_book_or_one_that_does_not_count_is_refused() -> None:
    content = shot_of("calls", Shot(150))
    sheet = papers()[1][0]
    assert refused(content, known(mark="ffffffffffff")) == "other_book"
    assert refused(content, known(papers()[1][1])) == "no_such_sheet"
    assert refused(content, known(replace(sheet, pages=()))) == "no_such_sheet"
    assert refused(content, known(replace(sheet, replaced="261117-080000"))) == "sheet_replaced"
