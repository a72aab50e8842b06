"""计划: the week's 531 as it will be printed; edited in place, redrafted, confirmed, saved, previewed."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.widgets.parts import Card, ask, button, column, label
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import brief, exact, week_title, who
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.draft import Milestone, PlanCustomer, PlanItem, WeekPlan

if TYPE_CHECKING:
    from workbench.app import Workbench

BLOCKS = ("quick_wins", "needs_resources", "this_week")


class PlanPage(Page):
    """Nine lines above, the customers of the selected line below. Each edit is stored at once and can be undone."""

    name = "plan"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.plan: WeekPlan | None = None
        self._at = 0
        self.say(_("计划"), "")
        self.waits_for = _("正在读取这一周的计划…")
        self.add_primary(_("打印预览"), self.preview)
        self.confirm_button = self.add_action(_("确认计划"), self._confirm)
        self.redraft_button = self.add_action(_("重新起草"), self._ask_redraft)
        self.xlsx_button = self.add_action(_("导出 Excel…"), lambda: self._ask_file("plan_xlsx", "xlsx"))
        self.pdf_button = self.add_action(_("导出 PDF…"), lambda: self._ask_file("plan_pdf", "pdf"))
        self.state = label("", "second", wrap=True)
        self.lines = Table(self._line_columns(), wrap=True)
        self.lines.setAccessibleName(_("计划的九行"))
        self.lines.chosen.connect(self._show_people)
        self.people = Table(self._people_columns(), bare=True)
        self.people.setAccessibleName(_("这一行的客户"))
        self.people.opened.connect(self._open)
        self.drop_button = button(_("从这一行去掉"), self.drop_customer, tip="Delete")
        self.people_card = Card(_("对象清单"), self.drop_button)
        self.people_card.body.addWidget(self.people)
        drop = QAction(self.people)
        drop.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        drop.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        drop.triggered.connect(lambda _checked=False: self.drop_customer())
        self.people.addAction(drop)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.lines)
        split.addWidget(self.people_card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 150])
        split.setChildrenCollapsible(False)
        inside = QWidget()
        whole = column(self.state)
        whole.addWidget(split, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(whole)
        self.content = self.stage(
            inside, _("还没有客户,起草不了计划。导入名单以后,这里会有一份按容量排好的 531。")
        )

    # -- the nine lines as columns -------------------------------------------------------------------------

    def _line_columns(self) -> list[Column[tuple[str, PlanItem]]]:
        return [
            Column("", lambda x: x[0], 50, ink=lambda x: "accent"),
            Column(_("方法 / 动作 / 事项"), lambda x: x[1].method, 120, edit=self._edit("method")),
            Column(
                _("对象"),
                lambda x: _people(x[1], "\n"),
                100,
                tip=_people_tip,
            ),
            Column(_("依据"), lambda x: x[1].basis, edit=self._edit("basis")),
            Column(_("动作"), lambda x: x[1].action, edit=self._edit("action")),
            Column(_("话术 / 资源 / 里程碑"), _third, edit=self._edit_third, tip=_third_tip),
            Column(_("完成标准"), lambda x: x[1].done_when, 144, edit=self._edit("done_when")),
            Column(_("截止"), lambda x: x[1].due, 96, edit=self._edit_due),
        ]

    def _people_columns(self) -> list[Column[PlanCustomer]]:
        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 120),
            Column(_("资产"), lambda x: wan(x.aum_fen), 100, number=True, tip=lambda x: exact(x.aum_fen)),
            Column(_("理由"), self._why, tip=lambda x: x.reason),
        ]

    def _why(self, customer: PlanCustomer) -> str:
        """The reason without the data date, which stands above the plan."""
        return brief(self.workbench.rules, self.plan.data_date if self.plan else None, customer.reason)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the plan of the week."""
        self.read(self._read_plan, self._show)

    def _read_plan(self) -> WeekPlan | None:
        return self.workbench.outreach.plan() if self.workbench.insight.summary().customers else None

    def _show(self, plan: WeekPlan | None) -> None:
        self.plan = plan
        if plan is None:
            self.say(_("计划"), _("先导入一份名单。"))
            self.show_nothing()
            return
        self.say(
            _("{week} 的 531").format(week=week_title(plan.week)),
            _("改好就确认,再打印带去晨会。") if plan.draft else _("已确认,可以打印;要改直接改。"),
        )
        parts = [
            _("草稿,待确认") if plan.draft else _("已确认"),
            _("通话 {n} / {limit}").format(n=plan.calls, limit=plan.calls_limit),
            _("面访 {n} / {limit}").format(n=plan.visits, limit=plan.visits_limit),
            _("数据日期 {date}").format(date=plan.data_date or "—"),
            _("双击或按回车修改一格"),
            *plan.notes,
        ]
        self.state.setText(" · ".join(parts))
        self.enable(True)
        self.lines.table.fill(_numbered(plan))
        at = min(self._at, self.lines.table.rowCount() - 1)
        self.lines.setCurrentIndex(self.lines.table.index(max(at, 0), 1))
        self._show_people(at)

    def enable(self, on: bool) -> None:
        """Confirming needs a draft."""
        super().enable(on)
        self.confirm_button.setEnabled(on and self.plan is not None and self.plan.draft)

    def _show_people(self, number: int) -> None:
        line = self.lines.table.row(number) if number >= 0 else None
        if line is None:
            return
        self._at = number
        item: PlanItem = line[1]
        self.people.table.fill(item.customers)
        self.people_card.heading.setText(_("对象清单:{method}").format(method=item.method))
        parts = [_people(item) if item.customers else _("这一行不针对具体客户。")]
        parts += [_milestone(milestone) for milestone in item.milestones]
        self.people_card.note.setText(" · ".join(parts))
        self.drop_button.setEnabled(bool(item.customers))
        if item.customers:
            self.people.setCurrentIndex(self.people.table.index(0, 0))

    # -- editing -------------------------------------------------------------------------------------------

    def _edit(self, name: str) -> Callable[[int, str], object]:
        def take(number: int, text: str) -> None:
            """Store a cell of the field `name`."""
            self._change_item(number, lambda item: replace(item, **{name: text.strip()}))  # type: ignore[arg-type]

        return take

    def _edit_due(self, number: int, text: str) -> None:
        try:
            day = dt.date.fromisoformat(text.strip()).isoformat()
        except ValueError:
            self.tasks.failed.emit(
                WorkbenchError(
                    "bad_date", _("“{text}”不是日期。").format(text=text), _("请写成 2026-11-20 这样。")
                )
            )
            return
        self._change_item(number, lambda item: replace(item, due=day))

    def _edit_third(self, number: int, text: str) -> None:
        def take(item: PlanItem) -> PlanItem:
            """The third text: resource of a line that needs support, script of any other."""
            if item.block == "resource":
                return replace(item, resource=text.strip())
            return replace(item, script=text.strip())

        self._change_item(number, take)

    def _change_item(self, number: int, make: Callable[[PlanItem], PlanItem]) -> None:
        plan = self.plan
        if plan is None:
            return
        self._at = number
        items = _all(plan)
        items[number] = make(items[number])
        self.store(_rebuilt(plan, items))

    def drop_customer(self) -> None:
        """Remove the selected customer from the selected line."""
        person = self.people.current()
        if not isinstance(person, PlanCustomer):
            return
        kept = person.customer_id
        self._change_item(
            self._at,
            lambda item: replace(item, customers=tuple(c for c in item.customers if c.customer_id != kept)),
        )

    def store(self, plan: WeekPlan) -> None:
        """Store an edited plan; if it is refused, the error is shown and the stored plan again."""

        def failed(error: Exception) -> None:
            """Show the error and read the stored plan."""
            self.tasks.failed.emit(error)
            self.refresh()

        self.plan = plan
        self.tasks.write(
            lambda: self.workbench.outreach.save(plan), words=_("计划已保存。"), failed=failed, owner=self
        )

    # -- acting --------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Preview the sheet as it will be printed."""
        from ui.widgets.preview import preview_plan

        preview_plan(self, self.workbench, self.tasks, self.plan)

    def _confirm(self) -> None:
        plan = self.plan
        if plan is not None:
            self.tasks.write(
                lambda: self.workbench.outreach.confirm(plan.week), words=_("计划已确认。"), owner=self
            )

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
        name, kinds = f"{self._file_name(plan)}.{ending}", f"{ending} (*.{ending})"
        place = ask_place(self, _("导出计划"), name, kinds, f".{ending}")
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

    def _open(self, number: int) -> None:
        person = self.people.table.row(number)
        if isinstance(person, PlanCustomer):
            self.go.emit("portrait", person.customer_no)

    def focus_first(self) -> None:
        """The nine lines."""
        self.lines.setFocus()

    @staticmethod
    def _file_name(plan: WeekPlan) -> str:
        return _("531行动计划 {week}").format(week=plan.week)


