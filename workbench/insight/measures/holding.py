"""A customer's holdings: product families, maturities, concentration, risk held and allowed (domain 11.6, 8.1).

Balances come from the customer list, lines from the month's list of holdings; NULL where neither has the figure.
"""

from sqlalchemy import FromClause, and_, case, exists, func, literal, or_, select

from db.tables import holdings, products
from workbench.base.expressions import (
    Expr,
    count_of,
    day_number,
    how_many,
    nothing,
    share,
)
from workbench.insight.measures.maturing import maturing
from workbench.insight.measures.scope import Scope
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.levels import level_of
from workbench.insight.shelf.lines import MAYBE, OF_IT, key_of_line, kinds
from workbench.insight.shelf.regimes import concentrates
from workbench.rules.parameters import Rules


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The measures of the section [holding], as SQL over the scope."""
    held = _held(scope, rules) if scope.month in scope.reported.holdings else None
    holds = {family.column: _holds(scope, family, held) for family in families()}
    return {
        "families": _count(list(holds.values())),
        **holds,
        **_lines(scope, rules, held),
        **maturing(scope),
    }


def families_held(scope: Scope, rules: Rules) -> Expr:
    """The measure `families` alone."""
    held = _held(scope, rules) if scope.month in scope.reported.holdings else None
    return _count([_holds(scope, family, held) for family in families()])


# -- families ------------------------------------------------------------------------------------------------------


def _holds(scope: Scope, family: Family, held: FromClause | None) -> Expr:
    """1 when any source reports it, NULL when a line may be of the family, 0 when a source denies it, else NULL."""
    own = [scope.field(name) for name in family.held if scope.has_column(name)]
    none = [scope.field(name) for name in family.none if scope.has_column(name)]
    yes = [column > 0 for column in own]
    no = [column == 0 for column in none]
    if own:
        no.append(and_(how_many(own) > 0, *(func.coalesce(column, 0) <= 0 for column in own)))
    maybe = []
    if held is not None and family.listed is not None:
        yes.append(held.c[f"is_{family.code}"] == OF_IT)
        maybe.append(held.c[f"is_{family.code}"] == MAYBE)
        if not own and family.listed.proves_none:
            no.append(_group_listed(scope, family))
    steps = [
        *((condition, literal(1)) for condition in yes),
        *((condition, None) for condition in maybe),
        *((condition, literal(0)) for condition in no),
    ]
    return case(*steps) if steps else nothing()


def _group_listed(scope: Scope, family: Family) -> Expr:
    """Whether the month's list of holdings covers such products at all: any customer's line is of that group."""
    h = holdings.c
    groups = family.listed.groups if family.listed else ()
    words = or_(*(h.category.contains(word) for word in groups))
    return exists().where(h.month == scope.month, h.kind == "holding", words)


def _count(holds: list[Expr]) -> Expr:
    """How many families are held; NULL when none is known."""
    return case((how_many(holds) > 0, count_of([one == 1 for one in holds])))


def _held(scope: Scope, rules: Rules) -> FromClause:
    """Per customer over the month's lines: families, risk, profit, count."""
    h = holdings.c
    kind = kinds(scope.month, rules, families(), scope.among(h.customer_id))
    marks = [
        func.max(kind.c[f"is_{family.code}"]).label(f"is_{family.code}")
        for family in families()
        if family.listed
    ]
    unrated = case((and_(kind.c.risk.is_(None), kind.c.deposit == 0), 1), else_=0)
    invested = case((h.profit.is_not(None), func.coalesce(h.cost, h.amount - h.profit)))
    facts = (
        select(
            h.customer_id,
            func.count().label("lines"),
            func.max(kind.c.risk).label("risk"),
            func.sum(unrated).label("unrated"),
            func.sum(h.profit).label("profit"),
            func.sum(invested).label("invested"),
            *marks,
        )
        # an outer join makes the many lines look up the few products, not the other way round
        .select_from(holdings.outerjoin(kind, kind.c.key == key_of_line()))
        .where(h.month == scope.month, h.kind == "holding", scope.among(h.customer_id))
        .group_by(h.customer_id)
        .subquery("holding_facts")
    )
    return scope.join(facts)


# -- lines ---------------------------------------------------------------------------------------------------------


def _lines(scope: Scope, rules: Rules, held: FromClause | None) -> dict[str, Expr]:
    allowed = level_of(scope.field("risk_level"), rules)
    before = level_of(scope.at("risk_level", 1), rules)
    lines, risk, loss, loss_share, top = nothing(), nothing(), nothing(), nothing(), nothing()
    if held is not None:
        c = held.c
        lines = func.coalesce(c.lines, 0)
        # no line: nothing held that carries a risk; lines without a level leave it unknown
        risk = case(
            (c.lines.is_(None), literal(0)),
            (c.risk.is_not(None), c.risk),
            (c.unrated == 0, literal(0)),
        )
        loss = case(
            (c.lines.is_(None), literal(0)),
            (c.profit < 0, -c.profit),
            (c.profit.is_not(None), literal(0)),
        )
        loss_share = share(loss, c.invested)
        biggest = scope.join(_biggest(scope, rules))
        top = share(
            func.coalesce(biggest.c.amount, 0), func.coalesce(scope.at("aum_balance"), scope.average())
        )
    return {
        "held_lines": lines,
        "top_share": top,
        "risk_class": allowed,
        "risk_class_1": before,
        "held_risk": risk,
        "risk_valid_days": _valid_days(scope, rules),
        "loss": loss,
        "loss_share": loss_share,
    }


def _valid_days(scope: Scope, rules: Rules) -> Expr:
    """Days until the risk test ends: its own date, or the term after the day of the test when that is earlier."""
    today = day_number(literal(scope.day))
    listed = day_number(scope.field("risk_expiry_date")) - today
    by_term = day_number(scope.customer("risk_assessed_date")) + rules.whole("suit.test_days") - today
    return case((listed.is_(None), by_term), (by_term < listed, by_term), else_=listed)


def _biggest(scope: Scope, rules: Rules) -> FromClause:
    """Per customer: the amount in fen of the largest single product, plain deposits aside (as S5)."""
    h = holdings.c
    name = func.coalesce(h.product_code, h.product_name)
    sums = (
        select(h.customer_id, func.sum(h.amount).label("amount"))
        .select_from(holdings.outerjoin(products, products.c.product_code == h.product_code))
        .where(h.kind == "holding", h.month == scope.month, concentrates(rules), scope.among(h.customer_id))
        .group_by(h.customer_id, name)
        .subquery("product_sums")
    )
    return (
        select(sums.c.customer_id, func.max(sums.c.amount).label("amount"))
        .group_by(sums.c.customer_id)
        .subquery("biggest_product")
    )
