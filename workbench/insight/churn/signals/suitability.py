"""S5: the holdings no longer fit the customer's risk level (domain 4.3, 8.1)."""

from sqlalchemy import FromClause, and_, case, func, literal, select

from db.tables import holdings, products
from workbench.base.expressions import Expr, count_of, day_number, highest, nothing, share, text_or_null
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.insight.shelf.levels import level_of
from workbench.insight.shelf.regimes import concentrates
from workbench.rules.parameters import Rules


def suitability(window: Window, rules: Rules) -> Signal:
    """A product riskier than the customer may hold, an expired risk test, concentration, floating loss."""
    anchors = rules.numbers("grade.anchors")
    of_customer = window.at("risk_level")
    allowed = level_of(of_customer, rules)
    months = [month for month in window.months[:3] if month in window.coverage.holdings]
    first, second = rules.numbers("S5.expired_days")
    expiry = window.at("risk_expiry_date")
    expired = day_number(literal(window.as_of)) - day_number(expiry)
    excess, concentration, loss = nothing(), nothing(), nothing()
    riskiest, top, lost, loss_share = nothing(), nothing(), nothing(), nothing()
    product: Expr = text_or_null()
    if months:
        held = _held(months, window.months[0], rules)
        window.join(held)
        risks = [window.keep(f"held_risk_{place}", held.c[f"risk{place}"]) for place in range(len(months))]
        lines = window.keep("held_lines", held.c.lines)
        riskiest = risks[0] if months[0] == window.month else nothing()
        over = count_of([risk > allowed for risk in risks])
        needed = min(rules.whole("S5.months"), len(months))
        excess = case(
            (allowed.is_(None), None),
            (and_(lines > 0, riskiest.is_(None)), None),
            (and_(over >= needed, riskiest >= allowed + 2), literal(anchors[2])),
            (and_(over >= needed, riskiest >= allowed + 1), literal(anchors[1])),
            else_=literal(0.0),
        )
    if window.month in window.coverage.holdings:
        biggest = _biggest(window.month, rules)
        window.join(biggest)
        top = share(window.keep("top_amount", biggest.c.amount), window.at("aum_balance"))
        product = window.keep("top_product", biggest.c.product)
        concentration = case(
            (window.at("aum_balance").is_(None), None),
            (top > rules.number("S5.concentration"), literal(anchors[0])),
            else_=literal(0.0),
        )
        profit = window.keep("held_profit", held.c.profit)
        lost = case((profit < 0, -profit))
        loss_share = share(lost, window.keep("held_cost", held.c.invested))
        small, large = rules.numbers("S5.loss")
        loss = case(
            (loss_share >= large, literal(anchors[2])),
            (loss_share >= small, literal(anchors[1])),
            (profit.is_not(None), literal(0.0)),
        )
    return Signal(
        "S5",
        {
            "excess": excess,
            "expired": case(
                (expired > second, literal(anchors[1])),
                (expired > first, literal(anchors[0])),
                (expired.is_not(None), literal(0.0)),
            ),
            "concentration": concentration,
            "loss": loss,
        },
        {
            "risk_level": of_customer,
            "product_risk_level": riskiest,
            "risk_expiry_date": expiry,
            "expired_days": expired,
            "top_product": product,
            "top_share": top,
            "loss_fen": lost,
            "loss_share": loss_share,
        },
    )


S5 = SignalKind("S5", suitability)


def _held(months: list[str], newest: str, rules: Rules) -> FromClause:
    """Per customer: the highest risk level held in each month, and profit and cost of the newest month's lines."""
    h, p = holdings.c, products.c
    # where issuer and seller rate a product differently, the higher level counts
    risk = highest(level_of(h.product_risk, rules), level_of(p.product_risk, rules))
    now = h.month == newest
    risks = [
        func.max(case((h.month == month, risk))).label(f"risk{place}") for place, month in enumerate(months)
    ]
    return (
        select(
            h.customer_id,
            func.sum(case((and_(now, risk.is_not(None)), 1), else_=0)).label("lines"),
            func.sum(case((now, h.profit))).label("profit"),
            func.sum(
                case((and_(now, h.profit.is_not(None)), func.coalesce(h.cost, h.amount - h.profit)))
            ).label("invested"),
            *risks,
        )
        .select_from(holdings.outerjoin(products, p.product_code == h.product_code))
        .where(h.kind == "holding", h.month.in_(months))
        .group_by(h.customer_id)
        .subquery("held_risks")
    )


def _biggest(month: str, rules: Rules) -> FromClause:
    """Per customer: the product with the largest amount in fen, plain deposits aside."""
    h = holdings.c
    name = func.coalesce(h.product_name, h.product_code)
    sums = (
        select(h.customer_id, name.label("product"), func.sum(h.amount).label("amount"))
        .select_from(holdings.outerjoin(products, products.c.product_code == h.product_code))
        .where(h.kind == "holding", h.month == month, concentrates(rules))
        .group_by(h.customer_id, name)
        .subquery("sums")
    )
    place = func.row_number().over(
        partition_by=sums.c.customer_id, order_by=(sums.c.amount.desc(), sums.c.product)
    )
    ordered = select(sums, place.label("place")).subquery("ordered")
    return (
        select(ordered.c.customer_id, ordered.c.product, ordered.c.amount)
        .where(ordered.c.place == 1)
        .subquery("biggest")
    )
