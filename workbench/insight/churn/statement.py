"""The SELECTs of a check of one month: the verdicts of all customers, fused, and the evidence behind any of them for
whoever reads it (domain 4.3, 4.4)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    FromClause,
    MappingResult,
    Row,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    or_,
    select,
)

from db.functions import greatest
from db.tables import customers
from workbench.base.expressions import Expr, highest
from workbench.insight.churn.explaining import explained
from workbench.insight.churn.fusion import (
    PROFILES,
    fused,
    height,
    height_of,
    light_at,
    multiplier,
    severity,
    weights,
)
from workbench.insight.churn.hard_rules import FACTS, HARD, hard_rules, profiles
from workbench.insight.churn.relief import relief
from workbench.insight.churn.signals.registry import CODES, SIGNALS
from workbench.insight.churn.signals.signal import recent_high
from workbench.insight.churn.window import Few, Window, fenced
from workbench.people.customer import Light
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: the place of the one hard rule that an explanation does not mute
_COMPLAINT = [name for name, _light in HARD].index("complaint") + 1
#: the facts of a verdict as bits: those of the hard rules, and money that still comes in
_FACTS = (*FACTS, "relief")
#: how the columns of a standing row begin that the fusion looks at
_GRADED = "graded_"
#: the figure of the window that `signal.recent_high` keeps
_HIGH = "recent_high"
#: the customers of a statement that is made once and asked about others each time
_NAMED: BindParameter[Any] = bindparam("named", expanding=True)
#: the figures of a signal that say how much is at stake
_STAKES = ("recent_high_fen", "balance_fen")


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that reached severity 1, with the figures behind it."""

    code: str
    severity: int
    grade: float
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Assessed:
    """One customer's result, looked at alone; never ranked."""

    customer_id: int
    customer_no: str
    aum: int | None
    tier: str | None
    risk: float
    light: Light | None
    hard_rule: str | None
    facts: tuple[str, ...]
    #: the figures of hard rules and facts
    hard_figures: dict[str, Any]
    cannot_tell: tuple[str, ...]
    profiles: tuple[str, ...]
    hits: tuple[Hit, ...]


class _Named:
    """Columns known by their names alone."""

    def __getattr__(self, name: str) -> Expr:
        return column(name)

    __getitem__ = __getattr__


