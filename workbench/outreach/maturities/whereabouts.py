"""Where matured money went: the balances of a customer before and after the month in which it matured (domain 4.3 S7).

S7 asks how much was bought again; here what is not splits into money on the account and money that left.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import snapshots
from workbench.base.rows import in_parts
from workbench.outreach.maturities.lines import DatedLine, balance_columns, by_code

_PART = 5_000
_AUM = "aum_balance"
#: money there is not bought again (domain 4.3 S7)
_DEMAND = "demand"


@dataclass(frozen=True, slots=True)
class MonthBalances:
    """The balances of a customer at a month's end in fen: all assets, and by columns of families; None where not told."""

    aum: int | None
    groups: Mapping[tuple[str, ...], int | None]


def whereabouts(
    matured: Mapping[str, int], before: MonthBalances | None, after: MonthBalances | None
) -> dict[str, tuple[int, ...]]:
    """Family -> fen that were kept, moved, idle, left, unknown (`WHEREABOUTS`) of what matured in a month, by the balances at the
    end of the month before and of this one.

    Kept: what the family's balance shows of the money; moved: as far as other products grew; left: as far as all assets fell;
    idle: the rest, where they are told. Of several families the first of the shelf takes what other products grew first.
    """
    split: dict[str, tuple[int, ...]] = {}
    if before is None or after is None:
        return {family: (0, 0, 0, 0, fen) for family, fen in matured.items()}
    families = by_code()
    due: dict[tuple[str, ...], int] = defaultdict(int)
    for family, fen in matured.items():
        due[balance_columns(families[family]) if family in families else ()] += fen
    kept: dict[tuple[str, ...], int] = {}
    grown = 0
    for group, now in after.groups.items():
        was, fell_due = before.groups.get(group), due.get(group, 0)
        if now is None or was is None:
            continue
        rest = max(was - fell_due, 0)
        kept[group] = min(max(now - rest, 0), fell_due)
        grown += max(now - rest - kept[group], 0)
    fall = None if before.aum is None or after.aum is None else max(before.aum - after.aum, 0)
    for family in sorted(matured, key=list(families).index if set(matured) <= set(families) else str):
        group = balance_columns(families[family]) if family in families else ()
        rest = matured[family]
        stays = 0
        if group in kept:
            stays = min(kept[group], rest)
            kept[group] -= stays
            rest -= stays
        # without the balance of its own product nothing tells money that moved from money that stayed
        moves = min(grown, rest) if group in kept else 0
        grown -= moves
        rest -= moves
        gone = 0 if fall is None else min(fall, rest)
        fall = None if fall is None else fall - gone
        rest -= gone
        idle = rest if group in kept and fall is not None else 0
        split[family] = (stays, moves, idle, gone, rest - idle)
    return split


def matured_by_month(lines: Sequence[DatedLine]) -> dict[tuple[int, str], dict[str, int]]:
    """(customer id, month 'YYYY-MM') -> fen by family; lines without an amount are left out."""
    sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        if line.fen is not None and line.fen > 0:
            sums[line.customer_id, line.date[:7]][line.family] += line.fen
    return sums


def balances(
    conn: Connection, customers: Sequence[int], months: Sequence[str]
) -> dict[tuple[int, str], MonthBalances]:
    """(customer id, month) -> balances, of the months that list him."""
    s = snapshots.c
    groups = sorted({balance_columns(one) for code, one in by_code().items() if code != _DEMAND} - {()})
    names = [_AUM, *dict.fromkeys(name for group in groups for name in group)]
    read: dict[tuple[int, str], MonthBalances] = {}
    for some in in_parts(customers, _PART):
        query = select(s.customer_id, s.month, *(s[name] for name in names))
        for customer, month, *values in conn.execute(
            query.where(s.customer_id.in_(some), s.month.in_(months))
        ):
            told = dict(zip(names, values, strict=True))
            read[customer, month] = MonthBalances(
                told[_AUM], {group: _sum([told[name] for name in group]) for group in groups}
            )
    return read


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
