"""Health of the whole tag library (domain 11.3): figures in a few scans of the layers, verdicts from them at no cost."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from db.known import tag_months, tag_uses
from workbench.base.dates import shift_month
from workbench.base.i18n import _
from workbench.insight.tags import checks
from workbench.insight.tags.checks import GRAVITY, Lift, State, TagCheck, worst
from workbench.insight.tags.contradictions import ContradictionCount, count
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.library import Library
from workbench.insight.tags.reviews import Accuracy, accuracies
from workbench.insight.tags.spread import Spread, spread
from workbench.rules.parameters import Rules

#: months between the two daily averages that a target is judged on: measures `average` and `average_3`
_APART = 3


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """What a month's layers say about the tags: the costly part of health, good until the layers change."""

    month: str
    as_of: str
    day: str
    spreads: Mapping[str, Spread]
    before_month: str
    before: Mapping[str, Spread]
    lifts: Mapping[str, tuple[Lift, ...]]
    contradictions: tuple[ContradictionCount, ...]
    #: columns of the first layer that nobody has
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class TagHealth:
    """The checks of one tag and the gravest of them."""

    code: str
    spread: Spread
    accuracy: Accuracy
    checks: tuple[TagCheck, ...]

    @property
    def state(self) -> State:
        return worst(self.checks)

    def check(self, code: str) -> TagCheck:
        """One of them by its code. Raises StopIteration."""
        return next(check for check in self.checks if check.code == code)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "state": self.state, "eligible": self.spread.eligible, "told": self.spread.told,
            "unknown": self.spread.unknown, "values": dict(self.spread.values),
            "checks": [check.as_json() for check in self.checks],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HealthReport:
    """All live tags by code, with what contradicts what."""

    month: str
    as_of: str
    tags: Mapping[str, TagHealth]
    contradictions: tuple[ContradictionCount, ...]

    def states(self) -> dict[State, int]:
        """How many tags of each word."""
        found: dict[State, int] = dict.fromkeys(GRAVITY, 0)
        for one in self.tags.values():
            found[one.state] += 1
        return found


def figures(
    conn: Connection, layers: Layers, library: Library, rules: Rules, before: Mapping[str, Spread]
) -> HealthFigures:
    """`before`: the spreads of the month before, {} when it cannot be compared."""
    whole = spread(conn, layers, library, rules)
    return HealthFigures(
        layers.month, layers.as_of, layers.day, whole,
        shift_month(layers.month, -1), before, _lifts(conn, layers, library, rules, whole),
        count(conn, layers, library.vocabulary), _empty(conn, layers, library),
    )  # fmt: skip


def report(conn: Connection, found: HealthFigures, library: Library, rules: Rules) -> HealthReport:
    """The verdicts from figures at hand, with the answers and uses counted so far."""
    tags = {tag.code: tag for tag in library.live if tag.code in found.spreads}
    right = accuracies(conn, tags, {code: found.spreads[code].told for code in tags}, rules)
    used, ever = _uses(conn, library, found.day, rules)
    healths = {
        code: TagHealth(
            code, found.spreads[code], right[code], _checks(tag, found, library, rules, right, used, ever)
        )
        for code, tag in tags.items()
    }
    return HealthReport(found.month, found.as_of, healths, found.contradictions)


def _checks(
    tag: Tag,
    found: HealthFigures,
    library: Library,
    rules: Rules,
    right: Mapping[str, Accuracy],
    used: Mapping[str, int],
    ever: bool,
) -> tuple[TagCheck, ...]:
    its = found.spreads[tag.code]
    untold = [term.label for term in library.rests_on(tag.code) if term.name in found.empty]
    its_own = {tag.column, *library.lineage.inputs(tag.column)}
    named = [one for one in found.contradictions if its_own & one.names]
    seen = [(one.text, one.customers) for one in named if one.customers is not None]
    users = [_(one.label) for one in library.used_by(tag.column) if one.live]
    months = _("近 {n} 个月").format(n=_APART)
    return (
        checks.coverage(tag, its, untold, rules),
        checks.accuracy(tag, right[tag.code], rules),
        checks.freshness(tag, found.as_of, found.day, rules),
        checks.stability(its, found.before.get(tag.code), found.before_month, rules),
        checks.lift(tag, found.lifts.get(tag.code, ()), months, rules),
        checks.consistency(seen, len(named) - len(seen)),
        checks.concentration(tag, its, rules),
        checks.usage(used.get(tag.code, 0), users, ever, rules),
    )


