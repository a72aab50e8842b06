"""Measures of the golden moments for a referral, of asks, and of what became of those referred (domain 7).

A moment that is dated counts in days; what only the months tell (a first product, a level reached) counts by month.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, false, func, literal, or_, select

from db.mgm import referral_asks
from db.tables import customers, holdings, referrals, touches
from workbench.base.expressions import Expr, day_number, highest, how_many
from workbench.insight.measures.scope import Scope
from workbench.people.referring.asked import asks_by_customer
from workbench.rules.parameters import Rules

#: months before the newest in which a product must have been told as none, the first of them with certainty
_BEFORE = (1, 2, 3)
_OF_LOG = ("deal_days", "praised_days")
#: the balances that tell of a first product; the values of `purchase` in resources/measures.toml
_PRODUCTS = (
    "loan", "wealth", "fund", "insurance", "large_cd", "treasury_bond", "precious_metal", "pension", "trust",
)  # fmt: skip
#: value of `new_family` where there is no first product
NONE = "none"


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The measures of a moment, of asks and of the persons referred in the section [service]; of moments the days since the last
    of each kind within `moments.look_days`, NULL where there was none or nobody can tell."""
    logged, saved = _logged(scope, rules)
    return {
        **logged,
        "new_family": _new_family(scope, rules),
        "gained_days": _fewest(saved, _matured(scope, rules)),
        **_asks(scope, rules),
        **_referred(scope),
    }


# -- moments -----------------------------------------------------------------------------------------------------


def _logged(scope: Scope, rules: Rules) -> tuple[dict[str, Expr], Expr | None]:
    """Days since the last deal and the last praise of the contact log, and since the last gain that a note tells of."""
    if "touches" not in scope.reported.lists:
        return {name: cast(None, Integer) for name in _OF_LOG}, None
    t, words = touches.c, rules.words
    note = func.coalesce(t.note, "")
    plain = ~_holds(note, words("moments.unless_words"))
    reached = or_(t.result.in_(words("contact.two_way")), t.initiated_by == "customer")
    praise = _holds(note, (*words("moments.praise_words"), *words("moments.solved_words")))
    kinds: dict[str, ColumnElement[bool]] = {
        "deal_days": t.result.in_(words("contact.deals")),
        "praised_days": and_(reached, plain, praise, t.result != "complaint"),
        "saved": and_(reached, plain, _holds(note, words("moments.saved_words"))),
    }
    query = select(
        t.customer_id, *(func.max(case((holds, t.date))).label(name) for name, holds in kinds.items())
    ).where(
        t.date > _before(scope, rules.whole("moments.look_days")),
        t.date <= scope.day,
        scope.among(t.customer_id),
    )
    facts = scope.join(query.group_by(t.customer_id).subquery("moments_of_log")).c
    return {name: _days(scope, facts[name]) for name in _OF_LOG}, _days(scope, facts.saved)


def _matured(scope: Scope, rules: Rules) -> Expr | None:
    """Days since the last product came due without a loss: with a gain that was told, or one that pays what was agreed."""
    h = holdings.c
    told = scope.reported.holdings | scope.reported.maturities
    months = [month for month in scope.months(0, 1) if month in told]
    if not months:
        return None
    name = func.coalesce(h.category, "") + func.coalesce(h.product_name, "")
    sure = and_(h.profit.is_(None), _holds(name, rules.words("moments.sure_words")))
    query = (
        select(h.customer_id, func.max(h.maturity_date).label("last"))
        .where(
            h.month.in_(months), h.maturity_date <= scope.day,
            h.maturity_date > _before(scope, rules.whole("moments.look_days")), or_(h.profit > 0, sure),
            scope.among(h.customer_id),
        )
        .group_by(h.customer_id)
    )  # fmt: skip
    return _days(scope, scope.join(query.subquery("gained")).c.last)


def _new_family(scope: Scope, rules: Rules) -> Expr:
    """The first kind of product with a balance this month that was told as none the month before and had none in those before
    that; `NONE` where the lists tell that there is no such. Of a month that is over for long nobody can tell what is new."""
    if scope.as_of < _before(scope, rules.whole("tag.golden_days")):
        return cast(None, String)
    new: list[tuple[ColumnElement[bool], Expr]] = []
    known: list[Expr] = []
    for name in _PRODUCTS:
        column = f"{name}_balance"
        if not scope.has_column(column):
            continue
        now, before, *earlier = (scope.at(column, back) for back in (0, *_BEFORE))
        never = and_(*(func.coalesce(one, 0) == 0 for one in earlier))
        new.append((and_(now > 0, before == 0, never), literal(name)))
        known.append(case((and_(now.is_not(None), before.is_not(None)), 1)))
    if not new:
        return cast(None, String)
    return case(*new, (how_many(known) > 0, literal(NONE)))


# -- asks and what became of them --------------------------------------------------------------------------------


def _asks(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """Days since the last ask, and on how many days of a year there was one: noted, a contact with that result, or a referral
    that came of no noted ask. Several of one day are one."""
    if not scope.reported.lists & {"touches", "referrals", referral_asks.name}:
        return {"days_since_ask": cast(None, Integer), "asks_year": cast(None, Integer)}
    facts = scope.join(asks_by_customer(scope.day, rules, scope.among)).c
    return {"days_since_ask": _days(scope, facts.last), "asks_year": func.coalesce(facts.asks, 0)}


def _referred(scope: Scope) -> dict[str, Expr]:
    """How many of those whom a customer referred were met, and have an account."""
    names = ("referred_met", "referred_opened")
    if "referrals" not in scope.reported.lists:
        return {name: cast(None, Integer) for name in names}
    r, account = referrals.c, customers.alias("referred_account")
    query = (
        select(
            r.customer_id,
            func.sum(case((r.meeting_date <= scope.day, 1), else_=0)).label(names[0]),
            func.sum(case((account.c.id.is_not(None), 1), else_=0)).label(names[1]),
        )
        .select_from(referrals.outerjoin(account, account.c.customer_no == r.referred_customer_no))
        .where(r.date <= scope.day, scope.among(r.customer_id))
    )
    facts = scope.join(query.group_by(r.customer_id).subquery("referred_facts")).c
    return {name: func.coalesce(facts[name], 0) for name in names}


def _holds(text: Expr, words: Iterable[str]) -> ColumnElement[bool]:
    """Whether a text holds one of the words."""
    return or_(false(), *(text.contains(word, autoescape=True) for word in words))


def _before(scope: Scope, days: int) -> str:
    return (dt.date.fromisoformat(scope.day) - dt.timedelta(days=days)).isoformat()


def _days(scope: Scope, date: Expr) -> Expr:
    return day_number(literal(scope.day)) - day_number(date)


def _fewest(*days: Expr | None) -> Expr:
    """The smaller of the numbers of days that are known."""
    known = [one for one in days if one is not None]
    return -highest(*(-one for one in known)) if known else cast(None, Integer)
