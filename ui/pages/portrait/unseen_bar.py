"""What cannot be told of a customer in one line, with the columns that would unlock it; and the list of all of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.parts import button, label, row
from ui.widgets.table_column import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, semicolons
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.portrait.untold import Untold, in_one_line


class UnseenBar(QWidget):
    """The line, gone where all can be told; `show` opens the list."""

    def __init__(self, show: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", "second", wrap=True)
        self.every = button(_("看是哪些"), show, "link")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.words, 1)
        whole.addWidget(self.every, 0, Qt.AlignmentFlag.AlignTop)

    def fill(self, portrait: Portrait, parts: Sequence[str]) -> None:
        """Show the line; `parts`: the cards that have no content, each with what would fill it."""
        words = in_one_line(portrait.untold)
        self.every.setHidden(not words)
        self.words.setText(semicolons(filter(None, (words, *parts))))
        self.setHidden(not self.words.text())


class UnseenDialog(QDialog):
    """Everything that cannot be told of a customer, and what it lacks."""

    def __init__(self, rows: Sequence[Untold], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("还看不到的"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        kinds = {"signal": _("信号"), "habit": _("交易行为"), "tag": _("标签")}
        self.table: Table = Table(
            [
                Column(_("看不到什么"), lambda one: one.name, 220, key=True),
                Column(_("哪一类"), lambda one: kinds[one.kind], 90),
                Column(_("缺什么"), lambda one: one.lacks, 0, tip=lambda one: one.lacks),
            ],
            name="portrait.unseen",
        )
        self.table.setAccessibleName(_("还看不到的"))
        self.table.table.fill(tuple(rows))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(_("缺的列导入之后就能判断。"), "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        self.table.setFocus()
