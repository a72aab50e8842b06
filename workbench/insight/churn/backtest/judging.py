"""Judges gathered cases by the lines of some rules: every cut of the report, counted and drawn at once."""

from collections import Counter

import numpy as np

from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.base.intervals import auc_half_width
from workbench.insight.churn.backtest import words
from workbench.insight.churn.backtest.case_arrays import CENSORED, HEIGHTS, Cases
from workbench.insight.churn.backtest.counting import Counting
from workbench.insight.churn.backtest.draws import CustomerDraws, area
from workbench.insight.churn.backtest.estimate import UNKNOWN, Estimate
from workbench.insight.churn.backtest.naive import Rival
from workbench.insight.churn.backtest.report import BacktestOrigin, BacktestReport
from workbench.insight.churn.backtest.size import BookSize
from workbench.insight.churn.signals.registry import CODES
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

#: the risks of the curve
_CURVE = tuple(range(0, 101, 5))
_LIGHTS: tuple[Light, ...] = ("yellow", "orange", "red")


def judged(
    cases: Cases, as_of: str, size: BookSize, rules: Rules, threshold: float | None, progress: Progress
) -> BacktestReport:
    """The report; `progress` from 0 to 1."""
    draws = CustomerDraws(cases.customer, rules.whole("backtest.draws"), rules.whole("backtest.least"))
    counting, heights = Counting(cases, draws), cases.heights(rules)
    everybody, alarmed = np.ones(len(cases.customer), np.bool_), heights >= 2
    of_all, of_headline = counting.among(everybody), counting.among(cases.headline)
    names = {"yellow": _("黄灯及以上"), "orange": _("橙灯和红灯"), "red": _("红灯")}
    thresholds = {
        light: counting.cut(light, names[light], heights >= HEIGHTS.index(light), of_headline)
        for light in _LIGHTS
    }
    free = None
    if threshold is not None:
        name = _("风险分 {risk} 及以上").format(risk=f"{threshold:g}")
        free = counting.cut(f"risk>={threshold:g}", name, cases.from_risk(threshold), of_headline)
    signals = [counting.cut(code, rules.text(f"{code}.name"), cases.hit_by(code), of_all) for code in CODES]
    levels = sorted({str(one) for one in cases.tier[cases.judged] if one is not None})
    tiers = [
        counting.cut(code, _level(code, rules), alarmed, counting.among(cases.tier == code))
        for code in levels
    ]
    weekly, weeks = rules.whole("queue.places"), rules.whole("backtest.weeks")
    gone = cases.gone(heights, rules)
    places = counting.cut(
        "working", "", cases.first_places(heights, gone, weekly * weeks, rules), of_headline
    )
    late = counting.cut("gone", "", gone, of_headline)
    points = [(risk, cases.from_risk(risk) & cases.judged) for risk in _CURVE]
    curve = [(risk, (draws.add(one), draws.add(one & cases.lost))) for risk, one in points]
    rival = Rival.counted(cases, draws, alarmed)
    draws.draw(lambda share: progress(share, _("估计误差")))
    rows = {light: counting.row(cut) for light, cut in thresholds.items()}
    origins = _origins(cases)
    newest_first = tuple(reversed(origins))
    base = draws.share(of_headline.lost, of_headline.everybody)
    horizon = rules.whole("outcomes.window")
    headline = [one.month for one in newest_first if one.headline]
    lines = rules.numbers("lights")
    named = draws.customers(thresholds["orange"].columns[1])
    return BacktestReport(
        as_of=as_of,
        months=len(cases.plan.months),
        horizon=horizon,
        lines=(lines[0], lines[1], lines[2]),
        origins=newest_first,
        doubtful=cases.plan.doubtful,
        n=draws.count(of_headline.everybody),
        lost=draws.count(of_headline.lost),
        customers=draws.customers(of_headline.everybody),
        base_rate=base,
        all_n=draws.count(of_all.everybody),
        all_lost=draws.count(of_all.lost),
        auc=_area(cases, draws, of_all.lost, of_all.everybody),
        thresholds=rows,
        free=counting.row(free) if free else None,
        working=counting.working(places, late, weekly, weeks),
        signals=tuple(counting.row(cut) for cut in signals),
        tiers=tuple(counting.row(cut) for cut in tiers),
        curve=tuple(counting.curve_point(risk, columns, of_all.lost) for risk, columns in curve),
        naive=rival.comparison(draws, rules),
        size=size,
        sentence=words.headline(rows["orange"], base, headline, horizon, named),
        notes=words.notes(newest_first, cases.plan.doubtful, horizon),
    )


def _level(code: str, rules: Rules) -> str:
    name = f"tier.{code}"
    return rules.text(name) if rules.has_text(name) else code


def _area(cases: Cases, draws: CustomerDraws, lost: int, everybody: int) -> Estimate:
    """The AUC over all cases; its interval by the number of customers, since their months hang together."""
    value = area(cases.risk[cases.judged], cases.lost[cases.judged])
    if value is None:
        return UNKNOWN
    gone = draws.customers(lost)
    half = auc_half_width(value, gone, draws.customers(everybody) - gone)
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0), "hanley_mcneil")


def _origins(cases: Cases) -> tuple[BacktestOrigin, ...]:
    """The origins with their numbers, the oldest first."""
    origins = []
    for place, one in enumerate(cases.plan.origins):
        here = cases.origin == place
        why = Counter(cases.why[here].tolist())
        origins.append(
            BacktestOrigin(
                one.month, one.as_of, one.headline, int(np.count_nonzero(here & cases.judged)),
                int(np.count_nonzero(here & cases.judged & cases.lost)),
                {name: why[code] for code, name in CENSORED.items() if why[code]},
            )
        )  # fmt: skip
    return tuple(origins)
