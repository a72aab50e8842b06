"""What a checked sheet of holdings, maturities or products would change in the book."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Connection, select

from db.tables import customers, holdings, products
from workbench.intake.checks import Checked, merged
from workbench.intake.diff import Diff, said
from workbench.intake.fields import Catalogue
from workbench.intake.report import FieldChange
from workbench.rules import Rules

#: What tells one line of a customer from another when the figures moved.
_IDENTITY = ("product_code", "product_name", "maturity_date")


def stored_kind(checked: Checked) -> str:
    return "maturity" if checked.kind == "maturities" else "holding"


def compare_lines(
    conn: Connection, checked: Checked, catalogue: Catalogue, rules: Rules, coming: frozenset[str]
) -> Diff:
    """The sheet is the whole truth of its month and kind: lines as stored are unchanged, lines of the same customer,
    product and date with other figures are changed, others are new, stored lines that are missing here go.

    `coming` are customers that a customers sheet of the same file brings.
    """
    diff = Diff()
    names = [key for key in checked.columns if catalogue[key].column("holdings")]
    columns = [holdings.c[str(catalogue[key].column("holdings"))] for key in names]
    exact: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    stored = conn.execute(
        select(
            holdings.c.id,
            customers.c.customer_no,
            holdings.c.as_of,
            holdings.c.extra,
            holdings.c.line,
            *columns,
        )
        .select_from(holdings.join(customers, customers.c.id == holdings.c.customer_id))
        .where(holdings.c.month == checked.as_of[:7], holdings.c.kind == stored_kind(checked))
        .order_by(holdings.c.id)
    ).all()
    for row in stored:
        exact[(row[1], row[3], *row[5:])].append(row)
    known = coming | set(conn.execute(select(customers.c.customer_no)).scalars())
    mine = list(zip(*(checked.columns[key] for key in names), strict=True)) or [()] * len(checked.keys)
    same: list[Any] = []
    rest: list[int] = []
    for position, number in enumerate(checked.keys):
        if number not in known:
            diff.strangers.append(position)
        elif found := exact.get((number, checked.extra[position], *mine[position])):
            same.append(found.pop(0))
        else:
            rest.append(position)
    diff.unchanged = len(same)
    diff.updates = [(row[0], {"as_of": checked.as_of}) for row in same if row[2] != checked.as_of]
    left = sorted((row for rows in exact.values() for row in rows), key=lambda row: int(row[0]))
    by_identity: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    where = [number for number, key in enumerate(names) if key in _IDENTITY]
    for row in left:
        by_identity[(row[1], *(row[5 + number] for number in where))].append(row)
    limit = rules.whole("intake.changes_shown")
    gone = {row[0] for row in left}
    for position in rest:
        pair = by_identity.get((checked.keys[position], *(mine[position][number] for number in where)))
        if not pair:
            diff.fresh.append(position)
            continue
        row = pair.pop(0)
        gone.discard(row[0])
        _line_differs(checked, catalogue, diff, row, position, names, mine[position], limit)
    diff.deletes = sorted(gone)
    _number_alike(checked, mine, diff)
    return diff


def _line_differs(
    checked: Checked, catalogue: Catalogue, diff: Diff, row: Any, position: int, names: list[str],
    mine: tuple[Any, ...], limit: int,
) -> None:  # fmt: skip
    new: dict[str, Any] = {}
    for number, key in enumerate(names):
        value, old = mine[number], row[5 + number]
        if value is None or value == old:
            continue
        new[str(catalogue[key].column("holdings"))] = value
        if len(diff.changes) < limit:
            known = catalogue[key]
            diff.changes.append(
                FieldChange(checked.keys[position], "", key, said(known, old), said(known, value))
            )
    if (extra := merged(row[3], checked.extra[position])) != row[3]:
        new["extra"] = extra
    if not new:
        diff.unchanged += 1
    else:
        diff.changed += 1
        new["source_row"] = checked.rows[position]
    if row[2] != checked.as_of:
        new["as_of"] = checked.as_of
    if new:
        diff.updates.append((row[0], new))


def _number_alike(checked: Checked, mine: list[tuple[Any, ...]], diff: Diff) -> None:
    """Two equal deposits of one customer are lines 1 and 2."""
    seen: Counter[tuple[Any, ...]] = Counter()
    for position, number in enumerate(checked.keys):
        alike = (number, checked.extra[position], *mine[position])
        seen[alike] += 1
        diff.lines[position] = seen[alike]


def compare_products(conn: Connection, checked: Checked, catalogue: Catalogue, rules: Rules) -> Diff:
    """Products by their code; a blank is never a difference and no product goes because a list lacks it."""
    diff = Diff()
    names = list(checked.columns)
    columns = [products.c[str(catalogue[key].column("products"))] for key in names]
    mine = list(zip(*(checked.columns[key] for key in names), strict=True)) or [()] * len(checked.keys)
    stored = {
        row[1]: row
        for row in conn.execute(select(products.c.id, products.c.product_code, products.c.extra, *columns))
    }
    limit = rules.whole("intake.changes_shown")
    for position, code in enumerate(checked.keys):
        row = stored.get(code)
        if row is None:
            diff.fresh.append(position)
            continue
        new: dict[str, Any] = {}
        for number, key in enumerate(names):
            value, old = mine[position][number], row[3 + number]
            if value is not None and value != old:
                known = catalogue[key]
                new[str(known.column("products"))] = value
                if len(diff.changes) < limit:
                    diff.changes.append(FieldChange(code, "", key, said(known, old), said(known, value)))
        if (extra := merged(row[2], checked.extra[position])) != row[2]:
            new["extra"] = extra
        if new:
            diff.changed += 1
            diff.updates.append((row[0], {**new, "source_row": checked.rows[position]}))
        else:
            diff.unchanged += 1
    return diff
