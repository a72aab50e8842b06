"""Measures of the service to a customer: complaints, refusals, referrals, and the scores of the towers (domain 1)."""

import datetime as dt

from sqlalchemy import FromClause, Integer, and_, case, cast, func, literal, or_, select

from db.tables import complaints, referrals, touches
from workbench.base.expressions import Expr, day_number, highest, how_many
from workbench.insight.measures import golden
from workbench.insight.measures.coverage import base, top, waist
from workbench.insight.measures.scope import Scope, Second
from workbench.insight.measures.trail import stored, tower_of
from workbench.people.consent_facts import still_open
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

_YEAR = 365


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The measures of section [service].

    NULL for a list that was never imported and for a kind of service never recorded in the book; 0 for a list
    without rows of this customer.
    """
    parts = top(scope, rules) | waist(scope, rules) | base(scope, rules)
    return {
        **_complaints(scope, rules),
        "opt_out": scope.field("marketing_opt_out"),
        "wecom": scope.field("wecom_friend"),
        **_referrals(scope),
        **golden.columns(scope, rules),
        **parts,
    }


def refined(first: Second, rules: Rules, facts: FromClause | None = None) -> dict[str, Expr]:
    """The scores of the towers and the weakest part; `facts` as in `measures.trail.refined`."""
    trail = first.join(facts.select().subquery("trail_of") if facts is not None else stored(first.scope))
    parts = {name: first[name] for name in (*_TOP, "cover_channel", *_WAIST, *_BASE)}
    return _scores(tower_of(Ladder.of(rules), trail.c.tier), parts)


# -- complaints and referrals --------------------------------------------------------------------------------------


def _complaints(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """By the complaints list; without one, by the customer list, which does not say what is open."""
    date = scope.at("last_complaint_date")
    listed = _days(scope, date)
    logged = _complained(scope)
    if "complaints" not in scope.reported.lists:
        return {
            "complaints_open": case((scope.at("complaint_count") == 0, 0)),
            "complaint_days": _fewest(listed, logged),
            "complaints_year": scope.at("complaint_count"),
            "days_since_satisfied": cast(None, Integer),
        }
    c = complaints.c
    settled = or_(c.closed_date.is_not(None), c.status.in_(rules.words("towers.closed_words")))
    year = (dt.date.fromisoformat(scope.day) - dt.timedelta(days=_YEAR)).isoformat()
    query = select(
        c.customer_id,
        func.sum(case((still_open(scope.day, rules) == 1, 1), else_=0)).label("open"),
        func.sum(case((c.date > year, 1), else_=0)).label("year"),
        func.max(c.date).label("last"),
        func.max(case((and_(settled, c.satisfaction >= 4), func.coalesce(c.closed_date, c.date)))).label(
            "pleased"
        ),
    ).where(c.date <= scope.day, scope.among(c.customer_id))
    facts = scope.join(query.group_by(c.customer_id).subquery("complaint_facts")).c
    return {
        "complaints_open": func.coalesce(facts.open, 0),
        "complaint_days": _fewest(_days(scope, facts.last), listed, logged),
        "complaints_year": func.coalesce(facts.year, 0),
        "days_since_satisfied": _days(scope, facts.pleased),
    }


def _complained(scope: Scope) -> Expr:
    """Days since a contact that ended in a complaint."""
    if "touches" not in scope.reported.lists:
        return cast(None, Integer)
    t = touches.c
    query = select(t.customer_id, func.max(t.date).label("last")).where(
        t.result == "complaint", t.date <= scope.day, scope.among(t.customer_id)
    )
    facts = scope.join(query.group_by(t.customer_id).subquery("complained"))
    return _days(scope, facts.c.last)


def _referrals(scope: Scope) -> dict[str, Expr]:
    if "referrals" not in scope.reported.lists:
        return {"referrals_given": cast(None, Integer), "days_since_referral": cast(None, Integer)}
    r = referrals.c
    query = select(r.customer_id, func.count().label("given"), func.max(r.date).label("last")).where(
        r.date <= scope.day, scope.among(r.customer_id)
    )
    facts = scope.join(query.group_by(r.customer_id).subquery("referral_facts")).c
    return {
        "referrals_given": func.coalesce(facts.given, 0),
        "days_since_referral": _days(scope, facts.last),
    }


def _days(scope: Scope, date: Expr) -> Expr:
    return day_number(literal(scope.day)) - day_number(date)


def _fewest(*days: Expr) -> Expr:
    """The smallest of the numbers of days that are known."""
    return -highest(*(-count for count in days))


# -- coverage of the towers ----------------------------------------------------------------------------------------

_TOP = ("cover_plan", "cover_review", "cover_expert")
_WAIST = ("cover_gift", "cover_group", "cover_guide", "cover_growth", "cover_game")
_BASE = ("cover_respond", "cover_wake", "cover_retain")


def _scores(tower: Expr, parts: dict[str, Expr]) -> dict[str, Expr]:
    """The sum of the known parts of the customer's own tower; NULL for the other towers and without a known part."""
    score = {
        name: case((and_(tower == own, known_of(parts, names) > 0), _sum(parts, names)))
        for name, own, names in (
            ("zhuan", "top", _TOP),
            ("five_g", "waist", _WAIST),
            ("fast", "base", _BASE),
        )
    }
    known = case(
        (tower == "top", known_of(parts, _TOP)),
        (tower == "waist", known_of(parts, _WAIST)),
        (tower == "base", known_of(parts, _BASE)),
    )
    return {**score, "cover_known": known, "weakest": _weakest(tower, parts)}


def known_of(parts: dict[str, Expr], names: tuple[str, ...]) -> Expr:
    """How many of the parts are known."""
    return how_many([parts[name] for name in names])


def _sum(parts: dict[str, Expr], names: tuple[str, ...]) -> Expr:
    total: Expr = literal(0)
    for name in names:
        total = total + func.coalesce(parts[name], 0)
    return total


def _weakest(tower: Expr, parts: dict[str, Expr]) -> Expr:
    """The first of the known parts with the lowest score; 'full' when each has all its points."""
    top = [
        (or_(parts["cover_plan"] == 0, parts["cover_review"] == 0), "plan"),
        (parts["cover_expert"] == 0, "expert"),
        (parts["cover_channel"] == 0, "channel"),
    ]
    waist = [(parts[name] == points, name.removeprefix("cover_")) for points in (0, 1) for name in _WAIST]
    base = [(parts[name] == 0, name.removeprefix("cover_")) for name in _BASE]
    towers = (("top", top, (*_TOP, "cover_channel")), ("waist", waist, _WAIST), ("base", base, _BASE))
    return case(
        *(
            (
                tower == own,
                case(
                    *((holds, literal(code)) for holds, code in conditions),
                    (known_of(parts, names) > 0, literal("full")),
                ),
            )
            for own, conditions, names in towers
        )
    )
