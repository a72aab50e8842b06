"""What became of the cells of each column, counted: read, unreadable, or in no field; the doubts ask by it."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from workbench.intake.catalogue.fields import heading
from workbench.intake.cells.parsed import Parsed, as_wholes
from workbench.intake.cells.shown import shown
from workbench.intake.checking.plan import ColumnLook
from workbench.intake.checking.work import Work
from workbench.intake.columns.looks import Looks
from workbench.intake.reading.frames import Cell
from workbench.intake.report import ColumnMatch

_FIGURES = frozenset({"money", "count", "number", "percent"})
#: most different cells of a column without a field that are looked at
_DISTINCT_MAX = 2_000


def column_looks(work: Work) -> tuple[ColumnLook, ...]:
    """The looks of all columns but the key's, in order of the sheet."""
    unvalued = _unvalued(work)
    errors = frozenset(work.rules.words("intake.error_words"))
    looks = [_fed(work, match, errors, unvalued.get(match.index, 0)) for match in work.taken]
    forms = Looks(work.rules)
    # those of the plan: a list that is summed keeps none with its rows, and would lose them unseen
    looks += [
        _kept(work, match, forms)
        for match in work.plan.kept()
        if match.how == "unknown" and match.custom is None
    ]
    return tuple(sorted((look for look in looks if look is not None), key=lambda look: look.index))


def _unvalued(work: Work) -> Counter[int]:
    """Column -> formulas without a stored value in the data rows."""
    if not work.sheet.unvalued:
        return Counter()
    data = set(work.rows.data)
    return Counter(column for row, column in work.sheet.unvalued if row in data)


def _fed(work: Work, match: ColumnMatch, errors: frozenset[str], unvalued: int) -> ColumnLook | None:
    key = match.field or ""
    parsed, column = work.parsed.get(key), work.columns.get(key)
    if parsed is None or column is None or match.index == work.key_column:
        return None
    figure = work.catalogue[key].kind in _FIGURES
    wrong = _errors(work, match, parsed, errors)
    unread = unvalued + sum(number for _word, number in wrong)
    unread += sum(1 for row, _code in parsed.faults if parsed.values[row] is None)
    rows = sum(work.keep)
    given = rows - list(compress(column, work.keep)).count(None)
    held = unvalued + _held(work, match) if figure and given * 2 < rows else given
    return ColumnLook(match.index, key, figure, rows, given, held, unread, wrong)


def _errors(
    work: Work, match: ColumnMatch, parsed: Parsed, errors: frozenset[str]
) -> tuple[tuple[str, int], ...]:
    """Error words -> how many; those that were read as a fault already are counted there."""
    if parsed.texts.isdisjoint(errors):
        return ()
    faulty = {row for row, _code in parsed.faults}
    words = (
        cell
        for row, cell in enumerate(work.cells(match.index))
        if isinstance(cell, str) and row not in faulty
    )
    return tuple(sorted(Counter(word for word in words if word in errors).items()))


def _held(work: Work, match: ColumnMatch) -> int:
    """How many data rows hold something in the column."""
    null = frozenset(work.rules.words("intake.null_words")) - frozenset(
        work.rules.words("intake.error_words")
    )
    return sum(
        1 for cell in work.cells(match.index) if cell not in ("", None) and shown(cell) not in null | {""}
    )


def _kept(work: Work, match: ColumnMatch, forms: Looks) -> ColumnLook | None:
    if match.index in work.secrets:
        return None
    cells = work.cells(match.index)
    different = list(dict.fromkeys(cell for cell in cells if cell not in ("", None)))[:_DISTINCT_MAX]
    if not different or _serial(cells) or _sum_of_others(work, match):
        return None
    held = sum(1 for cell in cells if cell not in ("", None))
    # a few equal cells count as often as they stand: the form is that of the column
    sample = (
        different
        if len(different) > _DISTINCT_MAX // 10
        else [cell for cell in cells if cell not in ("", None)]
    )
    return ColumnLook(match.index, None, held=held, form=forms.form(sample[:_DISTINCT_MAX]))


def _sum_of_others(work: Work, match: ColumnMatch) -> bool:
    """Whether a column named as a total is the sum of the money columns next to its left: it tells nothing more."""
    totals = {heading(word).plain for word in work.rules.words("intake.total_words")}
    if heading(match.header).plain not in totals:
        return False
    own = work.values.column(work.cells(match.index), "money", work.plan.unit_of(match)).values
    left = [
        one
        for one in work.taken
        if one.index < match.index and work.catalogue[one.field or ""].kind == "money"
    ]
    sums = [0] * len(own)
    for number, one in enumerate(sorted(left, key=lambda one: -one.index), start=1):
        column = as_wholes(work.columns[one.field or ""])
        sums = [total + (cell or 0) for total, cell in zip(sums, column, strict=True)]
        if number > 1 and all(cell is None or cell == total for cell, total in zip(own, sums, strict=True)):
            return True
    return False


def _serial(cells: Sequence[Cell]) -> bool:
    """Whether the cells count the rows: 1, 2, 3."""
    number = 0
    for cell in cells:
        text = shown(cell)
        if not text:
            continue
        number += 1
        if text.lstrip("0") != str(number):
            return False
    return number > 1
