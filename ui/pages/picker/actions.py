"""What can be done with those picked, each behind one question: keep, plan, tag, hand over, export; and why some are in doubt."""

from functools import partial

from ui.pages.picker.condition_page import ConditionPage
from ui.pages.picker.dialogs import (
    AssignDialog,
    ExportDialog,
    Picked,
    PlanDialog,
    SaveDialog,
    UnknownDialog,
    ask_tag,
)
from ui.pages.picker.forms import unlimited
from workbench.insight.language.formatted import named


class Actions:
    """The actions of the page; nothing happens while nobody is picked."""

    def __init__(self, page: ConditionPage) -> None:
        self._page = page

    def save(self) -> None:
        """Keep the condition, or who meets it today."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            SaveDialog(page.workbench, page.tasks, picked, page).open()

    def plan(self) -> None:
        """Put them on this week's plan."""
        from workbench.outreach.picked import methods

        page, picked = self._page, self._page.picked()
        if picked is not None:
            page.read(lambda: methods(page.workbench.outreach), partial(self._plan, picked), key="methods")

    def _plan(self, picked: Picked, methods: tuple[tuple[str, str], ...]) -> None:
        PlanDialog(self._page.workbench, self._page.tasks, picked, methods, self._page).open()

    def tag(self) -> None:
        """Give them a tag that only a person can give."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            page.read(page.workbench.insight.tags.by_hand, partial(ask_tag, page, picked), key="tags")

    def assign(self) -> None:
        """Hand them to an account manager."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            AssignDialog(page.workbench, page.tasks, picked, page).open()

    def export(self) -> None:
        """Write them to a masked, numbered workbook."""
        page, picked = self._page, self._page.picked()
        if picked is not None:
            ExportDialog(page.workbench, page.tasks, picked, page).open()

    def explain_unknown(self) -> None:
        """Which words of the condition are not told, for those for whom it cannot be told."""
        page, found = self._page, self._page.answer
        if found is None:
            return
        everyone = f"not known({unlimited(found.text)})"
        asked = [(term.label, f"{everyone} and {named(term.name)} is missing") for term in found.terms]
        picking = page.workbench.insight.picking

        def job() -> tuple[tuple[str, int, str], ...]:
            counted = [(words, picking.count(text).count, text) for words, text in asked]
            return tuple(sorted((one for one in counted if one[1]), key=lambda one: -one[1]))

        def show(missing: tuple[tuple[str, int, str], ...]) -> None:
            UnknownDialog(missing, found.unknown, page.ask, everyone, page).open()

        page.read(job, show, key="unknown")
