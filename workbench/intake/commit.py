"""Writes compared sheets into the book, inside the one transaction of an import."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from db.journal import Writer
from db.tables import batches, customers, holdings, products, snapshots
from workbench.dates import now
from workbench.intake.checks import Checked
from workbench.intake.diff import Diff
from workbench.intake.diff_lines import stored_kind
from workbench.intake.fields import Catalogue
from workbench.intake.names import backwards, pinyin
from workbench.intake.report import SheetReport

_PROBLEMS_KEPT = 2_000


def write_batch(writer: Writer, report: SheetReport, digest: str, guard: str | None) -> int:
    """The history row of one sheet; returns its id. Not journalled: the history stays when an import is undone."""
    row = {
        "change_id": writer.change_id, "at": now(), "file": report.file, "file_hash": digest,
        "sheet": report.sheet, "kind": report.kind, "header_row": report.header_row, "as_of": report.as_of,
        "month": (report.as_of or "")[:7], "unit": report.unit, "rows": report.rows, "new": report.new,
        "changed": report.changed, "unchanged": report.unchanged, "vanished": report.vanished,
        "refused": report.refused, "guard": guard,
        **{
            name: json.dumps(report.as_json()[name][:_PROBLEMS_KEPT], ensure_ascii=False)
            for name in ("mapping", "totals", "problems")
        },
    }  # fmt: skip
    result = writer.conn.execute(insert(batches).returning(batches.c.id), row)
    return int(result.scalar_one())


def write_customers(writer: Writer, batch: int, checked: Checked, diff: Diff, catalogue: Catalogue) -> None:
    """New customers and the month's snapshots column-wise, then what changed in rows already there."""
    fresh = _picker(diff.fresh, len(checked.keys))
    own = _table_columns(checked, catalogue, "customers")
    numbers = fresh(checked.keys)
    names = fresh(own["name"]) if "name" in own else [None] * len(numbers)
    phones = fresh(own["phone"]) if "phone" in own else [None] * len(numbers)
    full, initials = pinyin(names) if numbers else ([], [])
    ids = writer.insert_columns(
        customers,
        {
            "customer_no": numbers, **{column: fresh(values) for column, values in own.items()},
            "name_pinyin": full, "name_initials": initials, "no_reversed": backwards(numbers),
            "phone_reversed": backwards(phones), "extra": fresh(checked.extra),
            "batch_id": batch, "source_row": fresh(checked.rows),
        },
        len(numbers),
    )  # fmt: skip
    owners = {**diff.owners, **dict(zip(diff.fresh, ids, strict=True))}
    monthly = _picker(diff.snapshot_fresh, len(checked.keys))
    writer.insert_columns(
        snapshots,
        {
            "customer_id": [owners[position] for position in diff.snapshot_fresh],
            "month": checked.as_of[:7], "as_of": checked.as_of, "batch_id": batch,
            "source_row": monthly(checked.rows),
            **{c: monthly(v) for c, v in _table_columns(checked, catalogue, "snapshots").items()},
        },
        len(diff.snapshot_fresh),
    )  # fmt: skip
    writer.update_many(customers, [(row, _searchable(_sourced(new, batch))) for row, new in diff.updates])
    writer.update_many(snapshots, [(row, _sourced(new, batch)) for row, new in diff.snapshot_updates])


def write_lines(writer: Writer, batch: int, checked: Checked, diff: Diff, catalogue: Catalogue) -> None:
    """Lines that went, changed and came."""
    writer.delete(holdings, diff.deletes)
    writer.update_many(holdings, [(row, _sourced(new, batch)) for row, new in diff.updates])
    ids: dict[str, int] = {}
    if diff.fresh:
        found = writer.conn.execute(select(customers.c.customer_no, customers.c.id)).all()
        ids = {row[0]: row[1] for row in found}
    fresh = _picker(diff.fresh, len(checked.keys))
    writer.insert_columns(
        holdings,
        {
            "customer_id": [ids[number] for number in fresh(checked.keys)],
            "month": checked.as_of[:7], "as_of": checked.as_of, "batch_id": batch,
            "source_row": fresh(checked.rows), "kind": stored_kind(checked),
            "line": [diff.lines[position] for position in diff.fresh], "extra": fresh(checked.extra),
            **{c: fresh(v) for c, v in _table_columns(checked, catalogue, "holdings").items()},
        },
        len(diff.fresh),
    )  # fmt: skip


def write_products(writer: Writer, batch: int, checked: Checked, diff: Diff, catalogue: Catalogue) -> None:
    """Products that are new, and what changed of known ones."""
    fresh = _picker(diff.fresh, len(checked.keys))
    writer.insert_columns(
        products,
        {
            "product_code": fresh(checked.keys), "batch_id": batch, "source_row": fresh(checked.rows),
            "extra": fresh(checked.extra),
            **{c: fresh(v) for c, v in _table_columns(checked, catalogue, "products").items()},
        },
        len(diff.fresh),
    )  # fmt: skip
    writer.update_many(products, [(row, _sourced(new, batch)) for row, new in diff.updates])


def _table_columns(checked: Checked, catalogue: Catalogue, table: str) -> dict[str, list[Any]]:
    found = ((catalogue[key].column(table), values) for key, values in checked.columns.items())
    return {column: values for column, values in found if column is not None}


def _picker(positions: Sequence[int], count: int) -> Callable[[list[Any]], list[Any]]:
    """Picks the values at some positions of a column; all positions in order give the column itself."""
    if len(positions) == count:
        return lambda values: values
    return lambda values: [values[position] for position in positions]


def _sourced(new: Mapping[str, Any], batch: int) -> dict[str, Any]:
    """A change of content names the batch it came from; a mere new date does not."""
    return {**new, "batch_id": batch} if "source_row" in new else dict(new)


def _searchable(new: dict[str, Any]) -> dict[str, Any]:
    if "name" in new:
        full, initials = pinyin([new["name"]])
        new |= {"name_pinyin": full[0], "name_initials": initials[0]}
    if "phone" in new:
        new["phone_reversed"] = new["phone"][::-1]
    return new
