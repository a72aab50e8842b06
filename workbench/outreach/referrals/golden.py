"""`GoldenMoment`: what satisfied a customer, when, and until when to ask (domain 7). Pure: read from his figures."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.insight.tags.vocabulary import values as values_of
from workbench.insight.values.values import Values
from workbench.outreach.referrals.task import Moment
from workbench.rules.parameters import Rules

#: what the moments are read from
READS = frozenset(
    {
        "deal_days", "praised_days", "days_since_satisfied", "gained_days", "new_family", "upgraded_days", "qualified_days",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldenMoment:
    """`code`: which of the three; `kind`: by what it was seen; `what`: what it was, with its date, in words; `day`: that date
    (ISO); `until`: the last day on which to ask; `monthly`: only a month's list tells of it; `fresh`: 100 on its day,
    0 after the last."""

    code: Moment
    kind: str
    what: str
    day: str
    until: str
    monthly: bool
    fresh: float

    def name(self, rules: Rules) -> str:
        """What the moment is called."""
        return rules.text(f"moments.{self.code}")


def moments_of(values: Values, as_of: str, day: str, rules: Rules) -> tuple[GoldenMoment, ...]:
    """The moments of a customer on a day (ISO) that the figures are seen from, the dated first, then the freshest. `as_of`: the
    data date of the lists."""
    each = _moments(values, as_of, dt.date.fromisoformat(day), rules)
    return tuple(sorted(each, key=lambda one: (one.monthly, -one.fresh)))


def _moments(values: Values, as_of: str, day: dt.date, rules: Rules) -> Iterator[GoldenMoment]:
    deal, service, gain = (rules.whole(f"moments.{code}_days") for code in ("deal", "service", "gain"))
    month = rules.whole("tag.golden_days")
    kinds: tuple[tuple[Moment, str, int | None, int, bool], ...] = (
        ("service", "satisfied", values.days_since_satisfied, service, False),
        ("service", "praised", values.praised_days, service, False),
        ("deal", "deal", values.deal_days, deal, False),
        ("gain", "gained", values.gained_days, gain, False),
        ("deal", "qualified", values.qualified_days, month, True),
        ("deal", "upgraded", values.upgraded_days, month, True),
    )
    for code, what, ago, most, monthly in kinds:
        if ago is not None and ago <= most:
            date = day - dt.timedelta(days=ago)
            yield _moment(code, what, date, ago, most, rules, monthly=monthly)
    if values.new_family not in (None, "none"):
        date = dt.date.fromisoformat(as_of)
        ago = max(0, (day - date).days)
        product = dict(values_of(rules, "purchase"))[str(values.new_family)]
        yield _moment("deal", "family", date, ago, month, rules, monthly=True, product=product)


def _moment(
    code: Moment,
    what: str,
    date: dt.date,
    ago: int,
    most: int,
    rules: Rules,
    *,
    monthly: bool,
    product: str = "",
) -> GoldenMoment:
    words = rules.text(f"moments.what.{what}").format(date=date.isoformat(), product=product)
    until = date + dt.timedelta(days=most)
    fresh = 100.0 * max(0.0, 1 - max(0, ago) / (most + 1))
    return GoldenMoment(code, what, words, date.isoformat(), until.isoformat(), monthly, fresh)
