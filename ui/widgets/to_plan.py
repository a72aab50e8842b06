"""Put one customer on the week's plan, from anywhere: who, on which row, why."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.person import PersonSearch
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.draft import WeekPlan
from workbench.outreach.editing import rows
from workbench.outreach.picked import Added, add_to_plan
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class ToPlanDialog(FormDialog):
    """Asks for customer, row and reason, in that order; Enter adds."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str | None = None, row: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(workbench, tasks, _("放进本周计划"), _("放进计划"), parent)
        self.customer_no = customer_no
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.typed.connect(self._forget)
        self.person.taken.connect(self._choose)
        self.row = QComboBox()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("一句话:为什么这一周联系"))
        self.line(_("客户"), self.person.line)
        self.line("", self.person.below)
        self.line(_("行"), self.row)
        self.line(_("理由"), self.reason)
        self._wanted = row
        self.yes.setEnabled(False)
        tasks.run(workbench.outreach.plan, self._offer, owner=self)
        if customer_no:
            self.person.preset(customer_no)
            self.row.setFocus()
        else:
            self.person.line.setFocus()

    def _offer(self, plan: WeekPlan) -> None:
        for name, item in rows(plan).items():
            self.row.addItem(f"{name}  {item.method}", name)
        self.row.setCurrentIndex(max(0, self.row.findData(self._wanted)))
        self.yes.setEnabled(True)

    def _forget(self) -> None:
        self.customer_no = None

    def _choose(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.row.setFocus()

    def answer(self) -> None:
        """Add him, once it is known who he is and why."""
        if self.customer_no is None and self.person.take():
            return
        number, typed = self.customer_no, self.person.line.text().strip()
        if number is None and not typed:
            self.say(_("请先选一位客户。"))
            self.person.line.setFocus()
            return
        if not self.reason.text().strip():
            self.say(_("请写一句为什么联系该客户。"))
            self.reason.setFocus()
            return
        row, reason, workbench = str(self.row.currentData()), self.reason.text(), self.workbench

        def job() -> Change:
            """On the book's thread: find him and add him."""
            wanted = number or self.person.sole(typed)
            ids = [
                one.customer_id for one in workbench.insight.search(wanted, 5) if wanted == one.customer_no
            ]
            added = add_to_plan(workbench.outreach, workbench.insight.picking.people(ids), row, reason)
            _refuse(added)
            return added.change

        self.write(job, _("已放进本周计划 {row}。").format(row=row))


def _refuse(added: Added) -> None:
    """Raise WorkbenchError barred or already_on_plan where nobody was added."""
    if added.barred:
        raise WorkbenchError(
            "barred", _("不能放进这一行:{why}。").format(why=added.why), _("请换一行不营销的。")
        )
    if not added.added:
        raise WorkbenchError("already_on_plan", _("这位客户本周已经在计划里。"), _("到“计划”里可以换行。"))


def ask_to_plan(
    workbench: "Workbench",
    tasks: Tasks,
    customer_no: str | None,
    parent: QWidget,
    row: str = "",
    then: Callable[[], object] | None = None,
) -> ToPlanDialog:
    """Open the question; `then` is called once somebody was added."""
    dialog = ToPlanDialog(workbench, tasks, customer_no, row, parent)
    if then is not None:
        dialog.accepted.connect(then)
    dialog.open()
    return dialog
