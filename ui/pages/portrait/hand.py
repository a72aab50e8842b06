"""What a person sets right or adds on the portrait: corrections, family and company links, observed style."""

from functools import partial

from ui.pages.journey.moving import MoveDialog
from ui.pages.picker.dialogs import Picked, ask_tag
from ui.pages.portrait.birthday_dialog import BirthdayDialog
from ui.pages.portrait.customer_page import CustomerPage
from ui.pages.portrait.dialogs import Choices, Correctable, CorrectDialog, LinkDialog
from ui.pages.portrait.family import masked_relative
from ui.pages.portrait.stage_card import moved_by_hand
from ui.widgets.cause import CauseDialog
from ui.widgets.parts import ask
from ui.widgets.stage_tasks import StageTasksDialog
from ui.words import who
from workbench.base.i18n import _
from workbench.insight.journey.facts import BoardRow
from workbench.outreach.dates.birthday_ways import KeptBirthday
from workbench.people.links import Relation


class ByHand:
    """What a person corrects or adds; each opens one dialog, and a refused write stands in the page's banner."""

    def __init__(self, page: CustomerPage) -> None:
        self._page = page

    def correct(self, key: str, words: str, machine: str) -> None:
        """Open the correction of a fact or tag (`key`); `machine` is the computed value in words."""
        page, number = self._page, self._page.customer_no

        def ask_value(choices: Choices) -> None:
            """Open the dialog with the values to choose from."""
            what = Correctable(key, words, machine, choices)
            page.trail.dialog = CorrectDialog(page.workbench, page.tasks, number, what, page)
            page.trail.dialog.open()

        page.tasks.run(
            lambda: page.workbench.insight.corrections.choices(key),
            ask_value,
            failed=page.refused,
            owner=page,
        )

    def end_correction(self, correction: int) -> None:
        """End a correction: the machine's value counts again."""
        page = self._page
        page.tasks.write(
            lambda: page.workbench.insight.corrections.end(correction),
            words=_("已取消更正,恢复系统的值。"),
            failed=page.refused,
            owner=page,
        )

    def birthday(self) -> None:
        """Ask which birthday the customer keeps."""
        page, number = self._page, self._page.customer_no

        def ask_way(kept: KeptBirthday) -> None:
            """Open the dialog with what is known."""
            page.trail.dialog = BirthdayDialog(page.workbench, page.tasks, number, kept, page)
            page.trail.dialog.open()

        page.tasks.run(
            lambda: page.workbench.outreach.birthday_ways.of(number),
            ask_way,
            failed=page.refused,
            owner=page,
        )

    def move_stage(self) -> None:
        """Move the customer to another stage of the journey, or back to the machine's view."""
        page, portrait = self._page, self._page.portrait
        if portrait is None or portrait.stage is None:
            return
        card = BoardRow(
            portrait.customer_id, portrait.customer_no, portrait.name, portrait.tier, None, portrait.stage, None,
            moved_by_hand(portrait),
        )  # fmt: skip
        page.trail.dialog = MoveDialog(page.workbench, page.tasks, card, page)
        page.trail.dialog.open()

    def tick_tasks(self) -> None:
        """Show all tasks of the journey card, to be ticked or left out."""
        page, portrait = self._page, self._page.portrait
        if portrait is not None:
            named = who(portrait.name, portrait.customer_no)
            page.trail.dialog = StageTasksDialog(
                page.workbench, page.tasks, portrait.customer_no, named, page
            )
            page.trail.dialog.open()

    def give_tag(self) -> None:
        """Give a tag that only a person gives."""
        page = self._page
        picked = Picked(f"customer_no = '{page.customer_no}'", "", "", 1, 0)
        page.read(page.workbench.insight.tags.by_hand, partial(ask_tag, page, picked), key="tags")

    def confirm_cause(self) -> None:
        """Confirm why the customer leaves."""
        page = self._page
        page.trail.dialog = CauseDialog(page.workbench, page.tasks, page.customer_no, page)
        page.trail.dialog.open()

    def add_link(self) -> None:
        """Add a relative, or a company of the customer."""
        page = self._page
        page.trail.dialog = LinkDialog(page.workbench, page.tasks, page.customer_no, page)
        page.trail.dialog.open()

    def ask_remove(self, relation: Relation) -> None:
        """Remove a link, after a question."""
        page = self._page
        name = relation.name if page.unmasked else masked_relative(relation)
        words = _("删除关系“{kind} {name}”?").format(kind=relation.kind_name, name=name)
        ask(
            page, _("删除关系"), words, _("删除后可以撤销。"), _("删除"), _("不删"),
            lambda: page.tasks.write(
                lambda: page.workbench.insight.links.remove(relation.id), words=_("已删除关系。"), failed=page.refused,
                owner=page,
            ),
        )  # fmt: skip

    def tick_cues(self) -> None:
        """Open the observation card."""
        from ui.widgets.questionnaire import CueDialog

        page = self._page
        page.trail.dialog = CueDialog(page.workbench, page.tasks, page.customer_no, page)
        page.trail.dialog.open()
