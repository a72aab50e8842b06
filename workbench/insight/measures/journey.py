"""Measures of the stage that is kept for a customer (`insight/stages`), and of who has no card at all (domain 3)."""

from typing import Any

from sqlalchemy import FromClause, Select, Text, case, cast, func, literal, or_, select

from db.journey import journey_stays
from workbench.base.expressions import Expr, day_number
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules

_s = journey_stays.c
#: who is known to be one of these has no card
_POSTS = ("occupation", "position", "employer_type")
#: the status of a customer in the words of a list
_STATUS = "lifecycle"


def in_month(month: str) -> Select[Any]:
    """The stays in force in a month, one at most per customer."""
    return select(journey_stays).where(_s.month <= month, or_(_s.ended.is_(None), _s.ended > month))


def columns(scope: Scope, rules: Rules, facts: FromClause | None = None) -> dict[str, Expr]:
    """The stage by the lists, the days in it, the ground. `facts` (of `as_facts`) replaces the kept stays."""
    if facts is None:
        facts = in_month(scope.month).where(scope.among(_s.customer_id)).subquery("stays")
    stay = scope.join(facts).c
    return {
        "journey_stage": stay.stage,
        "journey_days": day_number(literal(scope.day)) - day_number(stay.since),
        "journey_ground": stay.ground,
        "_closed": scope.customer("close_date"),
        "_to_win": case((stay.stage == "J5", 1), else_=0),
    }


def refined(first: Second, rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """Why somebody has no card: what is not known keeps nobody out."""
    status = func.coalesce(cast(first[_STATUS], Text), "")
    gone = or_(*(status.contains(word) for word in rules.words("journey.gone_words")))
    posts = [func.coalesce(cast(first[name], Text), "") for name in _POSTS]
    staff = or_(*(post.contains(word) for post in posts for word in rules.words("journey.staff_words")))
    won = first["_to_win"] == 1
    return {
        "journey_out": case(
            (gone & ~won, literal("gone")),
            (first["_closed"].is_not(None) & ~won, literal("closed")),
            (staff, literal("staff")),
            (first["refused"] == 1, literal("refused")),
            else_=literal("none"),
        )
    }


def as_facts(customer: int, stage: str | None, since: str | None, ground: str | None) -> FromClause:
    """One stay as a table of one row, for a single person or another month."""
    named = {"stage": stage, "since": since, "ground": ground}
    return select(
        literal(customer).label("customer_id"),
        *(cast(literal(value, Text), Text).label(name) for name, value in named.items()),
    ).subquery("stay_now")
