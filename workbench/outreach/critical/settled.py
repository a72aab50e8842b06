"""Who of the critical customers is not asked again now: lights that are being dealt with, and people reached lately."""

from collections.abc import Iterable

from sqlalchemy import Connection

from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.towers.critical_class import MATURING, SUITABILITY_DUE
from workbench.people.rested import rested
from workbench.rules.parameters import Rules

#: classes with days of their own: a contact does not settle them
NEVER_RESTING = (MATURING, SUITABILITY_DUE)


def settled_lights(lit: Iterable[CustomerRisk]) -> frozenset[int]:
    """The customers whose light rests (domain 4.5): reached, explained or quiet, or gone; 预警 does not ask them again."""
    return frozenset(one.customer_id for one in lit if one.rests)


def reached_lately(conn: Connection, day: str, rules: Rules) -> frozenset[int]:
    """The customers who rest on a day (ISO) after a contact that reached them (see `people.rested`)."""
    return frozenset(rested(conn, day, rules))
