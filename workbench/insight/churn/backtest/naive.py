"""The check against "average down 20 % in a month": the paired difference on the same customers and months (domain 4.6)."""

from dataclasses import dataclass

from workbench.insight.churn.backtest import words
from workbench.insight.churn.backtest.case_arrays import Cases, Flags
from workbench.insight.churn.backtest.counting import as_many_each
from workbench.insight.churn.backtest.draws import CustomerDraws
from workbench.insight.churn.backtest.estimate import Verdict
from workbench.insight.churn.backtest.report import AlertShare, NaiveComparison
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Rival:
    """Both ways of naming customers, being counted, as numbers of the draws. Built before the draw."""

    lost: int
    naive: int
    naive_right: int
    check: int
    check_right: int
    alarmed: int
    alarmed_right: int
    different: int

    @classmethod
    def counted(cls, cases: Cases, draws: CustomerDraws, alarmed: Flags) -> "Rival":
        """The naive rule, as many of each month by risk, and those alarmed as they are; among all of whom it can be told."""
        judged, lost = cases.judged, cases.lost
        naive = cases.naive & judged
        check = as_many_each(cases, cases.risk, judged & ~cases.unlit, naive)
        alarmed = alarmed & judged
        sets = (
            judged & lost,
            naive,
            naive & lost,
            check,
            check & lost,
            alarmed,
            alarmed & lost,
            naive ^ check,
        )
        return cls(*map(draws.add, sets))

    def comparison(self, draws: CustomerDraws, rules: Rules) -> NaiveComparison:
        """The counted comparison."""
        difference = draws.difference(self.check_right, self.check, self.naive_right, self.naive)
        different, least = draws.customers(self.different), rules.whole("backtest.least_different")
        surely = difference.above(0) if different >= least else None
        verdict: Verdict = "cannot_tell" if surely is None else "better" if surely else "worse"
        naive, check = (
            AlertShare(draws.count(alerts), draws.count(right), draws.share(right, alerts))
            for alerts, right in ((self.naive, self.naive_right), (self.check, self.check_right))
        )
        fall = rules.number("backtest.naive")
        return NaiveComparison(
            fall, naive, draws.share(self.naive_right, self.lost), check, difference,
            draws.difference(self.alarmed_right, self.alarmed, self.naive_right, self.naive),
            draws.difference(self.alarmed_right, self.lost, self.naive_right, self.lost),
            verdict, words.of_naive(fall, naive, check, difference, verdict, different, least),
        )  # fmt: skip
