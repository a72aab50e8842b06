"""Measures of the contact log and of observations in contacts: dates, counts, familiarity, style (domain 2)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from db.functions import greatest, least
from db.tables import holdings, touches
from workbench.base.dates import month_of
from workbench.base.expressions import Expr, day_number
from workbench.insight.measures import observed, person
from workbench.insight.measures.scope import BACK, Scope, Second
from workbench.rules.parameters import Rules

#: quarter ends before the day at which familiarity is scored too, so that it falls later than it rises
QUARTERS = 3
_BEGINNING, _BEGINS_AT = dt.date(2000, 3, 1), 730_486
_COUNTS = ("touches_90", "talks_90", "met_180", "inbound_90", "refused", "ours_7", "ours_30")
_OF_LOG = (
    *_COUNTS, "days_since_inbound", "days_since_talk", "unanswered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogConditions:
    """Conditions on one row of the contact log, as SQL."""

    two_way: ColumnElement[bool]
    face: ColumnElement[bool]
    inbound: ColumnElement[bool]
    failed: ColumnElement[bool]
    refused: ColumnElement[bool]

    @classmethod
    def of(cls, rules: Rules) -> "LogConditions":
        """By the words of the rules: which results count as a talk, a meeting, a failure, a refusal."""
        t = touches.c
        inbound = t.initiated_by == "customer"
        failed = and_(t.result.in_(rules.words("contact.unanswered")), ~inbound)
        two_way = or_(t.result.in_(rules.words("contact.two_way")), inbound)
        face = or_(
            t.result.in_(rules.words("contact.met")),
            and_(two_way, t.channel.in_(rules.words("contact.face_channels"))),
        )
        return cls(two_way, face, inbound, failed, t.result.in_(rules.words("contact.refused")))


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The [contact] section of resources/measures.toml.

    Without any contact log everything but the list's own date of contact is NULL, familiarity too (未知熟悉度). For a
    customer without rows in the log, counts are 0, and days since a contact are the days that the log covers (NULL
    below `contact.log_days`), or the days since the account was opened where these are fewer.
    """
    listed = scope.at("last_contact_date")
    logged = "touches" in scope.reported.lists
    if logged:
        figures = _logged(scope, rules, listed)
    else:
        figures = {name: cast(None, Integer) for name in _OF_LOG}
        ago = case((listed.is_not(None), day_number(literal(scope.day)) - day_number(listed)))
        figures |= {"last_touch": listed, "days_since_touch": ago, "next_touch": cast(None, String)}
    named = {"any_touch_log": literal(int(logged)), "big_before": _big_before(scope, rules)}
    return named | figures | observed.columns(scope, rules)


# -- the contact log -----------------------------------------------------------------------------------------------


