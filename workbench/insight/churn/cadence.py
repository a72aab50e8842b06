"""How often a customer of a level is to be contacted (domain 6.5)."""

from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


def cadence(values: Values, rules: Rules) -> int | None:
    """Days within which a customer of this level is to be contacted; None without a level."""
    days, tier = rules.numbers("advice.cadence"), values.tier
    place = int(tier[1:]) if isinstance(tier, str) and tier[1:].isdigit() else -1
    return round(days[place]) if 0 <= place < len(days) else None
