"""The months of a file: sheets named 上月 and 本月 told from the file's date, a wide or long list parted by month."""

from collections.abc import Sequence
from pathlib import Path

from workbench.base.dates import month_end, shift_month
from workbench.intake.catalogue.fields import AS_OF
from workbench.intake.cells.parsed import as_texts
from workbench.intake.cells.values import CellReader
from workbench.intake.form import as_of as dates
from workbench.intake.form.long_months import months_below
from workbench.intake.form.months import MonthWord, last_day, lone_year, month_word
from workbench.intake.form.wide_months import months_beside
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Kind
from workbench.intake.review.recognise import Knowledge, recognised
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

#: kinds whose sheets may be named by the month of their data
_NAMED: tuple[Kind, ...] = ("customers", "holdings")


def by_month(
    state: SheetState, path: Path, given: str | None, knowledge: Knowledge
) -> tuple[SheetState, ...]:
    """The months that a sheet of customers holds, the earliest first; the sheet itself where it holds one.

    The parts but the newest only add rows to their months, and teach no dialect.
    """
    if state.kind != "customers" or state.layout is None:
        return (state,)
    texts = (*state.layout.above, state.sheet.name, path.stem)
    wide = months_beside(state.sheet, state.layout, state.as_of, texts, knowledge.catalogue, knowledge.rules)
    parts: Sequence[tuple[RawSheet, str | None]] = [(one.sheet, one.as_of) for one in wide] or _below(
        state, knowledge
    )
    states: list[SheetState] = []
    for number, (sheet, as_of) in enumerate(parts):
        part = recognised(sheet, path, given, knowledge)
        part.as_of, part.date_from = as_of, "months"
        part.unit, part.unit_named = state.unit, state.unit_named
        if number < len(parts) - 1:
            part.replaces, part.earlier_part = False, True
        states.append(part)
    return tuple(states) or (state,)


def _below(state: SheetState, knowledge: Knowledge) -> tuple[tuple[RawSheet, str], ...]:
    """The months below each other that a column of dates tells."""
    column, key, layout = state.column_of(AS_OF), state.key_column(), state.layout
    if column is None or key is None or layout is None:
        return ()
    below = slice(layout.header + 1, None)
    reader = CellReader(knowledge.rules)
    read = as_texts(reader.column(state.sheet.columns[column][below], "date").values)
    if len({date[:7] for date in read if date}) < 2:
        return ()
    numbers = reader.column(state.sheet.columns[key][below], "id").values
    shared = knowledge.rules.number("intake.months_shared")
    return months_below(state.sheet, layout.header, read, as_texts(numbers), shared)


def settle_months(states: Sequence[SheetState], path: Path, given: str | None, rules: Rules) -> None:
    """Give the sheets whose name words a month (上月, 9月) its date, told from the file's date or from the other sheets;
    note where name or title word another month than the date says."""
    own = given or dates.in_text(path.stem)
    words = {id(state): _word(state, state.sheet.name, rules) for state in states}
    bases = [own or _beside(state, states, words) for state in states]
    for state, base in zip(states, bases, strict=True):
        word = words[id(state)]
        if state.date_from in ("title", "column"):
            _compare(state, word, own)
        elif word is not None:
            texts = (*(state.layout.above if state.layout else ()), state.sheet.name, path.stem)
            if month := word.resolved(base, lone_year(texts)):
                if (state.as_of or "")[:7] != month:
                    state.as_of, state.date_from = last_day(month, base), "sheet"
                state.worded = (word.text, month)
        elif state.date_from == "file" and state.layout is not None:
            titles = (_word(state, line, rules) for line in state.layout.above)
            _compare(state, next((one for one in titles if one is not None), None), own)


def _compare(state: SheetState, word: MonthWord | None, own: str | None) -> None:
    """Note the month that a name or title words beside the date that the sheet has: of a number only the month counts."""
    if word is None or state.as_of is None:
        return
    month = word.resolved(own if word.number is None else month_end(f"{state.as_of[:4]}-12").isoformat())
    if month is not None:
        state.worded = (word.text, month)


def _word(state: SheetState, text: str, rules: Rules) -> MonthWord | None:
    """The month that a name or title words without its year, where it means the data."""
    if state.kind not in _NAMED or dates.in_text(text) or state.date_from == "months":
        return None
    if any(word in text for word in rules.words("intake.months_not")):
        return None
    return month_word(text, rules)


def _beside(
    state: SheetState, states: Sequence[SheetState], words: dict[int, MonthWord | None]
) -> str | None:
    """The file's date as the other dated sheets tell it: that of 上月 is one month later."""
    bases: list[str] = []
    for other in states:
        if other is state or other.as_of is None or other.kind == "none":
            continue
        word = words[id(other)]
        if word is None or word.number is not None or word.back == 0:
            bases.append(other.as_of)
        elif word.back > 0:
            bases.append(month_end(shift_month(other.as_of[:7], word.back)).isoformat())
    return max(bases, default=None)
