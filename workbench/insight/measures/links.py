"""Measures of the register of family and company links: how many, and what a family holds together (domain 11.1)."""

from sqlalchemy import CTE, FromClause, and_, case, func, literal, select, union, union_all

from db.known import relations
from db.tables import snapshots
from workbench.base.expressions import Expr
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """family_size (registered relatives), household_aum (fen; NULL without a family link), company_link (0/1).

    The manager's own register is complete by definition: a customer without a link has none.
    """
    reached = _reached(scope, rules)
    of_family = scope.join(_families(reached, scope))
    outside = scope.join(_outside(reached, rules))
    of_company = scope.join(_companies(scope, rules))
    inside = func.coalesce(of_family.c.members, 0)
    beside = func.coalesce(outside.c.names, 0)
    return {
        "family_size": inside + beside,
        "household_aum": case(
            (of_family.c.members > 0, of_family.c.aum), (outside.c.names > 0, scope.average(0))
        ),
        "company_link": case((of_company.c.customer_id.is_not(None), 1), else_=0),
    }


def _reached(scope: Scope, rules: Rules) -> CTE:
    """(customer_id, member_id) for every customer with a family link and each person reached along such links."""
    r = relations.c
    family = r.kind.in_(rules.words("links.family"))
    ends = union_all(
        select(r.customer_id.label("a"), r.other_id.label("b")).where(family, r.other_id.is_not(None)),
        select(r.other_id.label("a"), r.customer_id.label("b")).where(family, r.other_id.is_not(None)),
    ).cte("family_ends")
    begun = union(
        select(r.customer_id.label("customer_id")).where(family, scope.among(r.customer_id)),
        select(r.other_id.label("customer_id")).where(
            family, r.other_id.is_not(None), scope.among(r.other_id)
        ),
    ).subquery("family_roots")
    seed = select(begun.c.customer_id, begun.c.customer_id.label("member_id"))
    reached = seed.cte("family_reached", recursive=True)
    # union drops pairs already reached, so that the walk ends
    return reached.union(
        select(reached.c.customer_id, ends.c.b).select_from(
            reached.join(ends, ends.c.a == reached.c.member_id)
        )
    )


def _families(reached: CTE, scope: Scope) -> FromClause:
    """Per customer: how many other customers belong to the family, and the sum of the known daily averages."""
    s = snapshots.c
    return (
        select(
            reached.c.customer_id,
            (func.count() - 1).label("members"),
            func.sum(func.coalesce(s.aum_daily_average, s.aum_balance)).label("aum"),
        )
        .select_from(
            reached.outerjoin(
                snapshots, and_(s.customer_id == reached.c.member_id, s.month == literal(scope.month))
            )
        )
        .group_by(reached.c.customer_id)
        .subquery("families")
    )


def _outside(reached: CTE, rules: Rules) -> FromClause:
    """Per customer: how many relatives are not customers of the book."""
    r = relations.c
    return (
        select(reached.c.customer_id, func.count().label("names"))
        .select_from(reached.join(relations, r.customer_id == reached.c.member_id))
        .where(r.other_id.is_(None), r.kind.in_(rules.words("links.family")))
        .group_by(reached.c.customer_id)
        .subquery("outside_families")
    )


def _companies(scope: Scope, rules: Rules) -> FromClause:
    """Customers with a company of their own or a share in one."""
    r = relations.c
    return (
        select(r.customer_id)
        .where(r.kind.in_(rules.words("links.company")), scope.among(r.customer_id))
        .distinct()
        .subquery("companies")
    )
