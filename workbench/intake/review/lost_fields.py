"""Fields that the last list of a kind reported and that nothing in this file reports: a column renamed or left out.

If such a list were taken without a question, the month would lack the field and the features that need it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.record import batches, changes
from workbench.intake.catalogue.fields import AS_OF, FieldCatalogue, heading
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.columns.dialects import LOST
from workbench.intake.documents import MappedColumn
from workbench.intake.review.same_month import SameMonthSheets
from workbench.intake.review.state import Lost, SheetState
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """An import in force of the same kind; `columns` are the fields it reported -> heading."""

    batch: int
    month: str
    as_of: str
    dialect: str
    rows: int
    headings: frozenset[str]
    columns: Mapping[str, str]


def lost_fields(
    conn: Connection,
    state: SheetState,
    checked: AcceptedRows,
    beside: SameMonthSheets,
    catalogue: FieldCatalogue,
    rules: Rules,
) -> Lost | None:
    """The fields that the previous list reported and this file does not; None when there are none.

    A field that another sheet of the file reports, or another list of this very date, is not lost; one that a
    person confirmed as given up is not asked about again. A sheet that only adds rows to a month has no previous
    list. Of what happens now and then (policy 'add') a column may stand empty for once: nothing was to be told.
    """
    if not checked.keys or not state.replaces:
        return None
    followed: list[EarlierImport] = []
    reported = _reported(checked).union(*(_reported(other) for _state, other in beside.others))
    for one in _in_force(conn, checked, rules):
        if one.as_of < checked.as_of:
            followed.append(one)
        else:  # of the same date: another part of the list, or the one that this re-issues
            reported |= set(one.columns)
    if not followed:
        return None
    before = _followed(state, followed)
    if catalogue.kinds[state.kind].policy == "add":
        reported |= set(checked.columns)
    reported |= {catalogue.kinds[state.kind].key, AS_OF, *_given_up(state)}
    reported |= set(rules.words("intake.lost_unasked"))
    lost = {
        key: before.columns[key] for key in catalogue.fields if key in before.columns and key not in reported
    }
    return Lost(before.batch, before.month, lost, frozenset(before.columns)) if lost else None


def filled(checked: AcceptedRows) -> dict[str, float]:
    """Field -> share of the rows taken that report it, 0..1; kept with the import."""
    rows = len(checked.keys)
    return {key: 1 - column.count(None) / rows for key, column in checked.columns.items()} if rows else {}


def _reported(checked: AcceptedRows) -> set[str]:
    return {key for key, share in filled(checked).items() if share > 0}


def _given_up(state: SheetState) -> Collection[str]:
    return state.before.answered.get(LOST, ()) if state.before is not None else ()


def _in_force(conn: Connection, checked: AcceptedRows, rules: Rules) -> Iterable[EarlierImport]:
    """Imports in force of the kind, up to the month of the sheet."""
    least = rules.number("intake.lost_share")
    names = ("id", "month", "as_of", "dialect", "rows", "mapping")
    imports = conn.execute(
        select(*(batches.c[name] for name in names))
        .join(changes, changes.c.id == batches.c.change_id)
        .where(
            batches.c.kind == checked.kind, changes.c.state == "done", batches.c.month <= checked.as_of[:7],
            batches.c.as_of.is_not(None),
        )
    )  # fmt: skip
    for row in imports.mappings():
        mapping: Sequence[MappedColumn] = json.loads(row["mapping"])
        yield EarlierImport(
            row["id"], row["month"], row["as_of"], row["dialect"] or "", row["rows"],
            frozenset(heading(entry["column"]).plain for entry in mapping),
            {
                entry["field"]: entry["column"] for entry in mapping
                # imports of older versions lack `filled`
                if entry["field"] and entry["how"] not in ("similar", "asked") and entry.get("filled", 1) > least
            },
        )  # fmt: skip


def _followed(state: SheetState, earlier: Sequence[EarlierImport]) -> EarlierImport:
    """Of the lists of the newest month the one that this sheet continues: of its dialect, else most like it."""
    newest = max(one.month for one in earlier)
    own = {heading(match.header).plain for match in state.matches}

    def likeness(one: EarlierImport) -> tuple[bool, float, int, str, int]:
        alike = len(own & one.headings) / len(own | one.headings)
        return bool(state.dialect) and one.dialect == state.dialect, alike, one.rows, one.as_of, one.batch

    return max((one for one in earlier if one.month == newest), key=likeness)
