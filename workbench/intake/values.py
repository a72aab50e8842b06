"""Cells to values, a column at a time (domain 16.2): each distinct cell is read once, numbers by numpy.

Nothing is guessed: a cell that cannot be read becomes None and is named with a fault code.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.dates import month_end
from workbench.intake.fields import UNITS
from workbench.rules import Rules

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: values (None: not told) and the faults as (index, code). Faulty cells are None, except
    where the code only marks the value (`id_check`, `two_numbers`)."""

    values: list[Any]
    faults: list[tuple[int, str]] = field(default_factory=list)


class _Fault:
    """A cell that could not be read (value None), or one that was read but is doubtful."""

    __slots__ = ("code", "value")

    def __init__(self, code: str, value: Any = None) -> None:
        self.code = code
        self.value = value


#: Above this a float no longer holds every whole number of 15 digits: Excel has rounded it.
_EXACT: Final = 10**15
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(367, 80_000)
_NEVER_YEAR = 2900
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT]+\d.*)?")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_DIGITS8 = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|\.0+)?")
_DIGITS6 = re.compile(r"(\d{4})(\d{2})(?:\.0+)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?:CNY|RMB|¥)?(?P<sign2>[-+])?"
    r"(?P<digits>\d{1,4}(?:,\d{3,4})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<power>E[-+]?\d+)?"
    r"(?P<minus>-)?(?P<suffix>亿元|百万元|万元|千元|元|亿|万|千|%)?(?P<minus2>-)?(?P<close>\))?"
)
_SUFFIX = {**UNITS, "亿": 100_000_000, "万": 10_000, "千": 1_000}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WHOLE_TEXT = re.compile(r"(\d+)\.0+")
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"\d{7,13}")
_MASKED_PHONE = re.compile(r"[\d*]{7,13}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def shown(cell: Any) -> str:
    """A cell as a person saw it, near enough: 123.0 is '123', a midnight is a date."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return str(cell).strip() if cell is not None else ""


class Values:
    """Reads columns with the words of the rules in force."""

    def __init__(self, rules: Rules) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(_plain(word) for word in rules.words(f"intake.{name}"))

        self._null = words("null_words") | {""}
        self._null_dates = words("null_dates")
        self._yes, self._no, self._ticks = words("yes_words"), words("no_words"), words("tick_words")
        self._male, self._female = words("male_words"), words("female_words")
        self._unknown_gender = words("unknown_gender_words")
        self._ones: dict[str, Callable[[Any], Any]] = {
            "date": self._date, "gender": self._gender, "flag": self._flag, "id": self._id,
            "phone": self._phone, "idcard": self._idcard, "name": self._name,
        }  # fmt: skip

    def column(self, cells: Cells, kind: str, unit: str = "元") -> Parsed:
        """Read a column of a field kind; `unit` is what one of a money column is."""
        if kind in ("money", "count", "number", "percent"):
            return self._numeric(cells, kind, UNITS[unit])
        if quick := _QUICK.get(kind):
            ready = quick(cells)
            if ready is not None:
                return self._with_id_check(ready, kind)
        parsed = self._each_once(cells, self._ones.get(kind, self._text))
        if kind == "flag":
            return self._ticked(cells, parsed)
        return self._with_id_check(parsed.values, kind, parsed.faults)

    # -- one distinct cell once ----------------------------------------------------------------------------

    def _each_once(self, cells: Cells, read: Callable[[Any], Any]) -> Parsed:
        if bool in set(map(type, cells)):  # True and 1.0 are one key of a dict
            cells = [shown(cell) if isinstance(cell, bool) else cell for cell in cells]
        table = {cell: read(cell) for cell in set(cells)}
        wrong = {cell: fault for cell, fault in table.items() if fault.__class__ is _Fault}
        if not wrong:
            return Parsed(list(map(table.__getitem__, cells)))
        table.update({cell: fault.value for cell, fault in wrong.items()})
        faults = [(index, wrong[cell].code) for index, cell in enumerate(cells) if cell in wrong]
        return Parsed(list(map(table.__getitem__, cells)), faults)

    def _told(self, cell: Any) -> str | None:
        """The cell as plain text, or None when it says nothing."""
        text = _plain(shown(cell))
        return None if text in self._null else text

    def _text(self, cell: Any) -> str | None:
        text = shown(cell).replace("\xa0", " ").replace("\u3000", " ").strip().removeprefix("'").strip()
        return None if not text or _plain(text) in self._null else text

    def _name(self, cell: Any) -> str | None:
        text = self._text(cell)
        return "".join(text.split()) if text and not text.isascii() else text

    def _id(self, cell: Any) -> Any:
        if isinstance(cell, float) and not cell.is_integer():
            return _Fault("bad_number_text")
        if isinstance(cell, float | int) and abs(cell) >= _EXACT:
            return _Fault("number_rounded")
        if isinstance(cell, dt.date | dt.time | dt.timedelta):
            return _Fault("bad_number_text")
        text = self._told(cell)
        if text is None:
            return None
        text = text.removeprefix("'")
        if "E" in text and _SCIENTIFIC.fullmatch(text):
            return _Fault("number_rounded")
        if match := _WHOLE_TEXT.fullmatch(text):
            return match[1]
        return text

    def _idcard(self, cell: Any) -> Any:
        text = self._id(cell)
        return text.upper() if isinstance(text, str) else text

    def _phone(self, cell: Any) -> Any:
        text = self._told(cell)
        if text is None or text == "0":
            return None
        parts = [part for part in re.split(r"[/,;、，；]", text) if part]
        numbers = [_phone_digits(part) for part in parts]
        good = [number for number in numbers if number is not None]
        if not good:
            return _Fault("bad_phone")
        best = next((number for number in good if _MOBILE.fullmatch(number)), good[0])
        return best if len(parts) == 1 else _Fault("two_numbers", best)

    def _gender(self, cell: Any) -> Any:
        text = self._told(cell)
        if text is None or text in self._unknown_gender:
            return None
        if text in self._male:
            return "男"
        return "女" if text in self._female else _Fault("bad_gender")

    def _flag(self, cell: Any) -> Any:
        text = _plain(shown(cell))
        if text in self._yes:
            return 1
        if text in self._no:
            return 0
        return None if text in self._null else _Fault("bad_flag")

    def _ticked(self, cells: Cells, parsed: Parsed) -> Parsed:
        """A column of ticks and blanks only: no tick says no (domain 16.2)."""
        told = {_plain(cell) for cell in set(cells) if isinstance(cell, str) and cell.strip()}
        if told and told <= self._ticks:
            return Parsed([value or 0 for value in parsed.values])
        return parsed

    def _date(self, cell: Any) -> Any:
        if cell.__class__ is str and (quick := _iso_date(cell)) is not None:
            return quick
        if isinstance(cell, dt.datetime):
            cell = cell.date()
        if isinstance(cell, dt.date):
            return self._real(cell.year, cell.month, cell.day)
        if isinstance(cell, float | int):
            cell = shown(cell)
        if cell is None:
            return None
        if not isinstance(cell, str):
            return _Fault("bad_date")
        text = unicodedata.normalize("NFKC", cell).strip().removeprefix("'")
        if _plain(text) in self._null or text in self._null_dates:
            return None
        if match := _YMD.fullmatch(text) or _DIGITS8.fullmatch(text):
            return self._real(*map(int, match.groups()))
        if match := _SERIAL.fullmatch(text):
            days = int(match[1])
            if days not in _SERIALS:
                return _Fault("bad_date")
            day = _EPOCH + dt.timedelta(days=days)
            return self._real(day.year, day.month, day.day)
        if match := _YM.fullmatch(text) or _DIGITS6.fullmatch(text):
            year, month = map(int, match.groups())
            if 1 <= month <= 12 and 1900 <= year < _NEVER_YEAR:
                return month_end(f"{year:04d}-{month:02d}").isoformat()
        return _Fault("bad_date")

    def _real(self, year: int, month: int, day: int) -> Any:
        if year >= _NEVER_YEAR:
            return None
        try:
            text = dt.date(year, month, day).isoformat()
        except ValueError:
            return _Fault("bad_date")
        if text in self._null_dates:
            return None
        return text if year >= 1900 else _Fault("bad_date")

    def _with_id_check(self, values: list[Any], kind: str, faults: Sequence[tuple[int, str]] = ()) -> Parsed:
        if kind != "idcard":
            return Parsed(values, list(faults))
        return Parsed(values, [*faults, *((index, "id_check") for index in _wrong_check_digits(values))])

    # -- numbers -------------------------------------------------------------------------------------------

    def _numeric(self, cells: Cells, kind: str, unit: int) -> Parsed:
        import numpy as np

        kinds = set(map(type, cells))
        faults: dict[int, str] = {}
        if kinds <= {float, int}:
            numbers = np.array(cells, dtype=float)
        else:
            table = self._strings({cell for cell in cells if cell.__class__ is str}, kind, unit)
            drawn: list[float] = []
            for cell in cells:
                if cell.__class__ is str:
                    drawn.append(table[cell])
                elif cell.__class__ is float or cell.__class__ is int:
                    drawn.append(cell)
                else:
                    drawn.append(float("nan") if cell is None else float("inf"))
            numbers = np.array(drawn, dtype=float)
        if kind == "percent":
            numbers = self._as_ratio(np, cells, numbers)
        elif kind == "money":
            numbers = _half_away(np, numbers * (100 * unit))
        wrong = np.isinf(numbers)
        if kind != "percent" and kind != "number":
            wrong |= np.abs(numbers) > 9e15
        if kind == "count":
            wrong |= ~np.isnan(numbers) & (numbers != np.rint(numbers))
        if wrong.any():
            faults = dict.fromkeys(np.flatnonzero(wrong).tolist(), "bad_number")
            numbers[wrong] = np.nan
        blank = np.isnan(numbers)
        whole = kind in ("money", "count")
        if not blank.any():
            return Parsed((numbers.astype(np.int64) if whole else numbers).tolist())
        filled = np.where(blank, 0, numbers)
        values: list[Any] = (filled.astype(np.int64) if whole else filled).tolist()
        for index in np.flatnonzero(blank).tolist():
            values[index] = None
        return Parsed(values, sorted(faults.items()))

    @staticmethod
    def _as_ratio(np: Any, cells: Cells, numbers: Any) -> Any:
        """85 among plain numbers means 85 %: a column whose plain numbers exceed 1.5 is in percent."""
        plain = np.array([not (isinstance(cell, str) and "%" in _plain(cell)) for cell in cells])
        seen = numbers[plain & np.isfinite(numbers)]
        return np.where(plain, numbers / 100, numbers) if seen.size and seen.max() > 1.5 else numbers

    def _strings(self, texts: set[str], kind: str, unit: int) -> dict[str, float]:
        """Numbers written as text: nan for nothing told, inf for what is no number."""
        told = [text for text in texts if text]
        table = {"": float("nan")}
        try:
            numbers = list(map(float, told))
        except ValueError:
            numbers = []
        if (
            told
            and numbers
            and all(map(str.isascii, told))
            and not any(map(_odd, numbers))
            and "_" not in "".join(told)
        ):
            table.update(zip(told, numbers, strict=True))
            return table
        for text in told:
            table[text] = float("nan") if _plain(text) in self._null else _number(text, kind, unit)
        return table


def _iso_date(text: str) -> str | None:
    """The two usual writings of an ordinary day, by the C parser: 2024-01-31 and 20240131."""
    if len(text) == 10:
        if text[4] != "-" or text[7] != "-":
            return None
    elif len(text) != 8 or not text.isdigit():
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day.isoformat() if 1900 < day.year < _NEVER_YEAR else None


def _odd(number: float) -> bool:
    return number != number or number in (float("inf"), float("-inf"))


def _half_away(np: Any, numbers: Any) -> Any:
    """Whole fen, halves away from zero; the small push takes back what binary fractions lost (1.005 yuan)."""
    return np.copysign(np.floor(np.abs(numbers) * (1 + 1e-15) + 0.5), numbers)


def _number(text: str, kind: str, unit: int) -> float:
    """A number as people write it; inf when it is none. A suffix 万 or 亿 wins over the column's unit."""
    plain = _plain(text).replace("−", "-").replace("￥", "¥")
    match = _NUMBER.fullmatch(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return float("inf")
    digits = match["digits"]
    if "," in digits and len({len(part) for part in digits.split(".")[0].split(",")[1:]}) > 1:
        return float("inf")
    number = float(digits.replace(",", "") + (match["power"] or ""))
    signs = [match["sign"], match["sign2"], match["minus"], match["minus2"]]
    if match["open"] or "-" in signs:
        number = -number
    suffix = match["suffix"]
    if suffix is None:
        return number
    if suffix == "%":
        return number / 100 if kind in ("percent", "number") else float("inf")
    return number * _SUFFIX[suffix] / (unit if kind == "money" else 1)


def _plain(text: str) -> str:
    """Half-width, capitals, no spaces: the form in which words are compared."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _phone_digits(part: str) -> str | None:
    number = re.sub(r"[-()\s.]", "", part)
    number = re.sub(r"^(?:\+86|0086|\+0?86|86(?=1\d{10}$))", "", number)
    if match := _WHOLE_TEXT.fullmatch(number):
        number = match[1]
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    return number if "*" in number and _MASKED_PHONE.fullmatch(number) else None


def _wrong_check_digits(values: Iterable[Any]) -> list[int]:
    """Indices of 18-character identity numbers whose check digit is wrong; masked and other papers pass."""
    import numpy as np

    where = [
        index for index, value in enumerate(values)
        if value is not None and len(value) == 18 and value.isascii() and value[:17].isdigit()
    ]  # fmt: skip
    if not where:
        return []
    whole = list(values) if not isinstance(values, list) else values
    signs = np.frombuffer("".join(whole[index] for index in where).encode(), dtype=np.uint8).reshape(-1, 18)
    totals = (signs[:, :17].astype(np.int64) - 48) @ np.array(_WEIGHTS)
    right = np.frombuffer(_CHECK_DIGITS.encode(), dtype=np.uint8)[totals % 11]
    return [where[index] for index in np.flatnonzero(right != signs[:, 17]).tolist()]


# -- columns that are already as wanted --------------------------------------------------------------------


def _clean_text(cells: Cells) -> list[str | None] | None:
    """Letters and digits only, in half width: nothing to strip, nothing that could be a null word but ''."""
    if set(map(type, cells)) != {str}:
        return None
    joined = "".join(cells)
    if not (joined.isascii() and joined.isalnum()) or {len(cell) for cell in cells} & {2, 3, 4}:
        return None
    return [cell or None for cell in cells]


def _clean_idcard(cells: Cells) -> list[str | None] | None:
    ready = _clean_text(cells)
    return ready if ready is not None and "".join(cells).isupper() | "".join(cells).isdigit() else None


def _clean_phone(cells: Cells) -> list[str | None] | None:
    if set(map(type, cells)) != {str} or not {len(cell) for cell in cells} <= {0, 11}:
        return None
    joined = "".join(cells)
    if not (joined.isascii() and joined.isdigit()) or not {cell[:1] for cell in cells} <= {"", "1"}:
        return None
    return [cell or None for cell in cells]


_QUICK: dict[str, Callable[[Cells], list[str | None] | None]] = {
    "id": _clean_text,
    "idcard": _clean_idcard,
    "phone": _clean_phone,
}
