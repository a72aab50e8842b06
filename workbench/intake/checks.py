"""From a sheet and its mapping to checked rows: values read, faults named, doubles found, control totals compared."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from workbench.i18n import _, commas
from workbench.intake.fields import AS_OF, CUSTOMER_NO, UNITS, Catalogue, Field
from workbench.intake.header import Layout, Rows, sort_rows
from workbench.intake.problems import Problems
from workbench.intake.reader import RawSheet
from workbench.intake.report import ColumnMatch, ControlTotal, Kind
from workbench.intake.values import Values, shown
from workbench.rules import Rules

_ID_LIKE = re.compile(r"(?=.*\d)[0-9A-Za-z_\-./]+")
_COUNT = re.compile(r"(\d[\d,]*)\s*[户人条笔个]")


@dataclass(slots=True)
class Checked:
    """The rows of a sheet that may enter the book, column-wise and all of one length.

    `keys` are customer numbers (product codes for kind 'products'); `extra` is JSON text of what no field took;
    `rows` are Excel's row numbers. `data_rows` = len(keys) + `doubles` + `refused`.
    """

    kind: Kind
    as_of: str
    keys: list[str]
    columns: dict[str, list[Any]]
    extra: list[str | None]
    rows: list[int]
    data_rows: int
    doubles: int
    #: for each customer (product) with unlike rows: their row numbers, as a person reads them
    conflicts: tuple[str, ...]
    refused: int
    not_data: dict[str, int]
    problems: Problems
    totals: tuple[ControlTotal, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person and the headings decided of a sheet before its cells are read."""

    kind: Kind
    layout: Layout
    matches: Sequence[ColumnMatch]
    as_of: str | None
    unit: str

    @property
    def key(self) -> str:
        return "product_code" if self.kind == "products" else CUSTOMER_NO

    def key_column(self) -> int | None:
        return next((match.index for match in self.taken() if match.field == self.key), None)

    def taken(self) -> list[ColumnMatch]:
        """Columns that feed a field now: similar ones only after a person said yes."""
        return [match for match in self.matches if match.field is not None and match.how != "similar"]

    def kept(self) -> list[ColumnMatch]:
        """Columns kept with the row as found."""
        return [
            match for match in self.matches
            if match.how != "refused" and (match.field is None or match.how == "similar")
        ]  # fmt: skip

    def unit_of(self, match: ColumnMatch) -> str:
        return match.unit if match.unit in UNITS else self.unit


@dataclass(slots=True)
class _Work:
    """A sheet half way through the checks; `keep[n]` says whether data row n may enter the book."""

    sheet: RawSheet
    plan: Plan
    problems: Problems
    found: Rows
    shown_rows: list[int]
    keep: list[bool]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    #: cells that no field could take, by row: {heading: cell as found}
    leftovers: dict[int, dict[str, str]] = field(default_factory=dict)

    def cells(self, index: int) -> Sequence[Any]:
        column, data = self.sheet.columns[index], self.found.data
        if data and data[-1] - data[0] + 1 == len(data):
            return column[data[0] : data[-1] + 1]
        return [column[row] for row in data]

    def refuse(self, row: int, column: str | None, code: str, value: Any, other: str = "") -> None:
        self.keep[row] = False
        self.problems.cell(self.shown_rows[row], column, code, value, level="refuse", other=other)


def check(
    sheet: RawSheet, plan: Plan, catalogue: Catalogue, rules: Rules, *, usual_length: int | None = None
) -> Checked:
    """Read and check all rows. `plan` must name a key column; `usual_length` is the length of most customer
    numbers in the book."""
    key = plan.key_column()
    if key is None:
        raise ValueError("a plan without a key column")
    problems = Problems(sheet.name, rules.whole("intake.problems_shown"))
    found = sort_rows(sheet, plan.layout, key, rules)
    work = _Work(
        sheet, plan, problems, found, [row + sheet.first_row for row in found.data], [True] * len(found.data)
    )
    values = Values(rules)
    for match in plan.taken():
        if match.field is not None:
            _read_column(work, match, catalogue[match.field], values)
    _check_keys(work, key, rules, usual_length)
    as_of = _settle_date(work)
    doubles, conflicts = _check_doubles(work) if plan.kind in ("customers", "products") else (0, ())
    extra = _extras(work)
    keep, data_rows = work.keep, len(found.data)
    shown_rows = work.shown_rows
    if not all(keep):
        work.columns = {name: list(compress(column, keep)) for name, column in work.columns.items()}
        extra, shown_rows = list(compress(extra, keep)), list(compress(shown_rows, keep))
    keys = work.columns.pop(plan.key)
    totals = _control_totals(work, catalogue, values, rules, len(keys))
    refused = data_rows - len(keys) - doubles
    return Checked(
        plan.kind, as_of, keys, work.columns, extra, shown_rows, data_rows, doubles, conflicts, refused,
        found.not_data, problems, totals,
    )  # fmt: skip


