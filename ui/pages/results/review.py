"""What would be entered, looked at first: wrong rows, rows of which the book got something meanwhile, and the others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.widgets.parts import Card, button, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.errors import RowProblem
from workbench.base.i18n import _, sentences
from workbench.outreach.results.entry import ResultRow

if TYPE_CHECKING:
    from workbench.outreach.results.entering import Entering


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line of the review: a row that may be entered, or what is wrong with one."""

    row: ResultRow | None = None
    problem: RowProblem | None = None


class EnteringCard(Card):
    """Shows an `Entering`; Enter on a conflict chooses between the sheet and the book. `changed()` after a choice."""

    changed = Signal()

    def __init__(self) -> None:
        self.all_mine = button(_("冲突都按单子"), self._take_all)
        super().__init__(_("写入前看一遍"), self.all_mine)
        self.entering: Entering | None = None
        self.counts = label("", "", wrap=True)
        self.table = Table(self._columns(), name="results.review", wrap=True)
        self.table.setAccessibleName(_("要录入的行"))
        self.table.opened.connect(self._turn)
        self.body.addWidget(self.counts)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column[ReviewLine]]:
        return [
            Column(_("号"), lambda x: x.row.label if x.row else str(x.problem.row or "") if x.problem else "", 56),
            Column(_("客户"), lambda x: x.row.who if x.row else "", 120, key=True),
            Column(_("单子上"), self._sheet_words, 120),
            Column(_("账本里"), self._book_words, 0, ink=lambda x: "red" if x.problem else None),
            Column(_("怎么录"), self._state, 130, ink=lambda x: "red" if x.problem else None),
        ]  # fmt: skip

    def show_entering(self, entering: "Entering") -> None:
        """Show what a sheet would enter: what needs a look first."""
        self.entering = entering
        self.all_mine.setVisible(bool(entering.conflicts))
        lines = [
            *(ReviewLine(problem=one) for one in entering.problems),
            *(ReviewLine(one) for one in entering.conflicts),
            *(ReviewLine(one) for one in entering.rows),
        ]
        self.table.table.fill(lines)
        self._tell()

    def _tell(self) -> None:
        entering = self.entering
        if entering is None:
            return
        conflicts = len(entering.conflicts)
        self.counts.setText(
            sentences(
                (
                    _("会录入 {n} 行。").format(n=len(entering.chosen)),
                    _("没有填 {n} 行。").format(n=entering.empty) if entering.empty else "",
                    _("{n} 行账本里已经一样。").format(n=entering.unchanged) if entering.unchanged else "",
                    _("{n} 行打印后账本里又有记录,按回车选按哪一个。").format(n=conflicts)
                    if conflicts
                    else "",
                    _("{n} 行不能录入。").format(n=len(entering.problems)) if entering.problems else "",
                )
            )
        )

    @staticmethod
    def _sheet_words(line: ReviewLine) -> str:
        if line.row is None:
            return line.problem.value or "" if line.problem else ""
        contact = line.row.contact
        more = (contact.next_date, contact.note) if contact else ()
        return " · ".join(filter(None, (line.row.mark.word, *more)))

    @staticmethod
    def _book_words(line: ReviewLine) -> str:
        if line.problem is not None:
            return sentences((line.problem.message, line.problem.proposal))
        return line.row.there if line.row else ""

    def _state(self, line: ReviewLine) -> str:
        if line.problem is not None:
            return _("不能录入")
        if line.row is None or not line.row.there:
            return _("录入")
        taken = self.entering is not None and self.entering.taken(line.row)
        return _("按单子") if taken else _("按账本")

    def _turn(self, number: int) -> None:
        line: ReviewLine | None = self.table.table.row(number)
        if self.entering is None or line is None or line.row is None or not line.row.there:
            return
        self.entering.take(line.row.place, sheets=not self.entering.taken(line.row))
        self._redraw()

    def _take_all(self) -> None:
        if self.entering is not None:
            self.entering.take_all()
            self._redraw()

    def _redraw(self) -> None:
        self.table.viewport().update()
        self._tell()
        self.changed.emit()
