"""The cells of one worksheet of a workbook, read and filled in place."""

import datetime as dt
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal, InvalidOperation

from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from workbench.base.outward import cell_text, like_formula
from workbench.sheets.office_return.package import (
    Package,
    beside,
    child,
    local,
    named,
    no_layout,
    sound_layout,
)
from workbench.sheets.office_return.styles import CellStyles
from workbench.sheets.office_return.texts import SharedTexts

#: what a cell may be given: an amount or a count, a day, or a text
CellValue = str | int | Decimal | dt.date
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


class LayoutGrid:
    """A worksheet that is filled in. Rows count from 1, columns are letters. Raises WorkbenchError no_sheet, no_layout."""

    def __init__(self, package: Package, title: str) -> None:
        self._package = package
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[tuple[int, int], etree._Element] = {}
        with sound_layout():
            self._read(title)

    def _read(self, title: str) -> None:
        package = self._package
        self._root = package.change(package.sheet(title))
        self._styles = CellStyles(package)
        self._texts = SharedTexts(package)
        self._choices = self._texts.choices(self._root)
        data = child(self._root, "sheetData")
        if data is None:
            raise no_layout()
        self._data = data
        for row in named(data, "row"):
            self._know(row)
        #: the last row that holds anything, a border even
        self.last = max(self._rows, default=0)
        areas = child(self._root, "mergeCells")
        self._merged = [CellRange(str(one.get("ref"))) for one in areas] if areas is not None else []
        properties = child(package.read(package.workbook), "workbookPr")
        self._epoch = _EPOCH_1904 if _yes(properties, "date1904") else _EPOCH
        #: style by column, of cells that are not there
        self._columns = _column_styles(self._root)

    def _know(self, row: etree._Element) -> None:
        number = int(row.get("r") or max(self._rows, default=0) + 1)
        row.set("r", str(number))
        self._rows[number] = row
        column = 0
        for cell in named(row, "c"):
            place = cell.get("r")
            column = column_index_from_string(place.rstrip("0123456789")) if place else column + 1
            cell.set("r", f"{get_column_letter(column)}{number}")
            self._cells[number, column] = cell

    def text(self, row: int, letter: str) -> str:
        """What a cell holds, as text; '=' for a formula, '' for a blank cell."""
        cell = self._cells.get((row, column_index_from_string(letter)))
        if cell is None:
            return ""
        if child(cell, "f") is not None:
            return "="
        value = child(cell, "v")
        words = "".join(str(value.text or "")) if value is not None else ""
        if cell.get("t") == "s" and words:
            return self._texts.of(int(words))
        inline = child(cell, "is")
        return ("".join(map(str, inline.itertext())) if inline is not None else words).strip()

    def words(self, row: int) -> dict[str, str]:
        """Letter -> text of the cells of a row that are texts."""
        line = self._rows.get(row)
        letters = [
            _letters(cell)
            for cell in (named(line, "c") if line is not None else ())
            if cell.get("t") in ("s", "inlineStr", "str")
        ]
        texts = {letter: self.text(row, letter) for letter in letters}
        return {letter: text for letter, text in texts.items() if text not in ("", "=")}

    def is_free(self, row: int, letter: str) -> bool:
        """Whether a cell is blank and shows what is written in it: no part of a merged area but its first cell."""
        column = column_index_from_string(letter)
        for area in self._merged:
            inside = area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col
            if inside and (area.min_row, area.min_col) != (row, column):
                return False
        return not self.text(row, letter)

    def holds(self, row: int, letter: str, value: CellValue) -> bool:
        """Whether a cell says a value, as `put` would write it or as a text, or nothing at all."""
        text = self.text(row, letter)
        if not text:
            return True
        cell = self._cells.get((row, column_index_from_string(letter)))
        day = isinstance(value, dt.date) and cell is not None and self._styles.is_day(int(cell.get("s") or 0))
        with suppress(InvalidOperation):
            if isinstance(value, dt.date):
                return text == value.isoformat() or (day and Decimal(text) == (value - self._epoch).days)
            if not isinstance(value, str):
                return Decimal(text) == value
        return text.casefold() == str(value).casefold()

    def put(self, row: int, letter: str, value: CellValue) -> None:
        """Write a blank cell in the style that it has; a text never becomes a formula."""
        column = column_index_from_string(letter)
        cell = self._cells.get((row, column))
        if cell is None:
            cell = self._new_cell(row, column)
        for old in list(cell):
            cell.remove(old)
        style = int(cell.get("s") or 0)
        if isinstance(value, dt.date):
            value = (value - self._epoch).days if self._styles.is_day(style) else value.isoformat()
        if isinstance(value, str) or self._styles.is_text(style):
            self._put_text(cell, str(value), style)
            return
        cell.attrib.pop("t", "")
        etree.SubElement(cell, beside(cell, "v")).text = str(value)

    def _put_text(self, cell: etree._Element, text: str, style: int) -> None:
        cell.set("t", "inlineStr")
        inside = etree.SubElement(etree.SubElement(cell, beside(cell, "is")), beside(cell, "t"))
        inside.text = cell_text(text)
        inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if like_formula(inside.text):
            cell.set("s", str(self._styles.guarded(style)))

    def _new_cell(self, row: int, column: int) -> etree._Element:
        line = self._row(row)
        cell = etree.Element(beside(line, "c"), r=f"{get_column_letter(column)}{row}")
        style = line.get("s") if _yes(line, "customFormat") else self._columns.get(column)
        if style:
            cell.set("s", style)
        after = [one for one in named(line, "c") if column_index_from_string(_letters(one)) < column]
        line.insert(line.index(after[-1]) + 1 if after else 0, cell)
        line.attrib.pop("spans", "")
        self._cells[row, column] = cell
        return cell

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            line = etree.Element(beside(self._data, "row"), r=str(number))
            self._stand(number, line)
        return self._rows[number]

    def continue_row(self, pattern: int, row: int) -> None:
        """Give a row that is not there the height, styles and formulas of the row `pattern`, the formulas moved down."""
        if row in self._rows or pattern not in self._rows:
            return
        line = deepcopy(self._rows[pattern])
        line.set("r", str(row))
        for cell in list(named(line, "c")):
            letters = _letters(cell)
            formula = child(cell, "f")
            plain = formula is not None and formula.text and formula.get("t") in (None, "normal", "shared")
            words = str(formula.text) if formula is not None and plain else ""
            for old in list(cell):
                cell.remove(old)
            cell.attrib.pop("t", "")
            cell.set("r", f"{letters}{row}")
            if words:
                moved = Translator(f"={words}", f"{letters}{pattern}").translate_formula(f"{letters}{row}")
                etree.SubElement(cell, beside(cell, "f")).text = moved[1:]
            self._cells[row, column_index_from_string(letters)] = cell
        self._stand(row, line)

    def _stand(self, number: int, line: etree._Element) -> None:
        """Put a new row in its place."""
        if number > self.last:
            self._data.append(line)
        else:
            after = min(one for one in self._rows if one > number)
            self._data.insert(self._data.index(self._rows[after]), line)
        self._rows[number] = line
        self.last = max(self.last, number)

    def settle(self) -> None:
        """Say how far the worksheet reaches now, and have formulas computed anew when the file is opened."""
        reach = child(self._root, "dimension")
        if reach is not None and self._cells:
            rows, columns = [row for row, _c in self._cells], [column for _r, column in self._cells]
            reach.set(
                "ref",
                f"{get_column_letter(min(columns))}{min(rows)}:{get_column_letter(max(columns))}{max(rows)}",
            )
        workbook = self._package.change(self._package.workbook)
        computing = child(workbook, "calcPr")
        if computing is None:
            computing = etree.Element(beside(workbook, "calcPr"))
            last = max(
                (place for place, one in enumerate(workbook) if local(one) in _BEFORE_CALC),
                default=len(workbook) - 1,
            )
            workbook.insert(last + 1, computing)
        computing.set("fullCalcOnLoad", "1")

    def choices(self, row: int, letter: str) -> tuple[str, ...] | None:
        """The words that a cell's own list offers; () for a cell without one, None for a list that a formula makes."""
        return next((words for area, words in self._choices if f"{letter}{row}" in area), ())


#: parts of a workbook that stand before the one about computing
_BEFORE_CALC = frozenset(("sheets", "functionGroups", "externalReferences", "definedNames"))


def _letters(cell: etree._Element) -> str:
    return str(cell.get("r")).rstrip("0123456789")


def _yes(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _column_styles(root: etree._Element) -> dict[int, str]:
    columns = child(root, "cols")
    return {
        column: str(one.get("style"))
        for one in (columns if columns is not None else ())
        if one.get("style")
        for column in range(int(one.get("min") or 1), min(int(one.get("max") or 1), 512) + 1)
    }
