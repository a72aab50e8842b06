"""Recognises a sheet: its header, what it holds, which field each column feeds, its date and its unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.intake.catalogue.fields import AS_OF, FieldCatalogue
from workbench.intake.catalogue.meanings import unit_of
from workbench.intake.catalogue.periods import named_months
from workbench.intake.cells.parsed import as_texts
from workbench.intake.cells.values import CellReader, shown
from workbench.intake.checking.checks import date_of_column
from workbench.intake.checking.fixes import SUM, ZEROS
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialects import (
    ADDED,
    PADDED,
    ROWS_SUMMED,
    ZEROS_LOST,
    Dialect,
    Recognised,
    recognise,
    remembered_header,
)
from workbench.intake.columns.kinds import kind_of
from workbench.intake.columns.learning import name_for
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.columns.own_month import of_date
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form import as_of as dates
from workbench.intake.form.blocks import key_column
from workbench.intake.form.carried import carried
from workbench.intake.form.header import find_header, layout_at
from workbench.intake.form.layout import Layout
from workbench.intake.form.line_columns import with_line_columns
from workbench.intake.form.unit_exceptions import excepted_unit, unit_exceptions
from workbench.intake.reading.letters import letter
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of sheets: fields, rules, learnt dialects, custom fields."""

    catalogue: FieldCatalogue
    rules: Rules
    dialects: Sequence[Dialect] = ()
    custom: Sequence[CustomField] = ()


def recognised(
    sheet: RawSheet, path: Path, given: str | None, knowledge: Knowledge, above: SheetState | None = None
) -> SheetState:
    """The state of a sheet as far as it can be recognised without asking.

    `given` is a date that a person named, `above` the block before this one on the same sheet, whose title holds
    for both.
    """
    layout = find_header(sheet, knowledge.catalogue, knowledge.rules)
    if (layout is None or layout.sure < knowledge.rules.number("intake.header_sure")) and (
        place := remembered_header(sheet, knowledge.dialects, knowledge.rules)
    ):
        layout = layout_at(sheet, *place)
    if layout is None:
        return SheetState(sheet, "none", None, [], given, "", "元")
    state = laid_out(sheet, layout, path, given, knowledge)
    if above is not None:
        if above.date_from == "title" and state.date_from not in ("title", "asked"):
            state.as_of, state.date_from = above.as_of, "title"
            if above.as_of is not None:
                state.matches = of_date(
                    state.matches, above.as_of, state.kind, knowledge.catalogue, knowledge.rules
                )
        if above.unit_named and not state.unit_named:
            state.unit, state.unit_named = above.unit, True
    return state


def laid_out(
    sheet: RawSheet,
    layout: Layout,
    path: Path,
    given: str | None,
    knowledge: Knowledge,
    kind: Kind | None = None,
) -> SheetState:
    """The state of a sheet read by this layout, and as this kind when a person chose one."""
    sheet, layout = with_line_columns(sheet, layout, knowledge.catalogue, knowledge.rules)
    layout = replace(layout, names=_named(sheet, layout))
    sheet, rows = carried(sheet, layout, knowledge.catalogue, knowledge.rules)
    sheet_kind = kind or kind_of(sheet, layout, knowledge.catalogue, knowledge.rules)
    title = name_for(layout.above, sheet.name, path.stem, (), knowledge.rules)
    match = recognise(layout.names, sheet_kind, knowledge.dialects, knowledge.rules, title)
    if kind is None and match is not None:
        sheet_kind = match.dialect.kind
    noted_unit = dates.unit_in_titles(layout.above)
    matches = _matches(sheet, layout, sheet_kind, match, knowledge, noted_unit)
    state = SheetState(sheet, sheet_kind, layout, matches, None, "", "元", kind_chosen=kind is not None)
    state.before = match.dialect if match is not None else None
    if rows is not None and state.key_column() == key_column(layout, knowledge.catalogue):
        state.know_rows(rows)
    if state.before is not None and PADDED in state.before.answered.get(ZEROS_LOST, ()):
        state.fixes.add(ZEROS)
    if state.before is not None and ADDED in state.before.answered.get(ROWS_SUMMED, ()):
        state.fixes.add(SUM)
    state.unit_named = noted_unit is not None
    state.unit = noted_unit or (match.dialect.unit if match is not None else None) or "元"
    state.as_of, state.date_from = _dated(sheet, layout, matches, path, given, knowledge.rules)
    if state.as_of is not None and any(map(named_months, layout.names)):
        state.matches = _matches(sheet, layout, sheet_kind, match, knowledge, noted_unit, state.as_of)
    return state