def _read_column(work: _Work, match: ColumnMatch, known: Field, values: Values) -> None:
    cells = work.cells(match.index)
    parsed = values.column(cells, known.kind, work.plan.unit_of(match))
    work.columns[known.key] = parsed.values
    if known.key == work.plan.key:
        for row, code in parsed.faults:
            work.refuse(
                row, match.header, "bad_customer_number" if code != "number_rounded" else code, cells[row]
            )
        return
    for row, code in parsed.faults:
        work.problems.cell(work.shown_rows[row], match.header, code, cells[row], level=_level(code))
        if code != "id_check":
            work.leftovers.setdefault(row, {})[match.header] = shown(cells[row])


def _level(code: str) -> str | None:
    return "warning" if code == "number_rounded" else None


def _check_keys(work: _Work, key: int, rules: Rules, usual_length: int | None) -> None:
    name = work.plan.layout.names[key]
    keys = work.columns[work.plan.key]
    cells = work.cells(key)
    product = work.plan.kind == "products"
    missing = "missing_product_code" if product else "missing_customer_number"
    joined = "".join(value for value in keys if value)
    simple = joined.isascii() and joined.isdigit() and None not in keys
    if not simple:
        for row, value in enumerate(keys):
            if not work.keep[row]:
                continue
            if value is None:
                work.refuse(row, name, missing, cells[row])
            elif not product and not _ID_LIKE.fullmatch(value):
                work.refuse(row, name, "bad_customer_number", cells[row])
    if product or not set(map(type, cells)) & {float, int}:
        return
    lengths = Counter(len(value) for value in keys if value)
    usual = usual_length
    if usual is None and lengths:
        usual, often = lengths.most_common(1)[0]
        if often <= len(keys) * rules.number("intake.usual_length_share"):
            return
    for row, value in enumerate(keys):
        if value and usual and len(value) < usual and not isinstance(cells[row], str):
            work.problems.cell(work.shown_rows[row], name, "leading_zeros_lost", cells[row])


def _settle_date(work: _Work) -> str:
    """The sheet's date; rows whose own date lies in another month are refused."""
    told = work.columns.pop(AS_OF, None)
    as_of = work.plan.as_of or date_of_column(told)
    if as_of is None:
        raise ValueError("a sheet without a date")
    for row, date in enumerate(told or ()):
        if date is not None and date[:7] != as_of[:7] and work.keep[row]:
            work.refuse(row, None, "other_month", date)
    return as_of


def date_of_column(dates: Sequence[str | None] | None) -> str | None:
    """The date that most rows carry."""
    often = Counter(date for date in dates or () if date)
    return often.most_common(1)[0][0] if often else None


def _check_doubles(work: _Work) -> tuple[int, tuple[str, ...]]:
    """Two rows for one customer: alike, the second is left out; unlike, all are refused.

    Returns how many were left out, and the rows of each customer that were refused.
    """
    keys = work.columns[work.plan.key]
    if len(set(keys)) == len(keys):
        return 0, ()
    places: defaultdict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(keys):
        if value is not None and work.keep[row]:
            places[value].append(row)
    code = "duplicate_product" if work.plan.kind == "products" else "duplicate_customer"
    header = next(match.header for match in work.plan.taken() if match.field == work.plan.key)
    kept = [work.cells(match.index) for match in work.plan.kept()]
    doubles = 0
    conflicts: list[str] = []
    for value, rows in places.items():
        if len(rows) == 1:
            continue
        images = {
            (*(column[row] for column in work.columns.values()), *(shown(cells[row]) for cells in kept))
            for row in rows
        }
        if len(images) == 1:
            for row in rows[1:]:
                work.keep[row] = False
                work.problems.cell(
                    work.shown_rows[row], header, "same_row_twice", value, other=str(work.shown_rows[rows[0]])
                )
            doubles += len(rows) - 1
            continue
        named = commas(str(work.shown_rows[row]) for row in rows)
        conflicts.append(named)
        for row in rows:
            work.refuse(row, header, code, value, named)
    return doubles, tuple(conflicts)


