"""A cell of a form -> its value, or the words of what is wrong with it."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import TypeAlias

from workbench.base.i18n import _, commas, in_every_language
from workbench.base.money import to_fen
from workbench.outreach.results.marks import plain
from workbench.sheets.coming_back.grid import ReturnedCell, text_of

#: what a cell of a form holds: a text, a number or fen, a share, yes or no, or several codes
FormValue: TypeAlias = str | int | float | bool | tuple[str, ...]

_SEPARATORS = re.compile(r"[、,,;;/\n]+")
_YES = frozenset({"是", "有", "可以", "√", "✓", "✔", "y", "yes", "1", "true"})
_NO = frozenset({"否", "无", "没有", "不可以", "×", "x", "n", "no", "0", "false"})


class BadCell(ValueError):
    """What is wrong with a cell: a half sentence that follows the name of its column."""


def cell_text(cell: ReturnedCell) -> str:
    """A cell as a person reads it, a number with all its places; '' for none."""
    if isinstance(cell, float) and math.isfinite(cell) and not cell.is_integer():
        return f"{cell:.12g}"
    return text_of(cell)


def value_of(
    text: str,
    kind: str,
    choices: Mapping[str, str],
    *,
    most: int = 200,
    least: float | None = None,
    largest: float | None = None,
) -> FormValue:
    """The value of a cell that is not empty. Raises BadCell."""
    match kind:
        case "whole":
            whole = _whole(text)
            _check_bounds(whole, text, least, largest)
            return whole
        case "amount":
            fen = to_fen(text)
            if fen is None:
                raise BadCell(_("写的“{text}”不是金额;请写成 3000 或 5万").format(text=text))
            _check_bounds(fen / 100, text, least, largest)
            return fen
        case "share":
            share = _share(text)
            _check_bounds(share, text, least, largest)
            return share
        case "day":
            if not _is_day(text):
                raise BadCell(_("写的“{text}”不是日期;请写成 2026-11-23").format(text=text))
            return text
        case "choice":
            return _code(text, choices)
        case "choices":
            parts = [part for part in _SEPARATORS.split(text) if part.strip()]
            return tuple(dict.fromkeys(_code(part, choices) for part in parts))
        case "flag":
            return _flag(text)
        case _:
            if len(text) > most:
                raise BadCell(_("有 {n} 个字,最多 {most} 个").format(n=len(text), most=most))
            return text


def _whole(text: str) -> int:
    number = re.fullmatch(r"(-?\d{1,12})(?:\.0+)?", plain(text).replace(",", ""))
    if number is None:
        raise BadCell(_("写的“{text}”不是整数").format(text=text))
    return int(number[1])


def _share(text: str) -> float:
    number = re.fullmatch(r"(-?\d{1,6}(?:\.\d+)?)(%?)", plain(text))
    if number is None:
        raise BadCell(_("写的“{text}”不是比例;请写成 5% 或 0.05").format(text=text))
    return float(number[1]) / (100 if number[2] else 1)


def _check_bounds(value: float, text: str, least: float | None, largest: float | None) -> None:
    if least is not None and value < least:
        raise BadCell(_("写的是 {text},不能小于 {least}").format(text=text, least=f"{least:g}"))
    if largest is not None and value > largest:
        raise BadCell(_("写的是 {text},不能大于 {largest}").format(text=text, largest=f"{largest:g}"))


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _code(text: str, choices: Mapping[str, str]) -> str:
    word = plain(text)
    for code, name in choices.items():
        if word == plain(code) or word in {plain(one) for one in in_every_language(name)}:
            return code
    raise BadCell(
        _("写的“{text}”不在选项里;可以写:{choices}").format(
            text=text.strip(), choices=commas(_(name) for name in choices.values())
        )
    )


def _flag(text: str) -> bool:
    word = plain(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(_("请写“是”或“否”,写的是“{text}”").format(text=text))
