"""What a checked sheet whose rows have a key of their own (products, events) would change in the book."""

from sqlalchemy import Connection, select

from db.tables import metadata
from db.values import Value
from workbench.intake.book.diff import Diff, shown_value
from workbench.intake.catalogue.fields import Field, FieldCatalogue
from workbench.intake.cells.code_words import Codes
from workbench.intake.checking.events import SCOPE
from workbench.intake.checking.extras import merged
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.report import FieldChange
from workbench.rules.parameters import Rules


def compare_keyed(conn: Connection, checked: AcceptedRows, catalogue: FieldCatalogue, rules: Rules) -> Diff:
    """Compare rows by their key; a blank is never a difference and nothing is deleted because a list lacks it."""
    diff = Diff()
    kind = catalogue.kinds[checked.kind]
    table = metadata.tables[kind.table]
    names = list(checked.columns)
    places = [str(catalogue[key].column(kind.table)) for key in names]
    mine = list(zip(*(checked.columns[key] for key in names), strict=True)) or [()] * len(checked.keys)
    key_column = table.c[str(catalogue[kind.key].column(kind.table))]
    query = select(table.c.id, key_column, table.c.extra, *(table.c[place] for place in places))
    stored = {row[1]: row for row in conn.execute(query.order_by(table.c.id))}
    limit = rules.whole("intake.changes_shown")
    scopes = Codes(rules, SCOPE)

    def words(entry: Field, value: Value) -> str:
        """A value as a person reads it; a code by its word."""
        return scopes.shown(str(value)) if entry.key == SCOPE and value else shown_value(entry, value)

    for position, code in enumerate(checked.keys):
        row = stored.get(code)
        if row is None:
            diff.fresh.append(position)
            continue
        new: dict[str, Value] = {}
        for number, (key, place) in enumerate(zip(names, places, strict=True)):
            value, old = mine[position][number], row[3 + number]
            if value is not None and value != old:
                new[place] = value
                if len(diff.changes) < limit:
                    entry = catalogue[key]
                    diff.changes.append(FieldChange(code, "", key, words(entry, old), words(entry, value)))
        if (extra := merged(row[2], checked.extra[position])) != row[2]:
            new["extra"] = extra
        if new:
            diff.changed += 1
            diff.updates.append((row[0], {**new, "source_row": checked.rows[position]}))
        else:
            diff.unchanged += 1
            diff.confirmed.append(row[0])
    return diff
