"""Tick papers and files off as destroyed: how, and a note."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from workbench.base.i18n import _
from workbench.trust.ledger_line import ways

if TYPE_CHECKING:
    from workbench.app import Workbench


class TickDialog(FormDialog):
    """For the rows selected in the register; one write, can be undone."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, papers: list[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("登记销毁"), _("登记"), parent)
        self.papers = papers
        self.how = QComboBox()
        for code, words in ways():
            self.how.addItem(words, code)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("可以不写,例如:碎纸机,两人在场"))
        self.line(_("怎么销毁"), self.how)
        self.line(_("备注"), self.note)
        words = _("登记 {n} 份,可以撤销。程序不会去删磁盘上的文件,请先自己删好。").format(n=len(papers))
        self.line("", label(words, "second", wrap=True))

    def answer(self) -> None:
        """Keep it."""
        ledger, how, note = self.workbench.ledger, str(self.how.currentData()), self.note.text()
        words = _("已登记销毁 {n} 份。").format(n=len(self.papers))
        self.write(lambda: ledger.tick_off(self.papers, how, note), words)
