"""The data-quality score of one import, 0 to 100 (domain 16.5)."""

import datetime as dt
from collections.abc import Sequence

from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.report import Quality
from workbench.rules.parameters import Rules

_PARTS = ("completeness", "validity", "uniqueness", "continuity", "timeliness")
#: codes of rows that are there twice
_TWICE = frozenset(
    {
        "same_row_twice", "duplicate_customer", "duplicate_product", "manager_changed", "row_not_chosen",
        "same_id_two_numbers",
    }
)  # fmt: skip
#: codes that say nothing about the validity of cells: of rows that are there twice, and of whom a row is about
_NOT_CELLS = _TWICE | {
    "number_merged",
    "rows_summed",
    "joint_account",
    "deceased",
    "test_account",
    "left_out",
}


def quality(
    checked: AcceptedRows,
    *,
    star_fields: Sequence[str],
    before_customers: int | None,
    still_here: int | None,
    today: dt.date,
    rules: Rules,
) -> Quality:
    """Score a checked sheet (domain 16.5).

    `star_fields` are the fields that a sheet of its kind needs; `before_customers` is the number of customers of
    the month before (None: there is no such month), `still_here` how many of them are in this sheet. A part that
    cannot be told is None and its weight is shared out.
    """
    parts = {
        "completeness": _completeness(checked, star_fields),
        "validity": _validity(checked),
        "uniqueness": _uniqueness(checked),
        "continuity": still_here / before_customers if before_customers and still_here is not None else None,
        "timeliness": _timeliness(checked.as_of, today, rules),
    }
    weights = dict(zip(_PARTS, rules.numbers("intake.quality_weights"), strict=True))
    known = {name: part for name, part in parts.items() if part is not None}
    total = sum(weights[name] for name in known)
    score = 100 * sum(weights[name] * part for name, part in known.items()) / total if total else 0.0
    return Quality(round(score, 1), **parts)


def _completeness(checked: AcceptedRows, star_fields: Sequence[str]) -> float | None:
    """The share of filled cells in the fields of the sheet; needed fields that it lacks count as empty."""
    rows = len(checked.keys)
    if not rows:
        return None
    needed = set(star_fields) - {"customer_no", "product_code", "event_title", "as_of"}
    blanks = {key: column.count(None) for key, column in checked.columns.items()}
    reported = needed | {key for key, blank in blanks.items() if blank < rows}
    filled = rows + sum(rows - blanks.get(key, rows) for key in reported)
    return filled / (rows * (1 + len(reported)))


def _validity(checked: AcceptedRows) -> float | None:
    """The share of cells without fault; all cells of a refused row count as faulty."""
    if not checked.data_rows:
        return None
    width = 1 + len(checked.columns)
    faults = sum(
        count for (code, _column, level), count in checked.problems.counts.items()
        if level == "warning" and code not in _NOT_CELLS
    )  # fmt: skip
    refused = sum(
        any(problem.code not in _NOT_CELLS for problem in reasons) for reasons in checked.refusals.values()
    )
    return max(0.0, 1 - (faults + refused * width) / (checked.data_rows * width))


def _uniqueness(checked: AcceptedRows) -> float | None:
    """The share of rows that occur once."""
    if not checked.data_rows:
        return None
    twice = sum(count for (code, _column, _level), count in checked.problems.counts.items() if code in _TWICE)
    return max(0.0, 1 - twice / checked.data_rows)


def _timeliness(as_of: str, today: dt.date, rules: Rules) -> float:
    """1 up to a number of days after the data date, then falling to 0."""
    fresh, stale = rules.numbers("intake.quality_days")
    days = (today - dt.date.fromisoformat(as_of)).days
    return min(1.0, max(0.0, (stale - days) / (stale - fresh)))
