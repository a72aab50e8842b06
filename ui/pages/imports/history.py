"""导入历史: every import of the past with its quality; what one of them brought, and taking any of them back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.pages.imports.batch import BatchDialog
from ui.tasks import Tasks
from ui.widgets.parts import Card, ask, button, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _
from workbench.intake.report import HistoryRow, KeptCell
from workbench.people.labels import label as field_label
from workbench.people.privacy import masking

if TYPE_CHECKING:
    from workbench.app import Workbench

HISTORY = 200
#: kept cells that a question lists before it only counts
_LISTED = 6


class HistoryCard(Card):
    """`reversed_(words)` when an import was taken back or done again; `failed(error)` when it could not be."""

    failed = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        self.details = button(_("详情"), self.show_details, tip="Enter")
        self.undo_button = button(_("撤销这次导入"), self.undo)
        self.redo_button = button(_("重新写入"), self.redo)
        aside = QWidget()
        line = row(self.details, self.undo_button, self.redo_button)
        line.setContentsMargins(0, 0, 0, 0)
        aside.setLayout(line)
        super().__init__(_("导入历史"), aside)
        self.workbench = workbench
        self.tasks = tasks
        self.question: QMessageBox | None = None
        self._replaced: dict[int, int] = {}
        self._doubtful = workbench.rules.number("intake.quality_doubtful")
        self.table = Table(self._columns(), tasks, bare=True)
        self.table.setAccessibleName(_("导入历史"))
        # files of one kind differ at the end of their names
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.chosen.connect(lambda _number: self._tell_buttons())
        self.table.opened.connect(lambda _number: self.show_details())
        self.body.addWidget(self.table)
        self._tell_buttons()

    def _columns(self) -> list[Column[HistoryRow]]:
        def count(name: str, words: str) -> Column[HistoryRow]:
            return Column(words, lambda x: f"{getattr(x, name):,}", 62, number=True)

        return [
            Column("#", lambda x: str(x.batch), 44, number=True, ink=lambda x: "second"),
            Column(_("时间"), lambda x: x.at[:16].replace("T", " "), 124),
            Column(_("文件"), lambda x: x.file, tip=lambda x: f"{x.file} · {x.sheet}"),
            Column(_("工作表"), lambda x: x.sheet, 88, tip=lambda x: x.sheet),
            Column(_("数据日期"), lambda x: x.as_of or "—", 94),
            Column(_("行数"), lambda x: f"{x.rows:,}", 62, number=True),
            count("new", _("新增")),
            count("changed", _("变化")),
            count("vanished", _("不在名单")),
            count("refused", _("未收")),
            Column(
                _("质量"), lambda x: "—" if x.quality is None else f"{x.quality:.0f}", 50, number=True,
                ink=lambda x: "red" if x.quality is not None and x.quality < self._doubtful else None,
            ),
            Column(_("口径"), lambda x: x.dialect or "—", 96, tip=lambda x: x.dialect),
            Column(_("状态"), self.state, 112, ink=lambda x: "second" if x.state == "undone" else None),
        ]  # fmt: skip

    def state(self, found: HistoryRow) -> str:
        """有效 / 已撤销 / 被 #5 替换."""
        if found.state == "undone":
            return _("已撤销")
        later = self._replaced.get(found.batch)
        return _("被 #{batch} 替换").format(batch=later) if later is not None else _("有效")

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show past imports, newest first."""
        at = max(0, self.table.currentIndex().row())
        self._replaced = {one.replaces: one.batch for one in rows if one.replaces and one.state == "done"}
        self.table.table.fill(rows)
        self.note.setText("" if rows else _("还没有导入过。第一次导入的名单会成为账本的起点。"))
        if rows:
            self.table.setCurrentIndex(self.table.table.index(min(at, len(rows) - 1), 0))
        self._tell_buttons()

    def current(self) -> HistoryRow | None:
        found = self.table.current()
        return found if isinstance(found, HistoryRow) else None

    def _tell_buttons(self) -> None:
        found = self.current()
        self.details.setEnabled(found is not None)
        self.undo_button.setEnabled(found is not None and found.state == "done")
        self.redo_button.setEnabled(found is not None and found.state == "undone")

    # -- taking back ---------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the import under the keyboard; what later imports made of it is shown first and stays."""
        found = self.current()
        if found is None or found.state != "done":
            return
        batch = found.batch
        self.undo_button.setEnabled(False)
        self.tasks.run(
            lambda: self.workbench.intake.what_undo_keeps(batch),
            lambda kept: self._ask_undo(found, kept),
            failed=self._undo_failed,
            owner=self,
        )

    def _undo_failed(self, error: Exception) -> None:
        self._tell_buttons()
        self.failed.emit(error)

    def _ask_undo(self, found: HistoryRow, kept: Sequence[KeptCell]) -> None:
        self._tell_buttons()
        if not kept:
            self._undo(found)
            return
        listed = "\n".join(kept_words(one) for one in kept[:_LISTED])
        more = _("\n……共 {n} 处。").format(n=f"{len(kept):,}") if len(kept) > _LISTED else ""
        self.question = ask(
            self,
            _("撤销这次导入"),
            _("撤销 {file} 之后,有 {n} 处会保持现在的样子,因为后来又改过:").format(
                file=found.file, n=f"{len(kept):,}"
            ),
            listed + more,
            _("撤销,这些保留"),
            _("不撤销"),
            lambda: self._undo(found),
        )

    def _undo(self, found: HistoryRow) -> None:
        batch = found.batch
        self.tasks.write(
            lambda: self.workbench.intake.undo(batch),
            words=_("已撤销 {file}。").format(file=found.file),
            failed=self._undo_failed,
            owner=self,
        )

    def redo(self) -> None:
        """Write an undone import again."""
        found = self.current()
        if found is None or found.state != "undone":
            return
        batch = found.batch
        self.tasks.write(
            lambda: self.workbench.intake.redo(batch),
            words=_("已重新写入 {file}。").format(file=found.file),
            failed=self._undo_failed,
            owner=self,
        )

    # -- looking closer ------------------------------------------------------------------------------------

    def show_details(self) -> None:
        """All that is on record of the import under the keyboard."""
        found = self.current()
        if found is not None:
            BatchDialog(self.workbench, self.tasks, found, self.state(found), self).open()


def kept_words(kept: KeptCell) -> str:
    """'林** 0001 · 手机号 · 138****0001 (第 5 次导入)'."""
    whom = who(kept.name, kept.customer_no)
    if kept.field is None:
        if kept.batch is None:
            return _("{customer} · 整行,后来的记录还用着").format(customer=whom)
        return _("{customer} · 整行,第 {batch} 次导入还用着").format(customer=whom, batch=kept.batch)
    later = _("第 {batch} 次导入").format(batch=kept.batch) if kept.batch is not None else _("手工记录")
    return f"{whom} · {field_label(kept.field)} · {masking(kept.field, kept.value, 'screen')} ({later})"
