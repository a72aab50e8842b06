"""Whether a customer may be marketed to, by the rule of `people.consent_rule` (domain 6.5, 9, 17)."""

from db.tables import customers
from workbench.base.expressions import Expr
from workbench.insight.measures.scope import Scope
from workbench.people.consent_facts import ConsentFacts
from workbench.people.consent_rule import ConsentRule, ListedColumns
from workbench.people.particulars import by_number
from workbench.rules.parameters import Rules


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The [consent] section of resources/measures.toml, by the same expressions as `consent_rule.consents`."""
    facts = ConsentFacts(scope.day, rules, scope.only)
    for part in facts.parts:
        scope.join(part)
    rule = ConsentRule(facts, rules)
    grounds = rule.grounds(
        ListedColumns(
            (customers.c.marketing_opt_out, scope.at("marketing_opt_out")), customers.c.birth_date, by_number("birth_date"),
            scope.at("age"),
            scope.at("last_complaint_date"), scope.at("complaint_count"),
        )
    )  # fmt: skip
    return rule.verdict(grounds)