# -- what no field took ------------------------------------------------------------------------------------


def _extras(work: _Work) -> list[str | None]:
    """JSON text per row of the unknown columns and of cells that could not be read; None when there is nothing."""
    pieces: list[tuple[str, list[str]]] = []
    for header, match in sorted(_own_headings(work.plan.kept()).items()):
        cells = work.cells(match.index)
        name = json.dumps(header, ensure_ascii=False) + ": "
        said = {cell: shown(cell) for cell in set(cells)}
        table = {
            cell: name + json.dumps(text, ensure_ascii=False) if text else "" for cell, text in said.items()
        }
        if any(table.values()):
            pieces.append((header, list(map(table.__getitem__, cells))))
    extra: list[str | None] = [None] * len(work.found.data)
    if pieces:
        joined = (
            ", ".join(filter(None, row)) for row in zip(*(column for _name, column in pieces), strict=True)
        )
        extra = ["{" + text + "}" if text else None for text in joined]
    for row, cells_left in work.leftovers.items():
        extra[row] = merged(extra[row], json.dumps(cells_left, ensure_ascii=False))
    return extra


def merged(old: str | None, new: str | None) -> str | None:
    """Two JSON objects as one, the newer winning; keys sorted, so that equal content is equal text."""
    if not new or new == old:
        return old
    both: Mapping[str, str] = {**(json.loads(old) if old else {}), **json.loads(new)}
    return json.dumps(dict(sorted(both.items())), ensure_ascii=False)


def _own_headings(matches: Sequence[ColumnMatch]) -> dict[str, ColumnMatch]:
    """Headings made distinct: a second 备注 is 备注(2)."""
    named: dict[str, ColumnMatch] = {}
    for match in matches:
        name, number = match.header, 1
        while name in named:
            number += 1
            name = f"{match.header}({number})"
        named[name] = match
    return named


# -- control totals ----------------------------------------------------------------------------------------


def _control_totals(
    work: _Work, catalogue: Catalogue, values: Values, rules: Rules, count: int
) -> tuple[ControlTotal, ...]:
    """The last 合计 row against the sums of the rows taken: each money column, and the count of customers."""
    if not work.found.totals:
        return ()
    cells = work.sheet.row(work.found.totals[-1])
    row = work.sheet.shown_row(work.found.totals[-1])
    totals: list[ControlTotal] = []
    for match in work.plan.taken():
        if match.field is None or catalogue[match.field].kind != "money" or match.field not in work.columns:
            continue
        unit = work.plan.unit_of(match)
        said = values.column([cells[match.index]], "money", unit).values[0]
        if said is None:
            continue
        computed = sum(filter(None, work.columns[match.field]))
        tolerance = rules.number("intake.total_tolerance") * UNITS[unit] * 100
        totals.append(
            ControlTotal(match.header, said / 100, computed / 100, abs(said - computed) <= tolerance)
        )
    for cell in cells:
        if isinstance(cell, str) and (match_count := _COUNT.search(cell)):
            said_count = int(match_count[1].replace(",", ""))
            totals.append(ControlTotal(_("户数"), said_count, count, said_count == count))
            break
    for total in totals:
        if not total.matches:
            work.problems.sheet(
                "total_mismatch",
                _("合计行的“{column}”是 {said:,.2f},逐行相加是 {computed:,.2f},两者不符。").format(
                    column=total.column, said=total.sheet_total, computed=total.computed
                ),
                column=total.column, row=row,
            )  # fmt: skip
    return tuple(totals)
