"""Columns of numbers to fen, counts and ratios (domain 16.2): numpy for real numbers, each distinct text parsed once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from workbench.intake.catalogue.fields import UNITS
from workbench.intake.cells.notation import Notation, Sides
from workbench.intake.cells.parsed import Cells, Parsed, Read
from workbench.intake.cells.shown import plain
from workbench.intake.reading.frames import all_texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

_SUFFIX = {**UNITS, "亿": 100_000_000, "万": 10_000, "千": 1_000}


def numeric(cells: Cells, kind: str, unit: int, notation: Notation, *, sides: Sides = "neither") -> Parsed:
    """Read a column of kind money, count, number or percent; money becomes fen, percent a ratio.

    `unit` is the worth of one in yuan; `sides`: whether a credit (贷, CR) is positive and a debit (借, DR) negative. A
    cell that is no number, or names a side that tells no sign here, becomes None with fault bad_number.
    """
    import numpy as np

    faults: dict[int, str] = {}
    texts: frozenset[str] = frozenset()
    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        numbers = np.array(cells, dtype=float)
    elif all_texts(cells) and (quick := _all_plain(cells)) is not None:
        texts, numbers = frozenset(cells), quick
    else:
        texts = frozenset(cell for cell in cells if isinstance(cell, str))
        table = _strings(texts, kind, unit, notation, sides)
        drawn: list[float] = []
        for cell in cells:
            if isinstance(cell, str):
                drawn.append(table[cell])
            elif type(cell) is float or type(cell) is int:
                drawn.append(cell)
            else:
                drawn.append(float("nan") if cell is None else float("inf"))
        numbers = np.array(drawn, dtype=float)
    if kind == "percent":
        numbers = _as_ratio(cells, numbers)
    elif kind == "money":
        with np.errstate(over="ignore"):  # what is too large is infinite, and wrong
            numbers = _half_away(numbers * (100 * unit))
    wrong = np.isinf(numbers)
    if kind != "percent" and kind != "number":
        wrong |= np.abs(numbers) > 9e15
    if kind == "count":
        wrong |= ~np.isnan(numbers) & (numbers != np.rint(numbers))
    if wrong.any():
        faults = dict.fromkeys(np.flatnonzero(wrong).tolist(), "bad_number")
        numbers[wrong] = np.nan
    mixed = bool(kinds & {float, int})
    return Parsed(_listed(numbers, kind), sorted(faults.items()), texts, numbers, mixed)


def _all_plain(cells: Sequence[str]) -> "Floats | None":
    """A column of texts that are all plain numbers or empty, by the C parser; None when any text is something else."""
    import numpy as np

    joined = "".join(cells)
    if not joined.isascii() or "_" in joined:
        return None
    try:
        numbers = np.fromiter(map(float, [cell or "nan" for cell in cells]), dtype=float, count=len(cells))
    except ValueError:
        return None
    # the parser takes the words 'inf' and 'nan' for numbers; a blank cell is the only one that tells nothing
    odd = np.isinf(numbers).any() or np.count_nonzero(np.isnan(numbers)) != cells.count("")
    return None if odd else numbers


def _listed(numbers: "Floats", kind: str) -> list[Read]:
    import numpy as np

    blank = np.isnan(numbers)
    whole = kind in ("money", "count")
    filled = np.where(blank, 0, numbers) if blank.any() else numbers
    values: list[Read] = (filled.astype(np.int64) if whole else filled).tolist()
    for index in np.flatnonzero(blank).tolist():
        values[index] = None
    return values


def _as_ratio(cells: Cells, numbers: "Floats") -> "Floats":
    """85 among plain numbers means 85 %: a column whose plain numbers exceed 1.5 is in percent."""
    import numpy as np

    bare = np.array([not (isinstance(cell, str) and "%" in plain(cell)) for cell in cells], dtype=bool)
    seen = numbers[bare & np.isfinite(numbers)]
    return np.where(bare, numbers / 100, numbers) if seen.size and seen.max() > 1.5 else numbers


def _strings(
    texts: frozenset[str], kind: str, unit: int, notation: Notation, sides: Sides
) -> dict[str, float]:
    """Text -> number: nan for blank, inf for a text that is no number."""
    filled = [text for text in texts if text]
    table = {"": float("nan")}
    try:
        numbers = list(map(float, filled))
    except ValueError:
        numbers = []
    simple = filled and numbers and all(map(str.isascii, filled)) and "_" not in "".join(filled)
    if simple and not any(map(_odd, numbers)):
        table.update(zip(filled, numbers, strict=True))
        return table
    bare = {text: plain(text) for text in filled}
    zeros = notation.zeros(bare.values()) if kind == "money" else frozenset()
    for text, written in bare.items():
        if written in zeros:
            table[text] = 0.0
        elif written in notation.null:
            table[text] = float("nan")
        else:
            table[text] = _number(written, kind, unit, notation, sides)
    return table


def _odd(number: float) -> bool:
    return number != number or number in (float("inf"), float("-inf"))


def _half_away(numbers: "Floats") -> "Floats":
    """Whole fen, halves away from zero; the factor restores what binary fractions lost (1.005 yuan)."""
    import numpy as np

    return np.copysign(np.floor(np.abs(numbers) * (1 + 1e-15) + 0.5), numbers)


def _number(written: str, kind: str, unit: int, notation: Notation, sides: Sides) -> float:
    """A number as people write it, in plain form; inf when it is none. A suffix 万 or 亿 overrides the column's unit."""
    match = notation.number.fullmatch(written.replace("−", "-").removeprefix("'"))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return float("inf")
    digits = match["digits"]
    if "," in digits and len({len(part) for part in digits.split(".")[0].split(",")[1:]}) > 1:
        return float("inf")
    number = float(digits.replace(",", "") + (match["power"] or ""))
    signs = [match[name] for name in ("sign", "sign2", "sign3", "sign4", "minus", "minus2")]
    if match["open"] or "-" in signs:
        number = -number
    if match["side"] or match["side2"]:
        side = match["side"] or match["side2"]
        debit = side in notation.debit
        known = sides == "both" or (sides == "credit" and not debit)
        if not known or kind != "money" or number < 0 or (match["side"] and match["side2"]):
            return float("inf")
        number = -number if debit else number
    suffix = match["suffix"]
    if suffix is None:
        return number
    if suffix == "%":
        return number / 100 if kind in ("percent", "number") else float("inf")
    return number * _SUFFIX[suffix] / (unit if kind == "money" else 1)
