"""Finds the header under title rows, one to three rows deep, and reads its names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.catalogue.fields import catalogue as shipped
from workbench.intake.form.layout import Layout, headings, lines_above
from workbench.intake.form.row_roles import RowWords, id_like, plain
from workbench.intake.form.rows import Rows, sort_rows
from workbench.intake.form.stacked import Area, HeadingWords, chains, is_unit, joined
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

__all__ = ["Layout", "Rows", "find_header", "layout_at", "sort_rows"]

_FIGURE = re.compile(r"[-+(（]?[\d.,%:/\-年月日]+[)）]?")
_PERIOD = re.compile(
    r"(19|20)\d\d(年?(第?[一二三四1-4]季度|[上下]半年|\d{1,2}月?|度)?|[-/.]\d{1,2}|[AE])?|(1[0-2]|0?[1-9])月[份末底]?"
)
_BELOW = 30


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as texts, and counts of what they look like."""

    texts: tuple[str, ...]
    #: counts: distinct short texts, figures, years and months
    labels: int
    figures: int
    periods: int
    filled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    bottom: int
    depth: int
    names: tuple[str, ...]
    known: int
    score: float


def find_header(sheet: RawSheet, catalogue: FieldCatalogue, rules: Rules) -> Layout | None:
    """The rows that look most like a header: known headings first, then text over data (domain 16.5-3).

    A sheet that names no known column gets its best-looking row with a low `sure`; None when no row holds two texts.
    """
    search = _Search(sheet, catalogue, rules)
    ranked = sorted(search.candidates(), key=lambda one: -one.score)
    if not ranked:
        return None
    best = ranked[0]
    rest = [
        one.score
        for one in ranked
        if one.bottom - one.depth >= best.bottom or one.bottom <= best.bottom - best.depth
    ]
    sure = search.sureness(best, rest[0] if rest else 0.0)
    return Layout(
        best.bottom, search.widened(best), lines_above(sheet, best.bottom - best.depth + 1), best.depth, sure
    )


def layout_at(sheet: RawSheet, row: int, depth: int = 1) -> Layout:
    """The layout that a person pointed at: `row` is the index of the last header row, `depth` how many rows it has."""
    depth = max(1, min(depth, row + 1))
    top = row - depth + 1
    lines = [headings(sheet.row(index)) for index in range(top, row + 1)]
    names = joined(chains(lines, sheet.merged, top), shipped(), HeadingWords.of(Rules.load()), depth)
    return Layout(row, names, lines_above(sheet, top), depth)


