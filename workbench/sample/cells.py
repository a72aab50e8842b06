"""How a value becomes a cell as head office's systems write it: dates, flags, money in several forms."""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

Cell: TypeAlias = str | int | float | dt.date | None

_EPOCH = dt.date(1899, 12, 30)

_DATES: dict[str, Callable[[dt.date], Cell]] = {
    "cell": lambda day: day,
    "compact": lambda day: f"{day:%Y%m%d}",
    "dash": lambda day: day.isoformat(),
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dot": lambda day: f"{day:%Y.%m.%d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "serial": lambda day: (day - _EPOCH).days,
}
_FLAGS: dict[str, tuple[Cell, Cell]] = {"yes": ("否", "是"), "digit": (0, 1), "letter": ("N", "Y")}


def date_cell(form: str, blank: str | None) -> Callable[[dt.date | None], Cell]:
    """Dates in one of the forms of sheets.toml; `blank` stands for no date."""
    write = _DATES[form]
    return lambda day: blank if day is None else write(day)


def flag_cell(form: str) -> Callable[[bool], Cell]:
    """是/否, 1/0 or Y/N."""
    no, yes = _FLAGS[form]
    return lambda flag: yes if flag else no


def sex_cell(form: str) -> Callable[[str], Cell]:
    """男/女, or 1/2."""
    return (lambda sex: "1" if sex == "男" else "2") if form == "digit" else (lambda sex: sex)


def money_cell(in_wan: bool, as_text: bool) -> Callable[[int | None], Cell]:
    """Fen as yuan, or as 万元 without losing a fen; `as_text` with separators, as some systems export it."""
    if as_text:
        return lambda fen: None if fen is None else f"{fen / 100:,.2f}"
    if in_wan:
        return lambda fen: None if fen is None else round(fen / 1_000_000, 6)
    return lambda fen: None if fen is None else fen / 100


def text_cell(blank: str | None) -> Callable[[str | None], Cell]:
    """Text as it is; `blank` stands for none."""
    return lambda text: blank if text is None else text


def same_cell(value: Cell) -> Cell:
    """The value as it is."""
    return value


def percent_cell(share: float | None) -> Cell:
    """A share of 1 as text with a percent sign."""
    return None if share is None else f"{share:.2%}"
