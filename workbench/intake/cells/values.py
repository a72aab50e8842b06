"""Cells to values, a column at a time (domain 16.2): each distinct cell is read once, numbers by numpy.

Nothing is guessed: a cell that cannot be read becomes None and is named with a fault code.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from workbench.intake.catalogue.fields import UNITS
from workbench.intake.cells.dates_read import DateReader, Order, proven_order
from workbench.intake.cells.idcard import wrong_check_digits
from workbench.intake.cells.notation import Notation, Sides
from workbench.intake.cells.numbers import numeric
from workbench.intake.cells.parsed import CellFault, Cells, Parsed, Read
from workbench.intake.cells.shown import EXACT, plain, remains, shown
from workbench.intake.cells.terms import Terms
from workbench.intake.reading.frames import Cell, all_texts
from workbench.people.dialling import is_mobile, written_number
from workbench.rules.parameters import Rules

__all__ = ["CellReader", "Parsed", "shown"]

_Taken: TypeAlias = Read | CellFault

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WHOLE_TEXT = re.compile(r"(\d+)\.0+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


class CellReader:
    """Reads columns with the words of the rules in force; `epoch_1904`: serial dates count from 1904."""

    def __init__(self, rules: Rules, *, epoch_1904: bool = False) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(plain(word) for word in rules.words(f"intake.{name}"))

        self._notation = Notation.of(rules)
        self._null = self._notation.null
        self._dates = DateReader(self._null, words("null_dates"), epoch_1904=epoch_1904)
        self._yes, self._no, self._ticks = words("yes_words"), words("no_words"), words("tick_words")
        self._male, self._female = words("male_words"), words("female_words")
        self._unknown_gender = words("unknown_gender_words")
        self._terms = Terms.of(rules)
        self._ones: dict[str, Callable[[Cell], _Taken]] = {
            "gender": self._gender, "flag": self._flag, "id": self._id,
            "phone": self._phone, "idcard": self._idcard, "name": self._name, "term": self._term,
        }  # fmt: skip

    def column(
        self, cells: Cells, kind: str, unit: str = "元", *, order: Order = None, sides: Sides = "neither"
    ) -> Parsed:
        """Read a column of a field kind (resources/fields.toml); cells that cannot be read become faults.

        `unit` is the unit of a money column; `sides`: which sides tell a sign in it. `order` is the order of
        day and month that a person chose for year-last dates; without one, only an order that the column itself
        proves is used.
        """
        if kind in ("money", "count", "number", "percent"):
            return numeric(cells, kind, UNITS[unit], self._notation, sides=sides)
        if kind == "date":
            return self._day_column(cells, order)
        if quick := _QUICK.get(kind):
            ready = quick(cells)
            if ready is not None:
                return _with_id_check(Parsed(ready), kind)
        parsed = _each_once(cells, self._ones.get(kind, self._text))
        if kind == "flag":
            return self._ticked(cells, parsed)
        return _with_id_check(parsed, kind)

    # -- one distinct cell at a time ----------------------------------------------------------------------------

    def _plain_text(self, cell: Cell) -> str | None:
        """The cell in plain form; None for blank."""
        text = plain(shown(cell))
        return None if text in self._null else text

    def _text(self, cell: Cell) -> _Taken:
        if isinstance(cell, str) and _CHINESE.fullmatch(cell):  # nothing to strip, no other width
            return None if cell in self._null else cell
        if (left := remains(cell)) is not None:
            return CellFault("number_rounded", left)
        return self._words(cell)

    def _words(self, cell: Cell) -> str | None:
        text = shown(cell).replace("\xa0", " ").replace("\u3000", " ").strip().removeprefix("'").strip()
        return None if not text or plain(text) in self._null else text

    def _name(self, cell: Cell) -> str | None:
        if isinstance(cell, str) and _CHINESE.fullmatch(cell):
            return None if cell in self._null else cell
        text = self._words(cell)
        return "".join(text.split()) if text and not text.isascii() else text

    def _id(self, cell: Cell) -> _Taken:
        if isinstance(cell, float) and not cell.is_integer():
            return CellFault("bad_number_text")
        if isinstance(cell, float | int) and abs(cell) >= EXACT:
            return CellFault("number_rounded")
        if isinstance(cell, dt.date | dt.time | dt.timedelta):
            return CellFault("bad_number_text")
        text = self._plain_text(cell)
        if text is None:
            return None
        text = text.removeprefix("'")
        if "E" in text and _SCIENTIFIC.fullmatch(text):
            return CellFault("number_rounded")
        if match := _WHOLE_TEXT.fullmatch(text):
            return match[1]
        return text

    def _idcard(self, cell: Cell) -> _Taken:
        text = self._id(cell)
        return text.upper() if isinstance(text, str) else text

    def _phone(self, cell: Cell) -> _Taken:
        text = self._plain_text(cell)
        if text is None or text == "0":
            return None
        parts = [part for part in re.split(r"[/,;、，；]", text.removeprefix("'")) if part]
        numbers = [written_number(part) for part in parts]
        good = [number for number in numbers if number is not None]
        if not good:
            return CellFault("bad_phone")
        best = next((number for number in good if is_mobile(number)), good[0])
        return best if len(parts) == 1 else CellFault("two_numbers", best)

    def _gender(self, cell: Cell) -> _Taken:
        text = self._plain_text(cell)
        if text is None or text in self._unknown_gender:
            return None
        if text in self._male:
            return "男"
        return "女" if text in self._female else CellFault("bad_gender")

    def _term(self, cell: Cell) -> _Taken:
        text = self._plain_text(cell)
        return None if text is None else self._terms.days(text)

    def _flag(self, cell: Cell) -> _Taken:
        text = plain(shown(cell))
        if text in self._yes:
            return 1
        if text in self._no:
            return 0
        return None if text in self._null else CellFault("bad_flag")

    def _ticked(self, cells: Cells, parsed: Parsed) -> Parsed:
        """Blanks are "no" in a column that holds ticks and blanks only (domain 16.2)."""
        texts = {plain(cell) for cell in parsed.texts if cell.strip()}
        if texts and texts <= self._ticks:
            return Parsed([value or 0 for value in parsed.values], [], parsed.texts)
        return parsed

    def _day_column(self, cells: Cells, order: Order) -> Parsed:
        parsed = _each_once(cells, partial(self._dates.read, order=order))
        if order is not None or not any(code == "ambiguous_date" for _index, code in parsed.faults):
            return parsed
        proven = proven_order(parsed.texts)
        return parsed if proven is None else _each_once(cells, partial(self._dates.read, order=proven))


def _each_once(cells: Cells, read: Callable[[Cell], _Taken]) -> Parsed:
    if bool in set(map(type, cells)):  # True and 1.0 are the same key of a dict
        cells = [shown(cell) if isinstance(cell, bool) else cell for cell in cells]
    table = {cell: read(cell) for cell in set(cells)}
    texts = frozenset(cell for cell in table if isinstance(cell, str))
    wrong = {cell: fault for cell, fault in table.items() if isinstance(fault, CellFault)}
    values = {cell: fault.value if isinstance(fault, CellFault) else fault for cell, fault in table.items()}
    if not wrong:
        return Parsed(list(map(values.__getitem__, cells)), [], texts)
    faults = [(index, wrong[cell].code) for index, cell in enumerate(cells) if cell in wrong]
    return Parsed(list(map(values.__getitem__, cells)), faults, texts)


def _with_id_check(parsed: Parsed, kind: str) -> Parsed:
    if kind != "idcard":
        return parsed
    wrong = ((index, "id_check") for index in wrong_check_digits(parsed.values))
    return Parsed(parsed.values, [*parsed.faults, *wrong], parsed.texts)


# -- columns that need no conversion ----------------------------------------------------------------------


def _clean_text(cells: Cells) -> list[Read] | None:
    """The column when it holds only half-width letters and digits, none a possible null word; else None."""
    if not all_texts(cells):
        return None
    joined = "".join(cells)
    if not (joined.isascii() and joined.isalnum()) or {len(cell) for cell in cells} & {2, 3, 4}:
        return None
    return [cell or None for cell in cells]


def _clean_idcard(cells: Cells) -> list[Read] | None:
    ready = _clean_text(cells)
    if ready is None or not all_texts(cells):
        return None
    joined = "".join(cells)
    return ready if joined.isupper() or joined.isdigit() else None


def _clean_phone(cells: Cells) -> list[Read] | None:
    if not all_texts(cells) or not {len(cell) for cell in cells} <= {0, 11}:
        return None
    joined = "".join(cells)
    if not (joined.isascii() and joined.isdigit()) or not {cell[:1] for cell in cells} <= {"", "1"}:
        return None
    return [cell or None for cell in cells]


_QUICK: dict[str, Callable[[Cells], list[Read] | None]] = {
    "id": _clean_text,
    "idcard": _clean_idcard,
    "phone": _clean_phone,
}
