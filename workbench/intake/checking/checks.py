"""From a sheet and its mapping to checked rows: the order in which columns are read and checks are run."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from workbench.base import dates
from workbench.intake.catalogue.fields import AS_OF, FieldCatalogue
from workbench.intake.catalogue.sheet_kinds import KindOfSheet
from workbench.intake.cells.dates_read import Order
from workbench.intake.cells.notation import Sides
from workbench.intake.cells.parsed import as_texts, texts_of
from workbench.intake.cells.shown import remains, shown
from workbench.intake.checking.column_looks import column_looks
from workbench.intake.checking.control_totals import control_totals
from workbench.intake.checking.deleted import refuse_deleted
from workbench.intake.checking.doubles import check_doubles, own_dates
from workbench.intake.checking.extras import extras, merged
from workbench.intake.checking.figures import look_at_figures
from workbench.intake.checking.keys import check_keys, nameless, read_keys
from workbench.intake.checking.line_checks import settle_lines
from workbench.intake.checking.long_numbers import settle_numbers
from workbench.intake.checking.people import look_at_people
from workbench.intake.checking.plan import AcceptedRows, BookFacts, ReadingPlan
from workbench.intake.checking.secret_cells import drop_secrets
from workbench.intake.checking.sides import turn_debits
from workbench.intake.checking.traps import (
    drop_foreign,
    look_at_cells,
    look_at_dates,
    look_at_list,
    offer_date_orders,
)
from workbench.intake.checking.work import Work, compressed
from workbench.intake.form.rows import Rows
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch
from workbench.rules.parameters import Rules

__all__ = ["AcceptedRows", "BookFacts", "ReadingPlan", "check", "date_of_column", "merged"]

#: codes whose cell need not be kept: it only marks a value, or has lost its last digits
_MARKS = frozenset({"id_check", "number_rounded"})
_NO_FACTS = BookFacts()
_SIDES: dict[str, Sides] = {"intake.credit_balances": "both", "intake.aum_parts": "credit"}


def check(
    sheet: RawSheet,
    plan: ReadingPlan,
    catalogue: FieldCatalogue,
    rules: Rules,
    *,
    facts: BookFacts = _NO_FACTS,
    rows: Rows | None = None,
) -> AcceptedRows:
    """Read and check all rows (domain 16.2, 16.5).

    `plan` must give a date unless each line of its kind carries one. Without a key column only the rows in
    `plan.numbers` are taken. `rows` are those of the sheet where they are known already. Raises ValueError for a
    sheet without a date.
    """
    work = Work.begin(sheet, plan, catalogue, rules, facts, rows)
    read_keys(work)
    for match in work.taken:
        if match.index != work.key_column and match.field is not None:
            _read_column(work, match)
    drop_secrets(work)
    drop_foreign(work)
    turn_debits(work, lambda field: _sides(work, field) == "both")
    check_keys(work)
    refuse_deleted(work)
    settle_lines(work)
    own = own_dates(work)
    as_of = _settle_date(work, own)
    _require(work)
    look_at_cells(work)
    look_at_dates(work, as_of)
    look_at_list(work)
    look_at_figures(work)
    look_at_people(work)
    without = nameless(work)
    if catalogue.kinds[plan.kind].policy in ("snapshot", "key"):
        check_doubles(work, own)
    extra = settle_numbers(work, extras(work))
    looks = column_looks(work)
    work.columns, shown_rows, positions = compressed(work)
    if len(positions) < len(extra):
        extra = list(compress(extra, work.keep))
    keys = [key for key in as_texts(work.columns.pop(plan.key)) if key is not None]  # the others were refused
    totals = control_totals(work, len(keys))
    data_rows = len(work.rows.data)
    return AcceptedRows(
        plan.kind, as_of, keys, work.columns, extra, shown_rows, data_rows, work.doubles, work.conflicts,
        data_rows - len(keys) - work.doubles, work.rows.not_data, work.problems, totals, work.refusals,
        positions, work.offers.listed(), without, work.problems.levels_count(), work.secrets, looks, work.lost_zeros,
    )  # fmt: skip


def _read_column(work: Work, match: ColumnMatch) -> None:
    """Read a column into its field; cells that cannot be read are named and kept as found."""
    field = work.catalogue[match.field or ""]
    cells = work.cells(match.index)
    parsed = work.values.column(
        cells, field.kind, work.plan.unit_of(match), order=_order(work, match), sides=_sides(work, field.key)
    )
    work.columns[field.key] = parsed.values
    work.parsed[field.key] = parsed
    unclear = sum(code == "ambiguous_date" for _row, code in parsed.faults)
    fix = offer_date_orders(work, match, unclear or _taken_order(work, match, cells))
    for row, code in parsed.faults:
        level = "warning" if code == "number_rounded" else None
        work.problems.cell(
            work.shown_rows[row], match.header, code, cells[row], level=level,
            fix=fix if code == "ambiguous_date" else "",
        )  # fmt: skip
        if code not in _MARKS:
            work.left_aside(row, match.header, remains(cells[row]) or shown(cells[row]))


def _sides(work: Work, field: str) -> Sides:
    """Which sides of the ledger tell a sign in a field; what a debit means is known of deposits only."""
    for words, sides in _SIDES.items():
        if field.startswith(tuple(f"{name}_" for name in work.rules.words(words))):
            return sides
    return "neither"


def _order(work: Work, match: ColumnMatch) -> Order:
    """The order of day and month that a person chose for a column; None when none was chosen."""
    for index, order in work.offers.arguments("dates"):
        if index == str(match.index):
            return "day" if order == "day" else "month"
    return None


def _taken_order(work: Work, match: ColumnMatch, cells: Sequence[object]) -> int:
    """How many texts of a column a chosen order of day and month may concern; 0 when none was chosen."""
    return sum(cell.__class__ is str for cell in cells) if _order(work, match) else 0


def _settle_date(work: Work, own: Sequence[str | None] | None) -> str:
    """The sheet's date; rows whose own data date lies in another month are refused."""
    kind = work.catalogue.kinds[work.plan.kind]
    as_of = work.plan.as_of or date_of_column(own)
    if not kind.dated:
        return as_of or _newest_line(work, kind)
    if as_of is None:
        raise ValueError("a sheet without a date")
    header = work.header(AS_OF)
    for row, date in enumerate(own or ()):
        if date is not None and date[:7] != as_of[:7] and work.keep[row]:
            work.refuse(row, header, "other_month", date)
    return as_of


def _newest_line(work: Work, kind: KindOfSheet) -> str:
    """The newest date of the lines that may enter; of a sheet without lines the day of the import."""
    column = texts_of(work.columns, kind.date) or ()
    newest = max((date for date, keep in zip(column, work.keep, strict=False) if date and keep), default="")
    return newest or (work.facts.today or dates.today()).isoformat()


def date_of_column(dates: Sequence[str | None] | None) -> str | None:
    """The date that most rows carry; None when no row has one."""
    often = Counter(date for date in dates or () if date)
    return often.most_common(1)[0][0] if often else None


def _require(work: Work) -> None:
    """Refuse rows that lack a required field of their kind of sheet."""
    for key in work.catalogue.kinds[work.plan.kind].required:
        if key == work.plan.key:
            continue
        label, column = work.catalogue[key].shown(), work.columns.get(key)
        for row in range(len(work.keep)):
            if (column is None or column[row] is None) and work.keep[row]:
                work.refuse(row, work.header(key), "missing_field", None, label)
