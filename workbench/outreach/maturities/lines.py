"""The lines of the lists that mature within some days, each with its product family."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from db.stores.planning import reads_every_customer
from db.tables import customers, holdings, products
from workbench.base.dates import month_end, shift_month
from workbench.base.months import month_before
from workbench.base.rows import in_parts
from workbench.insight.measures.scope import reported_data
from workbench.insight.shelf.families import Family, families, family_of
from workbench.insight.shelf.levels import level
from workbench.rules.parameters import Rules

#: columns of the customer list that tell one maturity each, and the family of their balance
_BY_COLUMN = {"deposit": "time", "wealth": ""}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One line; `fen` None where the list tells no amount, `family` '' where it cannot be told."""

    customer_id: int
    date: str
    family: str
    fen: int | None


def maturing_lines(
    conn: Connection, month: str, after: str, first: str, last: str, rules: Rules
) -> list[DatedLine]:
    """What the lists of a month say matures from `first` to `last` and after a day `after` (ISO)."""
    h = holdings.c
    due = and_(h.month == month, h.maturity_date > after, h.maturity_date.between(first, last))
    return _lines(conn, due, rules) or _of_columns(conn, month, after, first, last)


def matured_lines(conn: Connection, months: Sequence[str], last: str, rules: Rules) -> list[DatedLine]:
    """What matured in some months up to a day (ISO), by the lists of that month and of the month before."""
    h = holdings.c
    due = (
        and_(
            h.month.in_((month, shift_month(month, -1))),
            h.maturity_date.between(f"{month}-01", min(month_end(month).isoformat(), last)),
        )
        for month in months
    )
    return _lines(conn, or_(*due), rules)


def named_customers(conn: Connection, ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Customer id -> (number, name)."""
    c, wanted = customers.c, sorted(set(ids))
    named: dict[int, tuple[str, str]] = {}
    for part in in_parts(wanted, _PART):
        query = select(c.id, c.customer_no, c.name).where(c.id.in_(part))
        named |= {row[0]: (row[1], row[2] or "") for row in conn.execute(query)}
    return named


#: so many customers are looked up at once
_PART = 5_000


def _lines(conn: Connection, due: ColumnElement[bool], rules: Rules) -> list[DatedLine]:
    """The lines by customer, day and family. Several lists tell the same money: of a customer's day the list counts that tells
    most."""
    reads_every_customer(conn)
    h = holdings.c
    query = select(
        h.customer_id, h.maturity_date, h.month, h.kind, h.category, h.product_name, h.product_risk, h.amount
    ).where(due)
    rated = _Ratings(conn, rules)
    lists: dict[tuple[int, str], dict[tuple[str, str], dict[str, int | None]]] = defaultdict(dict)
    for customer, date, month, kind, category, product, risk, fen in conn.execute(query):
        family = rated.family(category, product, risk)
        by_family = lists[customer, date].setdefault((month, kind), {})
        known = by_family.get(family)
        by_family[family] = known if fen is None else int(fen) + (known or 0)
    lines: list[DatedLine] = []
    for (customer, date), each in sorted(lists.items()):
        # of equal ones the newest, and the list of maturities before that of holdings
        most = (
            max(each.items(), key=lambda one: (sum(fen or 0 for fen in one[1].values()), one[0]))[1]
            if len(each) > 1
            else next(iter(each.values()))
        )
        lines += [DatedLine(customer, date, family, fen) for family, fen in sorted(most.items())]
    return lines


class _Ratings:
    """The family of a line; a list of maturities seldom tells the risk level, so the highest that any list gives a product of
    the name counts (domain 8.1)."""

    def __init__(self, conn: Connection, rules: Rules) -> None:
        self._rules = rules
        self._families: dict[tuple[str | None, str | None, str | None], str] = {}
        self._risks: dict[str, int] = {}
        newest = select(func.max(holdings.c.month)).scalar_subquery()
        held = select(holdings.c.product_name, holdings.c.product_risk).where(holdings.c.month == newest)
        sold = select(products.c.product_name, products.c.product_risk)
        for name, written in [*conn.execute(held.distinct()), *conn.execute(sold)]:
            if name and (risk := level(written, rules)) is not None:
                self._risks[name] = max(risk, self._risks.get(name, 0))

    def family(self, category: str | None, product: str | None, risk: str | None) -> str:
        """The code of the family of a line; '' where it cannot be told."""
        key = (category, product, risk)
        if key not in self._families:
            known = level(risk, self._rules) or self._risks.get(product or "")
            family = family_of(category, product, known, families())
            self._families[key] = family.code if family else ""
        return self._families[key]


def _of_columns(conn: Connection, month: str, after: str, first: str, last: str) -> list[DatedLine]:
    reported = reported_data(conn, month, with_number=False)
    lines: list[DatedLine] = []
    newest = month_before(0)
    listed = customers.outerjoin(
        newest, and_(newest.c.customer_id == customers.c.id, newest.c.month == month)
    )
    for kind, family in _BY_COLUMN.items():
        if reported is None or f"{kind}_maturity_date" not in reported.columns:
            continue
        date, fen = newest.c[f"{kind}_maturity_date"], newest.c[f"{kind}_maturity_amount"]
        query = select(customers.c.id, date, fen).select_from(listed)
        # coalesce keeps the planner from reading every month
        here = query.where(
            func.coalesce(newest.c.month, "") == month, date > after, date.between(first, last)
        )
        lines += [DatedLine(customer, day, family, amount) for customer, day, amount in conn.execute(here)]
    return sorted(lines, key=lambda one: (one.customer_id, one.date, one.family))


def by_code() -> Mapping[str, Family]:
    """The families by code, in the order of the shelf."""
    return {family.code: family for family in families()}


def balance_columns(family: Family) -> tuple[str, ...]:
    """The columns of the customer list that hold the balance of a family's money; none for loans and services."""
    if family.regime in ("loan", "service"):
        return ()
    columns: tuple[Any, ...] = family.held or family.none
    return tuple(name for name in columns if name.endswith("_balance") and name != "aum_balance")
