"""The bar of what to say to a customer, above what not to: the words that fit him best, copied by one key."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.tasks import Tasks
from ui.widgets.parts import Card
from ui.widgets.words_line import WordsLine
from workbench.outreach.words import Words

if TYPE_CHECKING:
    from workbench.app import Workbench


class SayBar(Card):
    """W copies, V opens the scripts for this customer, the best on top."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, more: Callable[[str], object]) -> None:
        super().__init__()
        self.line = WordsLine(workbench, tasks, "W", "V", more)
        self.body.addWidget(self.line)
        self.hide()

    def fill(self, customer_no: str, words: Words) -> None:
        """Show the words; without any, and without a reason why, there is no bar."""
        self.line.fill(customer_no, words)
        self.setVisible(bool(words.say or words.why))
