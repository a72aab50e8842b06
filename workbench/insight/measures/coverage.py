"""What the towers are looked after by, part by part (domain 1): 3专 of the top, 5G of the waist, 快准稳 of the base."""

import datetime as dt

from sqlalchemy import Integer, String, and_, case, cast, exists, func, literal, or_, select

from db.known import services
from db.tables import customers, flows, holdings, payrolls, touches
from workbench.base.expressions import Expr, count_of, day_number, how_many
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules

_YEAR = 365


def top(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """3专, each 0/1: a plan in force, looked through in time, the channel made known, an expert asked lately."""
    given = _Services(scope, ("plan", "plan_review", "channel", "expert"), until=("plan",))
    planned = ("plan", "plan_review")
    in_force = case(
        (given.until("plan").is_not(None), given.until("plan") >= scope.day),
        else_=given.within("plan", rules.whole("towers.plan_days")),
    )
    review = rules.whole("towers.review_days")
    reviewed = or_(given.within("plan", review), given.within("plan_review", review))
    return {
        "cover_plan": given.scored(planned, [(in_force, 1)]),
        "cover_review": given.scored(planned, [(reviewed, 1)]),
        "cover_channel": given.scored(("channel",), [(given.ever("channel"), 1)]),
        "cover_expert": given.scored(
            ("expert",), [(given.within("expert", rules.whole("towers.expert_days")), 1)]
        ),
    }


def waist(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """5G, each 0..2."""
    given = _Services(
        scope,
        ("gift", "gift_used", "group", "group_active", "guide", "growth", "game"),
        until=("gift",),
    )

    def within(kind: str, param: str) -> Expr:
        return given.within(kind, rules.whole(f"towers.{param}"))

    growth, game = within("growth", "growth_days"), within("game", "game_days")
    attended = _attended(scope, rules.whole("towers.growth_days"))
    return {
        "cover_gift": _gift(scope, given, within("gift_used", "gift_days")),
        "cover_group": given.scored(
            ("group", "group_active"),
            [
                (within("group_active", "group_days"), 2),
                (or_(given.ever("group"), given.ever("group_active")), 1),
            ],
        ),
        "cover_guide": _guide(scope, given, within("guide", "guide_days"), rules),
        "cover_growth": given.scored(("growth",), [(or_(growth, attended), 2), (given.ever("growth"), 1)]),
        "cover_game": given.scored(("game",), [(game, 2), (given.ever("game"), 1)]),
    }


def base(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """快准稳, each 0/1: answered the same day, woken only on an event, held by more than one hook."""
    given = _Services(scope, ("auto_transfer", "card_bound"))
    return {**_contacts(scope, rules), "cover_retain": _retain(scope, given, rules)}


# -- services recorded by hand -------------------------------------------------------------------------------------


class _Services:
    """Per customer the last date of each kind of service up to the day, and until when it holds."""

    def __init__(self, scope: Scope, kinds: tuple[str, ...], until: tuple[str, ...] = ()) -> None:
        self._day = scope.day
        s = services.c
        asked = select(
            s.customer_id,
            *(func.max(case((s.kind == kind, s.date))).label(kind) for kind in kinds),
            *(func.max(case((s.kind == kind, s.until))).label(f"{kind}_until") for kind in until),
        ).where(s.kind.in_(kinds), s.date <= scope.day, scope.among(s.customer_id))
        self._last = scope.join(asked.group_by(s.customer_id).subquery()).c

    def ever(self, kind: str) -> Expr:
        return self._last[kind].is_not(None)

    def within(self, kind: str, days: int) -> Expr:
        """Given less than so many days ago."""
        first = dt.date.fromisoformat(self._day) - dt.timedelta(days=days - 1)
        return and_(self.ever(kind), self._last[kind] >= first.isoformat())

    def until(self, kind: str) -> Expr:
        return self._last[f"{kind}_until"]

    def scored(self, kinds: tuple[str, ...], steps: list[tuple[Expr, int]]) -> Expr:
        """The points of the first step that holds, else 0; not told while nobody was ever given such a service."""
        return case(*((holds, literal(points)) for holds, points in steps), (recorded(kinds), literal(0)))


def recorded(kinds: tuple[str, ...]) -> Expr:
    """Whether such services are recorded at all in the book, for anybody."""
    return exists(select(literal(1)).where(services.c.kind.in_(kinds)))


# -- parts with facts of their own ---------------------------------------------------------------------------------


def _gift(scope: Scope, given: _Services, used: Expr) -> Expr:
    """2 when benefits were used, 1 when any are there, by record or by the lists."""
    balance, expiry = scope.at("benefit_balance"), scope.at("benefit_expiry_date")
    listed = and_(balance > 0, or_(expiry.is_(None), expiry >= scope.day))
    held = and_(given.ever("gift"), or_(given.until("gift").is_(None), given.until("gift") >= scope.day))
    return case(
        (used, literal(2)),
        (or_(held, listed), literal(1)),
        (or_(recorded(("gift", "gift_used")), balance.is_not(None)), literal(0)),
    )


def _guide(scope: Scope, given: _Services, reviewed: Expr, rules: Rules) -> Expr:
    """A point for the review, a point for enough products; the sum of what can be told."""
    review = given.scored(("guide",), [(reviewed, 1)])
    enough = cast(products(scope) >= rules.whole("towers.guide_products"), Integer)
    told = how_many([review, enough])
    return case((told > 0, func.coalesce(review, 0) + func.coalesce(enough, 0)))


def products(scope: Scope) -> Expr:
    """How many products the lists say; else how many classes of products the list of holdings holds."""
    said = scope.at("product_count")
    if scope.month not in scope.given.holdings:
        return said
    h = holdings.c
    asked = select(h.customer_id, func.count(h.category.distinct()).label("held")).where(
        h.month == scope.month, h.kind == "holding", scope.among(h.customer_id)
    )
    held = scope.join(asked.group_by(h.customer_id).subquery())
    return func.coalesce(said, held.c.held, 0)


def _attended(scope: Scope, days: int) -> Expr:
    """An event of the contact log with somebody there, less than so many days ago."""
    if "touches" not in scope.given.lists:
        return literal(0) == 1
    first = (dt.date.fromisoformat(scope.day) - dt.timedelta(days=days - 1)).isoformat()
    t = touches.c
    asked = (
        select(t.customer_id)
        .distinct()
        .where(
            t.channel == "event",
            t.result.in_(("met", "done", "reached", "considering")),
            t.date.between(first, scope.day),
            scope.among(t.customer_id),
        )
    )
    return scope.join(asked.subquery()).c.customer_id.is_not(None)


def _retain(scope: Scope, given: _Services, rules: Rules) -> Expr:
    """Enough of: a second product, an automatic transfer or payment, a card bound elsewhere. 'No' only when the parts
    that cannot be told would not suffice."""
    count = products(scope)
    bound = [scope.at(name) for name in ("bound_wechat", "bound_alipay", "bound_unionpay")]
    hooks = [
        cast(count >= 2, Integer),
        case((given.ever("auto_transfer"), 1), else_=scope.at("utility_autopay")),
        case(
            (given.ever("card_bound"), 1),
            (or_(*(one == 1 for one in bound)), 1),
            (and_(*(one == 0 for one in bound)), 0),
        ),
    ]
    wanted = rules.whole("towers.retain_hooks")
    held = count_of([hook == 1 for hook in hooks])
    untold = len(hooks) - how_many(hooks)
    return case((held >= wanted, 1), (held + untold < wanted, 0))


def _contacts(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """Of the contact log: requests of the customer answered the same day; our contacts only near an event."""
    if "touches" not in scope.given.lists:
        return {"cover_respond": cast(None, Integer), "cover_wake": cast(None, Integer)}
    t, other = touches.c, touches.alias("answers").c
    first = (
        dt.date.fromisoformat(scope.day) - dt.timedelta(days=rules.whole("towers.base_days") - 1)
    ).isoformat()
    failed = rules.words("contact.unanswered")
    answered = or_(
        t.result.not_in(failed),
        exists(
            select(literal(1)).where(
                other.customer_id == t.customer_id,
                other.date == t.date,
                other.initiated_by != "customer",
                other.result.not_in(failed),
            )
        ),
    )
    inbound = t.initiated_by == "customer"
    founded = _near_an_event(scope, rules)
    asked = (
        select(
            t.customer_id,
            func.min(case((inbound, cast(answered, Integer)))).label("respond"),
            func.min(case((~inbound, cast(founded, Integer)))).label("wake"),
        )
        .select_from(touches.join(customers, customers.c.id == t.customer_id))
        .where(t.date.between(first, scope.day), scope.among(t.customer_id))
        .group_by(t.customer_id)
    )
    found = scope.join(asked.subquery()).c
    return {"cover_respond": found.respond, "cover_wake": found.wake}


def _near_an_event(scope: Scope, rules: Rules) -> Expr:
    """Whether a touch lies within some days of a maturity, a payday, a large inflow, a birthday, or was recorded as
    woken on an event."""
    t = touches.c
    days = rules.whole("towers.wake_days")
    day = day_number(t.date)

    def near(date: Expr) -> Expr:
        return func.abs(day - day_number(date)) <= days

    def found(whose: Expr, *conditions: Expr) -> Expr:
        return exists(select(literal(1)).where(whose == t.customer_id, *conditions))

    birth = func.substr(scope.customer("birth_date"), 5, 6, type_=String)
    born = day_number(func.substr(t.date, 1, 4, type_=String) + birth)
    birthday = func.abs(day - born)
    return or_(
        found(services.c.customer_id, services.c.kind == "wake", services.c.date == t.date),
        found(
            holdings.c.customer_id,
            holdings.c.month.in_(scope.months(0, 3)),
            holdings.c.maturity_date.is_not(None),
            near(holdings.c.maturity_date),
        ),
        found(payrolls.c.customer_id, near(payrolls.c.date)),
        found(
            flows.c.customer_id,
            flows.c.inflow >= round(rules.number("towers.wake_inflow") * 100),
            near(flows.c.date),
        ),
        func.coalesce(or_(birthday <= days, birthday >= _YEAR - days), False),
    )
