"""One file between reading and writing: how it was understood, what is wrong, what would change; every choice is
done on the session in the background and the sheet is shown again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidgetItem,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.pages.imports.changes import ChangesTab
from ui.pages.imports.checks import ProblemsTab, TotalsTab
from ui.pages.imports.grid import GridTab
from ui.pages.imports.head import ReviewHead
from ui.pages.imports.keys import lasting, tab_of
from ui.pages.imports.mapping import MappingTab
from ui.pages.imports.open_points import lacks, open_questions, open_words
from ui.pages.imports.people import PeopleTab
from ui.pages.imports.questions import OF_CELLS, OF_DATE
from ui.pages.imports.tab import Choice, SheetTab, ShownSheet, sheet_list
from ui.tasks import Task, Tasks
from ui.widgets.delegates import Choices
from ui.widgets.parts import flow
from workbench.base.change import Cancelled, Progress
from workbench.base.i18n import _
from workbench.intake.report import CommitQuestion, FileReport, SheetPreview, SheetReport
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from ui.widgets.saving import FilePlace
    from workbench.intake.review.session import ImportSession

_TABS = 6


class ImportReview(QWidget):
    """One file under review: `ready(report)` after each check, `refused(error)` when a choice cannot be taken, `done(words)`
    after rows were saved, `answered()` when the last question is."""

    ready = Signal(object)
    refused = Signal(object)
    done = Signal(str)
    answered = Signal()

    def __init__(self, tasks: Tasks, rules: Rules) -> None:
        super().__init__()
        self.tasks = tasks
        self.rules = rules
        self.session: ImportSession | None = None
        self.report: FileReport | None = None
        self._labels: dict[str, str] = {}
        self._task: Task | None = None
        self._focus: QWidget | None = None
        self.sheets = sheet_list()
        self.sheets.currentRowChanged.connect(lambda _at: self._show_sheet())
        self.head = ReviewHead(rules)
        self.grid = GridTab(tasks)
        self.mapping = MappingTab()
        self.changes = ChangesTab()
        self.people = PeopleTab(partial(_causes, rules))
        self.problems = ProblemsTab()
        self.totals = TotalsTab()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.busy = QProgressBar()
        self.busy.setRange(0, 100)
        self.busy.setFormat(_("正在核对…"))
        self.busy.setFixedHeight(18)
        self.busy.hide()
        self._assemble()

    @property
    def parts(self) -> tuple[GridTab, MappingTab, ChangesTab, PeopleTab, ProblemsTab, TotalsTab]:
        """The tabs in their order."""
        return (self.grid, self.mapping, self.changes, self.people, self.problems, self.totals)

    def _assemble(self) -> None:
        for number, part in enumerate(self.parts, start=1):
            self.tabs.addTab(part, "")
            self.tabs.setTabToolTip(number - 1, f"Ctrl+{number}")
        for part in (*self.parts, self.head):
            part.decided.connect(self.decide)
        self.problems.jump.connect(self._jump)
        self.problems.export.connect(self._export)
        self.totals.questions.looked.connect(self._look)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.head)
        right.addWidget(self.busy)
        right.addWidget(self.tabs, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.sheets, 1)
        layout.addWidget(flow(right), 4)

    # -- showing -------------------------------------------------------------------------------------------

    def show_first(self, session: "ImportSession", name: str, preview: SheetPreview) -> None:
        """Show the first rows of a file just read, while it is being checked."""
        self.session, self.report = None, None
        self.head.hide()
        self.sheets.hide()
        for number in range(1, _TABS):
            self.tabs.setTabEnabled(number, False)
        self.tabs.setCurrentWidget(self.grid)
        self.tabs.setTabText(0, self.grid.title())
        self.grid.first(session, name, preview)
        self.busy.setValue(0)
        self.busy.show()
        self.grid.grid.setFocus()

    def show_session(self, session: "ImportSession", report: FileReport) -> None:
        """Show a checked file: the first sheet with rows, at the tab where something is to be decided."""
        self.session = session
        self.busy.hide()
        self.head.show()
        for number in range(_TABS):
            self.tabs.setTabEnabled(number, True)
        self.head.skipped = set()
        self.sheets.setCurrentRow(-1)
        self._show(report)
        sheet = self.sheet()
        if sheet is not None:
            self.tabs.setCurrentWidget(self._where_to_start(sheet))

    def _where_to_start(self, sheet: SheetReport) -> QWidget:
        if sheet.header_row is None or sheet.header_sure < self.rules.number("intake.header_sure"):
            return self.grid
        if any(match.open for match in sheet.mapping) or lacks(sheet, "no_customer_number"):
            return self.mapping
        if any(not question.reason for question in sheet.questions):
            return self.totals
        return self.changes if sheet.changes else self.mapping

    def _show(self, report: FileReport) -> None:
        self.report = report
        self._labels = {}
        if self.session is not None:
            for kind in {sheet.kind for sheet in report.sheets} - {"none"}:
                self._labels |= dict(self.session.fields(kind))
        at = max(0, self.sheets.currentRow())
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in report.sheets:
            self.sheets.addItem(QListWidgetItem(f"{sheet.sheet}\n{self._kind_words(sheet)}"))
        usable = [number for number, sheet in enumerate(report.sheets) if sheet.rows]
        first = usable[0] if usable and not report.sheets[min(at, len(report.sheets) - 1)].rows else at
        self.sheets.setCurrentRow(min(first, len(report.sheets) - 1))
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(report.sheets) > 1)
        self._show_sheet()
        self.ready.emit(report)

    def _kind_words(self, sheet: SheetReport) -> str:
        words = dict(self.session.kinds()) if self.session is not None else {}
        named = words.get(sheet.kind, _("不导入"))
        if sheet.sheet in self.head.skipped:
            named = _("不导入")
        rows = _("{n} 行").format(n=f"{sheet.rows:,}") if sheet.rows else ""
        waiting = "" if sheet.sheet in self.head.skipped else open_words(sheet)
        parts = " · ".join(part for part in (named, rows) if part)
        return f"{parts}\n{waiting}" if waiting else parts

    def sheet(self) -> SheetReport | None:
        """The sheet shown, None before there is one."""
        at, sheets = self.sheets.currentRow(), self.report.sheets if self.report is not None else ()
        return sheets[at] if 0 <= at < len(sheets) else None

    def _show_sheet(self) -> None:
        sheet, session = self.sheet(), self.session
        if sheet is None or session is None:
            return
        shown = ShownSheet(session, sheet, self._labels)
        self.head.put(shown)
        for number, part in enumerate(self.parts):
            part.put(shown)
            self.tabs.setTabText(number, part.title())

    # -- keys ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+1 … Ctrl+6 for the tabs; with Alt, and elsewhere, they belong to the window's pages."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and tab_of(event, _TABS) >= 0
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+1 … Ctrl+6 open a tab."""
        at = tab_of(event, _TABS)
        if at >= 0 and self.tabs.isTabEnabled(at):
            self.open_tab(self.parts[at])
            return
        super().keyPressEvent(event)

    def open_tab(self, part: SheetTab) -> None:
        """Show a tab and put the keyboard in it."""
        self.tabs.setCurrentWidget(part)
        part.start().setFocus()

    def _jump(self, number: int, heading: str | None) -> None:
        self.tabs.setCurrentWidget(self.grid)
        self.grid.go_to(number, heading)

    def _look(self, question: CommitQuestion) -> None:
        """Go where the cause of a question is mended: the date of the sheet, or the columns it is about."""
        if question.code == OF_DATE:
            self.head.as_of.setFocus()
            self.head.as_of.selectAll()
        elif question.code == OF_CELLS:
            self.open_tab(self.problems)
        else:
            self.open_tab(self.mapping)
            self.mapping.go_to(question.subjects)

    # -- what is still open --------------------------------------------------------------------------------

    def open_points(self) -> int:
        """The number of questions to be answered before the file can be written."""
        return sum(len(open_questions(sheet)) for sheet in self._wanted())

    def anything(self) -> bool:
        """Whether there is a row to write."""
        return any(sheet.rows > sheet.refused for sheet in self._wanted())

    def _wanted(self) -> list[SheetReport]:
        sheets = self.report.sheets if self.report is not None else ()
        return [sheet for sheet in sheets if sheet.sheet not in self.head.skipped]

    def show_open_point(self) -> None:
        """Go to the first question to be answered, with the keyboard in it."""
        for number, sheet in enumerate(self.report.sheets if self.report else ()):
            waiting = open_questions(sheet)
            if not waiting or sheet.sheet in self.head.skipped:
                continue
            self.sheets.setCurrentRow(number)
            code = waiting[0]
            if code == "no_as_of":
                self.head.as_of.setFocus()
            elif code == "no_customer_number":
                self.open_tab(self.mapping)
            elif code == "unit_suspect":
                self.head.unit.setFocus()
            else:
                self.open_tab(self.totals)
            return

    # -- choosing ------------------------------------------------------------------------------------------

    def decide(self, choice: Choice) -> None:
        """Apply a choice to the session in the background and show the sheet again; the keyboard stays where it was."""
        session = self.session
        if session is None or self._task is not None:
            return
        self._focus = lasting(QApplication.focusWidget())
        self.busy.setValue(0)
        self.busy.show()
        self.setEnabled(False)

        def job(progress: Progress) -> FileReport:
            """On the worker: apply the choice and check again."""
            choice(session)
            return session.report(progress)

        def done(report: FileReport) -> None:
            """Show the new report."""
            self._settle()
            self._show(report)
            self._refocus()

        def failed(error: Exception) -> None:
            """Show the sheet as it was and report why the choice was refused."""
            self._settle()
            if not isinstance(error, Cancelled):
                self._show_sheet()
                self.refused.emit(error)
            self._refocus()

        self._task = self.tasks.follow(job, self.progress, done, failed=failed, owner=self)

    def progress(self, share: float, _words: str) -> None:
        """Show how far the check is."""
        self.busy.setValue(round(share * 100))

    def _settle(self) -> None:
        self._task = None
        self.busy.hide()
        self.setEnabled(True)

    def _refocus(self) -> None:
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible() and self.isAncestorOf(focus):
            focus.setFocus()
            return
        current = self.tabs.currentWidget()
        if not self.isVisible():
            return
        if current is self.totals:  # the answered question is gone: go to the next, or to the commit
            if self.open_points():
                self.show_open_point()
            else:
                self.answered.emit()
        elif isinstance(current, SheetTab):
            self.open_tab(current)

    def cancel(self) -> None:
        """Cancel the check under way, if any."""
        if self._task is not None:
            self._task.cancel()

    def _export(self, place: "FilePlace") -> None:
        session = self.session
        if session is None:
            return

        def done(count: int) -> None:
            """Say how many refused rows were saved, and where."""
            self.done.emit(
                _("已把退回的 {n} 行存到 {file}:改好后把它拖进来就能再导入。").format(
                    n=f"{count:,}", file=place.path.name
                )
            )

        self.tasks.run(
            lambda: session.export_refused(place.path, replace=place.replace),
            done,
            failed=self.refused.emit,
            owner=self,
        )


def _causes(rules: Rules, direction: str) -> Choices:
    return [(code, rules.text(f"cause.{code}")) for code in rules.words(f"intake.causes_{direction}")]
