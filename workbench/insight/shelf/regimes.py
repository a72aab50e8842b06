"""Which rules of sale a concrete product is under (domain 8.1, 22-13): its own words and level go before its family's.

A structured deposit is a deposit only where its words promise the principal; a product whose own R level is above
`suit.free_risk` is never sold as a plain deposit, whatever its family. The rule in Python, and the same in SQL.
"""

from collections.abc import Sequence

from sqlalchemy import and_, case, func, literal, not_, or_

from db.tables import holdings, products
from workbench.base.expressions import Expr, highest
from workbench.insight.shelf.levels import level_of
from workbench.rules.parameters import Rules

STRUCTURED = "structured"
#: regimes without a limit of concentration
_SAFE = ("deposit", "bond", "loan", "service")


def regime_of(
    family_regime: str, category: str | None, name: str | None, notice: str | None, rules: Rules
) -> str:
    """The regime of a product filed in a family of `family_regime`, by its category, name and risk notice."""
    if family_regime not in rules.words("suit.free"):
        return family_regime
    titles = f"{category or ''} {name or ''}"
    if not _holds(titles, rules.words("suit.structured_words")):
        return family_regime
    return family_regime if _guaranteed(f"{titles} {notice or ''}", rules) else STRUCTURED


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _guaranteed(text: str, rules: Rules) -> bool:
    """Whether its words promise the principal; without such a word it is not guaranteed."""
    if _holds(text, rules.words("suit.unguaranteed_words")):
        return False
    return _holds(text, rules.words("suit.guaranteed_words"))


def plain(risk: int | None, rules: Rules) -> bool:
    """Whether a product's own level leaves its regime as it is: no level, or one that banks write on any deposit."""
    return risk is None or risk <= rules.whole("suit.free_risk")


def is_free(regime: str, risk: int | None, rules: Rules) -> bool:
    """Whether a product is sold without a risk test: by its regime, unless its own level says otherwise."""
    return regime in rules.words("suit.free") and plain(risk, rules)


def is_safe(regime: str, risk: int | None, rules: Rules) -> bool:
    """Whether concentration does not matter (check 6): deposits, bonds, services, unless their own level is above."""
    return regime in _SAFE and plain(risk, rules)


# -- lines of a holdings list --------------------------------------------------------------------------------------


def plain_deposit(category: Expr, name: Expr, notice: Expr, risk: Expr, rules: Rules) -> Expr:
    """1 for a line of a plain deposit or bond, else 0, also for one with missing words.

    `risk`: the higher level of issuer and seller, 1 to 5.
    """
    words = rules.words("suit.structured_words")
    by_category = _any(category, words)
    deposit = or_(category.in_(rules.words("S5.deposits")), by_category)
    structured = or_(by_category, _any(name, words))
    if STRUCTURED in rules.words("suit.free"):
        guaranteed: Expr = literal(True)
    else:
        texts = (category, name, notice)
        guaranteed = and_(
            not_(or_(*(_any(text, rules.words("suit.unguaranteed_words")) for text in texts))),
            or_(*(_any(text, rules.words("suit.guaranteed_words")) for text in texts)),
        )
    own = or_(risk.is_(None), risk <= rules.whole("suit.free_risk"))
    return case((and_(deposit, or_(not_(structured), guaranteed), own), 1), else_=0)


def _any(text: Expr, words: Sequence[str]) -> Expr:
    known = func.coalesce(text, "")
    return or_(literal(False), *(known.contains(word) for word in words))


def concentrates(rules: Rules) -> Expr:
    """Whether a line of `holdings` counts for concentration; `products` must be joined to it by the code."""
    h, p = holdings.c, products.c
    risk = highest(level_of(h.product_risk, rules), level_of(p.product_risk, rules))
    category, name = func.coalesce(h.category, p.category), func.coalesce(h.product_name, p.product_name)
    return plain_deposit(category, name, p.risk_notice, risk, rules) == 0
