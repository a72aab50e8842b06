"""The check of the whole book at one month: one SELECT with grades and evidence, fused and ranked (domain 4.3, 4.4)."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, or_, select

from db.record import batches, changes
from db.stores.planning import reads_every_customer
from db.tables import customers
from workbench.base.change import Progress, silent
from workbench.base.expressions import Expr, fall, highest
from workbench.insight.churn.explaining import explained
from workbench.insight.churn.fusion import (
    PROFILES,
    fuse,
    lifted,
    light_of,
    multiplier,
    severity,
    weights,
)
from workbench.insight.churn.hard_rules import FACTS, HARD, hard_rules, profiles
from workbench.insight.churn.relief import relief
from workbench.insight.churn.signals.registry import CODES, SIGNALS
from workbench.insight.churn.signals.signal import recent_high
from workbench.insight.churn.window import Window, coverage_of
from workbench.people.customer import Light
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: raised when the meaning of the rules changes in code, so that results stored by an older program are recomputed
LOGIC = "6"

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that reached severity 1, with the figures behind it."""

    code: str
    severity: int
    grade: float
    evidence: dict[str, Any]


@dataclass(slots=True)
class Assessed:
    """One customer's result before it is ranked."""

    customer_id: int
    customer_no: str
    aum: int | None
    tier: str | None
    risk: float
    light: Light | None
    hard_rule: str | None
    cannot_tell: tuple[str, ...]
    profiles: tuple[str, ...]
    hits: list[Hit]
    rank: int = 0


def version(rules: Rules) -> str:
    """The version of stored results: that of the parameters in force, and LOGIC."""
    return f"{rules.version}.{LOGIC}"


def guard_of(conn: Connection, month: str) -> str | None:
    """The sentence of the data guard (domain 4.5-9) if the month's newest customer list tripped it, else None."""
    newest = (
        select(batches.c.guard)
        .select_from(batches.join(changes, changes.c.id == batches.c.change_id))
        .where(changes.c.state == "done", batches.c.kind == "customers", batches.c.month == month)
        .order_by(batches.c.id.desc())
        .limit(1)
    )
    return conn.execute(newest).scalar()


def assess(
    conn: Connection,
    month: str,
    rules: Rules,
    *,
    only: Collection[int] | None = None,
    progress: Progress = silent,
    what: str = "",
) -> list[Assessed]:
    """Every customer listed in `month` (or those of `only`), ranked 1..n by risk, then assets, then number.

    Reads that month and earlier ones only, so later months change nothing. `what` is shown with the progress.
    """
    coverage = coverage_of(conn, month, rules)
    if coverage is None:
        return []
    if only is None:
        reads_every_customer(conn)
    window = Window(month, coverage)
    if rules.flag("S3.net_of_peers"):
        window.peers = peer_medians(conn, window, rules)
    check = CheckStatement(window, rules, guarded=guard_of(conn, month) is not None)
    assessed: list[Assessed] = []
    for rows, done in _chunks(conn, check.statement(only)):
        assessed.extend(check.answers(rows))
        progress(min(0.1 + done / 1_000_000, 0.6), what)
    assessed.sort(key=lambda result: (-result.risk, -(result.aum or 0), result.customer_no))
    for rank, result in enumerate(assessed, 1):
        result.rank = rank
    return assessed


def _chunks(conn: Connection, statement: Select[Any]) -> Iterator[tuple[Sequence[Any], int]]:
    done = 0
    for rows in conn.execution_options(yield_per=_CHUNK).execute(statement).partitions():
        done += len(rows)
        yield rows, done


