"""导入: drop a file, look at what was understood and what would change, commit; undo any import from the history."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QStackedWidget

from ui.page import Page
from ui.pages.imports.actions import REVIEW, SEVERAL, START, WAITING, PageActions
from ui.pages.imports.history import HISTORY, HistoryCard
from ui.pages.imports.one_file import OneFile
from ui.pages.imports.queue import FileQueue
from ui.pages.imports.review import ImportReview
from ui.pages.imports.several import SeveralFiles
from ui.pages.imports.start import StartPlace
from ui.pages.imports.together import conflict_words
from ui.tasks import Tasks
from ui.widgets.parts import ask, label
from ui.widgets.table_menu import RowAct
from ui.widgets.waiting import Waiting
from workbench.base.change import Cancelled
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.report import FileReport, HistoryRow, SheetPreview
from workbench.intake.review.file_set import FileLine

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.intake.review.session import ImportSession


class ImportsPage(Page):
    """Start (drop and history), waiting (progress and cancel), review (one file), together (several files in one table)."""

    name = "imports"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.session: ImportSession | None = None
        self.queue = FileQueue()
        self.question: QMessageBox | None = None
        self.buttons = PageActions(self, self.commit, self.escape, lambda: self.several.commit())
        self.commit_button, self.week_button = self.buttons.commit, self.buttons.week
        start = StartPlace(HistoryCard(workbench, tasks))
        self.place_for_files, self.history = start.files, start.history
        self.place_for_files.dropped.connect(self.take)
        self.history.failed.connect(self.failed)
        self.result = label("", "banner", wrap=True)
        self.result.hide()
        self.waiting = Waiting()
        self.one = OneFile(workbench, tasks, self)
        self.one.read.connect(self._show_first)
        self.one.compared.connect(self._show_review)
        self.one.unread.connect(self._read_failed)
        self.one.written.connect(self._committed)
        self.one.unwritten.connect(self._commit_failed)
        self.one.progressed.connect(self._tell)
        self.waiting.cancelled.connect(self.one.cancel)
        self.review = ImportReview(tasks, workbench.rules)
        self.review.refused.connect(self.failed)
        self.review.ready.connect(self._tell_review)
        self.review.done.connect(self._tell_done)
        self.review.answered.connect(self.commit_button.setFocus)
        self.content = QStackedWidget()
        self.several = SeveralFiles(workbench, tasks)
        self.several.changed.connect(self._show_several)
        self.several.written.connect(self._several_written)
        self.several.refused.connect(self.failed)
        self.several.emptied.connect(self._show_start)
        self.several.card.opened.connect(self.open_file)
        self.several.take_back.connect(self.history.take_back)
        for part in (start, self.waiting, self.review, self.several):
            self.content.addWidget(part)
        self.put(self.result, 0)
        self.put(self.content)
        self._show_start()

    # -- start ---------------------------------------------------------------------------------------------

    def _turn(self, place: int) -> None:
        self.content.setCurrentIndex(place)
        written = bool(self.queue.written)
        self.buttons.turn(place, written=written, among=bool(self.several.lines))
        self.result.setVisible(place in (START, SEVERAL) and written)

    def _show_start(self) -> None:
        self.session = None
        self.several.close_files()
        self._turn(START)
        self.say(_("导入"), _("把名单拖进来,看清楚变化,再写入账本。"))

    def row_acts(self, row: object) -> Sequence[RowAct]:
        """Whoever stands in a file under review may not be in the book yet."""
        return ()

    def reload(self) -> None:
        """Read the history of imports."""
        self.read(lambda: self.workbench.intake.history(HISTORY), self._show_history)

    def _show_history(self, rows: Sequence[HistoryRow]) -> None:
        self.history.show_rows(rows)
        self.several.card.tell_undone({one.batch for one in rows if one.state == "undone"})

    # -- reading -------------------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Review one file by itself, several together in one table; while the page is at work they wait."""
        place = self.content.currentIndex()
        if place in (WAITING, REVIEW) or self.several.busy:
            self.queue.append(paths)
        elif place == SEVERAL:
            self.several.add(paths)
        else:
            self.queue.written = []
            self._start_with(paths)

    def _start_with(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self._read(paths[0])
        else:
            self.banner.hide()
            self.several.begin(paths)

    def place(self, argument: object) -> None:
        """Read the files, if `argument` is a path or several."""
        if isinstance(argument, Path):
            self.take([argument])
        elif isinstance(argument, tuple):
            self.take([one for one in argument if isinstance(one, Path)])

    def _next(self) -> None:
        """After a file: back to those it came with, else on to those that were dropped meanwhile."""
        paths = self.queue.taken()
        if self.several.lines:
            self.several.add(paths)
        elif paths:
            self._start_with(paths)
        else:
            self._show_start()
            self.refresh()
            self.focus_first()

    def _read(self, path: Path) -> None:
        self.session = None
        self.say(path.name, _("正在读取,随时可以取消,账本不会动。"))
        self._wait(_("正在读取 {file}").format(file=path.name))
        self.one.begin(path)

    def _show_first(self, session: "ImportSession", first: tuple[str, SheetPreview] | None) -> None:
        self.session = session
        if first is not None:
            self._turn(REVIEW)
            self.buttons.wait()
            self.say(session.path.name, _("已经读完,正在核对;可以先看看表样。"))
            self.review.show_first(session, *first)

    def _tell(self, share: float, words: str) -> None:
        self.waiting.tell(share, words)
        self.review.progress(share, words)

    def _read_failed(self, error: Exception) -> None:
        path = self.one.path
        self._show_start()
        if isinstance(error, WorkbenchError) and error.code == "own_sheet" and path is not None:
            self.queue.waiting.clear()
            self.go.emit("results", path)
            return
        if isinstance(error, Cancelled):
            self.queue.waiting.clear()
            return
        self.failed(error)
        if self.queue.waiting:
            self._next()

    # -- review --------------------------------------------------------------------------------------------

    def _show_review(self, report: FileReport) -> None:
        if self.session is None:
            return
        self._turn(REVIEW)
        self.review.show_session(self.session, report)
        if self.review.open_points():
            self.review.show_open_point()
        else:
            self.commit_button.setFocus()

    def _tell_review(self, report: FileReport) -> None:
        self.banner.hide()  # what was refused before is mended, or taken back
        waiting = self.review.open_points()
        if waiting:
            hint = _("还有 {n} 项需要确认才能写入,按右上角的按钮查看。").format(n=waiting)
        elif not self.review.anything():
            hint = report.error or _("这个文件里没有可以写入的行。")
        else:
            hint = _("核对对应关系和变化,没有问题就写入账本。")
        self.say(report.file, hint)
        self.buttons.tell_review(self.review, among=bool(self.several.lines))

    def _tell_done(self, words: str) -> None:
        self.hint.setText(words)

    def abandon(self) -> None:
        """Leave this file without writing anything: back to the files it came with, else to the start."""
        self.review.cancel()
        self.one.leave()
        self._next()

    def commit(self) -> None:
        """Write what is under review in one transaction each, or go to the first question that is still open."""
        session, place = self.session, self.content.currentIndex()
        if place == SEVERAL:
            asking = self.several.asking()
            if asking is not None:
                self.open_file(asking)
            else:
                self.several.commit()
            return
        if session is None or place != REVIEW:
            return
        if self.review.open_points():
            self.review.show_open_point()
            return
        if self.several.lines and session.conflicts:
            self._ask_conflicts(conflict_words(session))
            return
        if self.several.lines:
            self._next()
            return
        self._wait(_("正在写入账本"))
        self.one.commit(session)

    def _committed(self, report: FileReport) -> None:
        session = self.session
        new = sum(sheet.new for sheet in report.sheets if sheet.committed)
        changed = sum(sheet.changed for sheet in report.sheets if sheet.committed)
        words = _("已写入 {file}:新增 {new},变化 {changed}。").format(
            file=report.file, new=f"{new:,}", changed=f"{changed:,}"
        )
        if session is not None:
            self.tasks.wrote.emit(session.change, words)
        self.queue.written.append(report)
        self.result.setText(self.queue.written_words(words))
        self._next()

    def _commit_failed(self, error: Exception) -> None:
        self._turn(REVIEW)
        if isinstance(error, Cancelled):
            return
        if isinstance(error, WorkbenchError) and error.code == "duplicate_customer":
            self._ask_conflicts(error.message)
            return
        self.failed(error)
        if isinstance(error, WorkbenchError):
            self.review.decide(lambda session: session.report())

    def _ask_conflicts(self, words: str) -> None:
        self.question = ask(
            self,
            _("同一客户有几行"),
            words,
            _("可以到“问题”里选一种合并的办法;也可以不导入这几位,其余照常写入。"),
            _("不导入这几位"),
            _("去“问题”里处理"),
            self.commit_the_rest,
        )
        self.question.rejected.connect(lambda: self.review.open_tab(self.review.problems))

    def commit_the_rest(self) -> None:
        """Write the file without the customers that have two different rows."""
        if self.session is not None:
            self.session.leave_out_conflicts()
            self.commit()

    # -- several files -------------------------------------------------------------------------------------

    def _show_several(self) -> None:
        """Show the files of a drop, what is to be done with them, and go on with those dropped meanwhile."""
        if self.queue.waiting and not self.several.busy:
            self.several.add(self.queue.taken())
            return
        self.session = None
        self.banner.hide()
        self._turn(SEVERAL)
        self.say(self.several.title(), self.several.hint())
        self.buttons.tell_several(self.several)
        if self.several.busy:
            self.several.waiting.setFocus()
        elif self.commit_button.isVisibleTo(self):
            self.commit_button.setFocus()
        elif self.week_button.isVisibleTo(self):
            self.week_button.setFocus()
        else:
            self.several.card.table.setFocus()

    def open_file(self, line: FileLine) -> None:
        """Review one of the files; its questions are answered there."""
        if line.session is None:
            self.go.emit("results", line.path)
        elif line.report is not None:
            self.session = line.session
            self._turn(REVIEW)
            self._show_review(line.report)

    def _several_written(self, lines: Sequence[FileLine]) -> None:
        reports = [line.report for line in lines if line.report is not None]
        self.queue.written += reports
        self.result.setText(self.queue.written_words(_("已写入 {n} 个文件。").format(n=len(reports))))
        for line in lines:
            if line.session is not None:
                self.tasks.wrote.emit(line.session.change, _("已写入 {file}。").format(file=line.name))

    # -- waiting -------------------------------------------------------------------------------------------

    def _wait(self, words: str) -> None:
        self.banner.hide()
        self._turn(WAITING)
        self.waiting.start(words)

    def cancel(self) -> None:
        """Stop reading or writing; the book stays as it was."""
        self.waiting.cancel()

    def escape(self) -> None:
        """Esc cancels while waiting, leaves the file under review, else goes back."""
        place = self.content.currentIndex()
        if place == WAITING:
            self.cancel()
        elif place == REVIEW:
            self.abandon()
        elif place == SEVERAL and self.several.busy:
            self.several.waiting.cancel()
        elif place == SEVERAL:
            self._show_start()
            self.refresh()
            self.focus_first()
        else:
            super().escape()

    def focus_first(self) -> None:
        """Once files were written the way to the week, else the button that chooses files; a review keeps its own focus."""
        if self.content.currentIndex() != START:
            return
        if self.week_button.isVisibleTo(self):
            self.week_button.setFocus()
        else:
            self.place_for_files.choose.setFocus()
