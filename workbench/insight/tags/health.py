"""The health of the tag library (domain 11.3): figures from a few scans of the layers, then verdicts from these."""

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

#: months between the daily averages that a target is judged by: measures `average` and `average_3`
_APART = 3


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """The figures of a month's layers about the tags: the costly part of health, valid until the layers change."""

    month: str
    as_of: str
    day: str
    spreads: Mapping[str, Spread]
    before_month: str
    before: Mapping[str, Spread]
    lifts: Mapping[str, tuple[Lift, ...]]
    contradictions: tuple[ContradictionCount, ...]
    #: columns of the first layer without any value
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
        """The gravest state of the checks."""
        return worst(self.checks)

    def check(self, code: str) -> TagCheck:
        """The check of a code. Raises StopIteration for an unknown one."""
        return next(check for check in self.checks if check.code == code)

    def as_json(self) -> dict[str, Any]:
        """For programs; `told` and `unknown` count the eligible customers with and without a value."""
        return {
            "code": self.code, "state": self.state, "eligible": self.spread.eligible, "told": self.spread.with_value,
            "unknown": self.spread.unknown, "values": dict(self.spread.values),
            "checks": [check.as_json() for check in self.checks],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The health of all live tags by code, and the contradictions counted."""

    month: str
    as_of: str
    tags: Mapping[str, TagHealth]
    contradictions: tuple[ContradictionCount, ...]

    def states(self) -> dict[State, int]:
        """How many tags have each state."""
        numbers: dict[State, int] = dict.fromkeys(GRAVITY, 0)
        for health in self.tags.values():
            numbers[health.state] += 1
        return numbers


def figures(
    conn: Connection, layers: Layers, library: Library, rules: Rules, before: Mapping[str, Spread]
) -> HealthFigures:
    """The figures of the layers; `before`: the spreads of the month before, {} when there are none to compare."""
    whole = spread(conn, layers, library, rules)
    return HealthFigures(
        layers.month, layers.as_of, layers.day, whole,
        shift_month(layers.month, -1), before, _lifts(conn, layers, library, rules, whole),
        count(conn, layers, library.vocabulary), _empty(conn, layers, library),
    )  # fmt: skip


def report(conn: Connection, measured: HealthFigures, library: Library, rules: Rules) -> HealthReport:
    """The verdicts of figures, with the answers and uses stored so far."""
    tags = {tag.code: tag for tag in library.live if tag.code in measured.spreads}
    right = accuracies(conn, tags, {code: measured.spreads[code].with_value for code in tags}, rules)
    counts = _Counts(right, *_uses(conn, library, measured.day, rules))
    healths = {
        code: TagHealth(
            code,
            measured.spreads[code],
            right[code],
            _checks(tag, measured, library, rules, counts),
        )
        for code, tag in tags.items()
    }
    return HealthReport(measured.month, measured.as_of, healths, measured.contradictions)


@dataclass(frozen=True, slots=True)
class _Counts:
    """By code the accuracy and the uses of late; `any_use`: whether any use was ever counted."""

    accuracies: Mapping[str, Accuracy]
    uses: Mapping[str, int]
    any_use: bool


def _checks(
    tag: Tag, measured: HealthFigures, library: Library, rules: Rules, counts: _Counts
) -> tuple[TagCheck, ...]:
    spread_of = measured.spreads[tag.code]
    unreported = [term.label for term in library.rests_on(tag.code) if term.name in measured.empty]
    columns = {tag.column, *library.lineage.inputs(tag.column)}
    contradictions = [entry for entry in measured.contradictions if columns & entry.names]
    judged = [(entry.text, entry.customers) for entry in contradictions if entry.customers is not None]
    users = [_(entry.label) for entry in library.used_by(tag.column) if entry.live]
    months = _("近 {n} 个月").format(n=_APART)
    return (
        checks.coverage(tag, spread_of, unreported, rules),
        checks.accuracy(tag, counts.accuracies[tag.code], rules),
        checks.freshness(tag, measured.as_of, measured.day, rules),
        checks.stability(spread_of, measured.before.get(tag.code), measured.before_month, rules),
        checks.lift(tag, measured.lifts.get(tag.code, ()), months, rules),
        checks.consistency(judged, len(contradictions) - len(judged)),
        checks.concentration(tag, spread_of, rules),
        checks.usage(counts.uses.get(tag.code, 0), users, counts.any_use, rules),
    )


# -- parts -------------------------------------------------------------------------------------------------------------


def _lifts(
    conn: Connection, layers: Layers, library: Library, rules: Rules, whole: Mapping[str, Spread]
) -> dict[str, tuple[Lift, ...]]:
    """The lifts of each tag's values on both targets, lost and newly qualified, by averages three months apart.

    `whole`: the spreads over all customers; below the line are all but those above it and the unknown ones.
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
    unknown = spread(conn, layers, library, rules, or_(then.is_(None), now.is_(None)))
    pools = {
        "lost": above,
        "met": {code: total.less(above[code], unknown[code]) for code, total in whole.items()},
    }
    lifts: dict[str, tuple[Lift, ...]] = {}
    for target, outcome in outcomes.items():
        if happened[target] >= least:
            hit = spread(conn, layers, library, rules, outcome)
            for code, every in pools[target].items():
                lifts[code] = lifts.get(code, ()) + _of_tag(target, every, hit[code], rules)
    return lifts


def _of_tag(target: str, every: Spread, hit: Spread, rules: Rules) -> tuple[Lift, ...]:
    if not every.with_value or not hit.with_value:
        return ()
    overall = hit.with_value / every.with_value
    # a flag is judged by the customers that have it
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
    query = select(tag_uses.c.code, func.sum(tag_uses.c.times)).group_by(tag_uses.c.code)
    counts: dict[str, int] = {}
    for code, times in conn.execute(query.where(tag_uses.c.date >= since.isoformat())):
        tag = library.find(code)
        if tag is not None:
            counts[tag.code] = counts.get(tag.code, 0) + int(times)
    ever = conn.execute(select(tag_uses.c.id).limit(1)).first() is not None
    return counts, ever


def _empty(conn: Connection, layers: Layers, library: Library) -> frozenset[str]:
    """The inputs of tags that no customer has a value of, which is why a tag is unknown."""
    raw = {term.name for tag in library.live for term in library.rests_on(tag.code) if term.origin != "tag"}
    held = sorted(raw & layers.run.raw)
    query = select(*(func.count(layers.column(name)).label(f"n{n}") for n, name in enumerate(held)))
    row = conn.execute(query.select_from(layers.source(held))).one()
    return frozenset(raw - {name for name, count in zip(held, row, strict=True) if count})


def kept_spreads(conn: Connection, month: str, library: Library) -> dict[str, Spread] | None:
    """The stored spreads of a month, of tags whose definition is unchanged; None when none were stored at all."""
    query = select(tag_months.c.code, tag_months.c.library, tag_months.c.spread).where(
        tag_months.c.month == month
    )
    rows = conn.execute(query).all()
    if not rows:
        return None
    return {
        row.code: Spread.of_text(row.spread)
        for row in rows
        if library.find(row.code) is not None and library.meaning(row.code) == row.library
    }


def keep_spreads(conn: Connection, month: str, library: Library, spreads: Mapping[str, Spread]) -> None:
    """Replaces the stored spreads of a month (inside `book.derive()`)."""
    conn.execute(tag_months.delete().where(tag_months.c.month == month))
    rows = [
        {"month": month, "code": code, "library": library.meaning(code), "spread": of_tag.as_text()}
        for code, of_tag in spreads.items()
    ]
    if rows:
        conn.execute(tag_months.insert(), rows)
