"""Whether a customer may be marketed to, by the rule of `people.consent_rule` (domain 6.5, 9, 17)."""

from sqlalchemy import FromClause, Text, type_coerce

from db.tables import customers
from workbench.base.expressions import Expr
from workbench.insight.measures.scope import Scope, Second
from workbench.people.consent_facts import ConsentFacts
from workbench.people.consent_rule import CODES, ConsentRule, ListedColumns
from workbench.rules.parameters import Rules

#: what a verdict reads of the grounds
_PARTS = tuple(name for code in CODES for name in (code, f"{code}_until", f"{code}_known"))


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The grounds, by the same expressions as `consent_rule.consents`; for the second step, which weighs them."""
    facts = ConsentFacts(scope.day, rules, scope.only)
    for part in facts.parts:
        scope.join(part)
    rule = ConsentRule(facts, rules)
    grounds = rule.grounds(
        ListedColumns(
            (customers.c.marketing_opt_out, scope.at("marketing_opt_out")), customers.c.birth_date, scope.by_number("birth_date"),
            scope.at("age"),
            scope.at("last_complaint_date"), scope.at("complaint_count"),
        )
    )  # fmt: skip
    # dates are told to be text: a column of the first step takes the type of what it holds
    return {
        f"_{name}": type_coerce(grounds[name], Text) if name.endswith("_until") else grounds[name]
        for name in _PARTS
    }


def refined(first: Second, _rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """The [consent] section of resources/measures.toml: the verdict over the grounds."""
    return ConsentRule.verdict({name: first[f"_{name}"] for name in _PARTS})
