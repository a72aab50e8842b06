"""Holds a report of the backtest against its oracle, figure by figure."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.workbench.insight.churn.backtest.oracle import HEIGHT, Expected, figures
from workbench.insight.churn.backtest.report import AlertRow, BacktestReport
from workbench.insight.churn.signals.registry import CODES


def same(row: AlertRow, wanted: dict[str, float]) -> None:
    """A row tells what the oracle computed."""
    shown: dict[str, Any] = {
        "n": row.n, "lost": row.lost, "alerts": row.alerts, "right": row.right, "customers": row.customers,
        "precision": row.precision.value, "recall": row.recall.value, "lift": row.lift.value, "lead": row.lead_days,
        "touched": row.touched.alerts, "touched_right": row.touched.right,
    }  # fmt: skip
    whole = {name: float("nan") if value is None else float(value) for name, value in shown.items()}
    assert whole == pytest.approx(wanted, nan_ok=True), row.key
    assert row.untouched.alerts == row.alerts - row.touched.alerts


def agree(report: BacktestReport, wanted: Expected) -> None:
    """The whole report tells what the oracle computed."""
    cases, headline = wanted.cases, wanted.cases[wanted.cases.headline]
    assert [one.month for one in report.origins] == list(dict.fromkeys(cases.month))
    assert [one.month for one in report.headline] == list(dict.fromkeys(headline.month))
    for origin in report.origins:
        here = cases[cases.month == origin.month]
        assert (origin.customers, origin.lost) == (len(here), here.lost.sum())
        out = wanted.untold[(wanted.untold.month == origin.month) & (wanted.untold.why == "censored")]
        assert sum(origin.censored.values()) == len(out)
    for light, row in report.thresholds.items():
        same(row, figures(headline, headline.height >= HEIGHT[light]))
        lit = wanted.untold[wanted.untold.headline & (wanted.untold.height >= HEIGHT[light])]
        assert row.untold == len(lit)
        first = headline[headline.height >= HEIGHT[light]].sort_values("month").drop_duplicates("customer")
        assert (row.once.alerts, row.once.right) == (len(first), first.lost.sum())
    for code, row in zip(CODES, report.signals, strict=True):
        hit = wanted.hits[wanted.hits.code == code][["customer_id", "month"]]
        named = pd.MultiIndex.from_frame(hit)
        chosen = pd.MultiIndex.from_frame(cases[["customer", "month"]]).isin(named)
        same(row, figures(cases, pd.Series(chosen, cases.index)))
    for row in report.tiers:
        level = cases[cases.tier == row.key]
        same(row, figures(level, level.height >= 2))
    assert {row.key for row in report.tiers} == set(cases.tier.dropna())
    naive = cases[cases.naive]
    assert (report.naive.naive.alerts, report.naive.naive.right) == (len(naive), naive.lost.sum())
    assert report.naive.check.alerts == len(naive)
    lost, kept = cases[cases.lost].risk.to_numpy(), cases[~cases.lost].risk.to_numpy()
    if len(lost):
        pairs = (lost[:, None] > kept).sum() + 0.5 * (lost[:, None] == kept).sum()
        assert report.auc.value == pytest.approx(pairs / (len(lost) * len(kept)))
    points = {point.risk: point for point in report.curve}
    at_least = np.array(cases.risk >= points[50].risk)
    # a hard rule may light who has a lower risk, and who may not be lit is in no curve
    assert points[50].alerts <= int(at_least.sum())
