"""What a column of head office's form may hold, as data (resources/rules/outreach_office_return.toml), and what its heading
proposes."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _
from workbench.people.office_form import OfficeColumn

#: the column by which a row is known
CUSTOMER_NO = "customer_no"
#: columns that tell who a row is about; written only where the form has no rows of its own
WHO = ("serial", CUSTOMER_NO, "name", "manager", "branch")
#: nothing is written below this heading
NOTHING = ""


@dataclass(frozen=True, slots=True)
class ReturnColumn:
    """One thing that may stand below a heading; `yes`, `no`: words of an answer, the usual one first."""

    code: str
    shipped: str
    headings: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return _(self.shipped)


@cache
def return_columns() -> dict[str, ReturnColumn]:
    """Code -> column, in the order in which they are offered."""
    return {code: _column(code, raw) for code, raw in _body()["holds"].items()}


def form_words() -> dict[str, str]:
    """Words that are written into a form, which is Chinese whatever the language in use."""
    words: dict[str, str] = _body()["words"]
    return words


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "outreach_office_return.toml").read_text("utf-8"))


def _column(code: str, raw: dict[str, Any]) -> ReturnColumn:
    match = raw["match"]
    parts = (tuple(match.get(key, ())) for key in ("headings", "fields", "yes", "no"))
    return ReturnColumn(code, raw["name"], *parts)


def proposed(column: OfficeColumn) -> str:
    """The code that a heading proposes: it is one of the headings, or the field of one, or the longest of them stands in it;
    NOTHING for none."""
    known = return_columns().values()
    for one in known:
        if column.plain in one.headings:
            return one.code
    if column.field is not None:
        return next((one.code for one in known if column.field in one.fields), NOTHING)
    inside = [(len(word), one.code) for one in known for word in one.headings if word in column.plain]
    return max(inside, key=lambda pair: pair[0], default=(0, NOTHING))[1]


def proposals(columns: tuple[OfficeColumn, ...]) -> dict[str, str]:
    """Letter of a column -> the code proposed for it; of several columns for one code only the first, or the one whose heading
    it is."""
    by_code: dict[str, OfficeColumn] = {}
    for column in columns:
        code = proposed(column)
        first = by_code.get(code)
        if code and (first is None or (_exact(column, code) and not _exact(first, code))):
            by_code[code] = column
    return {column.letter: code for code, column in by_code.items()}


def _exact(column: OfficeColumn, code: str) -> bool:
    return column.plain in return_columns()[code].headings or column.field in return_columns()[code].fields
