"""The form in which dialects know a heading, so that a month in it does not make it another one each time."""

import re
import unicodedata
from collections.abc import Sequence

from workbench.intake.catalogue.fields import heading
from workbench.intake.cells.values import shown
from workbench.intake.reading.reader import RawSheet

#: A month with its year, or an end of month: in a heading it differs every time.
_MONTH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-/._年](?P<m>0?[1-9]|1[0-2])(?:[-/._月]\d{1,2})?(?!\d)|(?P<m6>0[1-9]|1[0-2])(?:\d\d)?(?!\d))"
    r"[日月]?(?:份|末|底)?"
    r"|(?<![\d近前后])(?P<m1>0?[1-9]|1[0-2])月(?:份|末|底)"
)
_ANY_MONTH = "某月"
#: A heading that carries a value of a customer: never kept.
VALUE = re.compile(r"\d{5}|[*@]")


def keys(names: Sequence[str]) -> list[str]:
    """The key of each heading in a dialect: its plain form, with 'any month' for a month in it.

    Of equal ones the newest month, then the leftmost comes first; the others are 'X#2', 'X#3'. '' for no heading,
    or for one with a value in it.
    """
    forms = [_plain_and_month(name) for name in names]
    order = sorted(range(len(names)), key=lambda index: (forms[index][1], index))
    counts: dict[str, int] = {}
    unique = [""] * len(names)
    for index in order:
        plain = forms[index][0]
        if plain:
            counts[plain] = counts.get(plain, 0) + 1
            unique[index] = plain if counts[plain] == 1 else f"{plain}#{counts[plain]}"
    return unique


def _plain_and_month(name: str) -> tuple[str, int]:
    """The plain form, and minus the month (months since year 0) that the heading names, so that the newest sorts first."""
    text = unicodedata.normalize("NFKC", name)
    match = _MONTH.search(text)
    month = 0
    if match:
        number = int(match["m"] or match["m6"] or match["m1"])
        month = -(int(match["y"] or 0) * 12 + number)
        text = _MONTH.sub(_ANY_MONTH, text)
    plain = heading(text).plain
    return ("" if VALUE.search(plain) or "*" in text else plain), month


def header_cells(sheet: RawSheet, last: int, depth: int) -> frozenset[str]:
    """The headings in some rows, in plain form."""
    texts = (shown(cell) for index in range(last - depth + 1, last + 1) for cell in sheet.row(index))
    return frozenset(filter(None, (_plain_and_month(text)[0] for text in texts)))
