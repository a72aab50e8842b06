"""The honeymoon of newcomers in waves (domain 10.3): where one customer stands, and a funnel by month of opening and assets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, and_, case, func, literal, select

from workbench.base.dates import month_end
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.base.terms import Vocabulary
from workbench.insight.journey.honeymoon import Wave, bands, waves
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.products.conditions import holds
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: how a wave stands: not yet asked for, cannot be told, goal met, asked for now, over without its goal
WaveState = Literal["ahead", "unknown", "done", "open", "missed"]
_STATES: tuple[WaveState, ...] = get_args(WaveState)
#: stands for a band where the average is unknown
_NO_BAND = -1


@dataclass(frozen=True, slots=True)
class WaveCount:
    """Customers of a cohort by how a wave stands for them."""

    ahead: int = 0
    unknown: int = 0
    done: int = 0
    open: int = 0
    missed: int = 0

    @property
    def reached(self) -> int:
        """Those for whom the wave has begun."""
        return self.unknown + self.done + self.open + self.missed

    def plus(self, other: "WaveCount") -> "WaveCount":
        """Both together."""
        return WaveCount(*(getattr(self, state) + getattr(other, state) for state in _STATES))

    def as_json(self) -> dict[str, int]:
        """For programs."""
        return {"reached": self.reached, **{state: getattr(self, state) for state in _STATES}}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Newcomers of one month of opening or one band of assets, or all of them. `words`: their condition; `counts` by wave."""

    key: str
    name: str
    words: str
    customers: int
    counts: tuple[WaveCount, ...]

    def as_json(self, codes: tuple[str, ...]) -> dict[str, Any]:
        """For programs, counts by the code of the wave."""
        return {
            "key": self.key, "name": self.name, "customers": self.customers,
            "waves": {code: count.as_json() for code, count in zip(codes, self.counts, strict=True)},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HoneymoonFunnel:
    """The funnel by data of `as_of`, seen on `day` (ISO): months, newest first, and bands of assets, each over all newcomers
    (`whole`). `dated`: whether lists tell anybody's day of opening; without it nobody can be judged."""

    as_of: str
    day: str
    waves: tuple[Wave, ...]
    months: tuple[Cohort, ...]
    bands: tuple[Cohort, ...]
    whole: Cohort
    dated: bool

    def words(self, cohort: Cohort, place: int, state: WaveState | None = None) -> str:
        """The condition of the customers behind a figure: of a cohort at the wave of this place, by state (None: reached)."""
        return f"{cohort.words} and {wave_words(self.waves[place], state)}"

    @property
    def unseen(self) -> tuple[tuple[Wave, int], ...]:
        """The waves that cannot be told of some newcomers, with how many these are."""
        return tuple(
            (wave, count.unknown)
            for wave, count in zip(self.waves, self.whole.counts, strict=True)
            if count.unknown
        )

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        codes = tuple(wave.code for wave in self.waves)
        return {
            "as_of": self.as_of, "day": self.day, "dated": self.dated,
            "waves": [{"code": w.code, "name": w.name, "goal": w.goal, "from": w.begins, "to": w.ends} for w in self.waves],
            "whole": self.whole.as_json(codes),
            "months": [one.as_json(codes) for one in self.months], "bands": [one.as_json(codes) for one in self.bands],
            "cannot_tell": {wave.code: wave.seen for wave, _n in self.unseen},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaveStand:
    """How one wave stands for one customer, and why."""

    wave: Wave
    state: WaveState
    sentence: str


def wave_words(wave: Wave, state: WaveState | None) -> str:
    """A wave in a state as a condition; None: begun."""
    done = f"({wave.done})"
    begun = f"opened_days >= {wave.begins}"
    return {
        None: begun,
        "ahead": f"opened_days < {wave.begins}",
        "unknown": f"{begun} and not known({done})",
        "done": f"{begun} and {done}",
        "open": f"{begun} and opened_days <= {wave.ends} and not {done}",
        "missed": f"opened_days > {wave.ends} and not {done}",
    }[state]


def stands(values: Values, rules: Rules, words: Vocabulary) -> tuple[WaveStand, ...]:
    """How every wave stands for one customer; empty where his day of opening is unknown or his honeymoon is over."""
    days, every = values.opened_days, waves(rules)
    if days is None or days < 0 or days > every[-1].ends:
        return ()
    standing = []
    for wave in every:
        condition = check(parse(wave.done), words).query.condition
        met = holds(condition, values) if condition is not None else None
        state = _state(wave, days, met)
        standing.append(WaveStand(wave, state, _sentence(wave, state, days, rules)))
    return tuple(standing)


def current(standing: tuple[WaveStand, ...]) -> WaveStand | None:
    """The wave that a customer is in: the last that has begun; None outside the honeymoon."""
    return next((one for one in reversed(standing) if one.state != "ahead"), None)


def _state(wave: Wave, days: int, met: bool | None) -> WaveState:
    if days < wave.begins:
        return "ahead"
    if met is None:
        return "unknown"
    return "done" if met else "open" if days <= wave.ends else "missed"


def _sentence(wave: Wave, state: WaveState, days: int, rules: Rules) -> str:
    facts = {
        "wave": wave.name, "goal": wave.goal, "days": days, "from": wave.begins, "to": wave.ends,
        "seen": wave.seen, "state": rules.text(f"honeymoon.state.{state}"),
    }  # fmt: skip
    if state == "unknown":
        words = _("{wave}:看不出,缺{seen}。")
    elif state == "ahead":
        words = _("{wave}:开户第{from}天起,{goal}。")
    elif state == "done":
        words = _("{wave}:{goal},已做到。")
    else:
        words = _("{wave}:{goal},还没有做到(开户第{days}天,第{to}天为限,{state})。")
    return words.format(**facts)


# -- the funnel ----------------------------------------------------------------------------------------------------


def funnel(conn: Connection, layers: Layers, rules: Rules) -> HoneymoonFunnel:
    """The funnel of everybody who opened an account within `honeymoon.cohort_days`, in one statement."""
    every, most = waves(rules), rules.whole("honeymoon.cohort_days")
    resolver = LayerResolver(layers, conn)
    opened = _column(resolver, layers, "opened_days")
    month = func.substr(_column(resolver, layers, "open_date"), 1, 7)
    conditions = [where(check(parse(wave.done), layers.vocabulary), resolver) for wave in every]
    places = [
        _place(wave, opened, met).label(f"w{n}")
        for n, (wave, met) in enumerate(zip(every, conditions, strict=True))
    ]
    band = _band(_column(resolver, layers, "average"), rules).label("band")
    people = (
        select(month.label("month"), band, *places)
        .select_from(layers.source(resolver.names))
        .where(opened >= 0, opened <= most)
        .cte("newcomers")
    )
    sums = [
        func.sum(case((people.c[f"w{n}"] == place, 1), else_=0))
        for n in range(len(every))
        for place in range(len(_STATES))
    ]
    query = select(people.c.month, people.c.band, func.count(), *sums).group_by(people.c.month, people.c.band)
    rows = [(row[0], row[1], row[2], _counts(tuple(row)[3:])) for row in conn.execute(query)]
    within = f"opened_days >= 0 and opened_days <= {most}"
    months = sorted({row[0] for row in rows}, reverse=True)
    return HoneymoonFunnel(
        layers.as_of, layers.day, every,
        tuple(_sum(one, one, f"{within} and {_in_month(one)}", [r for r in rows if r[0] == one], every) for one in months),
        tuple(
            _sum(str(place), name, f"{within} and {words}", [r for r in rows if r[1] == place], every)
            for place, name, words in _bands(rules)
        ),
        _sum("", _("合计"), within, rows, every),
        bool(rows) or _dated(conn, layers),
    )  # fmt: skip


_Row = tuple[str, int, int, tuple[WaveCount, ...]]


def _sum(key: str, name: str, words: str, rows: list[_Row], every: tuple[Wave, ...]) -> Cohort:
    counts = [WaveCount()] * len(every)
    for row in rows:
        counts = [count.plus(other) for count, other in zip(counts, row[3], strict=True)]
    return Cohort(key, name, words, sum(row[2] for row in rows), tuple(counts))


def _counts(figures: tuple[int, ...]) -> tuple[WaveCount, ...]:
    size = len(_STATES)
    return tuple(
        WaveCount(*(int(one) for one in figures[at : at + size])) for at in range(0, len(figures), size)
    )


def _place(wave: Wave, opened: Expr, met: Expr) -> Expr:
    """The place in `_STATES` of how the wave stands."""
    return case(
        (opened < wave.begins, literal(0)),
        (met.is_(None), literal(1)),
        (met, literal(2)),
        (opened <= wave.ends, literal(3)),
        else_=literal(4),
    )


def _band(average: Expr, rules: Rules) -> Expr:
    lines = bands(rules)
    return case(
        (average.is_(None), literal(_NO_BAND)),
        *((average < round(line * 100), literal(n)) for n, line in enumerate(lines)),
        else_=literal(len(lines)),
    )


def _bands(rules: Rules) -> list[tuple[int, str, str]]:
    """(place, name, condition) of the bands, the smallest first; last those whose average is unknown."""
    lines, text = bands(rules), rules.text
    named = [wan(round(line * 100)).replace(".0万", "万") for line in lines]
    named_bands = [(0, text("honeymoon.band.0").format(to=named[0]), f"average < {lines[0]:.0f}")]
    for n in range(1, len(lines)):
        words = f"average >= {lines[n - 1]:.0f} and average < {lines[n]:.0f}"
        named_bands.append(
            (n, text("honeymoon.band").format(**{"from": named[n - 1], "to": named[n]}), words)
        )
    last = len(lines)
    named_bands.append(
        (last, text("honeymoon.band.last").format(**{"from": named[-1]}), f"average >= {lines[-1]:.0f}")
    )
    return [*named_bands, (_NO_BAND, text("honeymoon.band.unknown"), "average is missing")]


def _in_month(month: str) -> str:
    last: dt.date = month_end(month)
    return f"open_date >= {month}-01 and open_date <= {last.isoformat()}"


def _column(resolver: LayerResolver, layers: Layers, name: str) -> Expr:
    return resolver.column(layers.vocabulary[name])


def _dated(conn: Connection, layers: Layers) -> bool:
    """Whether anybody's day of opening is told."""
    names: Mapping[str, None] = {"opened_days": None}
    query = (
        select(layers.customer_id)
        .select_from(layers.source(names))
        .where(and_(layers.column("opened_days").is_not(None)))
        .limit(1)
    )
    return conn.execute(query).first() is not None