def own_units(matches: Sequence[ColumnMatch], above: Sequence[str] = ()) -> list[ColumnMatch]:
    """The columns with the unit of their own heading, or the one that the lines `above` except them with: a unit chosen
    for this sheet beats a remembered one."""
    return _excepted([replace(match, unit=unit_of(match.header) or "") for match in matches], above)


def _excepted(matches: Sequence[ColumnMatch], above: Sequence[str]) -> list[ColumnMatch]:
    units = unit_exceptions(above)
    if not units:
        return list(matches)
    return [
        replace(match, unit=excepted_unit(match.header, units) or match.unit)
        if unit_of(match.header) is None
        else match
        for match in matches
    ]


def remind(state: SheetState, path: Path, knowledge: Knowledge) -> None:
    """Take over the dialect that a recognised sheet is of by now; its columns stay as they are."""
    if state.layout is None:
        return
    title = name_for(state.layout.above, state.sheet.name, path.stem, (), knowledge.rules)
    match = recognise(state.layout.names, state.kind, knowledge.dialects, knowledge.rules, title)
    state.before = match.dialect if match is not None else state.before


def _matches(
    sheet: RawSheet,
    layout: Layout,
    kind: Kind,
    recognition: Recognised | None,
    knowledge: Knowledge,
    unit: str | None,
    as_of: str | None = None,
) -> list[ColumnMatch]:
    shapes = Shapes(sheet, layout.header + 1, knowledge.rules)
    memory = Memory(recognition.dialect if recognition is not None else None, knowledge.custom, unit, as_of)
    matches = match_columns(layout.names, kind, knowledge.catalogue, knowledge.rules, shapes, memory)
    return _excepted([match for match in matches if match.header], layout.above)


def _dated(
    sheet: RawSheet,
    layout: Layout,
    matches: Sequence[ColumnMatch],
    path: Path,
    given: str | None,
    rules: Rules,
) -> tuple[str | None, str]:
    """The sheet's date and where it was found; (None, '') without one."""
    if given:
        return given, "asked"
    titles = [line for line in layout.above if not dates.of_due_month(line)]
    if date := dates.in_titles(titles, rules):
        return date, "title"
    column = next((match.index for match in matches if match.feeds == AS_OF), None)
    if column is not None:
        cells = sheet.columns[column][layout.header + 1 :]
        if date := date_of_column(as_texts(CellReader(rules).column(cells, "date").values)):
            return date, "column"
    if date := dates.in_text(sheet.name):
        return date, "sheet"
    if date := dates.in_text(path.stem):
        return date, "file"
    date = dates.in_titles(layout.above, rules)
    return date, "title" if date else ""


def _named(sheet: RawSheet, layout: Layout) -> tuple[str, ...]:
    """The names of the header; a column with data but without a name is called by its letter in Excel."""
    return tuple(
        name or ("列" + letter(index + sheet.first_column) if _has_data(sheet, index, layout) else "")
        for index, name in enumerate(layout.names)
    )


def _has_data(sheet: RawSheet, index: int, layout: Layout) -> bool:
    cells = sheet.columns[index][layout.header + 1 :]
    return any(map(shown, set(cells)))
