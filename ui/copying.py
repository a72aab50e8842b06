"""Rows of a list on the clipboard: few at once, many registered first, since they leave the book."""

from typing import TYPE_CHECKING

from ui import clipboard
from ui.widgets.table_copy import Copied
from workbench.base.change import Change
from workbench.base.i18n import _

if TYPE_CHECKING:
    from ui.tasks import Tasks
    from workbench.app import Workbench


class Copying:
    """The door for copied rows: what pages and the window have of it."""

    workbench: "Workbench"
    tasks: "Tasks"

    def copy_rows(self, copied: Copied) -> None:
        """Put them on the clipboard; above `window.copy_rows` rows only once that is registered. The notice says so."""
        if copied.rows <= self.workbench.rules.whole("window.copy_rows"):
            self._put(copied, _("已复制 {n} 行,含标题。"))
            return
        from workbench.trust.register import Outgoing

        facts = {"table": copied.table, "columns": list(copied.headings)}
        what = Outgoing("copied_rows", copied.rows, facts=facts)
        words = _("已复制 {n} 行,含标题;超过 {most} 行,已登记。")
        self.tasks.run(lambda: self.workbench.register.copied(what), lambda _none: self._put(copied, words))

    def _put(self, copied: Copied, words: str) -> None:
        clipboard.put_cells(copied.text)
        most = self.workbench.rules.whole("window.copy_rows")
        self.tasks.wrote.emit(Change.nothing(), words.format(n=f"{copied.rows:,}", most=most))
