"""Deletion of a customer's data: what goes and what stays is listed first, then a reason is asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from workbench.base.change import Change
from workbench.base.i18n import _, semicolons
from workbench.trust.personal.deletion import Deletion

if TYPE_CHECKING:
    from workbench.app import Workbench


class DeletionDialog(FormDialog):
    """Deletes nothing before it listed what goes. `deleted(Deletion)` afterwards."""

    deleted = Signal(object)

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("删除全部数据"), _("彻底删除"), parent)
        self.setMinimumWidth(620)
        self.customer_no = customer_no
        self._gone: Deletion | None = None
        self.who = label("")
        self.goes = label(_("正在列出会删掉什么…"), "second", wrap=True)
        self.stays = label("", "second", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:本人书面要求,12 月 1 日收到"))
        self.line(_("客户"), self.who)
        self.line(_("会删掉"), self.goes)
        self.line(_("会留下"), self.stays)
        self.line(_("原因"), self.reason)
        self.yes.setEnabled(False)
        self.accepted.connect(lambda: self.deleted.emit(self._gone))
        tasks.run(lambda: workbench.personal.foreseen(customer_no), self._show, owner=self)

    def answer(self) -> None:
        """Delete it."""
        if not self.reason.text().strip():
            self.say(_("请写一句删除的原因,会登记。"))
            self.reason.setFocus()
            return
        personal, number, why = self.workbench.personal, self.customer_no, self.reason.text()

        def job() -> Change:
            """Delete; there is nothing to undo."""
            self._gone = personal.delete(number, why)
            return Change(frozenset(one.table for one in self._gone.gone), self._gone.rows, None)

        self.write(job, _("已彻底删除。请打印回执。"))

    def _show(self, seen: Deletion) -> None:
        self.who.setText(seen.shown)
        words = [
            _("{what} {n} 行").format(what=one.title, n=one.count) for one in seen.gone if not one.column
        ]
        words += [
            _("{what}里的文字 {n} 处").format(what=one.title, n=one.count) for one in seen.gone if one.column
        ]
        self.goes.setText(semicolons(words) + _("。撤销和恢复用的旧值一并删除,不能撤销,也找不回来。"))
        self.stays.setText("\n".join(seen.stays))
        self.yes.setEnabled(True)
        self.reason.setFocus()
        for words_of in (self.goes, self.stays):
            words_of.setMinimumHeight(words_of.heightForWidth(words_of.width()))
        inside = self.layout()
        if inside is not None:
            inside.activate()
            self.resize(self.width(), inside.totalHeightForWidth(self.width()))
