"""Several rows for one customer (product): equal ones count once, different ones are refused or merged as chosen."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from workbench.base.i18n import commas
from workbench.intake.catalogue.fields import AS_OF, heading
from workbench.intake.cells.parsed import Read, as_texts, as_wholes, texts_of
from workbench.intake.cells.shown import plain, shown
from workbench.intake.checking.extras import kept_text
from workbench.intake.checking.fixes import MERGING, merging_words
from workbench.intake.checking.work import Work

Groups = dict[str, list[int]]
#: what is said of rows that share a key, by the kinds of sheet whose key is no customer number
_DOUBLE: dict[str, str] = {"products": "duplicate_product", "events": "duplicate_event"}
#: makes one row of a group in place and returns the row that stays; None when it does not suit the group
_Merge = Callable[[list[int]], int | None]


def check_doubles(work: Work, dates: Sequence[str | None] | None) -> None:
    """Settle rows that share a number; `dates` are the data dates of the rows, None when the sheet has none."""
    keys = as_texts(work.columns[work.plan.key])
    if len(set(keys)) == len(keys):
        return
    places: defaultdict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(keys):
        if value is not None and work.keep[row]:
            places[value].append(row)
    groups = {value: rows for value, rows in places.items() if len(rows) > 1}
    if not groups:
        return
    unlike = {
        value: rest for value, rows in groups.items() if len(rest := _alike_once(work, value, rows)) > 1
    }
    for value in [value for value, rows in unlike.items() if not work.merged.isdisjoint(rows)]:
        rows = unlike.pop(value)
        _merge(work, value, rows, lambda rows: _summed(work, rows, _addable(work)), "rows_summed")
    if unlike:
        _settle(work, unlike, dates)


def _alike_once(work: Work, value: str, rows: list[int]) -> list[int]:
    """Leave out rows that repeat an earlier one; returns the remaining rows."""
    kept = [work.cells(match.index) for match in work.kept]
    seen: dict[tuple[Read, ...], int] = {}
    header = work.header(work.plan.key)
    for row in rows:
        image = (
            *(column[row] for column in work.columns.values()), *(shown(cells[row]) for cells in kept)
        )  # fmt: skip
        first = seen.setdefault(image, row)
        if first != row:
            work.keep[row] = False
            work.doubles += 1
            work.warn(row, header, "same_row_twice", value, other=str(work.shown_rows[first]))
    return list(seen.values())


def _settle(work: Work, groups: Groups, dates: Sequence[str | None] | None) -> None:
    """Offer the ways to make one row of several; apply the chosen one and refuse groups that it does not suit."""
    ways: dict[str, _Merge] = {}
    if not _one_over_all(work, groups):
        ways |= {"last": lambda rows: rows[-1], "first": lambda rows: rows[0]}
    telling = _telling_dates(work, groups, dates)
    if telling is not None:
        ways["newer"] = lambda rows: _newest(telling, rows)
    lines = _line_columns(work, groups)
    if lines is not None:
        ways["sum"] = lambda rows: _summed(work, rows, lines)
    for key in MERGING:
        if key in ways:
            work.offers.offer(key, merging_words(key, len(groups)), len(groups))
    chosen = work.offers.merging()
    way = ways.get(chosen or "")
    code = "rows_summed" if chosen == "sum" else "row_not_chosen"
    conflicts: list[str] = []
    for value, rows in groups.items():
        if way is None or not _merge(work, value, rows, way, code):
            conflicts.append(_refuse(work, value, rows))
    work.conflicts = tuple(conflicts)


def _one_over_all(work: Work, groups: Groups) -> bool:
    """Whether a number stands over all rows of its customer: each row is then a part of him, and none can stand for
    all."""
    carried = work.sheet.carried.get(-1 if work.key_column is None else work.key_column, frozenset())
    return any(work.rows.data[row] in carried for rows in groups.values() for row in rows)


def _merge(work: Work, value: str, rows: list[int], way: _Merge, code: str) -> bool:
    stays = way(rows)
    if stays is None:
        return False
    for row in rows:
        if row != stays:
            work.keep[row] = False
            work.doubles += 1
            work.warn(row, work.header(work.plan.key), code, value, other=str(work.shown_rows[stays]))
    return True


def _refuse(work: Work, value: str, rows: list[int]) -> str:
    named = commas(str(work.shown_rows[row]) for row in rows)
    code = _DOUBLE.get(work.plan.kind, "duplicate_customer")
    if code == "duplicate_customer" and _differing(work, rows) <= set(
        work.rules.words("intake.owner_fields")
    ):
        code = "manager_changed"
    for row in rows:
        work.refuse(row, work.header(work.plan.key), code, value, named)
    return named


def _differing(work: Work, rows: list[int]) -> set[str]:
    """Fields, and headings of kept columns, in which the rows differ."""
    fields = {key for key, column in work.columns.items() if len({column[row] for row in rows}) > 1}
    for match in work.kept:
        cells = work.cells(match.index)
        if len({kept_text(work, match, cells[row]) for row in rows}) > 1:
            fields.add(match.header)
    return fields


# -- the ways ----------------------------------------------------------------------------------------------


def _addable(work: Work) -> list[str]:
    """Figures that may be added up: money and counts, but no ages, days and the like."""
    never = set(work.rules.words("intake.never_summed"))
    return [
        key for key in work.columns
        if key not in never and work.catalogue[key].kind in ("money", "count")
    ]  # fmt: skip


def _line_columns(work: Work, groups: Groups) -> list[str] | None:
    """The figures to add when each row is an account, a product or a manager's share; None when rows differ in more
    than that.

    A figure that is equal in all rows of every group belongs to the customer as a whole and is not added.
    """
    differing = {key for rows in groups.values() for key in _differing(work, rows)}
    addable = set(_addable(work))
    owners = set(work.rules.words("intake.owner_fields"))
    parts = tuple(heading(word).plain for word in work.rules.words("intake.line_headings"))
    others = differing - addable - owners
    if any(not any(part in heading(name).plain for part in parts) for name in others):
        return None
    lines = [key for key in work.columns if key in addable & differing]
    return lines or None


def _summed(work: Work, rows: list[int], figures: Sequence[str]) -> int:
    """Add the figures into the first row, blank only where all are blank; its other blanks are filled from the next
    row. Returns the first row."""
    first = rows[0]
    for key, column in work.columns.items():
        values = [column[row] for row in rows if column[row] is not None]
        if key in figures:
            column[first] = _sum(work, key, rows)
        elif column[first] is None and values:
            column[first] = values[0]
    return first


def _sum(work: Work, key: str, rows: list[int]) -> int | None:
    """The sum of a figure over the rows, a cell that is merged over several of them once; None where all are blank, or
    one could not be read: a part of a customer's money is no figure of his."""
    column, match = work.columns[key], work.match(key)
    if match is None:
        values = [column[row] for row in rows]
    else:
        merged = work.sheet.carried.get(match.index, frozenset())
        own = [row for row in rows if row == rows[0] or work.rows.data[row] not in merged]
        values = [column[row] for row in own]
        if None in values:
            cells, words = work.cells(match.index), work.rules.words
            errors, blanks = words("intake.error_words"), {*words("intake.null_words"), ""}
            texts = {plain(shown(cells[row])) for row in own if column[row] is None}
            if not texts.isdisjoint(errors) or texts - blanks:
                return None
    given = [value for value in as_wholes(values) if value is not None]
    return sum(given) if given else None


def _telling_dates(
    work: Work, groups: Groups, dates: Sequence[str | None] | None
) -> Sequence[str | None] | None:
    """The column whose dates decide for every group which row is newer; None when no column does."""
    candidates: list[Sequence[str | None]] = [dates] if dates is not None else []
    candidates += [
        as_texts(work.values.column(work.cells(match.index), "date").values)
        for match in work.headed("intake.newer_headings")
    ]
    candidates += [
        as_texts(work.columns[key]) for key in work.rules.words("intake.newer_fields") if key in work.columns
    ]
    for column in candidates:
        if all(_newest(column, rows) is not None for rows in groups.values()):
            return column
    return None


def _newest(dates: Sequence[str | None], rows: list[int]) -> int | None:
    dated = [(date, row) for row in rows if (date := dates[row]) is not None]
    if len(dated) < len(rows):
        return None
    newest = max(date for date, _row in dated)
    among = [row for date, row in dated if date == newest]
    return among[0] if len(among) == 1 else None


def own_dates(work: Work) -> Sequence[str | None] | None:
    """The data dates of the rows, removed from the columns that enter the book; None when the sheet has none."""
    own = texts_of(work.columns, AS_OF)
    work.columns.pop(AS_OF, None)
    return own
