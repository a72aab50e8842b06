"""S5: the holdings no longer fit the customer's risk level (domain 4.3, 8.1)."""

from collections.abc import Sequence

from sqlalchemy import FromClause, and_, case, func, literal, or_, select

from db.tables import holdings, products
from workbench.base.expressions import Expr, count_of, day_number, highest, nothing, share
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.insight.shelf.levels import level_of
from workbench.insight.shelf.regimes import concentrates
from workbench.rules.parameters import Rules


def suitability(window: Window, rules: Rules) -> Signal:
    """Products riskier than the customer may hold, an expired risk test, concentration, floating loss.

    What is held must have been so in two of the last three months, where several are told (domain 4.5-3).
    """
    anchors = rules.numbers("grade.anchors")
    of_customer = window.at("risk_level")
    first, second = rules.numbers("S5.expired_days")
    expiry = window.at("risk_expiry_date")
    expired = day_number(literal(window.as_of)) - day_number(expiry)
    held, evidence = _by_holdings(window, rules)
    return Signal(
        "S5",
        {
            **held,
            "expired": case(
                (expired > second, literal(anchors[1])),
                (expired > first, literal(anchors[0])),
                (expired.is_not(None), literal(0.0)),
            ),
        },
        {"risk_level": of_customer, "risk_expiry_date": expiry, "expired_days": expired, **evidence},
    )


S5 = SignalKind("S5", suitability)


def _by_holdings(window: Window, rules: Rules) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """Causes and evidence by the holdings lists of the last three months; NULL without a list of the newest."""
    months = [month for month in window.months[:3] if month in window.coverage.holdings]
    if not months or months[0] != window.month:
        unknown = {name: nothing() for name in ("excess", "weighted", "concentration", "loss")}
        return unknown, {}
    anchors = rules.numbers("grade.anchors")
    allowed = level_of(window.at("risk_level"), rules)
    needed = min(rules.whole("S5.months"), len(months))
    held, biggest = _held(months, rules), _biggest(months, rules)
    window.join(held)
    window.join(biggest)
    lines = window.keep("held_lines", held.c.lines)
    risks = [window.keep(f"held_risk_{place}", held.c[f"risk{place}"]) for place in range(len(months))]
    levels = [_weighted(window, held, place, month) for place, month in enumerate(months)]
    riskiest, level = risks[0], levels[0]
    over = count_of([risk > allowed for risk in risks]) >= needed
    gap = rules.number("S5.weighted")
    mostly_over = count_of([one >= allowed + gap for one in levels]) >= needed
    tops = [
        share(
            window.keep(f"top_amount_{place}", biggest.c[f"amount{place}"]),
            window.at("aum_balance", window.months.index(month)),
        )
        for place, month in enumerate(months)
    ]
    concentrated = rules.number("S5.concentration")
    losses = [
        share(
            window.keep(f"held_loss_{place}", held.c[f"loss{place}"]),
            window.keep(f"held_cost_{place}", held.c[f"cost{place}"]),
        )
        for place in range(len(months))
    ]
    small, large = rules.numbers("S5.loss")
    lasting_loss = count_of([loss >= small for loss in losses]) >= needed
    causes: dict[str, Expr] = {
        "excess": case(
            (allowed.is_(None), None),
            (and_(lines > 0, riskiest.is_(None)), None),
            (and_(over, riskiest >= allowed + 2), literal(anchors[2])),
            (and_(over, riskiest >= allowed + 1), literal(anchors[1])),
            else_=literal(0.0),
        ),
        "weighted": case(
            (or_(allowed.is_(None), level.is_(None)), None),
            (and_(mostly_over, level >= allowed + gap), literal(anchors[2])),
            else_=literal(0.0),
        ),
        "concentration": case(
            (window.at("aum_balance").is_(None), None),
            (
                and_(tops[0] > concentrated, count_of([top > concentrated for top in tops]) >= needed),
                literal(anchors[0]),
            ),
            else_=literal(0.0),
        ),
        "loss": case(
            (and_(lasting_loss, losses[0] >= large), literal(anchors[2])),
            (and_(lasting_loss, losses[0] >= small), literal(anchors[1])),
            (window.keep("held_profit", held.c.profit).is_not(None), literal(0.0)),
        ),
    }  # fmt: skip
    return causes, {
        "product_risk_level": riskiest,
        "weighted_level": level,
        "weighted_gap": level - allowed,
        "top_product": window.keep("top_product", biggest.c.product),
        "top_share": tops[0],
        "loss_fen": window.keep("held_loss_0", held.c.loss0),
        "loss_share": losses[0],
    }


