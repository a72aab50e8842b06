"""Texts that go to a spreadsheet, in a file or over the clipboard: none becomes a formula there, none holds what a cell cannot.
The one place that knows how a formula begins and how long a cell may be."""

import re
from typing import Any, Final, Protocol

from workbench.base.unseen import seen

#: how a spreadsheet's formula begins, or a cell that ends before it: half and full width, since a Chinese one takes both
SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
#: characters that a cell of Excel holds
LONGEST: Final = 32_767
#: a line of prose that begins with a dash and a blank: no formula, a point of a list
_POINT: Final = re.compile(r"[-+－＋]\s[^|!(=]*")


class OwnCell(Protocol):
    """A cell of a workbook in the making."""

    value: Any
    data_type: str
    quotePrefix: Any  # noqa: N815  (openpyxl's name)


def like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, blanks before it or not."""
    return text.startswith(SIGNS) or text.lstrip().startswith(SIGNS)


def cell_text(text: str) -> str:
    """A text as a cell holds it: without what nobody sees; one too long ends in …"""
    text = seen(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def fill(cell: OwnCell, value: Any) -> None:
    """Write a value into a cell of a workbook; a text stays text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = text = cell_text(value)
    cell.data_type = "s"
    if like_formula(text):
        cell.quotePrefix = True


def plain(text: str) -> str:
    """A text as a cell of CSV or of the clipboard: an apostrophe in front of what looks like a formula."""
    text = cell_text(text)
    return f"'{text}" if like_formula(text) else text


def prose(text: str) -> str:
    """Words for the clipboard, which may be dropped into a spreadsheet: every line, and every cell of it, as `plain`; points of
    a list stay."""
    lines = seen(text).split("\n")
    return "\n".join(
        "\t".join(
            cell if _POINT.fullmatch(cell) or not like_formula(cell) else f"'{cell}"
            for cell in line.split("\t")
        )
        for line in lines
    )