# -- parts -------------------------------------------------------------------------------------------------------------


def _lifts(
    conn: Connection, layers: Layers, library: Library, rules: Rules, whole: Mapping[str, Spread]
) -> dict[str, tuple[Lift, ...]]:
    """Per tag its values on both targets: lost and newly qualified, by the daily averages three months apart.

    `whole`: the spreads over all customers; those below the line are all but those above it and those not told.
    """
    now, then = layers.column("average"), layers.column("average_3")
    line = round(rules.number("tags.lift.base") * 100)
    outcomes = {
        "lost": and_(then >= line, now <= then * rules.number("tags.lift.kept")),
        "met": and_(then < line, now >= line),
    }
    base = select(func.count()).select_from(layers.source(["average", "average_3"]))
    happened = {target: conn.execute(base.where(hit)).scalar_one() for target, hit in outcomes.items()}
    least = rules.whole("tags.lift.least")
    if max(happened.values()) < least:
        return {}
    above = spread(conn, layers, library, rules, and_(then >= line, now.is_not(None)))
    untold = spread(conn, layers, library, rules, or_(then.is_(None), now.is_(None)))
    pools = {"lost": above, "met": {code: one.less(above[code], untold[code]) for code, one in whole.items()}}
    found: dict[str, tuple[Lift, ...]] = {}
    for target, outcome in outcomes.items():
        if happened[target] >= least:
            hit = spread(conn, layers, library, rules, outcome)
            for code, every in pools[target].items():
                found[code] = found.get(code, ()) + _of_tag(target, every, hit[code], rules)
    return found


def _of_tag(target: str, every: Spread, hit: Spread, rules: Rules) -> tuple[Lift, ...]:
    if not every.told or not hit.told:
        return ()
    overall = hit.told / every.told
    # a flag is judged by whom it names
    values = ["1"] if set(every.values) <= {"0", "1"} else list(every.values)
    least = rules.whole("tags.lift.group")
    return tuple(
        Lift(
            target, value, every.values.get(value, 0), hit.values.get(value, 0) / every.values[value], overall
        )
        for value in values
        if every.values.get(value, 0) >= least
    )


def _uses(conn: Connection, library: Library, day: str, rules: Rules) -> tuple[dict[str, int], bool]:
    since = dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("tags.use.days"))
    asked = select(tag_uses.c.code, func.sum(tag_uses.c.times)).group_by(tag_uses.c.code)
    counts: dict[str, int] = {}
    for code, times in conn.execute(asked.where(tag_uses.c.date >= since.isoformat())):
        tag = library.find(code)
        if tag is not None:
            counts[tag.code] = counts.get(tag.code, 0) + int(times)
    ever = conn.execute(select(tag_uses.c.id).limit(1)).first() is not None
    return counts, ever


def _empty(conn: Connection, layers: Layers, library: Library) -> frozenset[str]:
    """Inputs of tags that no customer has a value for: why a tag cannot be told."""
    raw = {term.name for tag in library.live for term in library.rests_on(tag.code) if term.origin != "tag"}
    held = sorted(raw & layers.run.raw)
    asked = select(*(func.count(layers.column(name)).label(f"n{n}") for n, name in enumerate(held)))
    row = conn.execute(asked.select_from(layers.source(held))).one()
    return frozenset(raw - {name for name, told in zip(held, row, strict=True) if told})


def kept_spreads(conn: Connection, month: str, library: Library) -> dict[str, Spread] | None:
    """The spreads kept of a month, of the tags whose definition is still the same; None when none were kept at all."""
    asked = select(tag_months.c.code, tag_months.c.library, tag_months.c.spread).where(
        tag_months.c.month == month
    )
    rows = conn.execute(asked).all()
    if not rows:
        return None
    return {
        row.code: Spread.of_text(row.spread)
        for row in rows
        if library.find(row.code) is not None and library.meaning(row.code) == row.library
    }


def keep_spreads(conn: Connection, month: str, library: Library, found: Mapping[str, Spread]) -> None:
    """Keep a month's spreads in place of what was kept of it (inside `book.derive()`)."""
    conn.execute(tag_months.delete().where(tag_months.c.month == month))
    rows = [
        {"month": month, "code": code, "library": library.meaning(code), "spread": one.as_text()}
        for code, one in found.items()
    ]
    if rows:
        conn.execute(tag_months.insert(), rows)
