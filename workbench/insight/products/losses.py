"""What a customer has lost with each product he holds, by the newest list of holdings (domain 8.1, 8.6).

A line's loss is its told profit below zero, as for the measures `loss` and `loss_share` and for signal S5; here the lines of one
product stand together, and products are not set off against each other. Where a line tells no profit nothing can be judged.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select, true

from db.tables import holdings, products
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr, highest
from workbench.base.rows import in_parts, named_rows
from workbench.insight.shelf.levels import level_of
from workbench.insight.shelf.regimes import plain_deposit
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


def held_products(
    month: str,
    rules: Rules,
    *,
    only: ColumnElement[bool] | None = None,
    coarse: Having | None = None,
    having: Having | None = None,
) -> Select[Any]:
    """The products held in a month, a row for each of a customer, deposits and R1 left out: the columns of `HeldProduct`.

    `only`: of these lines; `having`: only products that meet a condition over the sums, of which `coarse` asks what needs no
    level, before the many lines are classed.
    """
    key = func.coalesce(_H.product_code, _H.product_name)
    invested = case((_H.profit.is_not(None), func.coalesce(_H.cost, _H.amount - _H.profit)))
    profit = case((func.count(_H.profit) == func.count(), func.sum(_H.profit)))
    cost = case((func.count(invested) == func.count(), func.sum(invested)))
    summed = (
        select(
            _H.customer_id, key.label("key"), func.max(_H.product_code).label("code"),
            func.max(_H.product_name).label("name"), func.max(_H.category).label("category"),
            func.max(_H.product_risk).label("written"), func.max(_H.as_of).label("as_of"),
            func.min(_H.batch_id).label("batch_id"), cost.label("cost"),
            case((func.count(_H.amount) == func.count(), func.sum(_H.amount))).label("amount"),
            profit.label("profit"), func.min(_H.nav).label("nav"), func.max(_H.maturity_date).label("matures"),
        )
        .where(
            _H.month == month, _H.kind == "holding", key.is_not(None), or_(_H.amount.is_(None), _H.amount > 0),
            true() if only is None else only,
        )
        .group_by(_H.customer_id, key)
    )  # fmt: skip
    if coarse is not None:
        summed = summed.having(coarse(Sums(profit, cost, literal(None), func.min(_H.nav), key)))
    # offset 0 keeps the database from merging the steps, which would class each line
    sums = summed.offset(0).subquery("product_sums")
    c = sums.c
    rated = (
        select(
            sums, highest(level_of(c.written, rules), level_of(_P.product_risk, rules)).label("risk"),
            func.coalesce(c.category, _P.category).label("of_category"),
            func.coalesce(c.name, _P.product_name, c.code).label("of_name"), _P.risk_notice.label("notice"),
            _P.term_days.label("term_days"), _P.open_date.label("opens"), _P.benchmark.label("benchmark"),
        )
        .select_from(sums.outerjoin(products, _P.product_code == c.code))
        .offset(0)
        .subquery("products_rated")
    )  # fmt: skip
    r = rated.c
    query = (
        select(
            r.customer_id, r.key, func.coalesce(r.code, "").label("code"), r.of_name.label("name"), r.as_of, r.batch_id,
            r.risk, r.cost, r.amount, r.profit, r.nav, r.matures, r.term_days, r.opens, r.benchmark,
        )
        .where(
            or_(r.risk.is_(None), r.risk > 1),
            plain_deposit(r.of_category, r.of_name, r.notice, r.risk, rules) == 0,
        )
        .order_by(r.customer_id, r.key)
    )  # fmt: skip
    return query if having is None else query.where(having(Sums(r.profit, r.cost, r.risk, r.nav, r.key)))


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


def holding_months(conn: Connection, newest: str, back: int) -> tuple[str, ...]:
    """Months 'YYYY-MM' with a list of holdings, the newest first, as many months back from one as are asked for."""
    months = [shift_month(newest, -number) for number in range(back + 1)]
    # one look into the index for each month: a DISTINCT would walk all of it
    looks = [
        select(_H.id).where(_H.month == month, _H.kind == "holding").exists().label(month) for month in months
    ]
    there = conn.execute(select(*looks)).mappings().one()
    return tuple(month for month in months if there[month])


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
    """What keeps the losses of a month from being seen: lines without a profit, and those of which a share cannot be told or
    without an R level, so that only the amount counts."""

    products: int = 0
    no_profit: int = 0
    no_share: int = 0
    no_risk: int = 0


def untold(conn: Connection, month: str, rules: Rules) -> UntoldLosses:
    """How many lines of a month cannot be judged, or by the amount alone."""
    words = (_H.category, _H.product_name, _H.product_risk, _H.product_code)
    blank, bare = _H.profit.is_(None), and_(_H.cost.is_(None), _H.amount.is_(None))

    def how_many(condition: ColumnElement[bool]) -> Expr:
        return func.sum(case((condition, 1), else_=0))

    # a list holds many lines of few products: each product is classed once
    lines = (
        select(
            *words, func.count().label("lines"), how_many(blank).label("no_profit"),
            how_many(and_(_H.profit.is_not(None), bare)).label("no_share"),
        )
        .where(_H.month == month, _H.kind == "holding", or_(_H.amount.is_(None), _H.amount > 0))
        .group_by(*words)
        .subquery("words_held")
    )  # fmt: skip
    c = lines.c
    risk = highest(level_of(c.product_risk, rules), level_of(_P.product_risk, rules))
    category, name = func.coalesce(c.category, _P.category), func.coalesce(c.product_name, _P.product_name)
    rows = conn.execute(
        select(c.lines, c.no_profit, c.no_share, risk.label("risk"))
        .select_from(lines.outerjoin(products, _P.product_code == c.product_code))
        .where(
            func.coalesce(c.product_code, c.product_name).is_not(None), or_(risk.is_(None), risk > 1),
            plain_deposit(category, name, _P.risk_notice, risk, rules) == 0,
        )
    ).all()  # fmt: skip
    return UntoldLosses(
        sum(row.lines for row in rows), sum(row.no_profit for row in rows), sum(row.no_share for row in rows),
        sum(row.lines - row.no_profit for row in rows if row.risk is None),
    )  # fmt: skip
