"""Checks the customer numbers (product codes, titles of events) of a sheet: missing, misshapen, zeros lost, merged identities."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import CUSTOMER_NO
from workbench.intake.cells.parsed import as_texts
from workbench.intake.checking.fixes import ZEROS
from workbench.intake.checking.work import Work
from workbench.intake.reading.frames import Cell

_ID_LIKE = re.compile(r"(?=.*\d)[0-9A-Za-z_\-./]+")
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
    """Refuse rows without a number or with a malformed one; report lost zeros; replace merged numbers."""
    keys = as_texts(work.columns[work.plan.key])
    cells: Sequence[Cell] = work.cells(work.key_column) if work.key_column is not None else keys
    header = work.plan.layout.names[work.key_column] if work.key_column is not None else None
    joined = "".join(value for value in keys if value)
    simple = joined.isascii() and joined.isdigit() and None not in keys
    if not simple:
        _refuse_odd(work, keys, cells, header)
    if work.plan.key != CUSTOMER_NO:
        return
    _zeros(work, keys, cells, header)
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


# -- zeros that Excel took ---------------------------------------------------------------------------------


def _zeros(work: Work, keys: list[str | None], cells: Sequence[Cell], header: str | None) -> None:
    lengths = Counter(map(len, filter(None, keys)))
    usual = work.facts.usual_length
    if usual is None and lengths:
        usual, often = lengths.most_common(1)[0]
        if often <= len(keys) * work.rules.number("intake.usual_length_share"):
            return
    if not usual or min(lengths, default=usual) >= usual:
        return
    least = work.rules.whole("intake.zeros_least_digits")
    short = [
        row for row, value in enumerate(keys)
        if value and len(value) < usual and value.isascii() and value.isdigit() and work.keep[row]
        and (len(value) >= least or cells[row].__class__ is not str) and not _written_out(cells[row], value)
    ]  # fmt: skip
    if not short:
        return
    words = _("客户号补足前导零到 {digits} 位({n} 行)").format(digits=usual, n=len(short))
    key = work.offers.offer(ZEROS, words, len(short))
    for row in short:
        if work.offers.has(ZEROS):
            keys[row] = (keys[row] or "").zfill(usual)
        else:
            work.warn(row, header, "leading_zeros_lost", cells[row], other=str(usual), fix=key)


def _written_out(cell: Cell, value: str) -> bool:
    """Whether a text kept its leading zeros: then none were lost."""
    return isinstance(cell, str) and value.startswith("0")


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
