"""Sheets of the same kind and month, in one file or in the book, are judged together.

Judged alone, each would take the customers of the others for vanished, and their lines for deleted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import Connection, select

from db.tables import customers, snapshots
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.book.diff import Diff, compare_customers
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.cells.parsed import Read, as_wholes
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

#: the figures that the data guard may look at
_FIGURES = ("aum_daily_average", "aum_balance", "deposit_daily_average", "deposit_balance")

Ready = tuple[SheetState, AcceptedRows]


@dataclass(frozen=True, slots=True)
class SameMonthSheets:
    """The other sheets of the file with the same kind and month; `first`: none of them stands before this one."""

    others: tuple[Ready, ...] = ()
    first: bool = True

    @classmethod
    def of(cls, ready: Sequence[Ready], number: int, catalogue: FieldCatalogue) -> "SameMonthSheets":
        """The same-month sheets of the one at `number`."""
        checked = ready[number][1]
        mates = [
            (at, one) for at, one in enumerate(ready)
            if at != number and one[1].kind == checked.kind
            and (not catalogue.kinds[checked.kind].dated or one[1].as_of[:7] == checked.as_of[:7])
        ]  # fmt: skip
        return cls(tuple(one for _at, one in mates), all(at > number for at, _one in mates))

    def keys(self) -> set[str]:
        """The customers (products) of the other sheets."""
        return {key for _state, checked in self.others for key in checked.keys}

    def shared(self, checked: AcceptedRows) -> Iterator[tuple[str, int]]:
        """(sheet, number of its customers or products that are on this one too), where there are any."""
        own = set(checked.keys)
        for state, other in self.others:
            if count := len(own.intersection(other.keys)):
                yield state.sheet.name, count


def retold(checked: AcceptedRows, other: AcceptedRows, share: float) -> bool:
    """Whether two lists of customers tell different figures of the same ones: at least `share` of the longer stand on both,
    and a figure differs for more than half of these. A few customers more or corrected are no list told again."""
    place = {key: at for at, key in enumerate(other.keys)}
    both = [(at, place[key]) for at, key in enumerate(checked.keys) if key in place]
    if not both or len(both) < share * max(len(checked.keys), len(other.keys)):
        return False
    return any(
        sum(checked.columns[name][mine] != other.columns[name][its] for mine, its in both) * 2 > len(both)
        for name in _FIGURES
        if name in checked.columns and name in other.columns
    )


def builds_on_earlier(ready: Sequence[Ready], number: int) -> bool:
    """Whether a sheet can be compared only after those before it in the file are written: another month of customers,
    or a list that names customers or products of one before it."""
    checked = ready[number][1]
    before = [one for _state, one in ready[:number] if one.kind == checked.kind]
    if checked.kind not in ("customers", "products", "events") or not before:
        return False
    named = set(checked.keys)
    return any(one.as_of[:7] != checked.as_of[:7] or not named.isdisjoint(one.keys) for one in before)


def as_a_whole(
    conn: Connection,
    checked: AcceptedRows,
    diff: Diff,
    beside: SameMonthSheets,
    catalogue: FieldCatalogue,
    rules: Rules,
) -> None:
    """Judge vanished customers and the data guard by the whole month: this sheet, the others of the file, and
    customers of an earlier import that this one does not replace (domain 4.5-9, 16.5-12)."""
    parts = [checked, *(other for _state, other in beside.others)]
    month = _joined(parts, _earlier(conn, checked, {key for part in parts for key in part.keys}, diff))
    if len(month.keys) == len(checked.keys):
        return
    month_diff = compare_customers(conn, month, catalogue, rules)
    diff.vanished = month_diff.vanished if beside.first else []
    diff.before_customers, diff.still_here, diff.guard = (
        month_diff.before_customers,
        month_diff.still_here,
        month_diff.guard,
    )


def _earlier(
    conn: Connection, checked: AcceptedRows, keys: set[str], diff: Diff
) -> list[tuple[str, dict[str, int | None]]]:
    """Customers of the month in the book whom no sheet names and who stay, with their figures."""
    figures = [key for key in _FIGURES if key in checked.columns]
    gone = set(diff.removed_snapshots)
    query = (
        select(snapshots.c.id, customers.c.customer_no, *(snapshots.c[key] for key in figures))
        .select_from(snapshots.join(customers, customers.c.id == snapshots.c.customer_id))
        .where(snapshots.c.month == checked.as_of[:7])
    )
    return [
        (row[1], dict(zip(figures, row[2:], strict=True)))
        for row in conn.execute(query)
        if row[1] not in keys and row[0] not in gone
    ]


def _joined(
    parts: Sequence[AcceptedRows], earlier: Sequence[tuple[str, dict[str, int | None]]]
) -> AcceptedRows:
    """All parts as one list with its figures only; a customer on several sheets counts once."""
    figures: dict[str, dict[str, int | None]] = dict(earlier)
    for part in parts:
        columns_of_part = {name: as_wholes(part.columns[name]) for name in _FIGURES if name in part.columns}
        for position, key in enumerate(part.keys):
            figures[key] = {name: values[position] for name, values in columns_of_part.items()}
    names = [name for name in _FIGURES if name in parts[0].columns]
    keys, count = list(figures), len(figures)
    columns: dict[str, list[Read]] = {name: [row.get(name) for row in figures.values()] for name in names}
    return replace(parts[0], keys=keys, columns=columns, extra=[None] * count, rows=[0] * count, positions=[])


def settle_deletes(ready: Sequence[Ready], catalogue: FieldCatalogue) -> None:
    """Delete lines of the month only when no sheet of the file has them, and once."""
    for number, (state, checked) in enumerate(ready):
        beside = SameMonthSheets.of(ready, number, catalogue)
        diffs = [one.diff for one, _checked in ((state, checked), *beside.others) if one.diff is not None]
        if catalogue.kinds[checked.kind].policy != "month" or not beside.others or not beside.first:
            continue
        gone = set.intersection(*(set(diff.deletes) for diff in diffs))
        for diff in diffs:
            diff.deletes = []
        diffs[0].deletes = sorted(gone)


def refuse_shared_days(ready: Iterable[Ready]) -> None:
    """Refuse two sheets with transactions of one customer and day: a day is a sum that replaces itself.

    Raises WorkbenchError shared_days.
    """
    sheets = [
        (state.sheet.name, set(zip(checked.keys, checked.columns["txn_date"], strict=True)))
        for state, checked in ready
        if checked.kind == "transactions"
    ]
    for (one, days), (other, more) in combinations(sheets, 2):
        if count := len(days & more):
            raise WorkbenchError(
                "shared_days",
                _("工作表“{one}”和“{other}”有 {n} 处是同一客户同一天的流水,按日汇总时会互相顶替。").format(
                    one=one, other=other, n=count
                ),
                _("请把它们合成一张表再导入,或只导入其中一张(命令行用 --sheet);账本没有改动。"),
            )
