"""S3: how much of a month's fall is the market's doing: units held x change of the net asset value (domain 4.3)."""

from dataclasses import dataclass

from sqlalchemy import Float, FromClause, Subquery, and_, case, cast, func, literal, or_, select

from db.functions import holds
from db.tables import holdings, products
from workbench.base.expressions import Expr, highest
from workbench.insight.churn.signals.signal import Signal
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules

#: balances that move with the market, for lists without holdings
_BALANCES = ("fund_balance", "precious_metal_balance", "custody_balance", "trust_balance")

#: causes of the signal of outflow that are a fall of assets
_FALLS = ("recent", "month", "two_months", "heavy")


@dataclass(frozen=True, slots=True)
class MarketMove:
    """The month's market move of a customer: `gain` in fen (negative: a loss; 0 where no value is told), and whether
    something is held whose move is not told."""

    gain: Expr
    worth_saying: Expr
    unpriced: Expr
    grade: float

    @property
    def loss(self) -> Expr:
        """The move where it is a loss, in fen, else 0: a gain at the end of a month hardly shows in its average."""
        return case((self.gain < 0, self.gain), else_=0)

    def noted(self, signal: Signal, window: Window) -> Signal:
        """The signal of outflow with causes that say beside a fall what it holds; they never raise the grade, and tell
        nothing by themselves."""
        falls = window.step("fell", highest(*(signal.causes[name] for name in _FALLS)), 3)
        due = falls >= self.grade - 1e-9
        remarks: dict[str, Expr] = {
            "market_out": case((and_(due, self.worth_saying), literal(self.grade))),
            "market_in": case((and_(due, self.unpriced), literal(self.grade))),
        }
        evidence: dict[str, Expr] = {"market_fen": case((self.worth_saying, self.gain))}
        return Signal(signal.code, {**signal.causes, **remarks}, {**signal.evidence, **evidence})


def market_move(window: Window, rules: Rules) -> MarketMove:
    """By the lines of two months of holdings lists; a line that was sold since has no move."""
    grade = rules.numbers("grade.anchors")[0]
    exposed = or_(*[window.at(name, 1) > 0 for name in _BALANCES])
    if not {window.month, window.months[1]} <= window.coverage.holdings:
        return MarketMove(literal(0), literal(False), func.coalesce(exposed, False), grade)
    moves = _moves(window, rules)
    window.join(moves)
    gain = func.coalesce(window.keep("market_gain", moves.c.gain), 0)
    unpriced = func.coalesce(window.keep("market_unpriced", moves.c.unpriced) > 0, False)
    before = highest(window.at("aum_balance", 1), window.at("aum_daily_average", 1))
    telling = func.abs(gain) >= before * rules.number("S3.market_share")
    return MarketMove(gain, func.coalesce(and_(gain != 0, telling), False), unpriced, grade)


def _moves(window: Window, rules: Rules) -> FromClause:
    """Per customer the gain in fen, and how many lines that move with the market have no value of both months."""
    before, now = _lines(window.months[1], rules, "before"), _lines(window.month, rules, "now")
    b, n = before.c, now.c
    units = case((n.units < b.units, n.units), else_=b.units)
    gain = units * (n.nav - b.nav) * 100
    missing = or_(b.units.is_(None), n.units.is_(None), b.nav.is_(None), n.nav.is_(None))
    return (
        select(
            b.customer_id,
            func.sum(gain).label("gain"),
            func.sum(case((and_(missing, b.moves > 0), 1), else_=0)).label("unpriced"),
        )
        .select_from(before.join(now, and_(n.customer_id == b.customer_id, n.product == b.product)))
        .group_by(b.customer_id)
        .subquery("market_moves")
    )


def _lines(month: str, rules: Rules, name: str) -> Subquery:
    """Per customer and product: units, net asset value in yuan, and whether its family moves with the market."""
    h, p = holdings.c, products.c
    category = func.coalesce(h.category, p.category)
    moves = or_(*[holds(category, word) for word in rules.words("S3.market_words")])
    product = func.coalesce(h.product_code, h.product_name)
    return (
        select(
            h.customer_id, product.label("product"), cast(func.sum(h.units), Float).label("units"),
            func.max(h.nav).label("nav"), func.max(case((moves, 1), else_=0)).label("moves"),
        )
        .select_from(holdings.outerjoin(products, p.product_code == h.product_code))
        .where(h.kind == "holding", h.month == month, product.is_not(None))
        .group_by(h.customer_id, product)
        .subquery(f"market_{name}")
    )  # fmt: skip
