"""What a checked customers sheet would change in the book: new, changed, unchanged, vanished, and the data guard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Null, Row, Select, func, literal, null, select

from db.record import batches, changes
from db.tables import customers, snapshots
from db.values import Value, whole
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.intake.catalogue.fields import Field, FieldCatalogue
from workbench.intake.cells.parsed import as_wholes, texts_of
from workbench.intake.checking.checks import AcceptedRows, merged
from workbench.intake.report import FieldChange
from workbench.rules.parameters import Rules

#: The figures that the data guard compares, the first that both months know.
_GUARDED = ("aum_balance", "aum_daily_average", "deposit_balance")
_FIXED = 7


@dataclass(slots=True)
class Diff:
    """The difference between a sheet and the book as it is now.

    `fresh` are positions of rows for which a main row is inserted, `updates` are (id, values) of existing rows; for
    customers the snapshots of the month come on top.
    """

    fresh: list[int] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0
    updates: list[tuple[int, dict[str, Value]]] = field(default_factory=list)
    deletes: list[int] = field(default_factory=list)
    #: positions of rows whose snapshot is inserted; and position -> id of a customer who is in the book
    snapshot_fresh: list[int] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)
    snapshot_updates: list[tuple[int, dict[str, Value]]] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    new_customers: list[tuple[str, str]] = field(default_factory=list)
    vanished: list[tuple[str, str]] = field(default_factory=list)
    #: the month of the list that this one is compared with (None: there is none)
    month_before: str | None = None
    #: customers of the month before (None: there is none), and how many of them are in this sheet
    before_customers: int | None = None
    still_here: int | None = None
    #: ids of rows that the sheet repeats unchanged (for customers: snapshots of the month)
    confirmed: list[int] = field(default_factory=list)
    #: snapshots of the issue that this sheet replaces, of customers whom it does not name
    removed_snapshots: list[int] = field(default_factory=list)
    #: why the lights stay off, and why the unit looks wrong (None: nothing to say)
    guard: str | None = None
    unit_suspect: str | None = None
    #: positions of rows refused by the comparison (lines of a customer whom the book does not know)
    strangers: list[int] = field(default_factory=list)
    #: position -> the number of a line among equal lines
    lines: dict[int, int] = field(default_factory=dict)

    def writes(self) -> bool:
        """Whether a commit would change the book."""
        return bool(
            self.fresh
            or self.updates
            or self.deletes
            or self.snapshot_fresh
            or self.snapshot_updates
            or self.removed_snapshots
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of the sheet and its column in the book."""

    field: Field
    column: str


def month_before(conn: Connection, month: str) -> str | None:
    """The newest earlier month with a customers list in force."""
    return conn.execute(_customer_months(batches.c.month < month)).scalar()


def _customer_months(condition: ColumnElement[bool]) -> Select[str | None]:
    return (
        select(func.max(batches.c.month))
        .select_from(batches.join(changes, changes.c.id == batches.c.change_id))
        .where(batches.c.kind == "customers", changes.c.state == "done", condition)
    )


def usual_length(conn: Connection) -> int | None:
    """The length of most customer numbers in the book; None for a book without customers."""
    length = func.length(customers.c.customer_no)
    asked = select(length, func.count()).group_by(length).order_by(func.count().desc(), length)
    row = conn.execute(asked.limit(1)).first()
    return int(row[0]) if row else None


def compare_customers(
    conn: Connection, checked: AcceptedRows, catalogue: FieldCatalogue, rules: Rules
) -> Diff:
    """Compare figures with this month's snapshot, else the newest earlier one, and attributes with the customer's row.

    A blank is never a difference.
    """
    month = checked.as_of[:7]
    diff = Diff()
    limit = rules.whole("intake.changes_shown")
    names = texts_of(checked.columns, "name") or [None] * len(checked.keys)
    place = {key: position for position, key in enumerate(checked.keys)}
    if conn.execute(select(customers.c.id).limit(1)).first() is None:
        diff.fresh = diff.snapshot_fresh = list(range(len(checked.keys)))
    else:
        _Walk(checked, diff, place, *_places(checked, catalogue), limit).run(conn, month)
        owners = diff.owners
        diff.fresh = [position for position in range(len(checked.keys)) if position not in owners]
        diff.snapshot_fresh = sorted([*diff.snapshot_fresh, *diff.fresh])
    diff.new_customers = [(checked.keys[n], names[n] or "") for n in diff.fresh[:limit]]
    _previous_month(conn, checked, month, place, diff, rules)
    return diff


