"""What to say and what not to say to the customers of a day: the one place that asks for both."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection

from workbench.base.i18n import semicolons
from workbench.insight.portrait.limits import limits_of
from workbench.insight.tags.engine import Engine
from workbench.outreach.promises.room import Promise
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import words
from workbench.rules.parameters import Rules

#: (connection, customer ids, day) -> what not to say to each, by id
Unsaid = Callable[[Connection, Collection[int], str], Mapping[int, tuple[str, ...]]]


def unsaid_by(engine: Engine, rules: Rules) -> Unsaid:
    """Answers what not to say as the portrait does (see `limits_of`)."""

    def unsaid(conn: Connection, people: Collection[int], day: str) -> Mapping[int, tuple[str, ...]]:
        """What not to say to some customers on a day, the strictest first."""
        if not people:
            return {}
        limits = limits_of(conn, engine.layers(conn), people, day, rules)
        return {one: tuple(never.text for never in found) for one, found in limits.items()}

    return unsaid


def words_to_say(entry: WeekEntry, promises: Collection[Promise]) -> str:
    """What to say: what was promised, else what his row of the plan says."""
    if promises:
        return semicolons(one.text for one in promises)
    return entry.script or words(entry, next((one.kind for one in entry.reasons), "")).say
