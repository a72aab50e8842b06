"""The list of signals of the check: a new one is its own file and one line here."""

from workbench.insight.churn.signals.activity import S2
from workbench.insight.churn.signals.anchor import S7
from workbench.insight.churn.signals.contact import S4
from workbench.insight.churn.signals.moved import S1
from workbench.insight.churn.signals.new_money import S8
from workbench.insight.churn.signals.outflow import S3
from workbench.insight.churn.signals.reputation import S6
from workbench.insight.churn.signals.signal import SignalKind
from workbench.insight.churn.signals.suitability import S5
from workbench.insight.churn.signals.swings import S9

#: in the order in which they are shown
SIGNALS: tuple[SignalKind, ...] = (S1, S2, S3, S4, S5, S6, S7, S8, S9)
CODES = tuple(kind.code for kind in SIGNALS)
