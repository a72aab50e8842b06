"""Several files in one table: what each holds, what it would change, what it asks; opened, left out, taken back from here."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.pages.imports.open_points import open_questions
from ui.widgets.parts import Card, button, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, commas
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.review.file_set import FileLine

if TYPE_CHECKING:
    from workbench.intake.review.session import ImportSession


class FilesCard(Card):
    """The files of a `FileSet`, in the order in which they are written.

    `opened(line)` to look at a file, `left(line)` to leave it out, `undo(line)` and `undo_all()` to take back what was
    written.
    """

    opened = Signal(object)
    left = Signal(object)
    undo = Signal(object)
    undo_all = Signal()

    def __init__(self) -> None:
        self.open_button = button(_("打开"), self._open, tip="Enter")
        self.leave_button = button(_("不要这个文件"), self._leave, tip="Delete")
        self.undo_button = button(_("撤销这个文件"), self._undo)
        self.undo_all_button = button("", self._undo_all)
        aside = QWidget()
        line = row(self.open_button, self.leave_button, self.undo_button, self.undo_all_button)
        line.setContentsMargins(0, 0, 0, 0)
        aside.setLayout(line)
        super().__init__(_("这次的文件"), aside)
        #: imports of the history that are not in force any more
        self._undone: frozenset[int] = frozenset()
        self._lines: list[FileLine] = []
        self.table = _Keys(self._columns())
        self.table.setAccessibleName(_("这次的文件"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.opened.connect(lambda _at: self._open())
        self.table.chosen.connect(lambda _at: self._tell_buttons())
        self.table.left.connect(self._leave)
        self.table.offer(self.open_button, self.leave_button, self.undo_button)
        self.body.addWidget(self.table)

    def _columns(self) -> list[Column[FileLine]]:
        def count(name: str, words: str) -> Column[FileLine]:
            """A column with a count over the sheets of the file."""
            return Column(
                words,
                lambda x: f"{sum(getattr(sheet, name) for sheet in x.sheets):,}" if x.compared else "—",
                58,
                number=True,
            )

        return [
            Column("#", lambda x: str(self._lines.index(x) + 1), 36, number=True, ink=lambda _x: "second"),
            Column(_("文件"), lambda x: x.name),
            Column(_("这是"), lambda x: commas(kinds()[kind].shown() for kind in x.kinds) or "—", 92),
            Column(_("月份"), month_words, 84, tip=lambda x: commas(x.months)),
            Column(
                _("行数"), lambda x: f"{sum(one.rows for one in x.sheets):,}" if x.sheets else "—", 58, number=True
            ),
            count("new", _("新增")),
            count("changed", _("变化")),
            count("refused", _("未导入")),
            Column(
                _("要确认"), lambda x: str(waiting(x) or "—") if x.report else "—", 62, number=True,
                ink=lambda x: "red" if waiting(x) else None,
            ),
            Column(_("情况"), self.state, ink=lambda x: "red" if x.sentence() and not x.written else None),
        ]  # fmt: skip

    def state(self, line: FileLine) -> str:
        """The state of a file in words: the reason why it cannot be written, its first question, 可以写入, 已写入 …"""
        if line.written:
            return _("已撤销") if self.is_undone(line) else _("已写入")
        if line.error is not None and line.session is None:
            return line.sentence()
        if first := first_question(line):
            return first
        if words := line.sentence():
            return words
        if not anything(line):
            return _("没有可以写入的行")
        return _("可以写入") if line.report else _("还没有核对")

    def is_undone(self, line: FileLine) -> bool:
        """Whether a written file was taken back."""
        return line.batch in self._undone

    # -- showing -------------------------------------------------------------------------------------------

    def show_lines(self, lines: list[FileLine]) -> None:
        """Show the files; the keyboard stays on its file."""
        current = self.current()
        self._lines = list(lines)
        self.table.table.fill(self._lines)
        self.table.resizeRowsToContents()
        if self._lines:
            at = self._lines.index(current) if current in self._lines else 0
            self.choose(at)
        self._tell_buttons()

    def tell_undone(self, batches: Collection[int]) -> None:
        """Note which imports are taken back."""
        self._undone = frozenset(batches)
        self.show_lines(self._lines)

    def choose(self, at: int) -> None:
        """Put the keyboard on a file, by its number in the order of reading."""
        self.table.go_to(at)

    def current(self) -> FileLine | None:
        """The file under the keyboard."""
        line = self.table.current()
        return line if isinstance(line, FileLine) else None

    def in_force(self) -> list[FileLine]:
        """The written files that were not taken back, in the order of writing."""
        return [
            one for one in self._lines if one.written and one.batch is not None and not self.is_undone(one)
        ]

    def _tell_buttons(self) -> None:
        line, standing = self.current(), self.in_force()
        pending = line is not None and not line.written
        self.open_button.setEnabled(
            line is not None and pending and (line.session is not None or _ours(line))
        )
        self.leave_button.setEnabled(pending)
        self.undo_button.setVisible(bool(standing))
        self.undo_button.setEnabled(line in standing)
        self.undo_all_button.setVisible(len(standing) > 1)
        self.undo_all_button.setText(_("撤销这 {n} 个文件").format(n=len(standing)))
        for made in (self.open_button, self.leave_button):
            made.setVisible(any(not one.written for one in self._lines))

    # -- acting --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        line = self.current()
        if line is not None and not line.written and (line.session is not None or _ours(line)):
            self.opened.emit(line)

    def _leave(self) -> None:
        line = self.current()
        if line is not None and not line.written:
            self.left.emit(line)

    def _undo_all(self) -> None:
        self.undo_all.emit()

    def _undo(self) -> None:
        line = self.current()
        if line is not None:
            self.undo.emit(line)


class _Keys(Table):
    """The table, whose Delete key leaves a file out."""

    left = Signal()

    def __init__(self, columns: list[Column[FileLine]]) -> None:
        super().__init__(columns, name="imports.several", wrap=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete emits `left`."""
        if event.key() == Qt.Key.Key_Delete:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _ours(line: FileLine) -> bool:
    """Whether it is a sheet of our own, filled in, which another page takes."""
    return line.error is not None and line.error.code == "own_sheet"


def waiting(line: FileLine) -> int:
    """How many questions keep a file from being written."""
    if line.session is None or line.written:
        return 0
    return sum(len(open_questions(sheet)) for sheet in line.sheets) + bool(line.session.conflicts)


def first_question(line: FileLine) -> str:
    """The first question that is open, in words; '' for none."""
    if line.session is None or line.written:
        return ""
    for sheet in line.sheets:
        for code in open_questions(sheet):
            lines = [one.words for one in sheet.questions if one.code == code and not one.reason]
            lines += [one.message for one in sheet.problems if one.code == code and one.row is None]
            if lines:
                return lines[0]
    return conflict_words(line.session)


def conflict_words(session: "ImportSession") -> str:
    """How many numbers stand on several unlike rows, '' for none."""
    if not session.conflicts:
        return ""
    return _("有 {n} 个号码出现在不止一行,内容又不同。").format(n=session.conflicts)


def anything(line: FileLine) -> bool:
    """Whether a file has a row to write."""
    return any(sheet.rows > sheet.refused for sheet in line.sheets)


def month_words(line: FileLine) -> str:
    """'2026-10', '2026-01–12' for several months, '—' for none."""
    if not line.months:
        return "—"
    first, last = line.months[0], line.months[-1]
    if first == last:
        return first
    return f"{first}–{last[5:]}" if first[:4] == last[:4] else f"{first}–{last}"
