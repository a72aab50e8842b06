"""Confirm, then print: the two buttons of the pages that show the week's plan. Confirming is the primary one until it is done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.page import Page
from ui.widgets.parts import restyle
from workbench.base.i18n import _
from workbench.outreach.draft import WeekPlan

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class PlanActions:
    """The buttons on a page, and what they do."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.plan: WeekPlan | None = None
        self._print_wanted = self._was_confirmed_here = False
        self.print_button: QPushButton = page.add_primary(_("打印本周晨会材料"), self.print_plan)
        self.print_button.setToolTip("Ctrl+P")
        self.confirm_button: QPushButton = page.add_action(_("确认计划"), self.confirm, tip="Ctrl+Enter")
        for made in (self.print_button, self.confirm_button):
            made.setProperty("role", "")
        self.confirm_button.hide()
        keys = (
            ("Ctrl+Return", self.confirm_button), ("Ctrl+Enter", self.confirm_button), ("Ctrl+P", self.print_button)
        )  # fmt: skip
        for held, made in keys:
            key = QShortcut(QKeySequence(held), page)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(made.click)

    def show(self, plan: WeekPlan | None) -> None:
        """Show the buttons for a plan as it is now stored."""
        self.plan = plan
        draft = plan is not None and plan.draft
        self.print_button.setText(_("打印草稿") if draft else _("打印本周晨会材料"))
        restyle(self.print_button, "role", "" if draft else "primary")
        restyle(self.confirm_button, "role", "primary" if draft else "")
        self.confirm_button.setVisible(draft)
        self._page.primary = self.confirm_button if draft else self.print_button
        if self._was_confirmed_here and not draft:
            self._was_confirmed_here = False
            self.print_button.setFocus()
        if self._print_wanted and plan is not None:
            self._print_wanted = False
            self.print_plan()

    def confirm(self) -> None:
        """Confirm the plan; what comes next is to print it."""
        plan, page = self.plan, self._page
        if plan is None:
            return
        self._was_confirmed_here = True
        page.tasks.write(
            lambda: page.workbench.outreach.confirm(plan.week), words=_("计划已确认,可以打印。"), owner=page
        )

    def print_plan(self) -> None:
        """Preview the paper of the week; before the plan is read, once it is."""
        from ui.widgets.pack_preview import preview_plan

        self._print_wanted = self.plan is None
        preview_plan(self._page, self._page.workbench, self._page.tasks, self.plan)