def _weighted(window: Window, held: FromClause, place: int, month: str) -> Expr:
    """The risk level of all assets by amount, what has no level (deposits) counted as the first; NULL without a line
    that has one."""
    weight, rated = held.c[f"weight{place}"], held.c[f"rated{place}"]
    rest = func.coalesce(window.raw("aum_balance", window.months.index(month)), 0) - rated
    rest = case((rest > 0, rest), else_=0)
    return window.keep(f"held_level_{place}", share(weight + rest, rated + rest))


def _held(months: Sequence[str], rules: Rules) -> FromClause:
    """Per customer and month: the highest risk level held, amounts with a level and their sum weighted by it, loss and
    cost in fen; of the newest month the lines with a level, and the profit."""
    h, p = holdings.c, products.c
    # where issuer and seller rate a product differently, the higher level counts
    risk = highest(level_of(h.product_risk, rules), level_of(p.product_risk, rules))
    rated = case((risk.is_not(None), h.amount))
    columns: list[Expr] = []
    for place, month in enumerate(months):
        here = h.month == month
        profit = func.sum(case((here, h.profit)))
        cost = func.sum(case((and_(here, h.profit.is_not(None)), func.coalesce(h.cost, h.amount - h.profit))))
        columns += [
            func.max(case((here, risk))).label(f"risk{place}"),
            func.sum(case((here, rated * risk))).label(f"weight{place}"),
            func.sum(case((here, rated))).label(f"rated{place}"),
            case((profit < 0, -profit)).label(f"loss{place}"),
            cost.label(f"cost{place}"),
        ]
    now = h.month == months[0]
    return (
        select(
            h.customer_id,
            func.sum(case((and_(now, risk.is_not(None)), 1), else_=0)).label("lines"),
            func.sum(case((now, h.profit))).label("profit"),
            *columns,
        )
        .select_from(holdings.outerjoin(products, p.product_code == h.product_code))
        .where(h.kind == "holding", h.month.in_(months))
        .group_by(h.customer_id)
        .subquery("held_risks")
    )


def _biggest(months: Sequence[str], rules: Rules) -> FromClause:
    """Per customer: the largest amount in one product by month, plain deposits aside, and the newest one's name."""
    h = holdings.c
    name = func.coalesce(h.product_name, h.product_code)
    sums = (
        select(h.customer_id, h.month, name.label("product"), func.sum(h.amount).label("amount"))
        .select_from(holdings.outerjoin(products, products.c.product_code == h.product_code))
        .where(h.kind == "holding", h.month.in_(months), concentrates(rules))
        .group_by(h.customer_id, h.month, name)
        .subquery("sums")
    )
    place = func.row_number().over(
        partition_by=(sums.c.customer_id, sums.c.month), order_by=(sums.c.amount.desc(), sums.c.product)
    )
    ordered = select(sums, place.label("place")).subquery("ordered")
    o = ordered.c
    amounts = [
        func.max(case((o.month == month, o.amount))).label(f"amount{n}") for n, month in enumerate(months)
    ]
    return (
        select(o.customer_id, func.max(case((o.month == months[0], o.product))).label("product"), *amounts)
        .where(o.place == 1)
        .group_by(o.customer_id)
        .subquery("biggest")
    )
