"""Words for a customer on the clipboard, logged as drafted: a draft is no contact."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import clipboard
from ui.tasks import Tasks
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.outreach.words import Words

if TYPE_CHECKING:
    from workbench.app import Workbench


def copy_words(
    workbench: "Workbench", tasks: Tasks, customer_no: str, words: Words, owner: QObject | None = None
) -> None:
    """Copy what is said to a customer, with his surname where the script leaves room for it; the notice says what was copied."""

    def copied(text: str) -> None:
        """Put it on the clipboard, and log it where it is a script of the library."""
        clipboard.put(text)
        if not words.script:
            tasks.wrote.emit(Change.nothing(), _("已复制:{text}").format(text=text))
            return
        drafts = workbench.outreach.drafts
        notice = _("已复制话术 {code},记为已拟稿:{text}").format(code=words.script, text=text)
        tasks.write(
            lambda: drafts.keep_script(customer_no, words.script, words.scene, ""), words=notice, owner=owner
        )

    if not words.say:
        tasks.wrote.emit(Change.nothing(), words.why or _("现在没有适合对他说的话术。"))
        return
    playbook = workbench.outreach.playbook
    tasks.run(lambda: playbook.spoken(customer_no, words.script, words.say), copied, owner=owner)
