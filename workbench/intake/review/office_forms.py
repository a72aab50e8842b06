"""Recognises head office's worksheets as forms to be filled in: the headings and the customers' rows, by the same homes as an
import; nothing is checked and nothing written."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from workbench.intake.catalogue.fields import CUSTOMER_NO, heading
from workbench.intake.catalogue.meanings import unit_of
from workbench.intake.catalogue.plain import UNITS
from workbench.intake.cells.parsed import as_texts
from workbench.intake.cells.values import CellReader
from workbench.intake.checking.known_numbers import KnownNumbers
from workbench.intake.columns.heading_keys import keys
from workbench.intake.form.blocks import blocks
from workbench.intake.form.layout import headings
from workbench.intake.reading.letters import letter
from workbench.intake.reading.reader import RawFile, RawSheet
from workbench.intake.review.comparing import book_facts
from workbench.intake.review.recognise import Knowledge, recognised
from workbench.intake.review.state import SheetState
from workbench.people.office_form import OfficeColumn, OfficeForm, OfficeRow

#: the form of a file that keeps its layout when cells are written into it
_LAYOUT = "xlsx"


def office_forms(conn: Connection, raw: RawFile, knowledge: Knowledge) -> tuple[OfficeForm, ...]:
    """The worksheets with headings; that with most customers first, then that with a customer number, as in the file."""
    facts = book_facts(conn)
    forms = [
        form
        for sheet in raw.sheets
        if not sheet.hidden and (form := _form(sheet, raw, knowledge, facts.known, facts.aliases)) is not None
    ]
    names = tuple(form.sheet for form in forms)
    rows = sum(len(form.rows) + form.elsewhere for form in forms)
    beside_others = [
        replace(
            form,
            others=tuple(name for name in names if name != form.sheet),
            elsewhere=rows - len(form.rows) if form.rows else 0,
        )
        for form in forms
    ]
    return tuple(sorted(beside_others, key=lambda one: (-len(one.rows), not _numbered(one))))


def _numbered(form: OfficeForm) -> bool:
    return any(one.field == CUSTOMER_NO for one in form.columns)


def _form(
    sheet: RawSheet, raw: RawFile, knowledge: Knowledge, known: KnownNumbers, merged: Mapping[str, str]
) -> OfficeForm | None:
    states = [
        recognised(part, raw.path, None, knowledge)
        for part in blocks(sheet, knowledge.catalogue, knowledge.rules)
    ]
    state = max(states, key=lambda one: one.column_of(CUSTOMER_NO) is not None, default=None)
    beside = [_rows(one, knowledge, known, merged) for one in states if one is not state]
    if state is None or state.layout is None:
        return None
    layout, read = state.layout, state.sheet
    last = headings(read.row(layout.header))
    fields = {match.index: match.feeds for match in state.matches}
    units = {match.index: match.unit for match in state.matches}
    columns = tuple(
        OfficeColumn(
            letter(index + read.first_column), name, key, heading(last[index] or name).plain,
            UNITS[unit_of(name) or units.get(index) or state.unit], fields.get(index),
        )
        for index, (name, key) in enumerate(zip(layout.names, keys(layout.names), strict=True))
        if name and index < len(read.columns) - read.appended
    )  # fmt: skip
    rows = _rows(state, knowledge, known, merged)
    head, fillable = read.shown_row(layout.header), raw.form == _LAYOUT
    return OfficeForm(sheet.name, head, columns, rows, fillable, elsewhere=sum(map(len, beside)))


def _rows(
    state: SheetState, knowledge: Knowledge, known: KnownNumbers, merged: Mapping[str, str]
) -> tuple[OfficeRow, ...]:
    """The rows with a number; a number has a digit, other than a word on how to fill the column in."""
    key = state.column_of(CUSTOMER_NO)
    rows = state.rows(knowledge.rules)
    if key is None or rows is None or not rows.data:
        return ()
    cells = [state.sheet.columns[key][index] for index in rows.data]
    kind = knowledge.catalogue[CUSTOMER_NO].kind
    numbers = as_texts(CellReader(knowledge.rules).column(cells, kind).values)
    return tuple(
        _row(state.sheet.shown_row(index), number, known, merged)
        for index, number in zip(rows.data, numbers, strict=True)
        if number and any(map(str.isdigit, number))
    )


def _row(row: int, written: str, known: KnownNumbers, merged: Mapping[str, str]) -> OfficeRow:
    """Whose row it is: a number as it is known, else the only known one that differs by leading zeros."""
    number = written
    if number not in known:
        like = known.like(number)
        if len(like) != 1:
            return OfficeRow(row, written, None)
        number = like[0]
    return OfficeRow(row, written, merged.get(number, number), number in merged)
