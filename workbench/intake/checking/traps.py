"""Traps of head-office sheets that show in a column or in the whole sheet (domain 16.5)."""

import re
from collections.abc import Callable

from workbench.base.dates import month_end
from workbench.base.i18n import _, commas
from workbench.base.outward import SIGNS
from workbench.intake.cells.parsed import Parsed, texts_of
from workbench.intake.cells.shown import shown
from workbench.intake.checking.work import Work
from workbench.intake.report import ColumnMatch

_PADDED = re.compile(r"^\s*'|[\xa0\u3000]|[０-９]")
_FORMULA = re.compile(rf"^[{re.escape(''.join(SIGNS).strip())}](?=.*[A-Za-z(=\u4e00-\u9fff])", re.MULTILINE)
_MEASURES = ("_balance", "_daily_average", "_quarter_average", "_year_average")


def look_at_cells(work: Work) -> None:
    """Traps 3, 5, 14, 16, 28, 29: blank, hidden, unvalued, text and masked cells."""
    _hidden(work)
    _unvalued(work)
    _unfilled(work)
    errors = frozenset(work.rules.words("intake.error_words"))
    for match in work.taken:
        parsed = work.parsed.get(match.field or "")
        if parsed is None:
            continue
        if not any(value is not None for value in parsed.values):
            if len(parsed.values):
                work.problems.column(match.header, "empty_column", count=0)
            if wrong := parsed.texts & errors:
                _say(work, match, "error_cell", wrong.__contains__, commas(sorted(wrong)))
            continue
        if parsed.texts:
            _texts(work, match, parsed, errors)


def _texts(work: Work, match: ColumnMatch, parsed: Parsed, errors: frozenset[str]) -> None:
    texts = parsed.texts
    if wrong := texts & errors:
        _say(work, match, "error_cell", wrong.__contains__, commas(sorted(wrong)))
    joined = work.texts(match.field or "")
    if parsed.numbers is not None:
        plain = joined.isascii() and "'" not in joined
        padded = not plain and bool(_PADDED.search(joined))
        if padded or (parsed.mixed and any(text.strip()[:1].isdigit() for text in texts)):
            values = parsed.values
            cells = work.cells(match.index)
            typed = {row for row, column in work.plan.edits if column == match.index}
            rows = [
                row for row, cell in enumerate(cells)
                if cell.__class__ is str and values[row] is not None and work.rows.data[row] not in typed
            ]  # fmt: skip
            if rows:
                work.problems.column(match.header, "text_numbers", work.shown(rows))
        return
    if "*" in joined:
        _say(work, match, "masked_values", lambda text: "*" in text)
    if work.catalogue[match.field or ""].kind in ("text", "name", "level") and _FORMULA.search(joined):
        _say(work, match, "formula_text", lambda text: _FORMULA.match(text) is not None)


def _say(work: Work, match: ColumnMatch, code: str, is_one: Callable[[str], bool], other: str = "") -> None:
    cells = work.cells(match.index)
    rows = [row for row, cell in enumerate(cells) if cell.__class__ is str and is_one(cell)]
    if rows:
        work.problems.column(match.header, code, work.shown(rows), other=other)


def _unfilled(work: Work) -> None:
    """Report rows of a template that nobody filled in, and columns whose blanks continue the value above."""
    sheet = work.sheet
    if templates := [
        sheet.shown_row(row) for row, role in sorted(work.rows.named.items()) if role == "template"
    ]:
        work.problems.column(None, "template_rows", templates)
    for match in (*work.taken, *work.kept):
        if match.index in sheet.carried:
            data = sheet.carried[match.index].intersection(work.rows.data)
            work.problems.column(match.header, "filled_down", [sheet.shown_row(row) for row in sorted(data)])


def _hidden(work: Work) -> None:
    sheet = work.sheet
    if sheet.hidden:
        work.problems.column(None, "hidden_sheet", count=0)
    if sheet.hidden_rows:
        rows = [row for row in work.rows.data if row in sheet.hidden_rows]
        if rows:
            work.problems.column(None, "hidden_rows", [sheet.shown_row(row) for row in rows])
    hidden = [match.header for match in (*work.taken, *work.kept) if match.index in sheet.hidden_columns]
    if hidden:
        work.problems.column(None, "hidden_columns", count=len(hidden), other=commas(hidden))


def _unvalued(work: Work) -> None:
    if not work.sheet.unvalued:
        return
    data = set(work.rows.data)
    headers = {match.index: match.header for match in (*work.taken, *work.kept)}
    rows: dict[str, list[int]] = {}
    for row, column in work.sheet.unvalued:
        if row in data and column in headers:
            rows.setdefault(headers[column], []).append(work.sheet.shown_row(row))
    for header, lines in rows.items():
        work.problems.column(header, "formula_without_value", sorted(lines))


