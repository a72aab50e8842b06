"""From cases to the rows of the report: each cut of the alerts is counted once, then drawn together with the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.base.i18n import sentences
from workbench.base.intervals import wilson
from workbench.insight.churn.backtest import words
from workbench.insight.churn.backtest.case_arrays import Cases, Flags
from workbench.insight.churn.backtest.draws import CustomerDraws
from workbench.insight.churn.backtest.estimate import UNKNOWN, Estimate
from workbench.insight.churn.backtest.report import AlertRow, AlertShare, CurvePoint, WorkingOrder


@dataclass(frozen=True, slots=True)
class _Among:
    """The cases within which a cut is looked at, as numbers of the draws: all that can be told, and the lost."""

    flags: Flags
    everybody: int
    lost: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Some alerts, being counted."""

    key: str
    name: str
    alerts: Flags
    among: _Among
    columns: tuple[int, ...]


class Counting:
    """Counts cuts of the cases. Add every cut, then `draw`, then ask for the rows."""

    def __init__(self, cases: Cases, draws: CustomerDraws) -> None:
        self._cases, self._draws = cases, draws

    def among(self, flags: Flags) -> _Among:
        """The cases within which alerts are looked at."""
        judged = flags & self._cases.judged
        return _Among(flags, self._draws.add(judged), self._draws.add(judged & self._cases.lost))

    def cut(self, key: str, name: str, alerts: Flags, among: _Among) -> Cut:
        """The alerts of a threshold, a signal or a level."""
        cases = self._cases
        known = alerts & among.flags & cases.judged
        parts = (known, known & cases.touched, known & ~cases.touched)
        columns = [self._draws.add(one) for part in parts for one in (part, part & cases.lost)]
        return Cut(key, name, alerts & among.flags, among, tuple(columns))

    def row(self, cut: Cut) -> AlertRow:
        """The counted cut."""
        cases, draws, among = self._cases, self._draws, cut.among
        alerts, right, touched, touched_right, untouched, untouched_right = cut.columns
        known = cut.alerts & cases.judged
        lead = cases.lead[known & cases.lost]
        lead = lead[~np.isnan(lead)]
        precision, recall = draws.share(right, alerts), draws.share(right, among.lost)
        lift = draws.lift(right, alerts, among.lost, among.everybody)
        days = float(np.median(lead)) if len(lead) else None
        claim = draws.against_lot(right, lift)
        return AlertRow(
            cut.key, cut.name, draws.count(among.everybody), draws.count(among.lost), draws.count(alerts),
            draws.count(right), draws.customers(alerts), int(np.count_nonzero(cut.alerts & ~cases.judged)), precision,
            self._once(known), recall, lift, days, self._share(touched_right, touched),
            self._share(untouched_right, untouched), claim,
            sentences([
                words.of_row(draws.count(alerts), draws.count(right), precision, recall, lift, days),
                words.against_lot(claim, lift, draws.customers(right)),
            ]),
        )  # fmt: skip

    def _share(self, right: int, alerts: int) -> AlertShare:
        draws = self._draws
        return AlertShare(draws.count(alerts), draws.count(right), draws.share(right, alerts))

    def _once(self, known: Flags) -> AlertShare:
        """Each customer by his first alert, with Wilson's interval."""
        places = np.flatnonzero(known)
        # the oldest origin stands first
        first = places[np.unique(self._cases.customer[places], return_index=True)[1]]
        n, right = len(first), int(np.count_nonzero(self._cases.lost[first]))
        precision = Estimate(right / n, *wilson(right, n), "wilson") if n else UNKNOWN
        return AlertShare(n, right, precision)

    def working(self, chosen: Cut, gone: Cut, weekly: int, weeks: int) -> WorkingOrder:
        """The counted first places."""
        alerts, right = chosen.columns[:2]
        share = self._share(right, alerts)
        late, late_right = (self._draws.count(one) for one in gone.columns[:2])
        among = chosen.among
        lift = self._draws.lift(right, alerts, among.lost, among.everybody)
        claim = self._draws.against_lot(right, lift)
        against = words.against_lot(claim, lift, self._draws.customers(right))
        sentence = sentences([words.of_working(share, weekly, weeks, late), against])
        return WorkingOrder(weekly, weeks, share, late, late_right, lift, claim, sentence)

    def curve_point(self, risk: int, columns: tuple[int, int], lost: int) -> CurvePoint:
        """A counted point of the curve."""
        alerts, right = columns
        draws = self._draws
        return CurvePoint(risk, draws.count(alerts), draws.share(right, alerts), draws.share(right, lost))


def as_many_each(cases: Cases, risk: NDArray[np.float64], among: Flags, wanted: Flags) -> Flags:
    """Of each origin as many of `among` as it has `wanted` cases, those of the highest risk."""
    chosen = np.zeros(len(risk), np.bool_)
    aum = np.nan_to_num(cases.aum)
    for origin in range(len(cases.plan.origins)):
        number = int(np.count_nonzero(wanted & (cases.origin == origin)))
        places = np.flatnonzero(among & (cases.origin == origin))
        order = np.lexsort((cases.customer[places], -aum[places], -risk[places]))
        chosen[places[order[:number]]] = True
    return chosen
