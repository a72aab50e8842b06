"""Who is told of no product now, or asked for no referral, and why: the one answer of offers, hooks, target lists, next steps and
the week's rows (domain 2.1, 3, 6.5, 7, 8.1, 8.5, 9).

Consent bars by itself. What else bars are the conditions of `never.when.*`, read in Python for one customer and as SQL for all:
the first contacts with somebody large whom one does not know, win-back, a loss nobody has explained, money overdue, a birthday.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import case, func, literal

from workbench.base.expressions import Expr
from workbench.base.i18n import _, commas
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.compile import Resolver, where
from workbench.insight.language.parse import parse
from workbench.insight.products.conditions import holds
from workbench.insight.tags.definition import filled
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.people.consent import names as consent_names
from workbench.people.consent_rule import CODES, FREE
from workbench.rules.parameters import Rules

#: what a limit may bar beside words
PRODUCTS, MARKETING, REFERRAL, CARE = "products", "marketing", "referral", "care"
BARS = (PRODUCTS, MARKETING, REFERRAL, CARE)
_WHEN = "never.when."
#: the tags that the conditions read beside fields and measures, with their values: the library of all tags is dear to read
_TAGS: Mapping[str, tuple[str, ...]] = {
    "s_journey_stage_m0": ("J0", "J1", "J2", "J3", "J4", "J5"),
    "g_quad_now_d0": ("new_friend", "silent_boss", "old_friend", "patron"),
}


def limit_bars(code: str, rules: Rules) -> tuple[str, ...]:
    """What a limit (its code) bars while it does, see `BARS`."""
    return tuple(what for what in BARS if code in rules.words(f"never.bars.{what}"))


def is_conditional(code: str, rules: Rules) -> bool:
    """Whether a limit bars only while a condition holds."""
    return code in _conditions(rules)


def bars_now(code: str, values: Values, rules: Rules) -> bool:
    """Whether the condition of a limit holds for a customer; False where it cannot be told. Raises KeyError for a limit without
    one."""
    condition = _conditions(rules)[code].query.condition
    return condition is not None and bool(holds(condition, values))


def products_barred(values: Values, rules: Rules) -> str:
    """Why no product is named to a customer now: the code of his consent, else of the first limit that bars; '' for nothing."""
    return topic_barred(values, rules, PRODUCTS)


def topic_barred(values: Values, rules: Rules, topic: str) -> str:
    """`products_barred` of a topic of `BARS`: why he is not asked for a referral, say."""
    if values.barred in CODES:
        return str(values.barred)
    return next((code for code in _barring(rules, topic) if bars_now(code, values, rules)), "")


def products_barred_sql(layers: Layers, rules: Rules) -> Expr:
    """`products_barred` as SQL over the tag layers, `FREE` where nothing bars."""
    return topic_barred_sql(layers, rules, PRODUCTS)


def topic_barred_sql(layers: Layers, rules: Rules, topic: str) -> Expr:
    """`topic_barred` as SQL over the tag layers, `FREE` where nothing bars."""
    resolver: Resolver = LayerResolver(layers)
    consent = func.coalesce(layers.column("barred"), FREE)
    # a condition that cannot be told bars nobody
    others = [(where(_conditions(rules)[code], resolver), literal(code)) for code in _barring(rules, topic)]
    return case((consent.in_(CODES), consent), *others, else_=literal(FREE))


def barred_words(rules: Rules) -> str:
    """The condition, in the language of conditions, of those whom something other than their consent bars."""
    return " or ".join(f"({filled(str(rules[_WHEN + code]), rules.__getitem__)})" for code in _barring(rules))


def columns_of_bars(rules: Rules, topic: str = PRODUCTS) -> frozenset[str]:
    """The columns of the tag layers that `topic_barred` reads."""
    return frozenset({"barred"}).union(*(_conditions(rules)[code].names for code in _barring(rules, topic)))


def bar_names(rules: Rules, topic: str = PRODUCTS) -> Mapping[str, str]:
    """Code of what bars a topic -> its name in the language in use, consent first."""
    return {
        **consent_names(rules),
        **{code: rules.text(f"never.bar.{code}") for code in _barring(rules, topic)},
    }


def counted_bars(why: Iterable[str], rules: Rules) -> str:
    """How many customers are told of no product now, by the code of why, without those of consent: '先解释浮亏 3 户'."""
    numbers = Counter(why)
    return commas(
        _("{reason} {n} 户").format(reason=rules.text(f"never.bar.{code}"), n=f"{numbers[code]:,}")
        for code in _barring(rules)
        if numbers[code]
    )


def _barring(rules: Rules, topic: str = PRODUCTS) -> tuple[str, ...]:
    """The limits that bar a topic while their condition holds, in their order."""
    return tuple(code for code in rules.words(f"never.bars.{topic}") if code in _conditions(rules))


@lru_cache(maxsize=8)
def _conditions(rules: Rules) -> Mapping[str, CheckedQuery]:
    """Code of a limit -> its condition, with the parameters of the rules filled in."""
    tags = [
        Term(name, name, "enum", values=tuple((one, one) for one in codes)) for name, codes in _TAGS.items()
    ]
    words = vocabulary(rules, tags)
    return {
        param.key.removeprefix(_WHEN): check(parse(filled(str(param.value), rules.__getitem__)), words)
        for param in rules.params()
        if param.key.startswith(_WHEN)
    }
