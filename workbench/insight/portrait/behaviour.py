"""How a customer uses his account, in sentences with figures (domain 10.5): RFM, flows, pay, idle money, habits, foretold
needs; and the features that are off because a column is missing."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.portrait.features import Off, features_off, off_for
from workbench.insight.portrait.needs import Need, Rate, need_rates, needs
from workbench.insight.products.barring import products_barred
from workbench.insight.products.suitability import of_values
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

__all__ = ["Behaviour", "BehaviourLine", "Need", "Off", "Rate", "features_off", "need_rates", "picture"]

Tone = Literal["fact", "lead", "care"]
_MONEY = frozenset({
    "inflow_1m", "outflow_1m", "inflow_3m", "outflow_3m", "payroll_mean", "idle_demand", "same_name_mean", "big_out",
    "big_in", "amount_90", "out_house", "out_school", "out_broker", "out_insurance", "out_bank", "out_internet",
})  # fmt: skip
_SHARES = frozenset({
    "retention", "payday_kept", "third_share", "merchant_growth", "flow_season", "flow_ratio",
})  # fmt: skip
#: Kinds of spending that may be named; payments to hospitals never are (domain 17, fairness).
_SPENT = ("out_house", "out_school", "out_broker", "out_insurance", "out_bank", "out_internet")


@dataclass(frozen=True, slots=True)
class BehaviourLine:
    """One observation. Tone 'lead': an opening to offer something; 'care': something to look after; 'fact': neither.
    `inputs` are the measures behind its figures."""

    key: str
    tone: Tone
    text: str
    inputs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The line for the command line."""
        return {"key": self.key, "tone": self.tone, "text": self.text, "inputs": list(self.inputs)}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One customer's habits. `rfm` the code of the class (None: cannot tell), `scores` R, F and M of 5."""

    rfm: str | None
    rfm_name: str
    scores: tuple[int | None, int | None, int | None]
    lines: tuple[BehaviourLine, ...]
    needs: tuple[Need, ...]
    off: tuple[Off, ...]
    as_of: str | None = None

    @property
    def shown_needs(self) -> tuple[Need, ...]:
        """The needs that may be named."""
        return tuple(need for need in self.needs if need.shown)

    def as_json(self) -> dict[str, Any]:
        """The habits for the command line, without the needs that must not be shown."""
        return {
            "rfm": self.rfm, "rfm_name": self.rfm_name, "scores": list(self.scores), "as_of": self.as_of,
            "lines": [line.as_json() for line in self.lines],
            "needs": [need.as_json() for need in self.shown_needs],
            "off": [off.as_json() for off in self.off],
        }  # fmt: skip


def picture(
    values: Values,
    rules: Rules,
    *,
    as_of: str | None = None,
    day: str | None = None,
    rates: Mapping[str, Rate] | None = None,
) -> Behaviour:
    """The habits of one customer by his values of the tag layers (fen, ISO, 0/1, codes; None: cannot tell).

    `rates`: how often each need comes true (see `need_rates`); `as_of` is the data date (ISO), `day` the one that days are
    counted from (ISO; None: the data date).
    """
    rfm = values.rfm
    return Behaviour(
        rfm,
        rules.text(f"rfm.{rfm}") if rfm else _("无法判断"),
        (values.rfm_r, values.rfm_f, values.rfm_m),
        tuple(_Teller(values, rules, as_of, day or as_of).lines()),
        tuple(needs(values, rules, rates or {})),
        tuple(off_for(values)),
        as_of,
    )


def last_active(values: Values, as_of: str | None, day: str | None) -> tuple[str, int]:
    """The day of the last active transaction (ISO) and how many days before `day` (ISO) it lies; the lists count up to their own
    date. ('—', that count) where they have none."""
    idle = values.active_days or 0
    if as_of is None or day is None:
        return "—", idle
    last = dt.date.fromisoformat(as_of) - dt.timedelta(days=idle)
    return last.isoformat(), (dt.date.fromisoformat(day) - last).days


