"""What is changed on the plan from its page: each change is stored at once, and can be undone."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui.page import Page
from ui.pages.plan.overview import PlanLine
from ui.widgets.form import FormDialog
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.outreach import editing
from workbench.outreach.draft import WeekPlan
from workbench.outreach.picked import change_method, move_on_plan

if TYPE_CHECKING:
    from ui.pages.plan.lists import PeopleTable

Acts = Sequence[tuple[str, Callable[[], object]]]


class ChangingPage(Page):
    """What the changes ask of the page."""

    people: "PeopleTable"

    @property
    def plan(self) -> WeekPlan | None:
        """The plan as it was read."""
        raise NotImplementedError

    def add_customer(self) -> None:
        """Ask for a customer to add to the chosen row."""
        raise NotImplementedError

    def drop_customer(self) -> None:
        """Take the selected customer off the chosen row."""
        raise NotImplementedError

    def step_customer(self, by: int) -> None:
        """Let the selected customer change places with the one before (-1) or behind (1) him."""
        raise NotImplementedError


class OwnRowDialog(FormDialog):
    """Asks for what an own row is called and what is done on it."""

    def __init__(self, page: ChangingPage, plan: WeekPlan, row: str) -> None:
        super().__init__(page.workbench, page.tasks, _("自己写一行"), _("写进计划"), page)
        self._plan, self._row = plan, row
        self.method, self.action, self.done_when = QLineEdit(), QLineEdit(), QLineEdit()
        self.line(_("方法"), self.method)
        self.line(_("动作"), self.action)
        self.line(_("完成标准"), self.done_when)
        self.method.setFocus()

    def answer(self) -> None:
        """Put it in the place of the row."""
        if not self.method.text().strip():
            self.say(_("请写一个方法名。"))
            return
        method, words = self.method.text(), {"action": self.action.text(), "done_when": self.done_when.text()}

        def job() -> Change:
            """On the book's thread: store the plan with the own row."""
            lines = self.workbench.red_words.lines()
            return self.workbench.outreach.save(
                editing.own_row(self._plan, self._row, method, lines, **words)
            )

        self.write(job, _("已写进计划。"))


class PlanChanges:
    """The changes of the page's plan."""

    def __init__(self, page: ChangingPage) -> None:
        self._page = page
        self._follow = ""

    def row_after(self, row: str) -> str:
        """The row to choose once the plan is read again: the one that was moved, else the same."""
        followed, self._follow = self._follow or row, ""
        return followed

    def refused(self, error: Exception) -> None:
        """Show what was refused, and the stored plan again."""
        self._follow = ""
        self._page.tasks.failed.emit(error)
        self._page.refresh()

    # -- people ------------------------------------------------------------------------------------------------

    def drop(self, row: str, customer: int) -> None:
        """Take a customer off a row."""
        self._store(lambda plan: editing.remove_people(plan, [customer], row))

    def swap(self, one: int, other: int) -> None:
        """Let two customers change places in the order of the week."""
        self._store(lambda plan: editing.swap_people(plan, one, other))

    def move(self, customer: int, to: str) -> None:
        """Move a customer to another row of his block; refused where he must not be marketed to."""
        plan, page = self._page.plan, self._page
        if plan is not None:
            page.tasks.write(
                lambda: move_on_plan(page.workbench.outreach, plan, customer, to),
                words=_("已移到 {row}。").format(row=to), failed=self.refused, owner=page,
            )  # fmt: skip

    def acts_of_person(self, plan: WeekPlan, line: PlanLine) -> Acts:
        """What can be done with the selected customer of a row."""
        page = self._page
        block = line.name[0]
        others = [
            (_("换到 {row}").format(row=f"{name}  {item.method}"), partial(self._move_current, name))
            for name, item in editing.rows(plan).items()
            if name[0] == block and name != line.name
        ]
        return (
            (_("上移  Alt+↑"), partial(page.step_customer, -1)),
            (_("下移  Alt+↓"), partial(page.step_customer, 1)),
            (_("从这一行去掉  Del"), page.drop_customer),
            *others,
        )

    def _move_current(self, to: str) -> None:
        entry = self._page.people.current()
        if entry is not None:
            self.move(entry.person.customer_id, to)

    def keys_of_people(self) -> Mapping[Qt.Key, Callable[[], object]]:
        """Keys of the list of people."""
        page = self._page
        return {Qt.Key.Key_Delete: page.drop_customer} | dict(self.keys_of_rows())

    # -- rows --------------------------------------------------------------------------------------------------

    def keys_of_rows(self) -> Mapping[Qt.Key, Callable[[], object]]:
        """Keys of the list of rows."""
        add = self._page.add_customer
        return {Qt.Key.Key_Insert: add, Qt.Key.Key_Plus: add}

    def step_row(self, row: str, by: int) -> None:
        """Move a row up (-1) or down (1) in its block; the keyboard follows it."""
        plan = self._page.plan
        other = f"{row[:2]}{int(row[2:]) + by}"
        if plan is not None and other in editing.rows(plan):
            self._follow = other
            self._store(lambda plan: editing.swap_rows(plan, row, other))

    def take_method(self, row: str, kind: str) -> None:
        """Put another method in the place of a row, with whom it has this week."""
        plan, page = self._page.plan, self._page
        if plan is not None:
            page.tasks.write(
                lambda: change_method(page.workbench.outreach, plan, row, kind),
                words=_("已换方法。"), failed=self.refused, owner=page,
            )  # fmt: skip

    def acts_of_row(self, line: PlanLine) -> Acts:
        """What can be done with a row."""
        return (
            (_("上移  Ctrl+↑"), partial(self.step_row, line.name, -1)),
            (_("下移  Ctrl+↓"), partial(self.step_row, line.name, 1)),
            (_("自己写一行…"), partial(self._ask_own, line.name)),
        )

    def _ask_own(self, row: str) -> None:
        if (plan := self._page.plan) is not None:
            OwnRowDialog(self._page, plan, row).open()

    def edit(self, row: str, field: str, text: str) -> None:
        """Store a text of a row."""
        words = self._page.workbench.red_words
        self._store(lambda plan: editing.edit_words(plan, row, words.lines(), **{field: text}))

    def _store(self, make: Callable[[WeekPlan], WeekPlan]) -> None:
        """Store the plan that `make` makes of the one shown; a refusal is shown, and the stored plan again."""
        plan, page = self._page.plan, self._page
        if plan is not None:
            page.tasks.write(
                lambda: page.workbench.outreach.save(make(plan)),
                words=_("计划已保存。"), failed=self.refused, owner=page,
            )  # fmt: skip
