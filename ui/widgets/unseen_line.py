"""What a page cannot tell on a poor list, in one line with the columns that would unlock it, instead of a page of dashes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _, semicolons

#: how many are named in the line; the others stand behind its link
_NAMED = 2


class UnseenLine(QWidget):
    """`imports`: the way to the page 导入. Hidden while everything can be told."""

    def __init__(self, imports: Callable[[], object]) -> None:
        super().__init__()
        self._parts: tuple[str, ...] = ()
        self._open = False
        self.words = label("", "second", wrap=True)
        self.more = button("", self._turn, "link")
        self.way = button(_("去导入名单"), imports, "link")
        line = row(self.words, self.more, self.way)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    def show_parts(self, parts: Sequence[str]) -> None:
        """Show what cannot be told, each part with its columns ('生日问候(缺「出生日期」)')."""
        self._parts = tuple(parts)
        self._show()
        self.setVisible(bool(parts))

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        rest = len(self._parts) - _NAMED
        shown = self._parts if self._open or rest <= 1 else self._parts[:_NAMED]
        self.words.setText(_("看不到:{what}").format(what=semicolons(shown)))
        self.words.setToolTip("\n".join(self._parts))
        self.more.setVisible(rest > 1)
        self.more.setText(_("收起") if self._open else _("还有 {n} 项").format(n=rest))
