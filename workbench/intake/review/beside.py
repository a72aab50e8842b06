"""Sheets of one kind and month stand beside one another: the sheets of one file, and what the book has of the month.

Each sheet alone would take the customers of the others for vanished, and the lines of the others for gone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import Connection, select

from db.tables import customers, snapshots
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.book.diff import Diff, compare_customers
from workbench.intake.catalogue.fields import Catalogue
from workbench.intake.cells.parsed import Read, as_wholes
from workbench.intake.checking.plan import Checked
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

#: the figures that the data guard may look at
_FIGURES = ("aum_daily_average", "aum_balance", "deposit_daily_average", "deposit_balance")

Ready = tuple[SheetState, Checked]


@dataclass(frozen=True, slots=True)
class Beside:
    """The other sheets of the file that hold the same kind for the same month; `first` when none stands before."""

    others: tuple[Ready, ...] = ()
    first: bool = True

    @classmethod
    def of(cls, ready: Sequence[Ready], number: int, catalogue: Catalogue) -> "Beside":
        """What stands beside the sheet at `number`."""
        checked = ready[number][1]
        mates = [
            (at, one) for at, one in enumerate(ready)
            if at != number and one[1].kind == checked.kind
            and (not catalogue.kinds[checked.kind].dated or one[1].as_of[:7] == checked.as_of[:7])
        ]  # fmt: skip
        return cls(tuple(one for _at, one in mates), all(at > number for at, _one in mates))

    def keys(self) -> set[str]:
        return {key for _state, checked in self.others for key in checked.keys}

    def shared(self, checked: Checked) -> Iterator[tuple[str, int]]:
        """(sheet, how many of its customers or products are on this one too)."""
        own = set(checked.keys)
        for state, other in self.others:
            if count := len(own.intersection(other.keys)):
                yield state.sheet.name, count


def builds_on_earlier(ready: Sequence[Ready], number: int) -> bool:
    """Whether a sheet can only be set against the book once those before it in the file are written: another month's
    list of customers, or a list that names customers or products of one before it."""
    checked = ready[number][1]
    before = [one for _state, one in ready[:number] if one.kind == checked.kind]
    if checked.kind not in ("customers", "products") or not before:
        return False
    named = set(checked.keys)
    return any(one.as_of[:7] != checked.as_of[:7] or not named.isdisjoint(one.keys) for one in before)


def as_a_whole(
    conn: Connection, checked: Checked, diff: Diff, beside: Beside, catalogue: Catalogue, rules: Rules
) -> None:
    """Judge who vanished and whether the figures moved too much by the whole month: this sheet, those beside it, and
    customers whom an earlier import told for the month and this one does not replace (domain 4.5-9, 16.5-12)."""
    parts = [checked, *(other for _state, other in beside.others)]
    whole = _joined(parts, _earlier(conn, checked, {key for part in parts for key in part.keys}, diff))
    if len(whole.keys) == len(checked.keys):
        return
    told = compare_customers(conn, whole, catalogue, rules)
    diff.vanished = told.vanished if beside.first else []
    diff.before_customers, diff.still_here, diff.guard = told.before_customers, told.still_here, told.guard


def _earlier(
    conn: Connection, checked: Checked, keys: set[str], diff: Diff
) -> list[tuple[str, dict[str, int | None]]]:
    """Customers of the month whom none of the sheets names and who stay, with their figures."""
    figures = [key for key in _FIGURES if key in checked.columns]
    gone = set(diff.removed_snapshots)
    asked = (
        select(snapshots.c.id, customers.c.customer_no, *(snapshots.c[key] for key in figures))
        .select_from(snapshots.join(customers, customers.c.id == snapshots.c.customer_id))
        .where(snapshots.c.month == checked.as_of[:7])
    )
    return [
        (row[1], dict(zip(figures, row[2:], strict=True)))
        for row in conn.execute(asked)
        if row[1] not in keys and row[0] not in gone
    ]


def _joined(parts: Sequence[Checked], earlier: Sequence[tuple[str, dict[str, int | None]]]) -> Checked:
    """All as one list with its figures only; who is on several sheets counts once."""
    figures: dict[str, dict[str, int | None]] = dict(earlier)
    for part in parts:
        known = {name: as_wholes(part.columns[name]) for name in _FIGURES if name in part.columns}
        for position, key in enumerate(part.keys):
            figures[key] = {name: values[position] for name, values in known.items()}
    names = [name for name in _FIGURES if name in parts[0].columns]
    keys, count = list(figures), len(figures)
    columns: dict[str, list[Read]] = {name: [told.get(name) for told in figures.values()] for name in names}
    return replace(parts[0], keys=keys, columns=columns, extra=[None] * count, rows=[0] * count, positions=[])


def settle_deletes(ready: Sequence[Ready], catalogue: Catalogue) -> None:
    """Lines of the month go only when no sheet of the file has them, and once."""
    for number, (state, checked) in enumerate(ready):
        beside = Beside.of(ready, number, catalogue)
        diffs = [one.diff for one, _checked in ((state, checked), *beside.others) if one.diff is not None]
        if catalogue.kinds[checked.kind].policy != "month" or not beside.others or not beside.first:
            continue
        gone = set.intersection(*(set(diff.deletes) for diff in diffs))
        for diff in diffs:
            diff.deletes = []
        diffs[0].deletes = sorted(gone)


def refuse_shared_days(ready: Iterable[Ready]) -> None:
    """Transactions are summed by customer and day, and a day replaces itself: one day cannot come from two sheets.

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
