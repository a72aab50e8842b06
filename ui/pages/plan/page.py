"""计划: the week's 531 as it will be printed, one row of it with its people; edited, confirmed, printed, ticked."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.pages.plan.changing import ChangingPage, PlanChanges
from ui.pages.plan.history import WeeksBefore
from ui.pages.plan.lists import RowsTable
from ui.pages.plan.overview import PlanLine, PlanSeen
from ui.pages.plan.row_card import RowCard, fill_menu
from ui.plan_actions import PlanActions
from ui.tasks import Tasks
from ui.widgets.parts import ask, beside, column, label
from ui.widgets.saving import ask_place
from ui.words import week_title
from workbench.base.change import Change, Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.draft import WeekPlan
from workbench.outreach.editing import other_methods, rows

if TYPE_CHECKING:
    from workbench.app import Workbench


class PlanPage(ChangingPage):
    """Nine rows at the left, the chosen one at the right. Each edit is stored at once and can be undone."""

    name = "plan"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.seen: PlanSeen | None = None
        self._row = "5-1"
        self.say(_("计划"), "")
        self.waits_for = _("正在读取这一周的计划…")
        self.redraft_button = self.add_action(_("重新起草"), self._ask_redraft)
        self.xlsx_button = self.add_action(_("导出 Excel…"), lambda: self._ask_file("plan_xlsx", "xlsx"))
        self.pdf_button = self.add_action(_("导出 PDF…"), lambda: self._ask_file("plan_pdf", "pdf"))
        self.plan_actions = PlanActions(self)
        self.changes = PlanChanges(self)
        self.state = label("", "second", wrap=True)
        self.row = RowCard(workbench, tasks)
        self.lines = RowsTable()
        self.lines.chosen.connect(self._choose)
        self.lines.opened.connect(lambda _at: self.row.words.setFocus())
        self.lines.ticked.connect(self._tick_row)
        self.lines.stepped.connect(lambda by: self.changes.step_row(self._row, by))
        self.row.add_requested.connect(self.add_customer)
        self.row.edited.connect(self._edit)
        self.row.ticked.connect(self._tick_row)
        self.people = self.row.people
        self.people.opened.connect(self._open)
        self.people.stepped.connect(self.step_customer)
        self.people.ticked.connect(self._tick_person)
        self.people.acts = self.changes.keys_of_people()
        self.lines.acts = self.changes.keys_of_rows()
        self.row.request.applied.connect(self._apply)
        self.row.request.answered.connect(self._answer)
        self.history = WeeksBefore()
        self.notes = label("", "second", wrap=True)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.lines, self.notes, self.history, None, spacing=10))
        right.setLayout(column(self.row, None))
        for side in (left, right):
            side.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it was just set
        left.setMinimumWidth(380)
        right.setMinimumWidth(
            630
        )  # below, the columns of the people are cut off: then it stands under the rows
        inside = QWidget()
        inside.setLayout(column(self.state, beside(left, right, (400, 730), (2, 3)), None))
        inside.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it was just set
        self.content = self.stage(
            inside, _("还没有客户,起草不了计划。导入名单以后,这里会有一份按容量排好的 531。")
        )

    @property
    def plan(self) -> WeekPlan | None:
        """The plan as it was read."""
        return self.seen.plan if self.seen is not None else None

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the plan of the week, its list, its requests and the weeks before."""
        self.compute(self._read_plan, self._show)

    def _read_plan(self, _progress: Progress) -> PlanSeen | None:
        outreach = self.workbench.outreach
        if not self.workbench.insight.summary().customers:
            return None
        plan = outreach.plan()
        week = outreach.weeks.of_plan(plan)
        return PlanSeen(plan, week, outreach.requests.of(plan.week), outreach.history(plan.week))

    def _show(self, seen: PlanSeen | None) -> None:
        self.seen = seen
        if seen is None:
            self.plan_actions.show(None)
            self.say(_("计划"), _("先导入一份名单。"))
            self.show_nothing()
            return
        plan = seen.plan
        self.say(
            _("{week} 的 531").format(week=week_title(plan.week)),
            _("改好就确认,再打印带去晨会。") if plan.draft else _("已确认,打印带去晨会;周五按行打勾。"),
        )
        capacity = _(
            "一周安排得下 {calls_limit} 通电话、{visits_limit} 次面访,计划用了 {calls} 通、{visits} 次"
        )
        parts = [
            _("草稿,待确认") if plan.draft else _("已确认"),
            capacity.format(
                calls_limit=plan.calls_limit,
                visits_limit=plan.visits_limit,
                calls=plan.calls,
                visits=plan.visits,
            ),
            _("数据日期 {date}").format(date=plan.data_date or "—"),
        ]
        self.state.setText(" · ".join(parts))
        self.notes.setText("\n".join(plan.notes))
        self.notes.setVisible(bool(plan.notes))
        self.history.fill(seen.history)
        self._fill_rows(seen)
        self.enable(True)
        self.plan_actions.show(plan)

    def _fill_rows(self, seen: PlanSeen) -> None:
        lines = seen.lines
        wanted = self.changes.row_after(self._row)
        at = next((n for n, one in enumerate(lines) if one.name == wanted), 0)
        self.lines.blockSignals(True)
        self.lines.put(lines)
        self.lines.selectRow(at)
        self.lines.blockSignals(False)
        self._choose(at)

    def enable(self, on: bool) -> None:
        """Drafting anew needs a draft."""
        super().enable(on)
        self.redraft_button.setEnabled(on and self.plan is not None and self.plan.draft)

    def _choose(self, number: int) -> None:
        line = self.lines.table.row(number) if number >= 0 else None
        if not isinstance(line, PlanLine) or self.seen is None:
            return
        self._row = line.name
        self.row.fill(line, self.seen)
        plan = self.seen.plan
        fill_menu(self.row.of_person, self.changes.acts_of_person(plan, line))
        others = [
            (one.title(), partial(self.changes.take_method, line.name, one.kind))
            for one in other_methods(plan, line.name)
        ]
        fill_menu(self.row.of_row, (*self.changes.acts_of_row(line), *others))

    def line(self) -> PlanLine | None:
        """The row that is chosen."""
        return self.row.line

    # -- editing -------------------------------------------------------------------------------------------

    def _edit(self, field: str, text: str) -> None:
        if field == "due":
            try:
                text = dt.date.fromisoformat(text.strip()).isoformat()
            except ValueError:
                self.tasks.failed.emit(
                    WorkbenchError(
                        "bad_date", _("“{text}”不是日期。").format(text=text), _("请写成 2026-11-20 这样。")
                    )
                )
                return
        self.changes.edit(self._row, field, text)

    def add_customer(self) -> None:
        """Ask for a customer to add to the chosen row."""
        from ui.widgets.to_plan import ask_to_plan

        ask_to_plan(self.workbench, self.tasks, None, self, self._row, self.people.setFocus)

    def drop_customer(self) -> None:
        """Take the selected customer off the chosen row."""
        entry = self.people.current()
        if entry is not None:
            self.changes.drop(self._row, entry.person.customer_id)

    def step_customer(self, by: int) -> None:
        """Let the selected customer change places with the one before (-1) or behind (1) him."""
        at = self.people.currentIndex().row()
        one, other = self.people.table.row(at), self.people.table.row(at + by)
        if one is not None and other is not None:
            self.changes.swap(one.person.customer_id, other.person.customer_id)

    # -- ticking, requests ---------------------------------------------------------------------------------

    def _tick_row(self, code: str) -> None:
        line = self.line()
        if line is not None and line.item.id is not None:
            self._tick(line.item.id, code, None)

    def _tick_person(self, code: str) -> None:
        line, entry = self.line(), self.people.current()
        if line is not None and line.item.id is not None and entry is not None:
            self._tick(line.item.id, code, entry.person.customer_id)

    def _tick(self, item: int, code: str, customer: int | None) -> None:
        plan = self.plan
        if plan is not None:
            words = _("已打勾。") if code else _("已取消打勾。")
            set_result = self.workbench.outreach.set_result
            self._write(lambda: set_result(item, code, customer_id=customer, week=plan.week), words)

    def _apply(self, note: str) -> None:
        self._of_request(lambda item: self.workbench.outreach.requests.apply(item, note), _("已记下申请。"))

    def _answer(self, granted: bool, note: str) -> None:
        answer = self.workbench.outreach.requests.answer
        self._of_request(lambda item: answer(item, granted=granted, note=note), _("已记下答复。"))

    def _of_request(self, job: Callable[[int], Change], words: str) -> None:
        line = self.line()
        if line is not None and line.item.id is not None:
            item = line.item.id
            self._write(lambda: job(item), words)

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.tasks.write(job, words=words, failed=self.changes.refused, owner=self)

    # -- acting --------------------------------------------------------------------------------------------

    def _ask_redraft(self) -> None:
        ask(
            self,
            _("重新起草"),
            _("按最新数据重新起草这一周的计划?"),
            _("这一周手工改过的内容会被新草稿替换。"),
            _("重新起草"),
            "",
            self.redraft,
        )

    def redraft(self) -> None:
        """Draft the week's plan again from the newest data."""
        plan = self.plan
        if plan is None:
            return

        def job() -> Change:
            """On the book's thread; the writes are noted below this call."""
            self.workbench.outreach.redraft(plan.week)
            return Change.nothing()

        self.tasks.write(job, words=_("已按最新数据重新起草。"), owner=self)

    def _ask_file(self, kind: str, ending: str) -> None:
        plan = self.plan
        if plan is None:
            return
        name = _("531行动计划 {week}").format(week=plan.week)
        place = ask_place(self, _("导出计划"), f"{name}.{ending}", f"{ending} (*.{ending})", f".{ending}")
        if place is not None:
            self.export(kind, *place)

    def export(self, kind: str, path: Path, replace: bool = False) -> None:
        """Write the plan ("plan_pdf" or "plan_xlsx") to a file; the export is registered."""
        plan = self.plan
        if plan is None:
            return

        def job() -> Path:
            """On the book's thread: make and save the file."""
            sheets = self.workbench.sheets
            made = sheets.plan_pdf(plan) if kind == "plan_pdf" else sheets.plan_xlsx(plan)
            saved_at: Path = sheets.save(made, path, replace=replace)
            return saved_at

        def saved(where: Path) -> None:
            """Announce where the file is."""
            self.tasks.wrote.emit(Change.nothing(), _("已存到 {path}").format(path=where))

        self.tasks.run(job, saved, owner=self)

    def place(self, argument: object) -> None:
        """Show the row of this name."""
        if isinstance(argument, str) and self.seen is not None and argument in rows(self.seen.plan):
            self._row = argument
            self._fill_rows(self.seen)

    def _open(self, number: int) -> None:
        entry = self.people.table.row(number)
        if entry is not None:
            self.go.emit("portrait", entry.person.customer_no)

    def focus_first(self) -> None:
        """The nine rows."""
        self.lines.setFocus()