def _statement(
    month: str, own: Sequence[_Place], monthly: Sequence[_Place], later: bool
) -> Select[*tuple[Any, ...]]:
    """Columns: id, customer_no, as_of, extra, snapshot id, snapshot month, newest month, attributes..., figures..."""
    inner = snapshots.alias("inner_months")
    upto = (
        select(func.max(inner.c.month))
        .where(inner.c.customer_id == customers.c.id, inner.c.month <= month)
        .scalar_subquery()
    )
    newest: ColumnElement[str | None] | Null = null()
    if later:
        newest = (
            select(func.max(inner.c.month)).where(inner.c.customer_id == customers.c.id).scalar_subquery()
        )
    statement = select(
        customers.c.id, customers.c.customer_no, snapshots.c.as_of, customers.c.extra, snapshots.c.id,
        snapshots.c.month, newest,
        *(customers.c[p.column] for p in own), *(snapshots.c[p.column] for p in monthly),
    ).select_from(
        customers.outerjoin(
            snapshots, (snapshots.c.customer_id == customers.c.id) & (snapshots.c.month == upto)
        )
    )  # fmt: skip
    return statement.order_by(customers.c.id)


def _places(checked: AcceptedRows, catalogue: FieldCatalogue) -> tuple[list[_Place], list[_Place]]:
    own: list[_Place] = []
    monthly: list[_Place] = []
    for key in checked.columns:
        for table, column in catalogue[key].columns:
            (own if table == "customers" else monthly).append(_Place(catalogue[key], column))
    return own, monthly


@dataclass(frozen=True, slots=True)
class _Walk:
    """Streams the book's customers past the rows of the sheet; only rows that differ are compared cell by cell."""

    checked: AcceptedRows
    diff: Diff
    #: customer number -> position of the row
    place: Mapping[str, int]
    own: Sequence[_Place]
    monthly: Sequence[_Place]
    #: how many changes are listed
    limit: int

    def run(self, conn: Connection, month: str) -> None:
        """Fill `diff` for the customers who are in the book."""
        checked, diff = self.checked, self.diff
        mine = list(
            zip(*(checked.columns[p.field.key] for p in (*self.own, *self.monthly)), strict=True)
        ) or [()] * len(self.place)
        later = conn.execute(_customer_months(batches.c.month > month)).scalar() is not None
        for row in conn.execute(_statement(month, self.own, self.monthly, later)):
            position = self.place.get(row[1])
            if position is None:
                continue
            diff.owners[position] = row[0]
            same_month = row[5] == month
            newest = row[6] is None or row[6] <= month
            if not same_month:
                diff.snapshot_fresh.append(position)
            extra = checked.extra[position]
            if row[_FIXED:] == mine[position] and (extra is None or extra == row[3]):
                diff.unchanged += 1
                if same_month and row[2] != checked.as_of:
                    diff.snapshot_updates.append((row[4], {"as_of": checked.as_of}))
                elif same_month:
                    diff.confirmed.append(row[4])
                continue
            self._differ(row, position, mine[position], same_month=same_month, newest=newest)

    def _differ(
        self,
        row: Row[*tuple[Any, ...]],
        position: int,
        mine: tuple[Value, ...],
        *,
        same_month: bool,
        newest: bool,
    ) -> None:
        checked, diff = self.checked, self.diff
        attributes: dict[str, Value] = {}
        figures: dict[str, Value] = {}
        differing: dict[str, FieldChange] = {}
        name = (texts_of(checked.columns, "name") or [""] * (position + 1))[position] or ""
        for number, place in enumerate((*self.own, *self.monthly)):
            new, old = mine[number], row[_FIXED + number]
            if new is None or new == old or _masks(new, old):
                continue
            attribute = number < len(self.own)
            if attribute and not newest:
                continue
            (attributes if attribute else figures)[place.column] = new
            differing[place.field.key] = FieldChange(
                checked.keys[position], name, place.field.key,
                shown_value(place.field, old), shown_value(place.field, new),
            )  # fmt: skip
        if newest and (extra := merged(row[3], checked.extra[position])) != row[3]:
            attributes["extra"] = extra
        if not (attributes or figures):
            diff.unchanged += 1
        else:
            diff.changed += 1
            diff.changes.extend(list(differing.values())[: max(0, self.limit - len(diff.changes))])
        if attributes:
            diff.updates.append((row[0], {**attributes, "source_row": checked.rows[position]}))
        if same_month:
            if figures:
                figures["source_row"] = checked.rows[position]
            if row[2] != checked.as_of:
                figures["as_of"] = checked.as_of
            if figures:
                diff.snapshot_updates.append((row[4], figures))
            else:
                diff.confirmed.append(row[4])


