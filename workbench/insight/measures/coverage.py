"""The services of the towers, part by part (domain 1): 3专 of the top, 5G of the waist, 快准稳 of the base."""

import datetime as dt

from sqlalchemy import FromClause, Integer, String, and_, case, cast, exists, func, literal, or_, select

from db.known import services
from db.playbook import benefit_grants
from db.tables import customers, flows, holdings, payrolls, touches
from db.year import birthday_ways
from workbench.base.expressions import Expr, count_of, day_number, how_many
from workbench.base.lunar import to_lunar
from workbench.insight.measures.scope import Scope
from workbench.people.birthdays import kept_month_day, lunar_days_from, with_ways
from workbench.rules.parameters import Rules

_YEAR = 365


def top(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """3专, each 0/1: a plan in force, reviewed in time, the channel made known, an expert consulted lately."""
    record = _Services(scope, ("plan", "plan_review", "channel", "expert"), until=("plan",))
    planned = ("plan", "plan_review")
    in_force = case(
        (record.until("plan").is_not(None), record.until("plan") >= scope.day),
        else_=record.within("plan", rules.whole("towers.plan_days")),
    )
    review = rules.whole("towers.review_days")
    reviewed = or_(record.within("plan", review), record.within("plan_review", review))
    return {
        "cover_plan": record.scored(planned, [(in_force, 1)]),
        "cover_review": record.scored(planned, [(reviewed, 1)]),
        "cover_channel": record.scored(("channel",), [(record.ever("channel"), 1)]),
        "cover_expert": record.scored(
            ("expert",), [(record.within("expert", rules.whole("towers.expert_days")), 1)]
        ),
    }


def waist(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """5G, each 0 to 2: gift, group, guide, growth, game."""
    record = _Services(
        scope,
        ("gift", "gift_used", "group", "group_active", "guide", "growth", "game"),
        until=("gift",),
    )

    def within(kind: str, param: str) -> Expr:
        """Whether it was given within the days of a threshold of the towers."""
        return record.within(kind, rules.whole(f"towers.{param}"))

    growth, game = within("growth", "growth_days"), within("game", "game_days")
    attended = _attended(scope, rules.whole("towers.growth_days"), rules)
    return {
        "cover_gift": _gift(scope, record, within("gift_used", "gift_days"), rules.whole("towers.gift_days")),
        "cover_group": record.scored(
            ("group", "group_active"),
            [
                (within("group_active", "group_days"), 2),
                (or_(record.ever("group"), record.ever("group_active")), 1),
            ],
        ),
        "cover_guide": _guide(scope, record, within("guide", "guide_days"), rules),
        "cover_growth": record.scored(("growth",), [(or_(growth, attended), 2), (record.ever("growth"), 1)]),
        "cover_game": record.scored(("game",), [(game, 2), (record.ever("game"), 1)]),
    }


def base(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """快准稳, each 0/1: answered the same day, contacted only near an event, held by more than one hook."""
    record = _Services(scope, ("auto_transfer", "card_bound"))
    return {**_contacts(scope, rules), "cover_retain": _retain(scope, record, rules)}


# -- services recorded by hand -------------------------------------------------------------------------------------


class _Services:
    """Per customer the last date of each kind of service up to the day, and the last date it is valid until."""

    def __init__(self, scope: Scope, kinds: tuple[str, ...], until: tuple[str, ...] = ()) -> None:
        self._day = scope.day
        s = services.c
        query = select(
            s.customer_id,
            *(func.max(case((s.kind == kind, s.date))).label(kind) for kind in kinds),
            *(func.max(case((s.kind == kind, s.until))).label(f"{kind}_until") for kind in until),
        ).where(s.kind.in_(kinds), s.date <= scope.day, scope.among(s.customer_id))
        self._last = scope.join(query.group_by(s.customer_id).subquery()).c

    def ever(self, kind: str) -> Expr:
        """Whether the customer was ever given such a service."""
        return self._last[kind].is_not(None)

    def within(self, kind: str, days: int) -> Expr:
        """Whether it was given less than so many days ago."""
        first = dt.date.fromisoformat(self._day) - dt.timedelta(days=days - 1)
        return and_(self.ever(kind), self._last[kind] >= first.isoformat())

    def until(self, kind: str) -> Expr:
        """The last date (ISO) up to which it is valid; NULL without one."""
        return self._last[f"{kind}_until"]

    def scored(self, kinds: tuple[str, ...], steps: list[tuple[Expr, int]]) -> Expr:
        """The points of the first step that holds, else 0; NULL while nobody in the book was given such a service."""
        return case(*((holds, literal(points)) for holds, points in steps), (recorded(kinds), literal(0)))


def recorded(kinds: tuple[str, ...]) -> Expr:
    """Whether the book has a record of such a service for anybody."""
    return exists(select(literal(1)).where(services.c.kind.in_(kinds)))


# -- parts with facts of their own ---------------------------------------------------------------------------------


def _gift(scope: Scope, record: _Services, used: Expr, days: int) -> Expr:
    """2 when benefits were used, 1 when any are open, by the records, by the lists, or by what was given by the rules of benefits
    (domain 8.4); 0 where any of these tells of benefits at all. `days`: how long one that was used counts."""
    balance, expiry = scope.at("benefit_balance"), scope.at("benefit_expiry_date")
    listed = and_(balance > 0, or_(expiry.is_(None), expiry >= scope.day))
    held = and_(record.ever("gift"), or_(record.until("gift").is_(None), record.until("gift") >= scope.day))
    granted = _granted(scope, days)
    given = exists(select(literal(1)).where(benefit_grants.c.state != "dropped"))
    return case(
        (or_(used, granted.c.used == 1), literal(2)),
        (or_(held, listed, granted.c.held == 1), literal(1)),
        (or_(recorded(("gift", "gift_used")), given, balance.is_not(None)), literal(0)),
    )


def _granted(scope: Scope, days: int) -> FromClause:
    """Per customer, 0/1: whether he used a benefit less than so many days ago, and holds one that has not run out."""
    g = benefit_grants.c
    first = (dt.date.fromisoformat(scope.day) - dt.timedelta(days=days - 1)).isoformat()
    used = and_(g.state == "used", g.used.between(first, scope.day))
    held = and_(g.state == "issued", or_(g.valid_until.is_(None), g.valid_until >= scope.day))
    query = select(
        g.customer_id,
        func.max(case((used, 1), else_=0)).label("used"),
        func.max(case((held, 1), else_=0)).label("held"),
    ).where(g.issued <= scope.day, scope.among(g.customer_id))
    return scope.join(query.group_by(g.customer_id).subquery("granted"))


def _guide(scope: Scope, record: _Services, reviewed: Expr, rules: Rules) -> Expr:
    """A point for the review and a point for enough products; NULL when neither is known."""
    review = record.scored(("guide",), [(reviewed, 1)])
    enough = cast(products(scope) >= rules.whole("towers.guide_products"), Integer)
    known = how_many([review, enough])
    return case((known > 0, func.coalesce(review, 0) + func.coalesce(enough, 0)))


def products(scope: Scope) -> Expr:
    """Products held: the customer list's count, else the distinct categories of the list of holdings."""
    listed = scope.at("product_count")
    if scope.month not in scope.reported.holdings:
        return listed
    h = holdings.c
    query = select(h.customer_id, func.count(h.category.distinct()).label("held")).where(
        h.month == scope.month, h.kind == "holding", scope.among(h.customer_id)
    )
    held = scope.join(query.group_by(h.customer_id).subquery())
    return func.coalesce(listed, held.c.held, 0)


def _attended(scope: Scope, days: int, rules: Rules) -> Expr:
    """Whether the customer attended an event of the contact log less than so many days ago."""
    if "touches" not in scope.reported.lists:
        return literal(0) == 1
    first = (dt.date.fromisoformat(scope.day) - dt.timedelta(days=days - 1)).isoformat()
    t = touches.c
    query = (
        select(t.customer_id)
        .distinct()
        .where(
            t.channel == "event",
            t.result.in_(rules.words("contact.attended")),
            t.date.between(first, scope.day),
            scope.among(t.customer_id),
        )
    )
    return scope.join(query.subquery()).c.customer_id.is_not(None)


def _retain(scope: Scope, record: _Services, rules: Rules) -> Expr:
    """Whether enough hold of: a second product, an automatic transfer or payment, a card bound elsewhere.

    0 only when the unknown ones could not make it enough, else NULL.
    """
    count = products(scope)
    bound = [scope.at(name) for name in ("bound_wechat", "bound_alipay", "bound_unionpay")]
    hooks = [
        cast(count >= 2, Integer),
        case((record.ever("auto_transfer"), 1), else_=scope.at("utility_autopay")),
        case(
            (record.ever("card_bound"), 1),
            (or_(*(one == 1 for one in bound)), 1),
            (and_(*(one == 0 for one in bound)), 0),
        ),
    ]
    wanted = rules.whole("towers.retain_hooks")
    held = count_of([hook == 1 for hook in hooks])
    unknown = len(hooks) - how_many(hooks)
    return case((held >= wanted, 1), (held + unknown < wanted, 0))


def _contacts(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """By the contact log: whether requests were answered the same day, and our contacts lay near an event."""
    if "touches" not in scope.reported.lists:
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
    on_event = _near_an_event(scope, rules)
    query = (
        select(
            t.customer_id,
            func.min(case((inbound, cast(answered, Integer)))).label("respond"),
            func.min(case((~inbound, cast(on_event, Integer)))).label("wake"),
        )
        .select_from(with_ways(touches.join(customers, customers.c.id == t.customer_id)))
        .where(t.date.between(first, scope.day), scope.among(t.customer_id))
        .group_by(t.customer_id)
    )
    facts = scope.join(query.subquery()).c
    return {"cover_respond": facts.respond, "cover_wake": facts.wake}


def _near_an_event(scope: Scope, rules: Rules) -> Expr:
    """Whether a contact lies within some days of a maturity, payday, large inflow or birthday.

    A contact recorded as a wake-up on an event counts too.
    """
    t = touches.c
    days = rules.whole("towers.wake_days")
    day = day_number(t.date)

    def near(date: Expr) -> Expr:
        """Whether the contact lies within these days of a date."""
        return func.abs(day - day_number(date)) <= days

    def exists_for(whose: Expr, *conditions: Expr) -> Expr:
        """Whether the customer of the contact has a row with these conditions; `whose` is its customer column."""
        return exists(select(literal(1)).where(whose == t.customer_id, *conditions))

    birthday = _near_birthday(scope, t.date, days)
    return or_(
        exists_for(services.c.customer_id, services.c.kind == "wake", services.c.date == t.date),
        exists_for(
            holdings.c.customer_id,
            holdings.c.month.in_(scope.months(0, 3)),
            holdings.c.maturity_date.is_not(None),
            near(holdings.c.maturity_date),
        ),
        exists_for(payrolls.c.customer_id, near(payrolls.c.date)),
        exists_for(
            flows.c.customer_id,
            flows.c.inflow >= round(rules.number("towers.wake_inflow") * 100),
            near(flows.c.date),
        ),
        func.coalesce(birthday, False),
    )


def _near_birthday(scope: Scope, date: Expr, days: int) -> Expr:
    """Whether a date of the last months lies within so many days of the birthday that the customer keeps (domain 6.6)."""
    way, seen = birthday_ways.c, dt.date.fromisoformat(scope.day)
    month_day = kept_month_day(way, func.substr(scope.customer("birth_date"), 6, 5, type_=String))
    in_its_year = day_number(func.substr(date, 1, 5, type_=String) + month_day)
    apart = func.abs(day_number(date) - in_its_year)
    back = day_number(date) - day_number(literal(scope.day))
    lunar = to_lunar(seen).year
    kept = [
        func.abs(back - lunar_days_from(way, year, seen)) <= days for year in (lunar - 1, lunar, lunar + 1)
    ]
    return or_(apart <= days, apart >= _YEAR - days, *kept)
