"""The questions before a commit, each in a card: what is doubtful, the way to the place where it is mended, a reason."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.parts import button, empty, label, row
from workbench.base.i18n import _
from workbench.intake.columns.dialects import LOST, ZEROS_LOST
from workbench.intake.report import CommitQuestion

if TYPE_CHECKING:
    from workbench.intake.review.session import ImportSession

#: the question with two answers: leave the month's lights off, or light them because the figures are right
GUARD, LIT = "data_guard", "data_guard_lit"
UNSURE = "unsure_columns"
#: questions about columns, which 对应关系 shows
OF_COLUMNS = frozenset((
    LOST, UNSURE, "idle_columns", "misfit_values", "empty_figures", "labels_carried", "merged_figures",
    "unit_exception",
))  # fmt: skip
#: the question about cells, which 问题 lists
OF_CELLS = "unread_cells"
#: the question that the date in the head of the review answers
OF_DATE = "month_unclear"


class Questions(QWidget):
    """`decided(choice)` hands an answer up, to be called with session and sheet; `looked(question)` asks to see the place
    that a question is about."""

    decided = Signal(object)
    looked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.reasons: dict[str, QLineEdit] = {}
        #: of each open question, the buttons that settle it without a reason or lead to its place
        self.ways: dict[str, list[QPushButton]] = {}
        self._questions: tuple[CommitQuestion, ...] = ()
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def put(self, questions: tuple[CommitQuestion, ...]) -> None:
        """Show these; reasons typed but not given yet stay."""
        typed = {code: line.text() for code, line in self.reasons.items()}
        empty(self._cards)
        self.reasons, self.ways, self._questions = {}, {}, questions
        for question in questions:
            self._ask(question, typed.get(question.code, ""))
        self.setVisible(bool(questions))

    def waiting(self) -> QLineEdit | None:
        """The first line that waits for a reason, None where every question is answered."""
        return next((self.reasons[one.code] for one in self._questions if not one.reason), None)

    def first(self) -> QLineEdit | None:
        """The first line, None without a question."""
        return next(iter(self.reasons.values()), None)

    def confirm(self, code: str, answer: str = "") -> None:
        """Answer a question with the reason in its line; `answer` is a code other than the question's own."""
        reason = self.reasons[code].text().strip()
        self._decide(lambda session, name: session.confirm(name, answer or code, reason))

    def _decide(self, choice: "Callable[[ImportSession, str], object]") -> None:
        self.decided.emit(choice)

    def _ask(self, question: CommitQuestion, typed: str) -> None:
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(label(question.words, "" if question.reason else "red", wrap=True))
        line = QLineEdit(question.reason or typed)
        line.setPlaceholderText(_example(question.code))
        line.setAccessibleName(_("确认的原因"))
        act = partial(self.confirm, question.code)
        line.returnPressed.connect(act)
        done = button(_("改原因") if question.reason else _("已核对,照此写入"), act)
        answers = [line, done]
        if question.code == GUARD:
            done.setText(_("照此写入,本月先不亮灯"))
            answers.append(button(_("数字无误,照常亮灯"), partial(self.confirm, question.code, LIT)))
        if not question.reason:
            self.ways[question.code] = self._ways(question)
        inner.addLayout(row(*self.ways.get(question.code, ()), *answers))
        if question.reason:
            inner.addWidget(label(_("✓ 已确认,原因随导入记录保存。"), "second"))
        self.reasons[question.code] = line
        self._cards.addWidget(frame)

    def _ways(self, question: CommitQuestion) -> list[QPushButton]:
        """What mends the cause of a question, or shows it, so that no reason is needed."""
        look = partial(self.looked.emit, question)
        ways = []
        if question.code == UNSURE:
            ways.append(button(_("全部正确,按此对应"), self._accept))
        if question.code == ZEROS_LOST:
            ways.append(button(_("补足前导零"), self._pad))
        if question.code in OF_COLUMNS:
            words = _("去“对应关系”里找") if question.code == LOST else _("去“对应关系”看这几列")
            ways.append(button(words, look))
        if question.code == OF_CELLS:
            ways.append(button(_("去“问题”看这些格"), look))
        if question.code == OF_DATE:
            ways.append(button(_("去改数据日期"), look))
        return ways

    def _accept(self) -> None:
        self._decide(lambda session, name: session.confirm_similar(name))

    def _pad(self) -> None:
        self._decide(lambda session, name: session.apply(name, "zeros"))


def _example(code: str) -> str:
    """What an answer to a question may read like."""
    examples = {
        GUARD: _("写明原因,例如:这份名单只含本支行的客户"),
        LOST: _("写明原因,例如:总行从本月起不再提供这一项"),
        "idle_columns": _("写明原因,例如:这几列只作备查"),
        "unsure_columns": _("写明原因,例如:这几列都不是,只作备查"),
        "misfit_values": _("写明原因,例如:已向总行核实,内容没有错"),
        "unread_cells": _("写明原因,例如:总行的公式没有算出来,按不知道处理"),
        "empty_figures": _("写明原因,例如:这一项总行只给了一部分客户"),
    }
    return examples.get(code, _("写明原因,例如:总行已说明合计含对公客户"))
