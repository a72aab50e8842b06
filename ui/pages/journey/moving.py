"""The short question where a customer is to stand instead, and why; the way back to the machine's view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.pages.journey.words import by_hand_words, stage_word
from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, label, row
from ui.words import brief, who
from workbench.base.i18n import _
from workbench.insight.journey.facts import BoardRow

if TYPE_CHECKING:
    from workbench.app import Workbench


class MoveDialog(FormDialog):
    """Asks for a stage and a reason; shows what the machine says."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, card: BoardRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("手工换阶段"), _("换阶段"), parent)
        rules, journey = workbench.rules, workbench.insight.journey
        self.card = card
        move = card.by_hand
        own = brief(rules, card.card.as_of, card.card.reason)
        machine = _("{title}:{words}").format(title=card.card.name, words=own)
        view = by_hand_words(rules, move) if move else machine
        self.machine = label(view, wrap=True)
        stops = tuple((code, name) for code, name in journey.moves.stops() if code != card.card.code)
        self.stop = ChoiceButtons(stops, per_line=3, preset=False)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:客户说下月资金回来"))
        self.back = button(
            _("恢复系统判断({stage})").format(stage=stage_word(rules, move.machine if move else None)),
            self.restore,
        )
        self.back.setVisible(move is not None)
        until = _("到 {day} 自动恢复系统判断;也可以随时撤销。").format(day=journey.moves.until())
        self.machine.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.line(_("换谁"), label(who(card.name, card.customer_no)))
        self.line(_("系统判断") if move is None else _("现在"), self.machine)
        self.line(_("换到"), self.stop)
        self.line(_("理由"), self.reason)
        self.line("", label(until, "second", wrap=True))
        if move is not None:
            undo = QWidget()
            inside = row(self.back, None)
            inside.setContentsMargins(0, 0, 0, 0)
            undo.setLayout(inside)
            self.line("", undo)
        self.setMinimumWidth(520)
        self.stop.focus_checked()

    def answer(self) -> None:
        """Move the customer, once a stage and a reason are given."""
        code, reason, number = self.stop.code(), self.reason.text(), self.card.customer_no
        if not code:
            self.say(_("请先选换到哪个阶段。"))
            self.stop.focus_checked()
            return
        if not reason.strip():
            self.say(_("请写一句为什么。"))
            self.reason.setFocus()
            return
        journey = self.workbench.insight.journey
        name = stage_word(self.workbench.rules, code)
        self.write(lambda: journey.move(number, code, reason), _("已换到{stage}。").format(stage=name))

    def restore(self) -> None:
        """End the move by hand."""
        journey, number = self.workbench.insight.journey, self.card.customer_no
        self.write(lambda: journey.by_machine(number), _("已恢复系统判断。"))
