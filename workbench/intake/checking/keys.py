"""Checks the customer numbers (product codes, titles of events) of a sheet: missing, misshapen, merged identities."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from workbench.intake.catalogue.fields import CUSTOMER_NO
from workbench.intake.cells.parsed import as_texts
from workbench.intake.checking.work import Work
from workbench.intake.checking.zeros import lost_zeros, same_customers
from workbench.intake.reading.frames import Cell

#: no bank's number is longer
_LONGEST = 64
_ID_LIKE = re.compile(rf"(?=.*\d)[0-9A-Za-z_\-./]{{1,{_LONGEST}}}")
#: what is said of a row without its key, by the kinds of sheet whose key is no customer number
_MISSING: dict[str, str] = {"products": "missing_product_code", "events": "missing_event_title"}
#: fields that identify a person in a row without a number
_TELLING = ("id_no", "phone", "name")


def read_keys(work: Work) -> None:
    """Read the key column; rows whose number cannot be read are refused."""
    if work.key_column is None:
        numbers = work.plan.numbers
        work.columns[work.plan.key] = [numbers.get(row) for row in work.rows.data]
        return
    match = work.match(work.plan.key)
    cells = work.cells(work.key_column)
    parsed = work.values.column(cells, work.catalogue[work.plan.key].kind)
    work.columns[work.plan.key] = parsed.values
    work.parsed[work.plan.key] = parsed
    header = match.header if match else None
    for row, code in parsed.faults:
        work.refuse(row, header, code if code == "number_rounded" else "bad_customer_number", cells[row])


def check_keys(work: Work) -> None:
    """Refuse rows without a number or with a malformed one; write numbers as they are known; replace merged numbers."""
    keys = as_texts(work.columns[work.plan.key])
    cells: Sequence[Cell] = work.cells(work.key_column) if work.key_column is not None else keys
    header = work.plan.layout.names[work.key_column] if work.key_column is not None else None
    joined = "".join(value for value in keys if value)
    simple = joined.isascii() and joined.isdigit() and None not in keys
    simple = simple and max(len(value) for value in keys if value) <= _LONGEST
    if not simple:
        _refuse_odd(work, keys, cells, header)
    if work.plan.key != CUSTOMER_NO:
        return
    same_customers(work, keys, header)
    work.lost_zeros = lost_zeros(work, keys, cells, header)
    if work.facts.aliases:
        _follow_merges(work, keys, header)


def _refuse_odd(work: Work, keys: Sequence[str | None], cells: Sequence[Cell], header: str | None) -> None:
    missing = _MISSING.get(work.plan.kind, "missing_customer_number")
    for row, value in enumerate(keys):
        if not work.keep[row]:
            continue
        if value is None:
            work.refuse(row, header, missing, cells[row])
        elif work.plan.key == CUSTOMER_NO and not _ID_LIKE.fullmatch(value):
            work.refuse(row, header, "bad_customer_number", cells[row])


def nameless(work: Work) -> tuple[int, ...]:
    """Sheet rows refused for their customer number that still identify a person."""
    if work.plan.key != CUSTOMER_NO:
        return ()
    codes = {"missing_customer_number", "bad_customer_number", "number_rounded"}
    columns = [work.columns[key] for key in _TELLING if key in work.columns]
    rows = []
    for index, problems in sorted(work.refusals.items()):
        row = bisect_left(work.rows.data, index)
        if any(problem.code in codes for problem in problems) and any(column[row] for column in columns):
            rows.append(index)
    return tuple(rows)


# -- one person under two numbers --------------------------------------------------------------------------


def _follow_merges(work: Work, keys: list[str | None], header: str | None) -> None:
    aliases = work.facts.aliases
    if aliases.keys().isdisjoint(keys):
        return
    led = [row for row, value in enumerate(keys) if value in aliases]
    for row in led:
        number = keys[row] or ""
        keys[row] = aliases[number]
        work.warn(row, header, "number_merged", number, other=aliases[number])
    work.merged = frozenset(led)
