"""The line on the portrait about why a customer may be leaving (domain 4.1): the evidence's word, or the manager's."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from ui.widgets.cause import evidence_lines
from ui.widgets.parts import button, column, label, row
from ui.widgets.sources import Figure
from workbench.base.i18n import _, commas
from workbench.insight.churn.causes import Cause
from workbench.rules.parameters import Rules

#: the columns that the causes rest on most
_BEHIND = ("S1", "S7", "days_since_touch", "complaint_days", "same_name_mean", "third_share")


def causes_row(
    causes: Sequence[Cause],
    rules: Rules,
    show: Callable[[str, tuple[str, ...]], object],
    confirm: Callable[[], object],
) -> QVBoxLayout:
    """The likely causes, which lead to their figures, or the confirmed one, with the evidence of the first; the button that
    confirms or changes it."""
    confirmed = any(one.confirmed for one in causes)
    words = commas(one.worded for one in causes) or rules.text("cause.none")
    made = Figure(words, evidence_lines(causes, ""))
    made.setIndent(0)
    made.activated.connect(partial(show, _("可能原因"), _BEHIND))
    head = label(_("流失原因") if confirmed else _("可能原因"), "second")
    again = button(_("改原因") if confirmed else _("确认原因"), confirm, "link")
    whole = column(row(head, None, again), made, spacing=0)
    if causes and causes[0].evidence:
        whole.addWidget(label(commas(causes[0].evidence), "second", wrap=True))
    return whole
