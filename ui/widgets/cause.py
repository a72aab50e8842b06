"""Confirm why a customer leaves: the three causes and 'nobody knows' as buttons, with what the evidence says (domain 4.1)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.fitting import grow
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from workbench.base.i18n import _, commas
from workbench.insight.churn.causes import Cause

if TYPE_CHECKING:
    from workbench.app import Workbench


def evidence_lines(causes: Sequence[Cause], nothing: str) -> str:
    """The causes with their share of the evidence and each piece of it, a line each; `nothing` without any."""
    words = _("{cause}:{evidence}")
    lines = (
        words.format(cause=one.worded, evidence=commas(one.evidence)) if one.evidence else one.worded
        for one in causes
    )
    return "\n".join(lines) or nothing


class CauseDialog(FormDialog):
    """Shows the evidence and takes the cause that the manager confirms. Enter keeps."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("确认流失原因"), _("确认"), parent)
        self.customer_no = customer_no
        self.evidence = label(_("正在找依据…"), "second", wrap=True)
        self.cause = ChoiceButtons(workbench.outreach.lights.causes())
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("客户怎么说的,一句话,可以不填"))
        self.line(_("依据"), self.evidence)
        self.line(_("原因"), self.cause)
        self.line(_("备注"), self.note)
        # nothing is taken for granted before the evidence is there
        self.cause.take("unknown")
        self.cause.focus_checked()
        tasks.run(
            lambda: workbench.insight.portraits.causes(customer_no),
            self._show,
            failed=lambda _error: self.evidence.setText(""),
            owner=self,
        )

    def _show(self, causes: Sequence[Cause]) -> None:
        self.evidence.setText(evidence_lines(causes, self.workbench.rules.text("cause.none")))
        if causes:
            self.cause.take(causes[0].code)
            self.cause.focus_checked()
        grow(self)

    def answer(self) -> None:
        """Keep the cause."""
        cause, note = self.cause.code(), self.note.text()
        lights = self.workbench.outreach.lights
        self.write(lambda: lights.confirm_cause(self.customer_no, cause, note), _("已确认流失原因。"))
