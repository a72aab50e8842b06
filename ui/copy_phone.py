"""A customer's telephone number on the clipboard, as it is dialled: registered, and never shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import clipboard
from ui.tasks import Tasks
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.privacy import tail

if TYPE_CHECKING:
    from workbench.app import Workbench


def copy_phone(workbench: "Workbench", tasks: Tasks, customer_no: str, owner: QObject | None = None) -> None:
    """Copy the digits; if that cannot be registered, nothing is copied. The notice says what became of it."""

    def registered() -> str:
        """The digits, once it is registered that they leave."""
        digits = workbench.insight.to_dial(customer_no)
        workbench.register.unmasked(tail(customer_no), _("复制电话号码"))
        return digits

    def copied(digits: str) -> None:
        """Put them on the clipboard."""
        clipboard.put(digits)
        words = _("已复制客户号尾号 {tail} 的电话号码,已登记。")
        tasks.wrote.emit(Change.nothing(), words.format(tail=tail(customer_no)))

    def failed(error: Exception) -> None:
        """Say why there is nothing to dial."""
        if isinstance(error, WorkbenchError) and error.code in ("no_phone", "masked_phone"):
            tasks.wrote.emit(Change.nothing(), error.sentence())
        else:
            tasks.failed.emit(error)

    tasks.run(registered, copied, failed=failed, owner=owner)
