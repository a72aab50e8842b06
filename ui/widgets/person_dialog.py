"""A short question about a customer, who is found while typing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.person import PersonSearch
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class PersonDialog(FormDialog):
    """`customer_no`: who was chosen, '' for nobody yet."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        title: str,
        yes: str,
        parent: QWidget | None,
        customer_no: str = "",
    ) -> None:
        super().__init__(workbench, tasks, title, yes, parent)
        self.customer_no = customer_no
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.taken.connect(self._taken)
        self.person.typed.connect(self._typed)

    def ask_person(self, words: str = "") -> None:
        """Add the lines in which the customer is found."""
        self.line(words or _("客户"), self.person.line)
        self.line("", self.person.below)

    def next_field(self) -> QWidget:
        """Where the keyboard goes once a customer was chosen."""
        raise NotImplementedError

    def whom(self, missing: str = "") -> Callable[[], str] | None:
        """How a job learns the number: of who was chosen, or the only one whom the typed words mean. None while that has to be
        answered first, which is said; `missing`: in which words."""
        if not self.customer_no and self.person.take():
            return None
        typed = self.person.line.text().strip()
        if not self.customer_no and not typed:
            self.say(missing or _("请先选一位客户。"))
            self.person.line.setFocus()
            return None
        number, person = self.customer_no, self.person
        return lambda: number or person.sole(typed)

    def _taken(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.next_field().setFocus()

    def _typed(self) -> None:
        self.customer_no = ""