def peer_medians(conn: Connection, window: Window, rules: Rules) -> dict[str, float]:
    """The median fall of the daily average this month by level, as a share of 1, where it fell (domain 4.5-2).

    Levels with too few customers are left out: their median says nothing.
    """
    last = window.average(1)
    level = Ladder.of(rules).level_of(last, window.at("last_txn_date", 1), window.as_of)
    change = fall(window.at("aum_daily_average"), last)
    each = select(level.label("level"), change.label("change")).select_from(window.table()).subquery("each")
    place = func.row_number().over(partition_by=each.c.level, order_by=each.c.change)
    number = func.count().over(partition_by=each.c.level)
    ordered = (
        select(each, place.label("place"), number.label("number"))
        .where(each.c.change.is_not(None))
        .subquery("ordered")
    )
    middle = (
        select(ordered.c.level, func.avg(ordered.c.change))
        .where(
            ordered.c.number >= rules.whole("S3.least_peers"),
            ordered.c.place * 2 >= ordered.c.number,
            ordered.c.place * 2 <= ordered.c.number + 2,
        )
        .group_by(ordered.c.level)
    )
    return {str(name): float(median) for name, median in conn.execute(middle) if median > 0}


class CheckStatement:
    """The one SELECT of a check and the reading of its rows."""

    def __init__(self, window: Window, rules: Rules, *, guarded: bool) -> None:
        self._window = window
        self._rules = rules
        self._guarded = guarded
        self._signals = tuple(kind.look(window, rules) for kind in SIGNALS)
        self._columns: list[Expr] = []
        self._place: dict[str, int] = {}
        self._anchors = rules.numbers("grade.anchors")
        #: signal -> places of its causes, and of its figures
        self._explains: dict[str, tuple[list[tuple[str, int]], list[tuple[str, int]]]] = {}
        self._lay_out()

    def _add(self, name: str, column: Expr) -> int:
        """Adds a column to the statement and returns its place in the row."""
        self._place[name] = len(self._columns)
        self._columns.append(column.label(name))
        return self._place[name]

    def _lay_out(self) -> None:
        window, rules = self._window, self._rules
        ladder = Ladder.of(rules)
        self._add("id", window.keep("id", customers.c.id))
        self._add("no", window.keep("no", customers.c.customer_no))
        self._add("aum", func.coalesce(window.at("aum_balance"), window.average()))
        self._add("tier", ladder.level_of(window.average(), window.at("last_txn_date"), window.as_of))
        fresh = dt.date.fromisoformat(window.as_of) - dt.timedelta(days=rules.whole("light.new_days"))
        small = func.coalesce(recent_high(window), window.average()) < rules.number("light.lowest_line") * 100
        self._add(
            "unlit",
            case(
                (or_(window.keep("open_date", customers.c.open_date) > fresh.isoformat(), small), 1), else_=0
            ),
        )
        self._add("explained", explained(window, rules))
        complaint = highest(*self._signals[CODES.index("S6")].causes.values())
        eased = relief(window, rules)
        self._add("relief", eased.holds)
        hard = hard_rules(window, rules, complaint, eased.holds)
        # 0 for no hard rule, else the place of the first that holds
        self._add("hard", case(*[(lifts, place) for place, lifts in enumerate(hard.lifts, 1)], else_=0))
        held: Expr = literal(0)
        for bit, name in enumerate(FACTS):
            held = held + case((hard.facts[name], 1 << bit), else_=0)
        self._add("facts", held)
        figures = {**hard.figures, "relief_fen": eased.inflow, "relief_share": eased.share}
        self._figures = [(name, self._add("hard_" + name, column)) for name, column in figures.items()]
        by_profile = profiles(window, rules)
        marks: Expr = literal(0)
        for bit, name in enumerate(PROFILES):
            marks = marks + case((by_profile[name], 1 << bit), else_=0)
        self._add("profiles", marks)
        for signal in self._signals:
            self._explains[signal.code] = (
                [(name, self._add(f"{signal.code}_{name}", cause)) for name, cause in signal.causes.items()],
                [
                    (name, self._add(f"{signal.code}_is_{name}", figure))
                    for name, figure in signal.evidence.items()
                ],
            )

    def statement(self, only: Collection[int] | None = None) -> Select[Any]:
        """The SELECT; one row per customer listed in the month (or in `only`)."""
        causes = (
            select(*self._columns)
            .select_from(self._window.table(only))
            .cte("causes")
            .prefix_with("MATERIALIZED")
        )
        grades = [
            highest(*(causes.c[f"{signal.code}_{name}"] for name in signal.causes))
            for signal in self._signals
        ]
        return select(*causes.c, *grades)

    def answers(self, rows: Sequence[Any]) -> Iterator[Assessed]:
        """The result of each row: risk, light, and the signals hit with their evidence."""
        rules, place = self._rules, self._place
        least = self._anchors[0] - 1e-9
        lines = rules.numbers("lights")
        weight_of = (weights(rules), weights(rules, relieved=True))
        multipliers = {count: multiplier(count, rules) for count in range(len(PROFILES) + 1)}
        muted = frozenset(rules.words("explained.signals"))
        eased_signals = frozenset(rules.words("relief.signals"))
        first, last = len(self._columns), len(self._columns) + len(CODES)
        n_id, n_no, n_aum, n_tier = place["id"], place["no"], place["aum"], place["tier"]
        n_unlit, n_explained = place["unlit"], place["explained"]
        n_hard, n_profiles = place["hard"], place["profiles"]
        n_relief, n_facts = place["relief"], place["facts"]
        hard = (None, *HARD)
        marks = {
            n: tuple(p for bit, p in enumerate(PROFILES) if n >> bit & 1) for n in range(1 << len(PROFILES))
        }
        for row in rows:
            grades = dict(zip(CODES, row[first:last], strict=True))
            unknown = tuple(code for code, grade in grades.items() if grade is None)
            positive = {code: grade for code, grade in grades.items() if grade}
            is_explained = row[n_explained]
            if is_explained:
                positive = {code: grade for code, grade in positive.items() if code not in muted}
            hit = {code: grade for code, grade in positive.items() if grade >= least}
            applying = marks[row[n_profiles]]
            relieved = row[n_relief] or 0
            risk = fuse(positive, weight_of[relieved], multipliers[len(applying)])
            rule = hard[row[n_hard]]
            if is_explained and rule and rule[0] != "complaint":
                rule = None
            light: Light | None = None
            if not (self._guarded or row[n_unlit]):
                light = light_of(risk, lines) if hit else None
                if rule:
                    light = lifted(light, rule[1])
            eased = bool(relieved) and not eased_signals.isdisjoint(hit)
            yield Assessed(
                row[n_id], row[n_no], row[n_aum], row[n_tier], risk, light,
                self._facts(rule[0] if rule else None, row, eased=eased) if rule or row[n_facts] or eased else None,
                unknown, applying,
                [self._hit(code, grade, row) for code, grade in hit.items()] if hit else [],
            )  # fmt: skip

    def _hit(self, code: str, grade: float, row: Any) -> Hit:
        least = self._anchors[0] - 1e-9
        causes, figures = self._explains[code]
        evidence: dict[str, Any] = {
            "as_of": self._window.as_of,
            "month": self._window.month,
            "causes": [name for name, place in causes if (row[place] or 0) >= least],
        }
        for name, place in figures:
            value = row[place]
            if value is not None:
                evidence[name] = _plain(name, value) if isinstance(value, float) else value
        return Hit(code, severity(grade, self._anchors), float(grade), evidence)

    def _facts(self, rule: str | None, row: Any, *, eased: bool) -> str:
        """The hard rule that lifts, the facts that hold, and their figures as JSON, as stored with the result."""
        place = self._place
        held = [name for bit, name in enumerate(FACTS) if row[place["facts"]] >> bit & 1]
        figures: dict[str, Any] = {"rule": rule, "facts": [*held, "relief"] if eased else held}
        for name, position in self._figures:
            if (value := row[position]) is not None:
                figures[name] = _plain(name, value) if isinstance(value, float) else value
        return json.dumps(figures)


def _plain(name: str, value: float) -> float:
    """Fen as whole numbers, other fractions to six places."""
    return round(value) if name.endswith("_fen") else round(value, 6)
