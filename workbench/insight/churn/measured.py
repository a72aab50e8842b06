"""The results of the month's check as measures: risk, light and the severity of each signal (domain 4.3, 4.4)."""

from sqlalchemy import FromClause, and_, case, func, literal, select

from db.tables import risks, signals
from workbench.base.expressions import Expr, count_of
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.statement import Assessed
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules


def columns(scope: Scope, rules: Rules, facts: FromClause | None = None) -> dict[str, Expr]:
    """The [churn] section of resources/measures.toml: 0 for a signal that was judged and not hit.

    `facts` replaces the stored results (see `as_facts`).
    """
    if facts is not None:
        stored = scope.join(facts)
        judged = {code: stored.c[code] for code in CODES}
        return {"risk": stored.c.risk, "light": stored.c.light, **judged}
    checked = scope.join(
        select(risks.c.customer_id, risks.c.risk, risks.c.light, risks.c.cannot_tell)
        .where(risks.c.month == scope.month, scope.among(risks.c.customer_id))
        .subquery("checked")
    )
    levels = [
        func.max(case({code: signals.c.severity}, value=signals.c.code)).label(code.lower()) for code in CODES
    ]
    hits = scope.join(
        select(signals.c.customer_id, *levels)
        .where(signals.c.month == scope.month, scope.among(signals.c.customer_id))
        .group_by(signals.c.customer_id)
        .subquery("hits")
    )
    looked_at = checked.c.risk.is_not(None)
    severities = {
        code: case(
            (
                and_(looked_at, checked.c.cannot_tell.bitwise_and(1 << bit) == 0),
                func.coalesce(hits.c[code.lower()], 0),
            ),
            else_=hits.c[code.lower()],
        )
        for bit, code in enumerate(CODES)
    }
    return {
        "risk": checked.c.risk,
        "light": case((looked_at, func.coalesce(checked.c.light, literal("none")))),
        **severities,
    }


def refined(first: Second, _rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """How many signals are hit; those that cannot be told do not count, NULL where none can be."""
    known = [first[code] for code in CODES]
    told = func.coalesce(*known).is_not(None)
    return {"signal_count": case((told, count_of([severity >= 1 for severity in known])))}


def as_facts(result: Assessed) -> FromClause:
    """A result that is not stored (another month, one person) as a table of one row."""
    severity_of = {hit.code: hit.severity for hit in result.hits}
    severities = {code: None if code in result.cannot_tell else severity_of.get(code, 0) for code in CODES}
    return select(
        literal(result.customer_id).label("customer_id"),
        literal(result.risk).label("risk"),
        literal(result.light or "none").label("light"),
        *(literal(severity, risks.c.rank.type).label(code) for code, severity in severities.items()),
    ).subquery("checked_now")