def _all(plan: WeekPlan) -> list[PlanItem]:
    return [item for block in BLOCKS for item in getattr(plan, block)]


def _rebuilt(plan: WeekPlan, items: Sequence[PlanItem]) -> WeekPlan:
    five, three = len(plan.quick_wins), len(plan.needs_resources)
    return replace(
        plan,
        quick_wins=tuple(items[:five]),
        needs_resources=tuple(items[five : five + three]),
        this_week=tuple(items[five + three :]),
    )


def _numbered(plan: WeekPlan) -> list[tuple[str, PlanItem]]:
    signs = (("5", plan.quick_wins), ("3", plan.needs_resources), ("1", plan.this_week))
    return [(f"{sign}-{at}", item) for sign, items in signs for at, item in enumerate(items, start=1)]


def _people(item: PlanItem, between: str = " ") -> str:
    if not item.customers:
        return "—"
    worth = sum(c.aum_fen or 0 for c in item.customers)
    return between.join([_("{n} 户").format(n=len(item.customers)), *([wan(worth)] if worth else [])])


def _people_tip(line: tuple[str, PlanItem]) -> str:
    return "\n".join(who(c.name, c.customer_no) for c in line[1].customers[:15])


def _third(line: tuple[str, PlanItem]) -> str:
    item = line[1]
    if item.block == "resource":
        return item.resource
    return item.script


def _third_tip(line: tuple[str, PlanItem]) -> str:
    item = line[1]
    if item.block == "resource":
        return _("若不批:{fallback}").format(fallback=item.fallback) if item.fallback else ""
    return "\n".join(_milestone(m) for m in item.milestones)


def _milestone(milestone: Milestone) -> str:
    return f"{milestone.day} {milestone.what}"