def look_at_dates(work: Work, as_of: str) -> None:
    """Traps 11, 23 and 25, and dates in the future; `as_of` is the date of the sheet."""
    kind, measured = work.plan.kind, set(work.columns)
    if kind == "customers":
        if as_of != month_end(as_of[:7]).isoformat():
            work.problems.column(None, "early_export", count=0, other=as_of)
        if as_of[5:7] == "02" and any(key.endswith("_daily_average") for key in measured):
            work.problems.column(None, "short_month", count=0)
        if as_of[5:7] == "01" and any(key.endswith("_year_average") for key in measured):
            work.problems.column(None, "year_average_reset", count=0)
    latest = max(as_of, work.facts.today.isoformat()) if work.facts.today else as_of
    if (
        work.catalogue.kinds[kind].date and work.facts.today
    ):  # dated by its latest row, which is no limit then
        latest = work.facts.today.isoformat()
    for key in work.rules.words("intake.past_dates"):
        column, match = texts_of(work.columns, key), work.match(key)
        if column is None or match is None or max(filter(None, set(column)), default="") <= latest:
            continue
        for row, value in enumerate(column):
            if value is not None and value > latest:
                work.warn(row, match.header, "future_date", value, other=latest)


def offer_date_orders(work: Work, match: ColumnMatch, count: int) -> str:
    """Offer the two ways to read year-last dates, for `count` cells; returns the key of the first ('' for no cells)."""
    if not count:
        return ""
    first = f"dates:{match.index}:day"
    work.offers.offer(
        first, _("“{column}”按“日/月/年”读({n} 格)").format(column=match.header, n=count), count
    )
    words = _("“{column}”按“月/日/年”读({n} 格)").format(column=match.header, n=count)
    work.offers.offer(f"dates:{match.index}:month", words, count)
    return first


def drop_foreign(work: Work) -> None:
    """Trap 18: money in a foreign currency is not read as yuan; the cells stay with the row as found."""
    abroad = work.rules.words("intake.foreign_headings")
    at_home = work.rules.words("intake.home_words")
    for match in list(work.taken):
        if work.catalogue[match.field or ""].kind != "money":
            continue
        head = match.header.upper()
        if any(word in head for word in abroad) and not any(word in head for word in at_home):
            work.taken.remove(match)
            work.kept.append(match)
            work.columns.pop(match.field or "", None)
            work.parsed.pop(match.field or "", None)
            work.problems.column(match.header, "foreign_column", count=len(work.rows.data))
    for match in _currencies(work):
        _foreign_rows(work, match, frozenset(work.rules.words("intake.home_currency")))


def _currencies(work: Work) -> list[ColumnMatch]:
    columns = work.headed("intake.currency_headings")
    own = work.match("currency")
    return [*columns, own] if own is not None else columns


def _foreign_rows(work: Work, match: ColumnMatch, home: frozenset[str]) -> None:
    cells = work.cells(match.index)
    abroad = {cell for cell in set(cells) if (text := shown(cell).upper()) and text not in home}
    if not abroad:
        return
    money = [
        (other, work.columns[other.field], work.cells(other.index)) for other in work.taken
        if other.field in work.columns and work.catalogue[other.field].kind == "money"
    ]  # fmt: skip
    for row, cell in enumerate(cells):
        if cell not in abroad:
            continue
        for other, column, raw in money:
            if column[row] is not None:
                column[row] = None
                work.left_aside(row, other.header, shown(raw[row]))
        work.warn(row, match.header, "foreign_currency", cell, other=shown(cell))


def look_at_list(work: Work) -> None:
    """Traps 12 and 17: a list cut at a limit, and negative balances."""
    import numpy as np

    for key, parsed in work.parsed.items():
        match = work.match(key)
        if match is None or key not in work.columns or not key.endswith(_MEASURES) or parsed.numbers is None:
            continue
        numbers = parsed.numbers
        if (numbers < 0).any():
            column, cells = work.columns[key], work.cells(match.index)
            for row in np.flatnonzero(numbers < 0).tolist():
                if column[row] is not None:
                    work.warn(row, match.header, "negative_balance", cells[row])
    if work.plan.kind == "customers" and len(work.rows.data) >= work.rules.whole("intake.limit_rows"):
        _limit(work)


def _limit(work: Work) -> None:
    """Report that the smallest figure stands just above a round amount, where head office cut the list."""
    import numpy as np

    for key in work.rules.words("intake.limit_fields"):
        parsed = work.parsed.get(key)
        if (
            parsed is None
            or parsed.numbers is None
            or key not in work.columns
            or np.isnan(parsed.numbers).all()
        ):
            continue
        least = float(np.nanmin(parsed.numbers)) / 100
        rounded = [limit for limit in work.rules.numbers("intake.round_limits") if limit <= least]
        if rounded and least <= max(rounded) * (1 + work.rules.number("intake.limit_margin")):
            work.problems.column(work.header(key), "list_limit", count=0, other=f"{least:,.2f}")
        return
