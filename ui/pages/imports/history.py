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
from workbench.base.change import Change
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
    """The list of past imports; `failed(error)` when one could not be undone or written again."""

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
        self.table = Table(self._columns(), tasks, name="imports.history", bare=True)
        self.table.setAccessibleName(_("导入历史"))
        self.table.offer(self.details, self.undo_button, self.redo_button)
        # files of one kind differ at the end of their names
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.chosen.connect(lambda _number: self._tell_buttons())
        self.table.opened.connect(lambda _number: self.show_details())
        self.body.addWidget(self.table)
        self._tell_buttons()

    def _columns(self) -> list[Column[HistoryRow]]:
        def count(name: str, words: str) -> Column[HistoryRow]:
            """A column with a count of rows."""
            return Column(words, lambda x: f"{getattr(x, name):,}", 62, number=True)

        return [
            Column("#", lambda x: str(x.batch), 44, number=True, key=True, ink=lambda x: "second"),
            Column(_("时间"), lambda x: x.at[:16].replace("T", " "), 124),
            Column(_("文件"), lambda x: x.file, key=True, tip=lambda x: f"{x.file} · {x.sheet}"),
            Column(_("工作表"), lambda x: x.sheet, 88, tip=lambda x: x.sheet),
            Column(_("数据日期"), lambda x: x.as_of or "—", 94),
            Column(_("行数"), lambda x: f"{x.rows:,}", 62, number=True),
            count("new", _("新增")),
            count("changed", _("变化")),
            count("vanished", _("不在名单")),
            count("refused", _("未导入")),
            Column(
                _("质量"), lambda x: "—" if x.quality is None else f"{x.quality:.0f}", 50, number=True,
                ink=lambda x: "red" if x.quality is not None and x.quality < self._doubtful else None,
            ),
            Column(_("表式"), lambda x: x.dialect or "—", 96, tip=lambda x: x.dialect),
            Column(_("状态"), self.state, 112, ink=lambda x: "second" if x.state == "undone" else None),
        ]  # fmt: skip

    def state(self, batch: HistoryRow) -> str:
        """有效 / 已撤销 / 被 #5 替换."""
        if batch.state == "undone":
            return _("已撤销")
        later = self._replaced.get(batch.batch)
        return _("被 #{batch} 替换").format(batch=later) if later is not None else _("有效")

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show past imports, the newest first."""
        self._replaced = {one.replaces: one.batch for one in rows if one.replaces and one.state == "done"}
        before = self.table.table.given
        newer = bool(rows) and (not before or rows[0].batch != before[0].batch)
        self.table.table.fill(rows)
        self.note.setText("" if rows else _("还没有导入过。第一次导入的名单会成为账本的起点。"))
        if newer:
            self.table.go_to(0)
        else:
            self.table.stay()
        self._tell_buttons()

    def current(self) -> HistoryRow | None:
        """The import under the keyboard, None while there is none."""
        batch = self.table.current()
        return batch if isinstance(batch, HistoryRow) else None

    def _tell_buttons(self) -> None:
        batch = self.current()
        self.details.setEnabled(batch is not None)
        self.undo_button.setEnabled(batch is not None and batch.state == "done")
        self.redo_button.setEnabled(batch is not None and batch.state == "undone")

    # -- taking back ---------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Undo the import under the keyboard; what later imports changed is listed first, and stays."""
        batch = self.current()
        if batch is not None:
            self.take_back(batch)

    def take_back(self, batch: HistoryRow) -> None:
        """Undo an import; what later imports changed is listed first, and stays."""
        if batch.state != "done":
            return
        number = batch.batch
        self.undo_button.setEnabled(False)
        self.tasks.run(
            lambda: self.workbench.intake.what_undo_keeps(number),
            lambda kept: self._ask_undo(batch, kept),
            failed=self._undo_failed,
            owner=self,
        )

    def _undo_failed(self, error: Exception) -> None:
        self._tell_buttons()
        self.failed.emit(error)

    def _ask_undo(self, batch: HistoryRow, kept: Sequence[KeptCell]) -> None:
        self._tell_buttons()
        if not kept:
            self._undo(batch)
            return
        listed = "\n".join(kept_words(one) for one in kept[:_LISTED])
        more = _("\n……共 {n} 处。").format(n=f"{len(kept):,}") if len(kept) > _LISTED else ""
        self.question = ask(
            self,
            _("撤销这次导入"),
            _("撤销 {file} 之后,有 {n} 处会保持现在的样子,因为后来又改过:").format(
                file=batch.file, n=f"{len(kept):,}"
            ),
            listed + more,
            _("撤销,这些保留"),
            _("不撤销"),
            lambda: self._undo(batch),
        )

    def _undo(self, batch: HistoryRow) -> None:
        number = batch.batch

        def job() -> Change:
            """On the book's thread: a copy of the whole book first."""
            self.workbench.back_up_before("undo")
            return self.workbench.intake.undo(number)

        self.tasks.write(
            job,
            words=_("已撤销 {file}。").format(file=batch.file),
            failed=self._undo_failed,
            owner=self,
        )

    def redo(self) -> None:
        """Write an undone import again."""
        batch = self.current()
        if batch is None or batch.state != "undone":
            return
        number = batch.batch
        self.tasks.write(
            lambda: self.workbench.intake.redo(number),
            words=_("已重新写入 {file}。").format(file=batch.file),
            failed=self._undo_failed,
            owner=self,
        )

    # -- looking closer ------------------------------------------------------------------------------------

    def show_details(self) -> None:
        """Show what is stored about the import under the keyboard."""
        batch = self.current()
        if batch is not None:
            BatchDialog(self.workbench, self.tasks, batch, self.state(batch), self).open()


def kept_words(kept: KeptCell) -> str:
    """'林** 0001 · 手机号 · 138****0001 (第 5 次导入)'."""
    whom = who(kept.name, kept.customer_no)
    if kept.field is None:
        if kept.batch is None:
            return _("{customer} · 整行,后来的记录还用着").format(customer=whom)
        return _("{customer} · 整行,第 {batch} 次导入还用着").format(customer=whom, batch=kept.batch)
    later = _("第 {batch} 次导入").format(batch=kept.batch) if kept.batch is not None else _("手工记录")
    return f"{whom} · {field_label(kept.field)} · {masking(kept.field, kept.value, 'screen')} ({later})"
