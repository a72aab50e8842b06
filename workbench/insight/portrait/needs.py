"""Needs foretold from where the money goes, with how often each rule comes true in this book (domain 10.5); what rests on
health is never shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, FromClause, Integer, and_, case, cast, func, literal, select

from workbench.base.expressions import Expr
from workbench.base.money import wan
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a rule comes true in this book: `having` of the `fitting` customers hold what it foretells; `base` is the
    share (0..1) of all customers who do."""

    fitting: int
    having: int
    base: float

    @property
    def share(self) -> float:
        """Of the customers whom the rule fits, the share (0..1) who hold the product; 0 without any."""
        return self.having / self.fitting if self.fitting else 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """A need foretold by a rule. One that is not `shown` rests on health: it must stay out of every page, sheet and
    sentence (domain 10.5, 17), has no reason, and `Behaviour.as_json` leaves it out."""

    code: str
    name: str
    reason: str
    inputs: tuple[str, ...]
    rate: Rate | None = None
    shown: bool = True

    def as_json(self) -> dict[str, Any]:
        """The need for the command line; `rate` None where too few customers fit."""
        rate = self.rate and {
            "fitting": self.rate.fitting, "having": self.rate.having, "base": round(self.rate.base, 4),
        }  # fmt: skip
        return {
            "code": self.code,
            "name": self.name,
            "reason": self.reason,
            "inputs": list(self.inputs),
            "rate": rate,
        }


@dataclass(frozen=True, slots=True)
class _Foretold:
    """A rule: `measure` at or above the parameter foretells a need for the product that column `outcome` says is held."""

    code: str
    measure: str
    param: str
    outcome: str
    shown: bool = True
    #: the measure is a date, and the parameter lists the months (1..12) in which it foretells the need
    months: bool = False
    money: bool = False

    def fits(self, values: Values, rules: Rules) -> bool:
        """Whether the rule holds for a customer; a measure that is not told fits nothing."""
        if self.months:
            date = values.look_up(self.measure)
            return date is not None and int(str(date)[5:7]) in rules.numbers(self.param)
        value = values.figure(self.measure)
        return value is not None and bool(value >= rules.number(self.param) * (100 if self.money else 1))

    def condition(self, column: Expr, rules: Rules) -> Expr:
        """`fits` as SQL over the column of the measure; NULL where it is not told."""
        if self.months:
            months = [int(month) for month in rules.numbers(self.param)]
            return cast(func.substr(column, 6, 2), Integer).in_(months)
        return column >= rules.number(self.param) * (100 if self.money else 1)


_FORETOLD = (
    _Foretold("equity", "broker_times", "behaviour.need_broker", "holds_fund"),
    _Foretold("education", "school_last", "behaviour.need_school_months", "holds_annuity", months=True),
    _Foretold("insurance", "out_insurance", "behaviour.need_insurance", "holds_protection", money=True),
    _Foretold("housing", "out_house", "behaviour.need_house", "holds_mortgage", money=True),
    _Foretold(
        "protection",
        "out_hospital",
        "behaviour.need_hospital",
        "holds_protection",
        shown=False,
        money=True,
    ),
)


def needs(values: Values, rules: Rules, rates: Mapping[str, Rate]) -> Iterator[Need]:
    """The needs that a customer's figures foretell. A rate (see `need_rates`) is named only where at least
    `behaviour.rate_least` customers fit the rule."""
    for one in _FORETOLD:
        if not one.fits(values, rules):
            continue
        name = rules.text(f"need.{one.code}")
        if not one.shown:
            yield Need(one.code, name, "", (), None, shown=False)
            continue
        amount = values.figure(one.measure) if one.money else None
        value = values.look_up(one.measure) if amount is None else wan(round(amount))
        reason = rules.text(f"need.{one.code}.why").format(value=value)
        rate = rates.get(one.code)
        if rate is not None and rate.fitting >= rules.whole("behaviour.rate_least"):
            reason += rules.text("need.rate").format(
                fitting=rate.fitting, share=f"{rate.share:.0%}", base=f"{rate.base:.0%}"
            )
        else:
            rate = None
            reason += rules.text("need.no_rate")
        yield Need(one.code, name, reason, (one.measure,), rate)


class LayerColumns(Protocol):
    """The tag layers, as far as rates need them."""

    def column(self, name: str) -> Expr:
        """A column of any layer by name."""

    def source(self, names: Sequence[str] = ()) -> FromClause:
        """The layers joined by customer, at least those that hold these columns."""


def need_rates(conn: Connection, layers: LayerColumns, rules: Rules) -> dict[str, Rate]:
    """Need -> how often its rule comes true in this book, for the needs that may be shown; one query over the layers.

    Left out are needs whose product is reported of nobody, held or not.
    """
    foretold = [one for one in _FORETOLD if one.shown]
    names = sorted({name for one in foretold for name in (one.measure, one.outcome)})
    columns: list[Expr] = []
    for one in foretold:
        held = layers.column(one.outcome)
        fits = and_(one.condition(layers.column(one.measure), rules), held.is_not(None))
        columns += [
            func.sum(case((fits, 1), else_=0)),
            func.sum(case((fits, held), else_=0)),
            func.sum(case((held.is_not(None), held), else_=0)),
            func.count(held),
        ]
    counts = conn.execute(select(literal(1), *columns).select_from(layers.source(names))).one()[1:]
    rates: dict[str, Rate] = {}
    for place, one in enumerate(foretold):
        fitting, having, holding, reported = (value or 0 for value in counts[place * 4 : place * 4 + 4])
        if reported:
            rates[one.code] = Rate(int(fitting), int(having), holding / reported)
    return rates
