"""How the cells of a workbook show what they hold: days, texts; and the style of a text that begins like a formula."""

import re
from copy import deepcopy

from workbench.sheets.office_return.package import Package, child, local

#: formats of days that every spreadsheet knows by number
_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(50, 59)))
_TEXT = 49
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class CellStyles:
    """The cell formats of a workbook by their place."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.beside_workbook("styles")
        self._guarded: dict[int, int] = {}
        self._formats: list[int] = []
        self._codes: dict[int, str] = {}
        if self._part is None:
            return
        for group in package.read(self._part):
            if local(group) == "cellXfs":
                self._formats = [int(one.get("numFmtId") or 0) for one in group]
            elif local(group) == "numFmts":
                self._codes = {int(one.get("numFmtId") or 0): one.get("formatCode") or "" for one in group}

    def is_day(self, style: int) -> bool:
        """Whether a style shows a number as a day."""
        number = self._format(style)
        code = _QUOTED.sub("", self._codes.get(number, "")).lower()
        return number in _DAYS or ("y" in code and "m" in code) or ("m" in code and "d" in code)

    def is_text(self, style: int) -> bool:
        """Whether a style takes all for text."""
        return self._format(style) == _TEXT or self._codes.get(self._format(style)) == "@"

    def guarded(self, style: int) -> int:
        """The same style for a text that is no formula, whatever it begins with."""
        if self._part is None:
            return style
        if style not in self._guarded:
            group = child(self._package.change(self._part), "cellXfs")
            if group is None or style >= len(group):
                return style
            copied = deepcopy(group[style])
            copied.set("quotePrefix", "1")
            group.append(copied)
            group.set("count", str(len(group)))
            self._guarded[style] = len(group) - 1
        return self._guarded[style]

    def _format(self, style: int) -> int:
        return self._formats[style] if style < len(self._formats) else 0
