"""Lines of holdings by product family, as SQL: the family of a line, and the families it may be of.

A list holds many lines of few products: each product is classed once, and the lines find it by its words.
"""

from collections.abc import Sequence

from sqlalchemy import FromClause, and_, case, func, literal, or_, select, true

from db.tables import holdings, products
from workbench.base.expressions import Expr, highest, text_or_null
from workbench.insight.shelf.families import Family
from workbench.insight.shelf.levels import level_of
from workbench.insight.shelf.regimes import plain_deposit
from workbench.rules.parameters import Rules

#: values of `is_<family>`: the product is of the family; it may be
OF_IT, MAYBE = 2, 1
#: separates the words of a line; part of no name
_BETWEEN = "\x1f"


def key_of_line() -> Expr:
    """The words that identify a line's product, as one text; a missing word differs from an empty one."""
    h = holdings.c
    words = (h.category, h.product_name, h.product_code, h.product_risk)
    key: Expr = literal("")
    for word in words:
        key = key + _BETWEEN + func.coalesce(word, _BETWEEN)
    return key


def kinds(month: str, rules: Rules, among: Sequence[Family], of: Expr | None = None) -> FromClause:
    """The distinct products held in a month, of all lines or of those that meet the condition `of`.

    Columns: `key`, `risk` (the higher of issuer's and seller's, domain 8.1), `deposit` 0/1, `is_<family>`: 2 of the
    family, 1 unknown, 0 not.
    """
    h, p = holdings.c, products.c
    words = (h.category, h.product_name, h.product_risk, h.product_code)
    lines = (
        select(key_of_line().label("key"), *words)
        .where(h.month == month, h.kind == "holding", true() if of is None else of)
        # grouped, not distinct: planners expect so many groups that the lines look them up by an index
        .group_by(*words)
        .subquery("words_held")
    )
    risk = highest(level_of(lines.c.product_risk, rules), level_of(p.product_risk, rules))
    # offset 0 keeps the database from merging the steps, which would compute each expression once per use
    held = (
        select(
            lines.c.key,
            func.coalesce(lines.c.category, p.category).label("category"),
            func.coalesce(lines.c.product_name, p.product_name).label("name"),
            p.risk_notice.label("notice"),
            risk.label("risk"),
        )
        .select_from(lines.outerjoin(products, p.product_code == lines.c.product_code))
        .offset(0)
        .subquery("products_held")
    )
    own = [family for family in among if family.listed is not None]
    classed = (
        select(held, _class(own, held.c.category, held.c.name, held.c.risk).label("of_class"))
        .offset(0)
        .subquery("classed_held")
    )
    c = classed.c
    return (
        select(
            c.key,
            c.risk,
            plain_deposit(c.category, c.name, c.notice, c.risk, rules).label("deposit"),
            *(
                case(
                    (c.of_class == family.code, OF_IT),
                    (_maybe(family, c.of_class, c.category, c.name, c.risk), MAYBE),
                    else_=0,
                ).label(f"is_{family.code}")
                for family in own
            ),
        )
        .offset(0)
        .subquery("kinds_held")
    )


def _class(among: Sequence[Family], category: Expr, name: Expr, risk: Expr) -> Expr:
    """The code of the family; NULL when it is of none or unknown. The SQL of `FamilyRule.fits`."""
    steps = []
    for family in sorted(among, key=lambda f: f.listed.rank if f.listed else 0):
        listed = family.listed
        if listed is None:
            continue
        tests = [category.contains(word) for word in listed.categories]
        if listed.within:
            parts = [or_(*(category.contains(word) for word in listed.within))]
            if listed.risks and listed.names:
                parts.append(or_(risk.in_(listed.risks), risk.is_(None)))
            elif listed.risks:
                parts.append(risk.in_(listed.risks))
            if listed.names:
                parts.append(or_(*(name.contains(word) for word in listed.names)))
            tests.append(and_(*parts))
        steps.append((or_(*tests), literal(family.code)))
    return case(*steps) if steps else text_or_null()


def _maybe(family: Family, of_class: Expr, category: Expr, name: Expr, risk: Expr) -> Expr:
    """Whether a product without a class could be of this family, because a word of it is missing."""
    listed = family.listed
    if listed is None:
        return literal(False)
    missing: Expr = category.is_(None)
    if listed.within:
        inside = or_(*(category.contains(word) for word in listed.within))
        if listed.risks and listed.names:
            missing = or_(missing, and_(inside, name.is_(None)))
        elif listed.risks:
            missing = or_(missing, and_(inside, risk.is_(None)))
        else:
            missing = or_(missing, inside)
    return and_(of_class.is_(None), missing)
