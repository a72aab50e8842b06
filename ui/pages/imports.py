"""导入: drop a file, look at what was understood and what would change, commit; undo any import from the history."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.page import Page
from ui.pages.import_review import ImportReview
from ui.parts import Card, ask, button, label, restyle, row
from ui.tables import Column, Table
from ui.tasks import Task, Tasks
from workbench.change import Cancelled, Change, Progress
from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.intake.report import FileReport, HistoryRow

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.intake.session import ImportSession

ENDINGS = "*.xlsx *.xls *.xlsb *.ods *.csv *.xlsm *.txt"
#: what an import may touch
TOPICS = frozenset({"customers", "snapshots", "products", "holdings", "touches", "batches"})
HISTORY = 200


class DropPlace(QFrame):
    """Takes files from the desktop; `dropped(paths)`."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(150)
        self.choose = button(_("选择文件…"), self._choose, "primary", tip="Ctrl+O")
        self.choose.setShortcut("Ctrl+O")
        words = label(_("把总行下发的名单拖到这里"), "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        more = label(
            _("支持 xlsx、xls、xlsb、ods、csv;可以一次放多个文件。写入前都能先看清楚,写入后一键撤销。"),
            "second",
            wrap=True,
        )
        more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addWidget(more)
        layout.addLayout(row(None, self.choose, None))
        layout.addStretch(1)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, _("选择名单"), "", _("表格文件 ({endings});;全部文件 (*)").format(endings=ENDINGS)
        )
        if chosen:
            self.dropped.emit([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            restyle(self, "over", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, "over", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "over", "false")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class ImportsPage(Page):
    """Start (drop and history), working (progress and cancel), review (one file at a time)."""

    name = "imports"
    topics: ClassVar[frozenset[str]] = TOPICS

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.session: ImportSession | None = None
        self._queue: list[Path] = []
        self._total = 0
        self._task: Task | None = None
        self.question: QMessageBox | None = None
        self.commit_button = self.add_primary(_("写入账本"), self.commit)
        self.back_button = self.add_action(_("放弃这个文件"), self.abandon, tip="Esc")
        self.place_for_files = DropPlace()
        self.place_for_files.dropped.connect(self.take)
        self.history = Table(self._history_columns(), tasks, bare=True)
        self.history.setAccessibleName(_("导入历史"))
        self.history.chosen.connect(lambda _number: self._tell_buttons())
        self.undo_button = button(_("撤销这次导入"), self.undo)
        self.redo_button = button(_("重新写入"), self.redo)
        self.history_card = Card(_("导入历史"), self._both(self.undo_button, self.redo_button))
        self.history_card.body.addWidget(self.history)
        self.dated = self._date_bar()
        self.result = label("", "banner", wrap=True)
        self.result.hide()
        start = QWidget()
        layout = QVBoxLayout(start)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.result)
        layout.addWidget(self.dated)
        layout.addWidget(self.place_for_files)
        layout.addWidget(self.history_card, 1)
        self.working = self._working()
        self.review = ImportReview(tasks)
        self.review.asked.connect(self.failed)
        self.review.ready.connect(self._tell_review)
        self.content = QStackedWidget()
        for part in (start, self.working, self.review):
            self.content.addWidget(part)
        self.put(self.content)
        self._show_start()

    @staticmethod
    def _both(*parts: QWidget) -> QWidget:
        box = QWidget()
        line = row(*parts)
        line.setContentsMargins(0, 0, 0, 0)
        box.setLayout(line)
        return box

    def _date_bar(self) -> QFrame:
        """Asks for the date that a file does not tell."""
        self.date_words = label("", wrap=True)
        self.date_line = QLineEdit()
        self.date_line.setPlaceholderText("2026-10-31")
        self.date_line.setFixedWidth(140)
        self.date_line.returnPressed.connect(self._dated)
        bar = Card()
        bar.body.addWidget(self.date_words)
        bar.body.addLayout(row(self.date_line, button(_("按这个日期读取"), self._dated), None))
        bar.hide()
        return bar

    def _working(self) -> QWidget:
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setFixedWidth(420)
        self.doing = label("", "second")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel_button = button(_("取消"), self.cancel, tip="Esc")
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(self.doing)
        layout.addLayout(row(None, self.progress, None))
        layout.addLayout(row(None, self.cancel_button, None))
        layout.addStretch(2)
        return made

    @staticmethod
    def _history_columns() -> list[Column]:
        def count(name: str) -> Column:
            titles = {
                "new": _("新增"), "changed": _("变化"), "unchanged": _("未变"),
                "vanished": _("不在名单"), "refused": _("未收"),
            }  # fmt: skip
            return Column(titles[name], lambda x: f"{getattr(x, name):,}", 72, number=True)

        return [
            Column(_("时间"), lambda x: x.at[:16], 130),
            Column(_("文件"), lambda x: x.file, tip=lambda x: x.file),
            Column(_("工作表"), lambda x: x.sheet, 130),
            Column(_("数据日期"), lambda x: x.as_of or "—", 92),
            Column(_("行数"), lambda x: f"{x.rows:,}", 72, number=True),
            *(count(name) for name in ("new", "changed", "unchanged", "vanished", "refused")),
            Column(_("状态"), _state, 84, ink=lambda x: "second" if x.state == "undone" else None),
        ]

    # -- start ---------------------------------------------------------------------------------------------

    def _show_start(self) -> None:
        self.session = None
        self.content.setCurrentIndex(0)
        self.commit_button.hide()
        self.back_button.hide()
        self.say(_("导入"), _("把名单拖进来,看清楚变化,再写入账本。"))

    def reload(self) -> None:
        self.read(lambda: self.workbench.intake.history(HISTORY), self._show_history)

    def _show_history(self, rows: Sequence[HistoryRow]) -> None:
        self.history.table.fill(rows)
        self.history_card.note.setText("" if rows else _("还没有导入过。第一次导入的名单会成为账本的起点。"))
        if rows:
            self.history.setCurrentIndex(self.history.table.index(0, 0))
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        found = self.history.current()
        self.undo_button.setEnabled(found is not None and found.state == "done")
        self.redo_button.setEnabled(found is not None and found.state == "undone")

    # -- reading -------------------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Read these files one after another; each waits for its own decision."""
        self.result.hide()
        self._queue = list(paths)
        self._total = len(self._queue)
        self._next()

    def place(self, argument: object) -> None:
        if isinstance(argument, Path):
            self.take([argument])

    def _next(self) -> None:
        self.dated.hide()
        if not self._queue:
            self._show_start()
            self.refresh()
            self.focus_first()
            return
        self._read(self._queue[0], None)

    def _read(self, path: Path, as_of: str | None) -> None:
        self._wait(_("正在读取 {file}").format(file=path.name))

        def job(progress: Progress) -> "ImportSession":
            return self.workbench.intake.read(path, as_of=as_of, progress=progress)

        self._task = self.tasks.follow(
            job, self._tell, self._compare, failed=self._read_failed, owner=self, where="files"
        )

    def _compare(self, session: "ImportSession") -> None:
        self.session = session

        def job(progress: Progress) -> FileReport:
            return session.report(progress)

        self._task = self.tasks.follow(
            job, self._tell, self._show_review, failed=self._read_failed, owner=self
        )

    def _read_failed(self, error: Exception) -> None:
        path = self._queue.pop(0) if self._queue else None
        self._show_start()
        if isinstance(error, WorkbenchError) and error.code == "no_as_of" and path is not None:
            self._queue.insert(0, path)
            self.date_words.setText(error.message + _("请填写它是哪一天的数据,例如 2026-10-31。"))
            self.dated.show()
            self.date_line.setFocus()
            return
        if isinstance(error, Cancelled):
            self._queue.clear()
            return
        self.failed(error)
        if self._queue:
            self._next()

    def _dated(self) -> None:
        told = self.date_line.text().strip()
        if told and self._queue:
            self.dated.hide()
            self._read(self._queue[0], told)

    # -- review --------------------------------------------------------------------------------------------

    def _show_review(self, report: FileReport) -> None:
        if self.session is None:
            return
        self.banner.hide()
        self.content.setCurrentIndex(2)
        self.commit_button.show()
        self.back_button.show()
        self.review.show_session(self.session, report)
        self.review.setFocus()
        self.commit_button.setFocus()

    def _tell_review(self, report: FileReport) -> None:
        at = self._total - len(self._queue) + 1
        which = _("第 {at} / {n} 个文件 · ").format(at=at, n=self._total) if self._total > 1 else ""
        usable = any(sheet.rows for sheet in report.sheets)
        self.say(report.file, which + _("核对对应关系和变化,没有问题就写入账本。"))
        self.commit_button.setEnabled(usable)

    def abandon(self) -> None:
        """Leave this file; nothing was written."""
        if self._queue:
            self._queue.pop(0)
        self._next()

    def commit(self) -> None:
        """Write the file under review in one transaction."""
        session = self.session
        if session is None:
            return
        self._wait(_("正在写入账本"))

        def job(progress: Progress) -> FileReport:
            return session.commit(progress)

        self._task = self.tasks.follow(
            job, self._tell, self._committed, failed=self._commit_failed, owner=self
        )

    def _committed(self, report: FileReport) -> None:
        session = self.session
        if self._queue:
            self._queue.pop(0)
        new = sum(sheet.new for sheet in report.sheets)
        changed = sum(sheet.changed for sheet in report.sheets)
        words = _("已写入 {file}:新增 {new},变化 {changed}。").format(
            file=report.file, new=new, changed=changed
        )
        self.tasks.announce(TOPICS)
        if session is not None:
            self.tasks.wrote.emit(Change(TOPICS, new + changed, session.undo_id), words)
        gone = sum(sheet.vanished for sheet in report.sheets)
        if gone:
            words += _("有 {n} 位客户不在这份名单上了,原有资料保留。").format(n=gone)
        self.result.setText(words + _("接下来看“本周”。"))
        self.result.show()
        self._next()

    def _commit_failed(self, error: Exception) -> None:
        self.content.setCurrentIndex(2)
        self.commit_button.show()
        self.back_button.show()
        if getattr(error, "code", "") == "duplicate_customer":
            self._ask_conflicts(str(error))
        elif not isinstance(error, Cancelled):
            self.tasks.failed.emit(error)

    def _ask_conflicts(self, words: str) -> None:
        self.question = ask(
            self,
            _("同一客户有几行"),
            words,
            _("可以先在表里只留正确的一行;也可以不导入这几位,其余照常写入。"),
            _("不导入这几位"),
            _("先不写入"),
            self.commit_the_rest,
        )

    def commit_the_rest(self) -> None:
        """Write the file without the customers that have two unlike rows."""
        if self.session is not None:
            self.session.leave_out_conflicts()
            self.commit()

    # -- waiting -------------------------------------------------------------------------------------------

    def _wait(self, words: str) -> None:
        self.banner.hide()
        self.commit_button.hide()
        self.back_button.hide()
        self.progress.setValue(0)
        self.doing.setText(words)
        self.cancel_button.setEnabled(True)
        self.content.setCurrentIndex(1)
        self.cancel_button.setFocus()

    def _tell(self, share: float, words: str) -> None:
        self.progress.setValue(round(share * 100))
        if words:
            self.doing.setText(words)

    def cancel(self) -> None:
        """Stop reading or writing; the book stays as it was."""
        if self._task is not None:
            self.cancel_button.setEnabled(False)
            self.doing.setText(_("正在取消…"))
            self._task.cancel()

    # -- history -------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the import selected in the history."""
        found = self.history.current()
        if isinstance(found, HistoryRow):
            batch = found.batch
            self.tasks.write(
                lambda: self.workbench.intake.undo(batch),
                words=_("已撤销 {file}。").format(file=found.file),
                owner=self,
            )

    def redo(self) -> None:
        """Write an undone import again."""
        found = self.history.current()
        if isinstance(found, HistoryRow):
            batch = found.batch
            self.tasks.write(
                lambda: self.workbench.intake.redo(batch),
                words=_("已重新写入 {file}。").format(file=found.file),
                owner=self,
            )

    def escape(self) -> None:
        if self.content.currentIndex() == 1:
            self.cancel()
        elif self.content.currentIndex() == 2:
            self.abandon()
        else:
            super().escape()

    def focus_first(self) -> None:
        if self.content.currentIndex() == 0:
            self.place_for_files.choose.setFocus()


def _state(found: HistoryRow) -> str:
    return _("已撤销") if found.state == "undone" else _("有效")
