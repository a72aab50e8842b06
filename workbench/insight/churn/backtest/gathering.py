"""Gathers the cases: the check's own statements as of each origin, and the lists that came later. Stores nothing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from db.stores.planning import reads_every_customer
from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.insight.churn.afterwards import Afterwards
from workbench.insight.churn.assessing import planned
from workbench.insight.churn.backtest.case_arrays import Cases
from workbench.insight.churn.backtest.figures import month_figures
from workbench.insight.churn.backtest.origin_outcome import OriginOutcome
from workbench.insight.churn.backtest.origins import OriginPlan, PlannedOrigin
from workbench.insight.churn.signals.registry import CODES
from workbench.rules.parameters import Rules

_Arrays = dict[str, NDArray[Any]]


def gathered(conn: Connection, plan: OriginPlan, rules: Rules, progress: Progress) -> Cases:
    """The cases of all origins, the oldest first; `progress` from 0 to 1."""
    reads_every_customer(conn)
    # an explanation given after the data date was not known on it
    then = rules.trying({"explained.after_days": 0})
    progress(0.0, _("读取各月资产"))
    figures = month_figures(conn, plan.months, plan.doubtful)
    afterwards = Afterwards.read(conn, rules, plan.origins[0].as_of)
    parts = []
    for place, origin in enumerate(plan.origins):
        progress(0.1 + 0.9 * place / len(plan.origins), _("回看 {month}").format(month=origin.month))
        part = _verdicts(conn, origin, then)
        part["origin"] = np.full(len(part["risk"]), place, np.int8)
        ids = part.pop("customer_id")
        part["customer"] = figures.rows(ids)
        parts.append(part | OriginOutcome(conn, origin, figures, afterwards, rules).of(ids, part["customer"]))
    return Cases.joined(plan, len(figures.ids), parts)


def _verdicts(conn: Connection, origin: PlannedOrigin, rules: Rules) -> _Arrays:
    """What the check says of everybody on the list of an origin."""
    check = planned(conn, origin.month, rules)
    rows = [] if check is None else conn.execute(check.looked_back()).all()
    names = ("customer_id", "no", "aum", "tier", "risk", "high", "hit", "unlit", "lifted", *CODES)
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    least = rules.numbers("grade.anchors")[0] - 1e-9
    signals = np.zeros(len(rows), np.int32)
    for bit, code in enumerate(CODES):
        signals |= (np.array(columns[code], np.float64) >= least).astype(np.int32) << bit
    return {
        "customer_id": np.array(columns["customer_id"], np.int64),
        "no": np.array(columns["no"], np.object_),
        "risk": np.array(columns["risk"], np.float64),
        "aum": np.array(columns["aum"], np.float64),
        "high": np.array(columns["high"], np.float64),
        "tier": np.array(columns["tier"], np.object_),
        "hit": np.array(columns["hit"], np.bool_),
        "unlit": np.array(columns["unlit"], np.bool_),
        "lifted": np.array(columns["lifted"], np.int8),
        "signals": signals,
    }
