"""What a customer has lost with each product he holds, by the newest list of holdings (domain 8.1, 8.6).

A line's loss is its told profit below zero, as for the measures `loss` and `loss_share` and for signal S5; here the lines of one
product stand together, and products are not set off against each other. Where a line tells no profit nothing can be judged.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from db.tables import holdings, products
from workbench.base.expressions import Expr
from workbench.base.rows import in_parts, named_rows
from workbench.insight.shelf.lines import key_of_line, kinds
from workbench.rules.parameters import Rules

_H, _P = holdings.c, products.c
#: so many customers or product names are looked up in one statement
_PART = 500


@dataclass(frozen=True, slots=True)
class HeldProduct:
    """A product that a customer holds at the date of a list; amounts in fen, dates ISO, None = not told. `key`: its code, else
    its name; `risk` R1 to R5, the higher of issuer and seller; `cost`: what was paid, where it is not told, what is held less the
    profit; `batch_id`: the import that told it."""

    customer_id: int
    key: str
    code: str
    name: str
    as_of: str
    batch_id: int
    risk: int | None = None
    cost: int | None = None
    amount: int | None = None
    profit: int | None = None
    nav: float | None = None
    matures: str | None = None
    #: of the product list: its term in days, the next day it opens, the yearly rate it is measured against
    term_days: int | None = None
    opens: str | None = None
    benchmark: float | None = None

    @property
    def loss(self) -> int | None:
        """The floating loss in fen, 0 where there is a profit; None where that is not told."""
        return None if self.profit is None else max(-self.profit, 0)

    @property
    def share(self) -> float | None:
        """The loss as a share of what was paid; None where either is not told."""
        return None if self.loss is None or not self.cost or self.cost < 0 else self.loss / self.cost

    @property
    def value(self) -> int | None:
        """What it is worth at most at the date of the list, in fen: the lesser of what is held and of cost and profit."""
        by_cost = None if self.cost is None or self.profit is None else self.cost + self.profit
        told = [one for one in (self.amount, by_cost) if one is not None]
        return max(min(told), 0) if told else None


def held_products(
    month: str,
    rules: Rules,
    *,
    only: ColumnElement[bool] | None = None,
    having: "Having | None" = None,
) -> Select[Any]:
    """The products held in a month, a row for each of a customer, deposits and R1 left out: the columns of `HeldProduct`.

    `only`: of these lines; `having`: only products that meet a condition over the sums.
    """
    among = _H.month == month if only is None else and_(_H.month == month, only)
    kind = kinds(month, rules, (), only)
    key = func.coalesce(_H.product_code, _H.product_name)
    invested = case((_H.profit.is_not(None), func.coalesce(_H.cost, _H.amount - _H.profit)))
    told = func.count(_H.profit) == func.count()
    profit = case((told, func.sum(_H.profit)))
    cost = case((func.count(invested) == func.count(), func.sum(invested)))
    sums = Sums(profit, cost, func.max(kind.c.risk), func.min(_H.nav), key)
    query = (
        select(
            _H.customer_id, key.label("key"), func.max(func.coalesce(_H.product_code, "")).label("code"),
            func.max(func.coalesce(_H.product_name, _P.product_name, _H.product_code)).label("name"),
            func.max(_H.as_of).label("as_of"), func.min(_H.batch_id).label("batch_id"), sums.risk.label("risk"),
            cost.label("cost"), case((func.count(_H.amount) == func.count(), func.sum(_H.amount))).label("amount"),
            profit.label("profit"), sums.nav.label("nav"), func.max(_H.maturity_date).label("matures"),
            func.max(_P.term_days).label("term_days"), func.max(_P.open_date).label("opens"),
            func.max(_P.benchmark).label("benchmark"),
        )
        .select_from(
            holdings.outerjoin(kind, kind.c.key == key_of_line()).outerjoin(
                products, _P.product_code == _H.product_code
            )
        )
        .where(
            among, _H.kind == "holding", key.is_not(None), func.coalesce(kind.c.deposit, 0) == 0,
            or_(kind.c.risk.is_(None), kind.c.risk > 1), or_(_H.amount.is_(None), _H.amount > 0),
        )
        .group_by(_H.customer_id, key)
        .order_by(_H.customer_id, key)
    )  # fmt: skip
    return query if having is None else query.having(having(sums))


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums over the lines of one product, as SQL: fen, R level, net asset value, code or name."""

    profit: Expr
    cost: Expr
    risk: Expr
    nav: Expr
    key: Expr


#: a condition over the sums of a product
Having = Callable[[Sums], ColumnElement[bool]]


def read_held(conn: Connection, query: Select[Any]) -> Iterator[HeldProduct]:
    """The rows of `held_products`."""
    for row in named_rows(conn.execute(query)):
        yield HeldProduct(
            row.customer_id, row.key, row.code or "", row.name or row.key, row.as_of, row.batch_id, row.risk, row.cost,
            row.amount, row.profit, row.nav, row.matures, row.term_days, row.opens, row.benchmark,
        )  # fmt: skip


def products_of(conn: Connection, customer_id: int, month: str, rules: Rules) -> tuple[HeldProduct, ...]:
    """What one customer holds in a month, deposits and R1 left out."""
    return tuple(read_held(conn, held_products(month, rules, only=_H.customer_id == customer_id)))


def holding_months(conn: Connection) -> tuple[str, ...]:
    """Months 'YYYY-MM' with a list of holdings, the newest first."""
    query = select(_H.month).where(_H.kind == "holding").distinct().order_by(_H.month.desc())
    return tuple(conn.execute(query).scalars())


def first_months(
    conn: Connection, pairs: Collection[tuple[int, str]], since: str
) -> dict[tuple[int, str], str]:
    """(customer, product's key) -> the first month from `since` on in which a list has him hold it, of those pairs."""
    people = sorted({customer for customer, _key in pairs})
    key = func.coalesce(_H.product_code, _H.product_name)
    months: dict[tuple[int, str], str] = {}
    for part in in_parts(people, _PART):
        query = (
            select(_H.customer_id, key, func.min(_H.month))
            .where(_H.customer_id.in_(part), _H.kind == "holding", _H.month >= since)
            .group_by(_H.customer_id, key)
        )
        months.update({(row[0], row[1]): row[2] for row in conn.execute(query) if (row[0], row[1]) in pairs})
    return months


@dataclass(frozen=True, slots=True)
class UntoldLosses:
    """What keeps the losses of a month from being seen: products (one of a customer each) without a profit, and those of which a
    share cannot be told or without an R level, so that only the amount counts."""

    products: int = 0
    no_profit: int = 0
    no_share: int = 0
    no_risk: int = 0


def untold(conn: Connection, month: str, rules: Rules) -> UntoldLosses:
    """How many products of a month cannot be judged, or by the amount alone."""
    held = held_products(month, rules).order_by(None).subquery("held_products")
    c = held.c
    row = conn.execute(
        select(
            func.count(), func.sum(case((c.profit.is_(None), 1), else_=0)),
            func.sum(case((and_(c.profit.is_not(None), c.cost.is_(None)), 1), else_=0)),
            func.sum(case((and_(c.profit.is_not(None), c.risk.is_(None)), 1), else_=0)),
        ).select_from(held)
    ).one()  # fmt: skip
    return UntoldLosses(row[0], row[1] or 0, row[2] or 0, row[3] or 0)