def points(day: str) -> tuple[str, ...]:
    """The day and the quarter ends before it (ISO), the newest first."""
    date = dt.date.fromisoformat(day)
    days = [day]
    begins = dt.date(date.year, (date.month - 1) // 3 * 3 + 1, 1)
    for _quarter in range(QUARTERS):
        end = begins - dt.timedelta(days=1)
        days.append(end.isoformat())
        begins = dt.date(end.year, end.month - 2, 1)
    return tuple(days)


def _big_before(scope: Scope, rules: Rules) -> Expr:
    """Whether the daily average reached the line of a big customer in the month of the last quarter end."""
    quarter_end = month_of(points(scope.day)[1])
    back = next((n for n, month in enumerate(scope.months(0, BACK)) if month <= quarter_end), BACK)
    then = scope.average(back)
    return case((then >= round(rules.number("genes.big") * 100), 1), (then.is_not(None), 0))


def _logged(scope: Scope, rules: Rules, listed: Expr) -> dict[str, Expr]:
    conditions, now = LogConditions.of(rules), day_number(literal(scope.day))
    log = scope.join(_sums(scope, rules, conditions))
    failures = scope.join(_failures(scope, conditions))
    # silence counts from the first date of the log: nothing is known of earlier contacts
    first = select(func.min(touches.c.date).label("date")).where(touches.c.date <= scope.day).cte("log_began")
    began = select(first.c.date).scalar_subquery()
    covered = now - day_number(began)
    # and from the opening of the account
    customer_for = func.coalesce(now - day_number(scope.customer("open_date")), covered)
    none_for = case(
        (covered < rules.whole("contact.log_days"), None),
        (and_(customer_for >= 0, customer_for < covered), customer_for),
        else_=covered,
    )
    last = case((log.c.last.is_(None), listed), (listed > log.c.last, listed), else_=log.c.last)
    known = person.columns(scope, rules)
    parts: dict[str, Expr] = {
        "_wecom": scope.field("wecom_friend"), "_assigned": day_number(scope.customer("assigned_date")),
        "_products": _products(scope), "_family": known["family_fields"], "_kyc": known["kyc"],
        "_began": day_number(began),
    }  # fmt: skip
    for place in range(len(points(scope.day))):
        parts[f"_talks{place}"], parts[f"_met{place}"] = log.c[f"talks{place}"], log.c[f"met{place}"]
        parts[f"_talked{place}"] = day_number(log.c[f"talked{place}"])
    return (
        parts
        | {name: func.coalesce(log.c[name], 0) for name in _COUNTS}
        | {
            "last_touch": last,
            "days_since_touch": func.coalesce(now - day_number(last), none_for),
            "days_since_inbound": func.coalesce(now - day_number(log.c.last_inbound), none_for),
            "days_since_talk": func.coalesce(now - day_number(log.c.talked0), none_for),
            "unanswered": func.coalesce(failures.c.unanswered, 0),
            # `agreed` is the latest 'date|next date'
            "next_touch": func.nullif(func.substr(log.c.agreed, 12, 10), ""),
        }
    )


def refined(first: Second, rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """Style, familiarity (0 to 100), and whether the customer is familiar today and at the last quarter end."""
    style = observed.refined(first, rules)
    if "_began" not in first:
        return style | {name: cast(None, Integer) for name in ("familiarity", "familiar", "familiar_before")}
    days = [_number_of(point) for point in points(first.scope.day)]
    scores = [_score(first, rules, place, day) for place, day in enumerate(days)]
    return style | {
        "familiarity": scores[0],
        "familiar": _familiar(first, rules, scores, days),
        "familiar_before": _familiar(first, rules, scores[1:], days[1:]),
    }


def _number_of(day: str) -> int:
    """The count of days that `expressions.day_number` gives of a date."""
    date = dt.date.fromisoformat(day)
    return (date - _BEGINNING).days + _BEGINS_AT


def _before(day: str, days: int) -> str:
    """The date (ISO) that lies these days back."""
    return (dt.date.fromisoformat(day) - dt.timedelta(days=days)).isoformat()


def _sums(scope: Scope, rules: Rules, conditions: LogConditions) -> FromClause:
    """Counts and last dates, one row per customer with any contact up to the day."""
    t, day = touches.c, scope.day
    quarter = t.date > _before(day, 90)
    named: dict[str, Expr] = {
        "last": func.max(t.date),
        "agreed": func.max(t.date + literal("|") + func.coalesce(t.next_date, "")),
        "last_inbound": func.max(case((conditions.inbound, t.date))),
        "touches_90": _count(quarter),
        "talks_90": _count(and_(conditions.two_way, quarter)),
        "met_180": _count(and_(conditions.face, t.date > _before(day, 180))),
        "inbound_90": _count(and_(conditions.inbound, quarter)),
        "refused": func.max(case((conditions.refused, 1), else_=0)),
        "ours_7": _count(and_(~conditions.inbound, t.date > _before(day, 7))),
        "ours_30": _count(and_(~conditions.inbound, t.date > _before(day, 30))),
    }
    for place, point in enumerate(points(day)):
        talked, met = rules.whole("familiar.talk_days"), rules.whole("familiar.met_days")
        by = t.date <= point
        named[f"talks{place}"] = _count(and_(conditions.two_way, by, t.date > _before(point, talked)))
        named[f"met{place}"] = _count(and_(conditions.face, by, t.date > _before(point, met)))
        named[f"talked{place}"] = func.max(case((and_(conditions.two_way, by), t.date)))
    return (
        select(t.customer_id, *(e.label(name) for name, e in named.items()))
        .where(scope.among(t.customer_id), t.date <= day)
        .group_by(t.customer_id)
        .subquery("contact_sums")
    )


def _count(condition: ColumnElement[bool]) -> Expr:
    return func.sum(case((condition, 1), else_=0))


def _failures(scope: Scope, conditions: LogConditions) -> FromClause:
    """How many of the latest contacts in a row went unanswered, per customer with any such."""
    t = touches.c
    mine = and_(scope.among(t.customer_id), t.date <= scope.day)
    answered = (
        select(t.customer_id, func.max(t.date).label("last"))
        .where(mine, ~conditions.failed)
        .group_by(t.customer_id)
        .subquery("contact_answered")
    )
    return (
        select(t.customer_id, func.count().label("unanswered"))
        .select_from(touches.outerjoin(answered, answered.c.customer_id == t.customer_id))
        .where(mine, conditions.failed, t.date > func.coalesce(answered.c.last, ""))
        .group_by(t.customer_id)
        .subquery("contact_failures")
    )


# -- familiarity (domain 2.1) --------------------------------------------------------------------------------------


def _score(first: Second, rules: Rules, place: int, day: int) -> Expr:
    """Familiarity from 0 to 100 at a point in time: the contacts of then, the lasting facts as known now.

    An unknown fact gives no points: the score counts evidence.
    """
    talks, kyc_points = first[f"_talks{place}"], rules.numbers("familiar.kyc")
    half, full = rules.numbers("familiar.kyc_line")
    parts = (
        (first["_wecom"] == 1, rules.number("familiar.wecom")),
        (day - first["_assigned"] >= rules.whole("familiar.managed_days"), rules.number("familiar.managed")),
        (first["_products"] >= rules.whole("familiar.products"), rules.number("familiar.products_points")),
        (first["_family"] >= rules.whole("familiar.family"), rules.number("familiar.family_points")),
        (first[f"_met{place}"] >= 1, rules.number("familiar.met")),
    )
    total: Expr = case(
        (talks >= 2, rules.number("familiar.talk_two")),
        (talks >= 1, rules.number("familiar.talk_one")),
        else_=0,
    ) + case((first["_kyc"] >= full, kyc_points[1]), (first["_kyc"] >= half, kyc_points[0]), else_=0)
    for condition, points_of in parts:
        total = total + case((condition, points_of), else_=0)
    since = func.coalesce(first[f"_talked{place}"], first["_began"])
    silent = (day - since) // rules.whole("familiar.quarter")
    total = total - case((silent > 0, silent), else_=0) * rules.number("familiar.decay")
    return cast(_within(total), Integer)


def _within(total: Expr) -> Expr:
    """Between 0 and 100."""
    return least(100, greatest(0, total))


def _products(scope: Scope) -> Expr:
    """Products held: the customer list's count, else the distinct ones of the list of holdings."""
    listed = scope.at("product_count")
    if scope.has_column("product_count") or scope.month not in scope.reported.holdings:
        return listed
    h = holdings.c
    held = (
        select(func.count(func.distinct(func.coalesce(h.product_code, h.product_name, h.category))))
        .where(h.customer_id == scope.customer("id"), h.month == scope.month, h.kind == "holding")
        .correlate(scope.customer("id").table)
        .scalar_subquery()
    )
    return func.coalesce(listed, held)


def _familiar(first: Second, rules: Rules, scores: list[Expr], days: list[int]) -> Expr:
    """1 from the rising line on, 0 again only below the falling one, from the oldest quarter end to the day."""
    rise, fall = rules.number("familiar.rise"), rules.number("familiar.fall")
    familiar: Expr = literal(0)
    for score, day in reversed(list(zip(scores, days, strict=True))):
        familiar = case(
            (first["_began"] > day, 0), (score >= rise, 1), (score < fall, 0), (familiar == 1, 1), else_=0
        )
    return familiar
