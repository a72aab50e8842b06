"""The shared texts of a workbook, and the words that the lists of choices of its cells offer."""

import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import MultiCellRange

from workbench.base.errors import WorkbenchError
from workbench.sheets.office_return.package import Package, child, local, named

_INLINE = re.compile(r'^"(.*)"$', re.DOTALL)
#: a range of cells, perhaps on another worksheet
_RANGE = re.compile(
    r"^(?:(?:'((?:[^']|'')+)'|([^'!()]+))!)?"
    r"(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})$"
)
#: so many cells of a list of choices are looked at
_MOST = 500


class SharedTexts:
    """Texts by their place, read when the first is wanted."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._texts: list[str] | None = None

    def of(self, place: int) -> str:
        """The text at a place."""
        if self._texts is None:
            part = self._package.beside_workbook("sharedStrings")
            self._texts = [] if part is None else [_plain(one) for one in self._package.read(part)]
        return self._texts[place].strip() if place < len(self._texts) else ""

    def choices(self, root: etree._Element) -> list[tuple[MultiCellRange, tuple[str, ...] | None]]:
        """The cells of a worksheet that have a list of choices, with its words; None where they cannot be told."""
        lists: list[tuple[MultiCellRange, tuple[str, ...] | None]] = []
        for places, formula in _lists(root):
            with suppress(ValueError):
                lists.append((MultiCellRange(places), self._words(root, formula) or None))
        return lists

    def _words(self, root: etree._Element, formula: str) -> tuple[str, ...]:
        formula = formula.lstrip("=").strip()
        if inline := _INLINE.match(formula):
            return tuple(word.strip() for word in inline[1].split(",") if word.strip())
        if place := _RANGE.match(self._defined(formula)):
            sheet = (place[1] or place[2] or "").replace("''", "'")
            try:
                return self._cells(
                    self._package.read(self._package.sheet(sheet)) if sheet else root, place[3]
                )
            except (WorkbenchError, KeyError):
                return ()
        return ()

    def _defined(self, name: str) -> str:
        names = child(self._package.read(self._package.workbook), "definedNames")
        for one in names if names is not None else ():
            if one.get("name") == name:
                return str(one.text or "").strip()
        return name

    def _cells(self, root: etree._Element, places: str) -> tuple[str, ...]:
        left, top, right, bottom = range_boundaries(places.replace("$", ""))
        if None in (left, right):
            return ()
        first = int(top or 1)
        wanted = {
            f"{get_column_letter(column)}{row}"
            for row in range(first, min(int(bottom or first + _MOST), first + _MOST) + 1)
            for column in range(int(left or 1), int(right or 1) + 1)
        }
        words = [
            _cell_text(cell, self)
            for cell in root.iter()
            if isinstance(cell.tag, str) and local(cell) == "c" and cell.get("r") in wanted
        ]
        return tuple(filter(None, words))


def _lists(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(cells, formula) of every list of choices, those of later versions of the format among them."""
    for one in root.iter():
        if not isinstance(one.tag, str) or local(one) != "dataValidation" or one.get("type") != "list":
            continue
        formula = child(one, "formula1")
        inside = next(named(formula, "f"), formula) if formula is not None else None
        places = child(one, "sqref")
        where = one.get("sqref") or (places.text if places is not None else "")
        if inside is not None and inside.text and where:
            yield str(where), str(inside.text)


def _cell_text(cell: etree._Element, texts: SharedTexts) -> str:
    value = child(cell, "v")
    if value is None:
        inline = child(cell, "is")
        return _plain(inline).strip() if inline is not None else ""
    return texts.of(int(str(value.text))) if cell.get("t") == "s" else str(value.text or "").strip()


def _plain(element: etree._Element) -> str:
    """The words of a text with formats, without its phonetic guide."""
    parts = [
        str(one.text or "")
        for one in element.iter()
        if isinstance(one.tag, str)
        and local(one) == "t"
        and not any(local(up) == "rPh" for up in one.iterancestors())
    ]
    return "".join(parts)