class _Search:
    """The first rows of a sheet, each classified once."""

    def __init__(self, sheet: RawSheet, catalogue: FieldCatalogue, rules: Rules) -> None:
        self._sheet, self._catalogue = sheet, catalogue
        self._words, self._row_words = HeadingWords.of(rules), RowWords.of(rules)
        self._longest, self._deepest = (
            rules.whole("intake.heading_length"),
            rules.whole("intake.header_rows_max"),
        )
        self._dates = (*rules.words("intake.date_words"), *rules.words("intake.other_date_words"))
        self._errors = frozenset(rules.words("intake.error_words"))
        self._width = min(len(sheet.columns), rules.whole("intake.columns_looked_at"))
        self._search = min(sheet.height, rules.whole("intake.header_search_rows"))
        columns = [column[: self._search + _BELOW] for column in sheet.columns[: self._width]]
        self._lines = [self._line(cells) for cells in zip(*columns, strict=True)]
        self._merged: list[Area] = [area for area in sheet.merged if area[0] < self._search]

    def _line(self, cells: Sequence[Cell]) -> _Line:
        texts = headings(cells)
        filled = tuple(index for index, text in enumerate(texts) if text)
        labels: set[str] = set()
        figures = periods = 0
        for index in filled:
            text = texts[index]
            if _PERIOD.fullmatch(text):
                periods += 1
            # an error stands where a figure should
            if not isinstance(cells[index], str) or _FIGURE.fullmatch(text) or text in self._errors:
                figures += 1
            elif len(text) <= self._longest:
                labels.add(text)
        return _Line(texts, len(labels), figures, periods, filled)

    # -- candidates ----------------------------------------------------------------------------------------

    def candidates(self) -> list[_Candidate]:
        """The best header that ends at each row; rows that cannot end a header are left out."""
        candidates: list[_Candidate] = []
        for bottom in range(self._search):
            line = self._lines[bottom]
            if not line.filled or self._goes_on(bottom):
                continue
            best: _Candidate | None = None
            for depth in range(1, min(self._deepest, bottom + 1) + 1):
                if depth > 1 and not self._is_parent(bottom - depth + 1, bottom):
                    break
                deeper = self._candidate(bottom, depth)
                if deeper is not None and (best is None or self._gains(deeper, best)):
                    best = deeper
            if best is not None:
                candidates.append(best)
        return candidates

    def _candidate(self, bottom: int, depth: int) -> _Candidate | None:
        line = self._lines[bottom]
        names = self._names(bottom, depth)
        distinct = {name for name in names if name and not _FIGURE.fullmatch(name)}
        known = sum(self._catalogue.find(name) is not None for name in distinct)
        if known:
            if line.figures - line.periods > known + line.labels:
                return None
            return _Candidate(bottom, depth, names, known, self._score(bottom, depth, names, known))
        labels = len(distinct) + min(line.periods, len(line.filled))
        years = line.periods == len(line.filled) > 2
        if len(line.filled) < 2 or labels < 2 or (line.figures - line.periods >= line.labels and not years):
            return None
        return _Candidate(bottom, depth, names, 0, self._score(bottom, depth, names, 0))

    def _score(self, bottom: int, depth: int, names: tuple[str, ...], known: int) -> float:
        line = self._lines[bottom]
        short = sum(1 for name in set(names) if name and len(name) <= self._longest * depth)
        score = known * 3 + short * 0.5 - max(0, line.figures - line.periods)
        over_figures, over_any = self._over(bottom, names)
        score += over_figures + 0.5 * over_any - 3 * (1 + known) * self._like_beside(bottom)
        return score - 0.01 * bottom - (0.25 * (depth - 1) if known else 0)

    def _over(self, bottom: int, names: Sequence[str]) -> tuple[float, float]:
        """The share of named columns that have mostly figures under the heading, and that have anything."""
        below = self._lines[bottom + 1 : bottom + 1 + _BELOW]
        named = [index for index, name in enumerate(names) if name]
        if not named or not below:
            return 0.0, 0.0
        figures = filled = 0
        for index in named:
            texts = [line.texts[index] for line in below if line.texts[index]]
            filled += bool(texts)
            figures += (
                sum(1 for text in texts if _FIGURE.fullmatch(text) or id_like(text)) * 2 > len(texts) > 0
            )
        return figures / len(named), filled / len(named)

    def _like_beside(self, bottom: int) -> int:
        """How many cells are codes of the same form as those above or below them (TS7, TS8): a sign of data."""
        line = self._lines[bottom]
        others = [*self._lines[max(0, bottom - 3) : bottom], *self._lines[bottom + 1 : bottom + 6]]
        alike = 0
        for index in line.filled:
            if id_like(line.texts[index]) and not _PERIOD.fullmatch(line.texts[index]):
                make = _make(line.texts[index])
                makes = [_make(other.texts[index]) for other in others if other.texts[index]]
                alike += makes.count(make) * 2 > len(makes) > 0
        return alike

    def _names(self, bottom: int, depth: int) -> tuple[str, ...]:
        top = bottom - depth + 1
        lines = [line.texts for line in self._lines[top : bottom + 1]]
        if depth == 1:
            return lines[0]
        return joined(chains(lines, self._merged, top), self._catalogue, self._words, depth)

    # -- headers of several rows ---------------------------------------------------------------------------

    def _goes_on(self, row: int) -> bool:
        """Whether the header must reach further down than `row`: a heading merged downwards, or blanks under spread-out
        headings that the next row fills."""
        line = self._lines[row]
        if self._explained(row) or self._named_below(row):
            return True
        for top, left, bottom, _right in self._merged:
            if top <= row < bottom < self._search and bottom - top < self._deepest and left < self._width:
                text = self._lines[top].texts[left]
                if text and not _FIGURE.fullmatch(text) and len(line.filled) >= 2:
                    return True
        if self._merged or row + 2 >= len(self._lines) or len(line.filled) < 2 or line.figures:
            return False
        under, after = self._lines[row + 1], self._lines[row + 2]
        return (
            len(under.filled) >= 2
            and under.figures == 0
            and under.filled[0] > line.filled[0]
            and any(not line.texts[index] for index in under.filled)
            and all(self._within(line, index) for index in under.filled)
            and len(after.filled) > len(under.filled)
            and set(under.filled) <= set(after.filled)
            and after.figures > 0
            and not self._is_note(under)
        )

    def _explained(self, row: int) -> bool:
        """Whether the next row holds nothing but the units or the field codes of this one's headings."""
        if row + 2 >= len(self._lines) or len(self._lines[row].filled) < 2 or self._lines[row].figures:
            return False
        line, under, after = self._lines[row : row + 3]
        if not under.filled or not set(under.filled) <= set(line.filled):
            return False
        if all(is_unit(under.texts[index]) for index in under.filled):
            return True
        return _all_codes(under) and not _all_codes(line) and not _all_codes(after) and bool(after.figures)

    def _named_below(self, row: int) -> bool:
        """Whether this row holds codes or English names, and the next one the Chinese names (and units) of the same columns."""
        if row + 2 >= len(self._lines) or len(self._lines[row].filled) < 2:
            return False
        line, under = self._lines[row : row + 2]
        texts = [under.texts[index] for index in under.filled]
        if under.figures or not all(line.texts[index].isascii() for index in line.filled):
            return False
        known = sum(not text.isascii() and self._catalogue.find(text) is not None for text in texts)
        return known >= 2 and known * 2 >= len(texts)

    @staticmethod
    def _within(line: _Line, index: int) -> bool:
        """A cell under a heading or under the blanks to the right of one."""
        return any(line.texts[: index + 1])

    def _is_parent(self, row: int, bottom: int) -> bool:
        """Whether a row may stand over the header's last row: headings of groups, and no title, note or figures."""
        line, last = self._lines[row], self._lines[bottom]
        if not line.filled:  # blank, but under headings that are merged downwards
            return any(top < row <= low < bottom for top, _left, low, _right in self._merged)
        if line.figures > line.periods or self._is_note(line):
            return False
        if any(len(line.texts[index]) > self._longest for index in line.filled):
            return False
        named = {index for other in self._lines[row + 1 : bottom + 1] for index in other.filled} | set(
            line.filled
        )
        first, width = min(named), len(named)
        for top, left, _low, right in self._merged:
            if top == row and self._lines[row].texts[left] and right - left + 1 >= max(3, width * 0.9):
                return False
        if len(line.filled) > 1:
            return True
        only = line.filled[0]
        spans = any(
            top <= row <= low and left <= only <= right and right > left
            for top, left, low, right in self._merged
        )
        return spans if self._merged else only > first and bool(last.texts[only])

    def _is_note(self, line: _Line) -> bool:
        texts = [line.texts[index] for index in line.filled]
        return (
            any(
                ":" in plain(text) or self._row_words.starts_note(plain(text)) or text.startswith(self._dates)
                for text in texts
            )
            and len(texts) <= 4
        )

    def _gains(self, deeper: _Candidate, than: _Candidate) -> bool:
        """Whether one more row on top improves the names, or merged cells make it part of the header."""
        if deeper.known != than.known:
            return deeper.known > than.known
        top, last = deeper.bottom - deeper.depth + 1, deeper.bottom
        line = self._lines[top]
        for first, left, low, right in self._merged:
            if first == top and left < self._width and line.texts[left] and (right > left or low > first):
                under = [self._lines[last].texts[index] for index in range(left, min(right + 1, self._width))]
                if low >= last or sum(map(bool, under)) > 1:
                    return True
        lower = [name for name in than.names if name]
        if len(set(lower)) < len(lower) and len({n for n in deeper.names if n}) > len(set(lower)):
            return True
        if _all_codes(self._lines[last]) and top == last - 1 and not _all_codes(line):
            return len(line.filled) >= len(self._lines[last].filled)
        bare = [index for index in line.filled if not than.names[index]]
        return (
            bool(bare)
            and deeper.known > 0
            and any(one.texts[index] for index in bare for one in self._lines[last + 1 : last + 6])
        )

    # -- judging -------------------------------------------------------------------------------------------

    def sureness(self, best: _Candidate, second: float) -> float:
        """How certain the best candidate is, 0..1: known headings, what stands below, the lead over the next row."""
        named = sum(map(bool, best.names)) or 1
        over_figures, over_any = self._over(best.bottom, best.names)
        if not best.known:
            return round(0.1 + 0.2 * over_figures + 0.1 * over_any, 2)
        gap = max(0.0, min(1.0, (best.score - second) / best.score)) if best.score > 0 else 0.0
        known = 0.5 * min(1.0, best.known / 4) + 0.2 * best.known / named
        return round(min(1.0, known + 0.15 * gap + 0.15 * over_any), 2)

    def widened(self, best: _Candidate) -> tuple[str, ...]:
        """The names of all columns, including those beyond the width that was searched."""
        beyond = self._sheet.columns[self._width :]
        return (*best.names, *headings([column[best.bottom] for column in beyond]))


def _make(text: str) -> str:
    return re.sub(r"\d+", "9", text)


def _all_codes(line: _Line) -> bool:
    """A row of field codes: CUST_NO, CUST_NAME, AUM_BAL."""
    texts = [line.texts[index] for index in line.filled]
    return len(texts) >= 3 and all(
        re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+|[A-Z]{2,}[0-9]*", text) for text in texts
    )