class CheckStatement:
    """The SELECTs of a check: the verdicts of all customers, and the evidence of a few."""

    def __init__(self, window: Window, rules: Rules, *, guarded: bool) -> None:
        self.window = window
        self._rules = rules
        self._guarded = guarded
        self._signals = tuple(kind.look(window, rules) for kind in SIGNALS)
        self._anchors = rules.numbers("grade.anchors")
        at_stake = [(one.code, name) for one in self._signals for name in _STAKES if name in one.evidence]
        #: code -> what is at stake as the signal tells it: (figure, its place in a row of `stakes`)
        self._at_stake: dict[str, list[tuple[str, int]]] = {one.code: [] for one in self._signals}
        for place, (code, name) in enumerate(at_stake, 1):
            self._at_stake[code].append((name, place))
        #: what a verdict is made of, beside the grades
        self._parts: dict[str, Expr] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        window, rules = self.window, self._rules
        ladder = Ladder.of(rules)
        fresh = dt.date.fromisoformat(window.as_of) - dt.timedelta(days=rules.whole("light.new_days"))
        small = func.coalesce(recent_high(window), window.average()) < rules.number("light.lowest_line") * 100
        young = window.keep("open_date", customers.c.open_date) > fresh.isoformat()
        complaint = highest(*self._signals[CODES.index("S6")].causes.values())
        eased = relief(window, rules)
        hard = hard_rules(window, rules, complaint, eased.holds)
        self._hard_figures = {**hard.figures, "relief_fen": eased.inflow, "relief_share": eased.share}
        by_profile = profiles(window, rules)
        self._parts = {
            "customer_id": window.keep("customer_id", customers.c.id),
            "no": window.keep("no", customers.c.customer_no),
            "aum": func.coalesce(window.at("aum_balance"), window.average()),
            "tier": ladder.level_of(window.average(), window.at("last_txn_date"), window.as_of),
            "unlit": case((or_(young, small), 1), else_=0),
            "explained": explained(window, rules),
            # 0 for no hard rule, else the place of the first that holds
            "hard": case(*[(lifts, place) for place, lifts in enumerate(hard.lifts, 1)], else_=0),
            "facts": _bits(hard.facts[name] for name in FACTS),
            "relieved": func.coalesce(eased.holds, 0),
            "profiles": _bits(by_profile[name] for name in PROFILES),
        }

    # -- made once -----------------------------------------------------------------------------------------

    @cached_property
    def named_verdicts(self) -> Select[Any]:
        """`verdicts` of a few customers: whoever executes it gives their ids as `named`."""
        return self.verdicts(_NAMED)

    @cached_property
    def named_standing(self) -> Select[Any]:
        """`standing` of a few customers, as `named_verdicts`."""
        return self.standing(_NAMED)

    @cached_property
    def _named_evidence(self) -> Select[Any]:
        return self.evidence(_NAMED)

    def evidence_rows(self, conn: Connection, only: Few) -> MappingResult:
        """The rows of `evidence`."""
        if isinstance(only, Select):
            return conn.execute(self.evidence(only)).mappings()
        return conn.execute(self._named_evidence, {"named": sorted(only)}).mappings()

    # -- verdicts ------------------------------------------------------------------------------------------

    def verdicts(self, only: Few | None = None) -> Select[Any]:
        """One row per customer listed in the month (or in `only`): customer_id, no, aum, tier, risk, light, hard_rule,
        `facts`, `profiles` and `cannot_tell` as bits (see `named_facts`, PROFILES, CODES), and the grade of each signal by its
        code, 0 where it is not counted."""
        f = self._fused(only)
        lit = literal(0) if self._guarded else case((f.unlit == 1, 0), else_=greatest(*self._heights(f)))
        rule = case({place: name for place, (name, _light) in enumerate(HARD, 1)}, value=f.hard, else_=None)
        return select(
            f.customer_id, f.no, f.aum, f.tier, f.risk, light_at(lit).label("light"), rule.label("hard_rule"),
            f.facts, f.profiles, f.cannot_tell, *(f[code] for code in CODES),
        )  # fmt: skip

    def looked_back(self) -> Select[Any]:
        """One row per customer listed in the month, for whom looks back at it (domain 4.6): customer_id, no, aum, tier, risk,
        `recent_high` in fen, what the light follows from at any lines (`hit`: a signal counts, `unlit`: no light whatever
        the risk, `lifted`: the height that a hard rule gives), and the grade of each signal by its code."""
        f = self._fused(None, _HIGH)
        _scored, lifted = self._heights(f)
        return select(
            f.customer_id, f.no, f.aum, f.tier, f.risk, f[_HIGH], f.hit, f.unlit, lifted.label("lifted"),
            *(f[code] for code in CODES),
        )  # fmt: skip

    def light_figures(self) -> tuple[dict[str, Expr], dict[str, Expr], Expr]:
        """What the height of the light follows from, for one who computes it himself: figures over the columns of the window,
        figures over these and the height over those, each by its name."""
        c: Any = _Named()
        fused_ones = self._fused_figures(c)
        lit = literal(0) if self._guarded else case((c.unlit == 1, 0), else_=greatest(*self._heights(c)))
        return self._columns(), fused_ones, lit

    def _heights(self, f: Any) -> tuple[Expr, Expr]:
        """The height of the light by the score, and by the hard rules."""
        scored = case((f.hit == 1, height(f.risk, self._rules.numbers("lights"))), else_=0)
        lifted = case(
            {place: height_of(light) for place, (_name, light) in enumerate(HARD, 1)}, value=f.hard, else_=0
        )
        return scored, lifted

    def _fused(self, only: Few | None, *more: str) -> Any:
        """The columns of the verdicts before lines and lights, and some figures of the window by their names."""
        graded = self._graded(only, more)
        c = graded.c
        return (
            select(
                *(c[name] for name in ("customer_id", "no", "aum", "tier", "unlit", "profiles", *more)),
                *(figure.label(name) for name, figure in self._fused_figures(c).items()),
            )
            .cte("fused")
            .prefix_with("MATERIALIZED")
        ).c

    def _fused_figures(self, c: Any) -> dict[str, Expr]:
        """The same over the columns `c` of parts and grades, by their names."""
        rules = self._rules
        least = self._anchors[0] - 1e-9
        muted = frozenset(rules.words("explained.signals"))
        grades: dict[str, Expr] = {code: func.coalesce(c[code], 0.0) for code in CODES}
        for code in muted & grades.keys():
            grades[code] = case((c.explained == 1, 0.0), else_=grades[code])
        factors = {mark: multiplier(mark.bit_count(), rules) for mark in range(1 << len(PROFILES))}
        by_weight = _weights(c.relieved, rules)
        eased = and_(c.relieved == 1, or_(*(grades[code] >= least for code in rules.words("relief.signals"))))
        return {
            "hard": case((and_(c.explained == 1, c.hard != _COMPLAINT), 0), else_=c.hard),
            "facts": c.facts + case((eased, 1 << len(FACTS)), else_=0),
            "cannot_tell": _bits(c[code].is_(None) for code in CODES),
            "risk": fused(grades, by_weight, case(factors, value=c.profiles, else_=1.0)),
            "hit": case((greatest(*grades.values()) >= least, 1), else_=0),
            **grades,
        }

    def _graded(self, only: Few | None, more: Sequence[str] = ()) -> FromClause:
        """The parts of each verdict, the grades by code and some figures of the window: as they stand in the book, else from
        the months."""
        standing = self.window.standing
        if standing is None:
            figures: list[Expr] = [column(name) for name in more]
            query = select(*self._columns().values(), *figures).select_from(self.window.table(only))
            return fenced(query, "graded")
        query = select(
            *(standing.c[_GRADED + name].label(name) for name in self._columns()),
            *(standing.c[name] for name in more),
        )
        query = query if only is None else query.where(standing.c.customer_id.in_(only))
        return query.subquery("graded")

    def _columns(self) -> dict[str, Expr]:
        grades = {one.code: highest(*one.causes.values()) for one in self._signals}
        return {name: column.label(name) for name, column in (self._parts | grades).items()}

    # -- standing in the book --------------------------------------------------------------------------------

    @cached_property
    def standing_columns(self) -> tuple[str, ...]:
        """What `standing` gives of a customer; first what is read of all of them."""
        return (*(_GRADED + name for name in self._columns()), *self.window.figures)

    def standing(self, only: Few | None = None) -> Select[Any]:
        """customer_id, the figures that the signals look at, and what the fusion looks at: computed from the months."""
        figures = fenced(self.window.statement(only), "measures")
        graded = (column.label(_GRADED + name) for name, column in self._columns().items())
        own, *rest = figures.c
        return select(own, *graded, *rest).select_from(figures)

    # -- evidence ------------------------------------------------------------------------------------------

    def evidence(self, only: Few | None = None) -> Select[Any]:
        """One row per customer of `only`: customer_id, the grade of each cause, the figures of signals and hard rules."""
        columns = [self._parts["customer_id"].label("customer_id")]
        columns += [figure.label("hard_" + name) for name, figure in self._hard_figures.items()]
        for one in self._signals:
            columns += [cause.label(f"{one.code}_{name}") for name, cause in one.causes.items()]
            columns += [figure.label(f"{one.code}_is_{name}") for name, figure in one.evidence.items()]
        return select(*columns).select_from(self.window.table(only))

    def stakes(self, only: Few | None = None) -> Select[Any]:
        """One row per customer of `only`: customer_id, and what is at stake as each signal tells it."""
        columns = [self._parts["customer_id"].label("customer_id")]
        columns += [
            one.evidence[name].label(f"{one.code}_is_{name}")
            for one in self._signals
            for name, _place in self._at_stake[one.code]
        ]
        return select(*columns).select_from(self.window.table(only))

    def of_stakes(self, code: str, row: Row[Any]) -> dict[str, Any]:
        """The evidence of a signal from a row of `stakes`: the recent high and the balance, as far as it looks at them."""
        return {
            name: _plain(name, value) if isinstance(value, float) else value
            for name, place in self._at_stake[code]
            if (value := row[place]) is not None
        }

    def of_signal(self, code: str, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
        """The evidence of a signal from a row of `evidence`: its causes that reached severity 1, and its figures."""
        least = self._anchors[0] - 1e-9
        one = self._signals[CODES.index(code)]
        return {
            "as_of": self.window.as_of,
            "month": self.window.month,
            "causes": [name for name in one.causes if (row[f"{code}_{name}"] or 0) >= least],
            **_figures(row, f"{code}_is_", one.evidence),
        }

    def of_hard_rules(self, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
        """The figures of hard rules and facts from a row of `evidence`."""
        return _figures(row, "hard_", self._hard_figures)

    def alone(self, conn: Connection, customer_id: int) -> Assessed | None:
        """The verdict of one customer with its evidence; None when the month does not list him."""
        only = {"named": [customer_id]}
        verdict = conn.execute(self.named_verdicts, only).mappings().first()
        if verdict is None:
            return None
        row = conn.execute(self._named_evidence, only).mappings().one()
        least = self._anchors[0] - 1e-9
        return Assessed(
            customer_id, verdict["no"], verdict["aum"], verdict["tier"], verdict["risk"], verdict["light"],
            verdict["hard_rule"], named_facts(verdict["facts"]), self.of_hard_rules(row),
            named(CODES, verdict["cannot_tell"]), named(PROFILES, verdict["profiles"]),
            tuple(
                Hit(code, severity(verdict[code], self._anchors), float(verdict[code]), self.of_signal(code, row))
                for code in CODES
                if verdict[code] >= least
            ),
        )  # fmt: skip


def named_facts(bits: int) -> tuple[str, ...]:
    """The facts whose bits are set: 'heavy', 'mild', 'outflow', and 'relief' where money that comes in eased a loss."""
    return named(_FACTS, bits)


def named(codes: Sequence[str], bits: int) -> tuple[str, ...]:
    """The codes whose bits are set."""
    return tuple(code for bit, code in enumerate(codes) if bits >> bit & 1)


def _bits(conditions: Iterable[Expr]) -> Expr:
    """The conditions that hold as the bits of a number."""
    held: Expr = literal(0)
    for bit, condition in enumerate(conditions):
        held = held + case((condition, 1 << bit), else_=0)
    return held


def _weights(relieved: Expr, rules: Rules) -> dict[str, Expr | float]:
    """The weight of each signal: smaller where money still comes in."""
    full, eased = weights(rules), weights(rules, relieved=True)
    return {
        code: full[code]
        if full[code] == eased[code]
        else case((relieved == 1, eased[code]), else_=full[code])
        for code in CODES
    }


def _figures(row: Mapping[str, Any] | RowMapping, prefix: str, names: Iterable[str]) -> dict[str, Any]:
    """The figures that are told, without the prefix of their columns."""
    values = {name: row[prefix + name] for name in names}
    return {
        name: _plain(name, value) if isinstance(value, float) else value
        for name, value in values.items()
        if value is not None
    }


def _plain(name: str, value: float) -> float:
    """Fen as whole numbers, other fractions to six places."""
    return round(value) if name.endswith("_fen") else round(value, 6)
