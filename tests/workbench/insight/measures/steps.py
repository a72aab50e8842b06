"""One section of the measures on its own: both steps in one statement, as the engine runs them after each other."""

from typing import Any

from sqlalchemy import FromClause, Select

from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules


def section_statement(
    scope: Scope, rules: Rules, section: Any, facts: FromClause | None = None
) -> Select[Any]:
    """All figures of a section; `facts` stand in for stored trails."""
    columns = section.columns(scope, rules)
    beside = {"average": scope.average(), "bank_level": scope.field("bank_level")}
    base = scope.statement({**beside, **columns}).cte("told").prefix_with("MATERIALIZED")
    second = Second(scope, base)
    figures = {name: second[name] for name in columns if not name.startswith("_")}
    if hasattr(section, "refined"):
        figures |= section.refined(second, rules, facts)
    return second.statement(figures)