def _masks(new: Value, old: Value) -> bool:
    """Whether `new` is only a masked form of `old`: 138****1234 of 13812341234, 张* of 张三 (domain 16.5-28)."""
    if not (isinstance(new, str) and isinstance(old, str) and "*" in new) or "*" in old:
        return False
    head, _stars, tail = new.partition("*")[0], None, new.rpartition("*")[2]
    return len(head) + len(tail) < len(old) and old.startswith(head) and old.endswith(tail)


def shown_value(field: Field, value: Value) -> str:
    """A stored value as a person reads it: money in yuan, flags in words, '' for blank."""
    if value is None:
        return ""
    if field.kind == "money":
        return exact_yuan(whole(value))
    if field.kind == "flag":
        return _("是") if value else _("否")
    return f"{value:.1%}" if field.kind == "percent" else str(value)


# -- the month before --------------------------------------------------------------------------------------


def _previous_month(
    conn: Connection, checked: AcceptedRows, month: str, place: Mapping[str, int], diff: Diff, rules: Rules
) -> None:
    """Find who of the month before is absent, and set the guard where the figures moved too much."""
    before = diff.month_before = month_before(conn, month)
    if before is None:
        return
    guarded = next((key for key in _GUARDED if key in checked.columns), None)
    figure = snapshots.c[guarded] if guarded else literal(None)
    old: dict[int, int] = {}
    old_total = diff.before_customers = diff.still_here = 0
    for number, name, amount in conn.execute(
        select(customers.c.customer_no, customers.c.name, figure)
        .select_from(snapshots.join(customers, customers.c.id == snapshots.c.customer_id))
        .where(snapshots.c.month == before)
        .order_by(snapshots.c.id)
    ):
        position = place.get(number)
        diff.before_customers += 1
        diff.still_here += position is not None
        if amount is not None:
            old_total += amount
        if position is None:
            diff.vanished.append((number, name or ""))
        elif amount is not None:
            old[position] = amount
    if guarded:
        _guard(as_wholes(checked.columns[guarded]), old, old_total, before, diff, rules)


def _guard(
    now: Sequence[int | None], old: Mapping[int, int], old_total: int, before: str, diff: Diff, rules: Rules
) -> None:
    """Domain 4.5-9: too large a move blocks the lights; a move by about ten thousand is a wrong unit."""
    both = [
        (old[position], value) for position, value in enumerate(now) if value is not None and position in old
    ]
    was, is_now = sum(pair[0] for pair in both), sum(pair[1] for pair in both)
    low, high = rules.numbers("intake.unit_ratio")
    if len(both) >= rules.whole("intake.unit_customers") and was > 0 and is_now > 0:
        ratio = is_now / was
        if low <= ratio <= high or low <= 1 / ratio <= high:
            diff.unit_suspect = _(
                "同样这些客户,资产总额 {before} 是 {was} 元,这张表是 {now} 元,相差约 {times:,.0f} 倍,多半是元与万元弄混了。"
            ).format(before=before, was=exact_yuan(was), now=exact_yuan(is_now), times=max(ratio, 1 / ratio))
    new_total = sum(value for value in now if value is not None)
    fallen = sum(
        1 for was_one, now_one in both if now_one < was_one * (1 - rules.number("intake.guard_drop"))
    )
    if old_total > 0 and abs(new_total / old_total - 1) > rules.number("intake.guard_total"):
        diff.guard = _(
            "资产总额由 {was} 元变为 {now} 元({change:+.0%}),超出正常范围,疑为单位或名单范围有误,暂不亮灯。"
        ).format(was=exact_yuan(old_total), now=exact_yuan(new_total), change=new_total / old_total - 1)
    elif both and fallen > len(both) * rules.number("intake.guard_drop_share"):
        diff.guard = _(
            "{count} 户中有 {fallen} 户资产骤降,超出正常范围,疑为单位或统计口径有误,暂不亮灯。"
        ).format(count=len(both), fallen=fallen)
