"""Read a picture of printed sheets: find its pages by their codes, straighten them, read their boxes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.outreach.results.entering import check_open
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.paper import PaperPage
from workbench.rules.parameters import Rules
from workbench.sheets.picture.blur import is_blurred
from workbench.sheets.picture.boxes import look
from workbench.sheets.picture.codes import PageCode, short_mark
from workbench.sheets.picture.finding import Grey, SeenCode, codes_in, codes_near
from workbench.sheets.picture.picture import BoxReading, BoxState, PageReading, PaperPicture
from workbench.sheets.picture.refusals import (
    blurred,
    covered,
    cropped,
    no_codes,
    no_such_sheet,
    other_book,
    too_small,
    unclear,
)
from workbench.sheets.picture.straight import Array, Plane

#: codes of a page without which it is not read
_CODES = 3
#: how clearly the frames of a page have to stand in its picture, and a single one
_CLEAR, _SEEN = 0.3, 0.15
#: how dark an empty box may be all over
_SHADED = 0.08
#: pixels a mm without which a tick cannot be told
_SHARP = 3.5


@dataclass(frozen=True, slots=True)
class KnownSheets:
    """What the book knows: its mark (see `book_mark`), and the sheet of a number."""

    mark: str
    find: Callable[[str], HandedSheet | None]


def read_picture(picture: PaperPicture, known: KnownSheets, rules: Rules) -> tuple[PageReading, ...]:
    """The pages of sheets in a picture, as a rule one; in the order in which the sheets count them.

    Raises WorkbenchError no_codes, blurred, other_book, no_such_sheet, sheet_replaced, cropped, covered, unclear,
    picture_too_small.
    """
    grey = _darkest(picture)
    seen = codes_in(grey)
    if not seen:
        raise blurred() if is_blurred(grey) else no_codes()
    pages: dict[tuple[str, int], dict[int, SeenCode]] = defaultdict(dict)
    mark = short_mark(known.mark)
    for code, one in seen.items():
        if code.mark == mark:
            pages[code.sheet, code.page][code.corner] = one
    if not pages:
        raise other_book()
    return tuple(
        _page(picture, grey, _paper(known, sheet, page), PageCode(mark, sheet, page, 0), corners, rules)
        for (sheet, page), corners in sorted(pages.items())
    )


def _paper(known: KnownSheets, number: str, page: int) -> PaperPage:
    sheet = known.find(number)
    paper = next((one for one in sheet.pages if one.number == page), None) if sheet is not None else None
    if sheet is None or paper is None:
        raise no_such_sheet(number)
    check_open(sheet)
    return paper


def _page(
    picture: PaperPicture,
    grey: Grey,
    paper: PaperPage,
    code: PageCode,
    seen: Mapping[int, SeenCode],
    rules: Rules,
) -> PageReading:
    codes = dict(seen)
    plane = _plane(paper, codes)
    _complete(grey, paper, code, codes, plane)
    plane = _plane(paper, codes)
    if not _holds(plane, paper, picture):
        raise cropped(paper.number)
    if len(codes) < _CODES:
        raise covered(paper.number)
    if _scale(plane, paper) < _SHARP:
        raise too_small()
    looks = look(grey, plane, paper.boxes, _black(grey, codes)) if paper.boxes else None
    if looks is None:
        return PageReading(code.sheet, paper.number, picture, (), _turn(plane, paper))
    if float(np.median(looks.frames)) < _CLEAR:
        raise unclear(paper.number)
    # beside a box that is not seen the others may be taken for their neighbours
    hidden = {box.row for box, frame in zip(paper.boxes, looks.frames, strict=True) if frame < _SEEN}
    states = [
        _sure(_state(box.mark, float(dark), rules), float(shaded), bool(spot))
        for box, dark, shaded, spot in zip(paper.boxes, looks.dark, looks.shaded, looks.spots, strict=True)
    ]
    readings = [
        BoxReading(
            box, round(float(dark), 4), "doubtful" if box.row in hidden else state,
            ((q[0][0], q[0][1]), (q[1][0], q[1][1]), (q[2][0], q[2][1]), (q[3][0], q[3][1])),
        )
        for box, dark, state, q in zip(paper.boxes, looks.dark, states, looks.corners.tolist(), strict=True)
    ]  # fmt: skip
    return PageReading(code.sheet, paper.number, picture, _once_a_row(readings), _turn(plane, paper))


def _state(mark: str, dark: float, rules: Rules) -> BoxState:
    """What a box holds by how dark it is."""
    if not mark:
        return "doubtful" if dark >= rules.number("picture.written") else "empty"
    if dark >= rules.number("picture.ticked"):
        return "ticked"
    return "doubtful" if dark >= rules.number("picture.doubtful") else "empty"


def _sure(state: BoxState, shaded: float, spot: bool) -> BoxState:
    """The state, doubtful where a box is faintly filled all over, or its ink may be a stain, a shadow or a stamp."""
    unsure = (state == "empty" and shaded >= _SHADED) or (state == "ticked" and spot)
    return "doubtful" if unsure else state


def _once_a_row(readings: Sequence[BoxReading]) -> tuple[BoxReading, ...]:
    """A row has one result: where two of its boxes are ticked, a person says which."""
    ticks = Counter(one.box.row for one in readings if one.state == "ticked")
    return tuple(
        replace(one, state="doubtful") if one.state == "ticked" and ticks[one.box.row] > 1 else one
        for one in readings
    )


# -- the page in the picture --------------------------------------------------------------------------------------


def _plane(paper: PaperPage, seen: Mapping[int, SeenCode]) -> Plane:
    printed = {one.corner: _corners(one.x, one.y, one.side, one.side) for one in paper.codes}
    corners = sorted(seen)
    return Plane.through(
        np.concatenate([printed[one] for one in corners]),
        np.concatenate([seen[one].corners for one in corners]),
    )


def _complete(grey: Grey, paper: PaperPage, code: PageCode, seen: dict[int, SeenCode], plane: Plane) -> None:
    """Look closely for the codes that were not read, where the others say that they are."""
    for one in paper.codes:
        if one.corner in seen:
            continue
        [middle] = plane.pixels(np.array([[one.x + one.side / 2, one.y + one.side / 2]])).tolist()
        reach = one.side * _scale(plane, paper) * (1.5 if len(seen) > 1 else 4)
        wanted = replace(code, corner=one.corner)
        near = codes_near(grey, (middle[0], middle[1]), reach)
        if wanted in near:
            seen[one.corner] = near[wanted]


def _holds(plane: Plane, paper: PaperPage, picture: PaperPicture) -> bool:
    """Whether the picture holds all codes and boxes of a page."""
    spots = [_corners(one.x, one.y, one.side, one.side) for one in paper.codes]
    spots += [_corners(one.x, one.y, one.width, one.height) for one in paper.boxes]
    at = plane.pixels(np.concatenate(spots))
    return bool(
        (at > -2).all() and (at[:, 0] < picture.width + 2).all() and (at[:, 1] < picture.height + 2).all()
    )


def _scale(plane: Plane, paper: PaperPage) -> float:
    """Pixels a mm in the middle of a page."""
    x, y = paper.width / 2, paper.height / 2
    at = plane.pixels(np.array([[x - 5, y], [x + 5, y], [x, y - 5], [x, y + 5]]))
    return float(min(np.linalg.norm(at[1] - at[0]), np.linalg.norm(at[3] - at[2])) / 10)


def _turn(plane: Plane, paper: PaperPage) -> int:
    """By how many quarters clockwise the picture is turned for the page to stand upright."""
    x, y = paper.width / 2, paper.height / 2
    at = plane.pixels(np.array([[x, y], [x + 10, y]]))
    right = float(np.arctan2(at[1, 1] - at[0, 1], at[1, 0] - at[0, 0]))
    return round(-right / (np.pi / 2)) % 4


def _corners(x: float, y: float, width: float, height: float) -> Array:
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], float)


# -- the picture --------------------------------------------------------------------------------------------------


def _darkest(picture: PaperPicture) -> Grey:
    """Each pixel by the darkest of its colours: red and blue ink is as dark as black."""
    rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    return np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])


def _black(grey: Grey, seen: Mapping[int, SeenCode]) -> float:
    """How bright print is beside its paper, 0..1: of the codes, which are half black."""
    shares = []
    for one in seen.values():
        (left, top), (right, low) = one.corners.min(axis=0).astype(int), one.corners.max(axis=0).astype(int)
        part = grey[max(top, 0) : low, max(left, 0) : right]
        if part.size:
            dark, bright = np.percentile(part, (10, 90))
            shares.append(dark / max(bright, 1))
    return min(float(np.median(shares)), 0.8) if shares else 0.0
