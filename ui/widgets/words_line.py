"""`WordsLine`: what to say to a customer, why these words, and the ways on: copy them, see others."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.copy_words import copy_words
from ui.tasks import Tasks
from ui.widgets.parts import button, column, label, row
from workbench.base.i18n import _
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import Words

if TYPE_CHECKING:
    from workbench.app import Workbench


class WordsLine(QWidget):
    """Hidden until it has something to tell. `copy_key`, `more_key`: shortcuts of its two buttons, '' for none; `more`: opens
    the scripts for the customer, None where there is no way to them."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        copy_key: str = "",
        more_key: str = "",
        more: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._workbench, self._tasks = workbench, tasks
        self._of: str | None = None
        self.words = Words()
        self.text = label("", "todo", wrap=True)
        self.why = label("", "second", wrap=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.copy = button(_with_key(_("复制话术"), copy_key), self.copy_text, "act")
        tip = (copy_key if "+" in copy_key else "", _("复制这段话,只记为已拟稿,不算联系过"))
        self.copy.setToolTip("\n".join(filter(None, tip)))
        self.more = button(_with_key(_("换一段"), more_key), self._more, "act")
        self._open = more
        if more is None:
            self.more.hide()
        for made, key in ((self.copy, copy_key), (self.more, more_key)):
            if key:
                made.setShortcut(key)
        line = row(column(self.text, self.why, spacing=2), self.copy, self.more, spacing=8)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    def ask(self, customer_no: str | None, entry: WeekEntry | None = None) -> None:
        """Show the words for this customer as his portrait has them, once the book is free; None: for nobody. `entry`: his line
        of a week's list, where that is at hand."""
        outreach, insight = self._workbench.outreach, self._workbench.insight
        self._of = customer_no

        def read(number: str) -> Words:
            """By his line of the week, else by his portrait."""
            if entry is not None:
                return outreach.words([entry])[entry.person.customer_id]
            return outreach.words_on_portrait(insight.portrait(number))

        self.hide()
        if customer_no:
            self._tasks.run(
                lambda: read(customer_no),
                lambda words: self.fill(customer_no, words) if customer_no == self._of else None,
                failed=lambda _error: None,
                owner=self,
                key=(self, "words"),
            )

    def fill(self, customer_no: str | None, words: Words) -> None:
        """Show these words for a customer."""
        self._of, self.words = customer_no, words
        self.text.setText(
            _("说:{words}").format(words=words.say) if words.say else _("现在没有适合对他说的话术。")
        )
        why = _("为什么是这段:{why}") if words.say else _("原因:{why}")
        self.why.setText(why.format(why=words.why) if words.why else "")
        self.why.setVisible(bool(words.why))
        self.copy.setVisible(bool(words.say))
        self.setVisible(bool(customer_no) and bool(words.say or words.why))

    def copy_text(self) -> None:
        """Put the words on the clipboard."""
        if self._of:
            copy_words(self._workbench, self._tasks, self._of, self.words, self)

    def _more(self) -> None:
        if self._of and self._open is not None:
            self._open(self._of)


def _with_key(words: str, key: str) -> str:
    """The words of a button with its key, one of a single letter; longer ones are told by the tip."""
    return words if "+" in key else " ".join(filter(None, (words, key)))
