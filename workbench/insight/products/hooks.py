"""Hook products (domain 3): which product opens the door to a newcomer, by a score of four parts, and the best for a customer.

A part that cannot be told is named and weighs nothing. Suitability is asked of `suitability.assess`, never judged here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from db.tables import products
from workbench.base.dates import today
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.products.barring import products_barred
from workbench.insight.products.offers import Shelf
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.products.verdict import Offered, SuitabilityVerdict
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.on_list import honest_name, is_over, last_day
from workbench.insight.shelf.regimes import is_free
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: the parts, in the order of `hook.weights`
PARTS = ("entry", "liquidity", "advantage", "easy")


@dataclass(frozen=True, slots=True)
class Hook:
    """A product that can be bought now. `entry` and `quota` in fen; `rate` and `above` (over the deposit of the same term) as
    shares a year; `until`: the last day (ISO) on which it can be bought; None: not told.

    `parts`: 0..1 by part, None where it cannot be told; `score`: over the parts that can be told, None where these weigh too
    little.
    """

    family: Family
    offered: Offered
    entry: int | None
    quota: int | None
    until: str | None
    rate: float | None
    above: float | None
    parts: Mapping[str, float | None]
    score: float | None
    unknown: tuple[str, ...]

    @property
    def terms(self) -> str:
        """What has to be said with it: risk, entry, term, quota, expiry; what is not told is to be looked up."""
        return commas(filter(None, (*self.known_terms, self.to_check)))

    @property
    def to_check(self) -> str:
        """What of its terms the list does not tell, to be looked up before anybody speaks of it; '' where nothing is missing."""
        open_terms = [
            *([_("额度")] if self.quota is None else []),
            *([_("可买到哪天")] if self.until is None else []),
        ]
        return _("先核对{what}").format(what=commas(open_terms)) if open_terms else ""

    @property
    def known_terms(self) -> tuple[str, ...]:
        """What the list tells of its terms, one each."""
        risk, term = self.offered.risk, self.offered.term_days
        known = [
            None if risk is None else f"R{risk}",
            None if self.entry is None else _("{amount}元起").format(amount=wan(self.entry)),
            _("期限{days}天").format(days=term) if term else self._at_call,
            None if self.quota is None else _("额度{amount}").format(amount=wan(self.quota)),
            None if self.until is None else _("{date}前可买").format(date=self.until),
        ]  # fmt: skip
        return tuple(one for one in known if one is not None)

    @property
    def _at_call(self) -> str | None:
        """How its money is had again, where it has no term: of what is no deposit only so much a day at once; None where that
        cannot be told."""
        if self.parts["liquidity"] != 1:
            return None
        return _("随时可取") if self.offered.regime == "deposit" else _("快速赎回每天有限额")

    def as_json(self) -> dict[str, Any]:
        """For programs: money in yuan."""
        return {
            "code": self.offered.product_code or None, "name": self.offered.name, "family": self.family.code,
            "score": None if self.score is None else round(self.score, 3),
            "parts": {part: None if score is None else round(score, 3) for part, score in self.parts.items()},
            "cannot_tell": list(self.unknown), "risk": self.offered.risk, "term_days": self.offered.term_days,
            "entry": None if self.entry is None else self.entry / 100,
            "quota": None if self.quota is None else self.quota / 100, "until": self.until,
            "rate": None if self.rate is None else round(self.rate, 6),
            "above_deposit": None if self.above is None else round(self.above, 6), "regime": self.offered.regime,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SuitableHook:
    """The best hook for one customer, with the verdict of all eleven checks."""

    hook: Hook
    verdict: SuitabilityVerdict

    @property
    def sentence(self) -> str:
        """Which, on what terms, and what to mind."""
        words = _("{name}({terms})").format(name=self.hook.offered.name, terms=self.hook.terms)
        return commas((words, *self.verdict.reasons))


def hooks(conn: Connection, shelf: Shelf, rules: Rules, day: dt.date | None = None) -> tuple[Hook, ...]:
    """All products of the sheet that can be bought on a day (None: today), the best score first, those without one last."""
    on, p = (day or today()).isoformat(), products.c
    query = select(p.product_code, p.benchmark, p.quota, p.start_date, p.open_date, p.maturity_date)
    sheet = {row["product_code"]: row for row in conn.execute(query).mappings()}
    offered = [
        (family, one, entry, sheet[one.product_code])
        for family in families()
        for one, entry in shelf.get(family.code, ())
        if one.product_code in sheet
    ]
    compared = rules.words("hook.compared_with")
    deposits = [
        (one.term_days, row["benchmark"])
        for family, one, _entry, row in offered
        if family.code in compared and one.term_days and row["benchmark"] is not None
    ]
    on_sale = [
        Hook(
            family, replace(one, name=honest_name(one.name, one.product_code, one.regime, rules)), entry, row["quota"],
            last_day(row, on), row["benchmark"], _above(one.term_days, row["benchmark"], deposits, rules), {}, None, (),
        )
        for family, one, entry, row in offered
        if one.regime in rules.words("hook.regimes") and not one.private and not is_over(row, on)
    ]  # fmt: skip
    ranked = [
        _scored(one, [other.above for other in on_sale if other.above is not None], rules) for one in on_sale
    ]
    return tuple(
        sorted(
            ranked,
            key=lambda one: (
                one.score is None,
                -(one.score or 0),
                len(one.unknown),
                one.offered.product_code,
            ),
        )
    )


def best_hook(
    values: Values, among: Sequence[Hook], rules: Rules, day: dt.date | None = None
) -> SuitableHook | None:
    """The best hook that a customer does not hold, can afford and may be sold; None where there is none or he is told of no
    product now. One without warnings goes before one with the same score that has some."""
    if products_barred(values, rules):
        return None
    buyer, on = of_values(values, rules), day or today()
    suitable = []
    for one in among:
        beyond = one.entry is not None and buyer.liquid is not None and one.entry > buyer.liquid
        if one.score is None or values.look_up(one.family.column) == 1 or beyond:
            continue
        verdict = assess(buyer, replace(one.offered, amount=one.entry), on, rules)
        if verdict.may_offer:
            suitable.append(SuitableHook(one, verdict))
    return min(
        suitable,
        key=lambda one: (-(one.hook.score or 0), one.verdict.outcome != "ok", one.hook.offered.product_code),
        default=None,
    )


def _scored(one: Hook, every: Sequence[float], rules: Rules) -> Hook:
    """The hook with its parts and their sum over what can be told."""
    parts = {
        "entry": _step(one.entry, [line * 100 for line in rules.numbers("hook.entry")], rules),
        "liquidity": _step(_days(one, rules), rules.numbers("hook.terms"), rules),
        "advantage": _place(one.above, every, rules),
        "easy": _easy(one, rules),
    }
    weights = dict(zip(PARTS, rules.numbers("hook.weights"), strict=True))
    known = sum(weights[part] for part, score in parts.items() if score is not None)
    score = None
    if known >= rules.number("hook.least_known") and known > 0:
        score = sum(weights[part] * of for part, of in parts.items() if of is not None) / known
    unknown = tuple(rules.text(f"hook.part.{part}") for part in PARTS if parts[part] is None)
    return replace(one, parts=parts, score=score, unknown=unknown)


def _step(figure: float | None, lines: Sequence[float], rules: Rules) -> float | None:
    """What a figure is worth: that of the first line that it does not pass, 0 above all."""
    if figure is None:
        return None
    steps = rules.numbers("hook.steps")
    return next((worth for line, worth in zip(lines, steps, strict=True) if figure <= line), 0.0)


def _days(one: Hook, rules: Rules) -> int | None:
    """Days until the money is back; None where no term is told and the family does not say that it is at call."""
    if one.offered.term_days is not None:
        return one.offered.term_days
    return 0 if one.family.code in rules.words("hook.instant") else None


def _above(
    term: int | None, rate: float | None, deposits: Sequence[tuple[int, float]], rules: Rules
) -> float | None:
    """The rate over that of the deposit whose term is the nearest; None without a rate or a deposit of that term."""
    if not term or rate is None:
        return None
    near = min(deposits, key=lambda one: (max(one[0], term) / min(one[0], term), one[0]), default=None)
    if near is None or max(near[0], term) > min(near[0], term) * rules.number("hook.same_term"):
        return None
    return rate - near[1]


def _place(above: float | None, every: Sequence[float], rules: Rules) -> float | None:
    """The share of the shelf that it is at least as good as; None where too few can be compared."""
    if above is None or len(every) < rules.whole("hook.least_compared"):
        return None
    return sum(other <= above for other in every) / len(every)


def _easy(one: Hook, rules: Rules) -> float | None:
    risk = one.offered.risk
    if is_free(one.offered.regime, risk, rules):
        return 1.0
    return None if risk is None else float(risk <= rules.whole("hook.easy_risk"))
