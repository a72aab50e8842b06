"""What the parts of the picker share: the condition with its answer, the customers it means, and the way to another."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from ui.page import Page
from ui.pages.picker.answer import ConditionAnswer
from ui.pages.picker.dialogs import Picked
from ui.tasks import Tasks

if TYPE_CHECKING:
    from workbench.app import Workbench


class ConditionPage(Page):
    """A page about those who meet a condition; `answer` is None until it is read."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.answer: ConditionAnswer | None = None

    @abstractmethod
    def ask(self, text: str) -> None:
        """Show those who meet another condition."""

    def picked(self) -> Picked | None:
        """Whom an action is about; None while no customer is."""
        answer = self.answer
        if answer is None or not answer.left:
            return None
        return Picked(
            answer.text, answer.words, answer.purpose, answer.left, answer.tally.count - answer.left
        )
