"""What can be done with those picked, each behind one question: keep, plan, tag, hand over, export; and why some are in doubt."""

from functools import partial

from ui.pages.picker.condition_page import ConditionPage
from ui.pages.picker.dialogs import (
    AssignDialog,
    Picked,
    PlanDialog,
    SaveDialog,
    UnknownDialog,
    ask_tag,
)
from ui.pages.picker.export import ExportDialog
from ui.pages.picker.forms import unlimited
from workbench.insight.language.formatted import named


class Actions:
    """The actions of the page; they do nothing while no customer is picked."""

    def __init__(self, page: ConditionPage) -> None:
        self._page = page

    def save(self) -> None:
        """Keep the condition as a rule, or those who meet it today as a list."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            SaveDialog(page.workbench, page.tasks, picked, page).open()

    def plan(self) -> None:
        """Put the picked customers on this week's plan."""
        from workbench.outreach.picked import methods

        page, picked = self._page, self._page.picked()
        if picked is not None:
            page.read(lambda: methods(page.workbench.outreach), partial(self._plan, picked), key="methods")

    def _plan(self, picked: Picked, methods: tuple[tuple[str, str], ...]) -> None:
        PlanDialog(self._page.workbench, self._page.tasks, picked, methods, self._page).open()

    def tag(self) -> None:
        """Give the picked customers a tag that only a person can give."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            page.read(page.workbench.insight.tags.by_hand, partial(ask_tag, page, picked), key="tags")

    def assign(self) -> None:
        """Hand the picked customers to another account manager."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            AssignDialog(page.workbench, page.tasks, picked, page).open()

    def export(self) -> None:
        """Write the picked customers to a masked, numbered workbook."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            ExportDialog(page.workbench, page.tasks, picked, page).open()

    def explain_unknown(self) -> None:
        """Show which terms of the condition have no value, and for how many customers."""
        page, answer = self._page, self._page.answer
        if answer is None:
            return
        everyone = f"not known({unlimited(answer.text)})"
        lacking = [(term.label, f"{everyone} and {named(term.name)} is missing") for term in answer.terms]
        picking = page.workbench.insight.picking

        def job() -> tuple[tuple[str, int, str], ...]:
            """For each term: label, customers without a value, their condition; the most frequent first."""
            counted = [(words, picking.count(text).count, text) for words, text in lacking]
            return tuple(sorted((one for one in counted if one[1]), key=lambda one: -one[1]))

        def show(missing: tuple[tuple[str, int, str], ...]) -> None:
            """Open the dialog."""
            UnknownDialog(missing, answer.unknown, page.ask, everyone, page).open()

        page.read(job, show, key="unknown")