class _Teller:
    """Makes the lines; one whose figures are not told is left out."""

    def __init__(self, values: Values, rules: Rules, as_of: str | None, day: str | None) -> None:
        self._values = values
        self._rules = rules
        self._as_of, self._day = as_of, day

    def lines(self) -> Iterator[BehaviourLine]:
        """Every line that applies, openings and things to look after first."""
        for tell in (
            self._idle, self._same_name, self._payday, self._pass_through, self._rfm, self._flows, self._retention,
            self._payroll, self._season, self._merchant, self._third, self._big, self._spent,
        ):  # fmt: skip
            yield from tell()

    def _line(self, key: str, tone: Tone, *names: str, **more: str) -> BehaviourLine:
        shown = {name: self._shown(name) for name in names}
        return BehaviourLine(key, tone, self._rules.text(f"behaviour.{key}").format(**shown, **more), names)

    def _shown(self, name: str) -> str:
        value = self._values.figure(name)
        if value is None:
            return "—"
        if name in _MONEY:
            return wan(round(value))
        return f"{value:.0%}" if name in _SHARES else f"{value:.0f}"

    def _all(self, *names: str) -> bool:
        return all(self._values.has(name) for name in names)

    def _rfm(self) -> Iterator[BehaviourLine]:
        names = ("rfm_r", "rfm_f", "rfm_m", "active_days", "active_90")
        if self._all("rfm", *names):
            kind = self._rules.text(f"rfm.{self._values.rfm}")
            last, since = last_active(self._values, self._as_of, self._day)
            yield self._line(
                "rfm" if since > 0 else "rfm_now",
                "fact",
                *names,
                kind=kind,
                last=last,
                since=f"{since:,}",
                as_of=self._as_of or "—",
            )
        elif self._all("active_90"):
            yield self._line("active", "fact", "active_90")

    def _flows(self) -> Iterator[BehaviourLine]:
        if self._all("inflow_3m", "outflow_3m", "flow_ratio"):
            yield self._line("flows", "fact", "inflow_3m", "outflow_3m", "flow_ratio")
        elif self._all("inflow_1m", "outflow_1m"):
            yield self._line("flows_month", "fact", "inflow_1m", "outflow_1m")
        elif self._all("inflow_1m"):
            yield self._line("inflow", "fact", "inflow_1m")

    def _retention(self) -> Iterator[BehaviourLine]:
        if self._all("retention") and not self._values.pass_through:
            by_average = self._all("demand_daily_average")
            key = "retention" if by_average else "retention_balance"
            yield self._line(key, "fact", "retention", "inflow_1m")

    def _pass_through(self) -> Iterator[BehaviourLine]:
        if self._values.pass_through:
            yield self._line("pass_through", "care", "pass_through", "outflow_1m")

    def _payroll(self) -> Iterator[BehaviourLine]:
        if not self._values.payroll_3 or not self._all("payroll_mean", "payroll_run"):
            return
        if self._values.payroll_run:
            yield self._line("payroll", "fact", "payroll_run", "payroll_mean")
        else:
            yield self._line("payroll_gone", "care", "payroll_3", "payroll_mean")

    def _payday(self) -> Iterator[BehaviourLine]:
        if (kept := self._values.payday_kept) is not None:
            low = kept < self._rules.number("behaviour.payday_low")
            key = "payday_gone" if low else "payday"
            days = f"{self._rules.whole('behaviour.payday_days')}"
            yield self._line(key, "care" if low else "fact", "payday_kept", days=days)

    def _idle(self) -> Iterator[BehaviourLine]:
        enough = (self._values.idle_demand or 0) >= self._rules.number("behaviour.idle_least") * 100
        long = (self._values.idle_months or 0) >= self._rules.whole("behaviour.idle_months")
        if enough and long:
            spends = f"{self._rules.whole('behaviour.idle_spends')}"
            key = "idle" if of_values(self._values, self._rules).tested else "idle_untested"
            if products_barred(self._values, self._rules):
                key = "idle_barred"
            yield self._line(key, "lead", "idle_demand", "idle_months", spends=spends)

    def _same_name(self) -> Iterator[BehaviourLine]:
        if self._values.same_name_regular:
            yield self._line("regular", "care", "same_name_mean", "same_name_months")
        elif self._values.same_name_months:
            yield self._line("to_self", "fact", "same_name_months")

    def _third(self) -> Iterator[BehaviourLine]:
        if (self._values.third_share or 0) >= self._rules.number("behaviour.third_share"):
            yield self._line("third", "care", "third_share")

    def _grown(self, key: str, name: str, param: str) -> Iterator[BehaviourLine]:
        change = self._values.figure(name)
        if change is None or abs(change) < self._rules.number(param):
            return
        word = "more" if change > 0 else "less"
        text = self._rules.text(f"behaviour.{key}.{word}").format(share=f"{abs(change):.0%}")
        yield BehaviourLine(key, "fact" if change > 0 else "care", text, (name,))

    def _season(self) -> Iterator[BehaviourLine]:
        yield from self._grown("season", "flow_season", "behaviour.season_share")

    def _merchant(self) -> Iterator[BehaviourLine]:
        yield from self._grown("merchant", "merchant_growth", "behaviour.merchant_share")

    def _big(self) -> Iterator[BehaviourLine]:
        if self._values.big_in:
            yield self._line("big_in", "lead", "big_in")
        if self._values.big_out:
            yield self._line("big_out", "care", "big_out")

    def _spent(self) -> Iterator[BehaviourLine]:
        spent = [(name, spent) for name in _SPENT if (spent := self._values.figure(name))]
        spent.sort(key=lambda one: -one[1])
        if spent:
            words = [
                self._rules.text(f"behaviour.{name}").format(amount=self._shown(name)) for name, _fen in spent
            ]
            text = self._rules.text("behaviour.spent").format(classes=commas(words))
            yield BehaviourLine("spent", "fact", text, tuple(name for name, _fen in spent))
