"""Finds the header row under title rows, and names every row that is not data: title, header, total, note, blank."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.intake.fields import Catalogue
from workbench.intake.reader import RawSheet
from workbench.intake.values import shown
from workbench.rules import Rules

_FIGURE = re.compile(r"[-+(（]?[\d.,%:/\-年月日]+[)）]?")
_ID_LIKE = re.compile(r"(?=.*\d)[0-9A-Za-z_\-./*]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's header stands (index into the columns) and what it and the rows above it say."""

    header: int
    names: tuple[str, ...]
    #: texts of the rows above the header, one per row
    above: tuple[str, ...]


@dataclass(slots=True)
class Rows:
    """What each row under the header is: indices of data, and of the total rows; the rest counted by word."""

    data: list[int]
    totals: list[int] = field(default_factory=list)
    not_data: dict[str, int] = field(default_factory=dict)

    def count(self, word: str) -> None:
        self.not_data[word] = self.not_data.get(word, 0) + 1


def find_header(sheet: RawSheet, catalogue: Catalogue, rules: Rules) -> Layout | None:
    """The row that looks most like a header: known headings first, then text over data. None when no row names
    a single known column."""
    best: tuple[float, int] | None = None
    for index in range(min(sheet.height, rules.whole("intake.header_search_rows"))):
        score = _score(sheet.row(index), catalogue)
        if score is not None and (best is None or score > best[0]):
            best = (score, index)
    if best is None:
        return None
    header = best[1]
    names = tuple(" ".join(shown(cell).split()) for cell in sheet.row(header))
    above = tuple(_line(sheet.row(index)) for index in range(header))
    return Layout(header, names, above)


def _score(cells: list[Any], catalogue: Catalogue) -> float | None:
    known = text = figures = 0
    seen: set[str] = set()
    for cell in cells:
        said = shown(cell)
        if not said:
            continue
        if not isinstance(cell, str) or _FIGURE.fullmatch(said):
            figures += 1
        elif said not in seen:
            seen.add(said)
            text += len(said) <= 20
            known += catalogue.find(said) is not None
    if not known or figures > known + text:
        return None
    return known * 3 + text * 0.5 - figures


def _line(cells: list[Any]) -> str:
    """A row above the header as one line; a serial number after 日期 becomes a date."""
    parts: list[str] = []
    for cell in cells:
        if isinstance(cell, float) and parts and "日期" in parts[-1] and 36_000 < cell < 80_000:
            parts.append((dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat())
        elif said := shown(cell):
            parts.append(said)
    return "  ".join(parts)


def sort_rows(sheet: RawSheet, layout: Layout, key: int, rules: Rules) -> Rows:
    """Tell data rows from the rest by the cell in the key column (the customer or product number)."""
    rows = Rows([])
    for index in range(layout.header):
        rows.count("title" if layout.above[index] else "blank")
    rows.count("header")
    totals, subtotals = rules.words("intake.total_words"), rules.words("intake.subtotal_words")
    notes = tuple(_plain(word) for word in rules.words("intake.note_words"))
    first = layout.header + 1
    cells = sheet.columns[key][first:]
    doubtful = set() if _all_plain(cells) else {cell for cell in set(cells) if _doubtful(cell)}
    if not doubtful:
        rows.data = list(range(first, sheet.height))
        return rows
    for index, cell in enumerate(cells, first):
        if cell not in doubtful:
            rows.data.append(index)
            continue
        word = _role(sheet.row(index), key, layout.names, (totals, subtotals), notes)
        if word == "data":
            rows.data.append(index)
            continue
        rows.count("total" if word == "subtotal" else word)
        if word == "total":
            rows.totals.append(index)
    return rows


def _all_plain(cells: Sequence[Any]) -> bool:
    """Whether all are texts of digits: the usual column of numbers, told in one look."""
    if set(map(type, cells)) != {str} or "" in set(cells):
        return False
    joined = "".join(cells)
    return joined.isascii() and joined.isdigit()


def _doubtful(cell: Any) -> bool:
    if isinstance(cell, str):
        return not _ID_LIKE.fullmatch(cell)
    return cell is None


def _role(
    cells: list[Any],
    key: int,
    names: tuple[str, ...],
    totals: tuple[tuple[str, ...], tuple[str, ...]],
    notes: tuple[str, ...],
) -> str:
    said = [shown(cell) for cell in cells]
    filled = [text for text in said if text]
    if not filled:
        return "blank"
    if sum(text == name for text, name in zip(said, names, strict=True) if text) > len(filled) * 0.6:
        return "header"
    # a footer stands in the key column or, that being empty, in the first filled cell
    first = _plain(said[key] or filled[0])
    for word, spellings in zip(("total", "subtotal"), totals, strict=True):
        if any(_is_total(first, _plain(spelling)) for spelling in spellings):
            return word
    if first.startswith(notes) and len(filled) <= max(3, len(cells) // 3):
        return "note"
    if len(filled) == 1 and len(cells) > 2 and not _ID_LIKE.fullmatch(first):
        return "note"
    return "data"


def _is_total(first: str, word: str) -> bool:
    """'合计', '合计:', '本页小计', '全行合计(14183户)' but not a name that merely contains the word."""
    bare = re.sub(r"[(:].*$", "", first)
    return bare.startswith(word) or (bare.endswith(word) and len(bare) <= len(word) + 6)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
