"""What can be done with somebody in any list, in one place: the same as the keys of the window do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.widgets.table_menu import RowAct
from workbench.base.i18n import _

if TYPE_CHECKING:
    from ui.tasks import Tasks
    from workbench.app import Workbench


def acts_for(
    workbench: "Workbench", tasks: "Tasks", customer_no: str, go: Callable[[str, str], object], owner: QObject
) -> Sequence[RowAct]:
    """The acts about a customer: his portrait, a contact, the week's plan, his telephone. `go` is the page's own way."""

    def phone() -> None:
        """Copy the digits, registered."""
        from ui.copy_phone import copy_phone

        copy_phone(workbench, tasks, customer_no, owner)

    return (
        RowAct(_("打开画像"), lambda: go("portrait", customer_no)),
        RowAct(_("记一次联系") + "\tCtrl+N", lambda: go("touch", customer_no)),
        RowAct(_("放进本周计划") + "\tCtrl+B", lambda: go("to_plan", customer_no)),
        RowAct(_("复制电话号码"), phone),
    )
