"""The saved lists beside the condition: open, combine with the condition, rename, delete."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.pages.picker.dialogs import RenameDialog
from ui.tasks import Tasks
from ui.widgets.parts import EmptyState, ask, button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.language.builder import ConditionGroup, Row, as_groups, of_groups
from workbench.insight.language.parse import parse
from workbench.insight.picking.facts import SavedList

if TYPE_CHECKING:
    from workbench.app import Workbench

Together = Literal["and", "or", "without"]


@dataclass(frozen=True, slots=True)
class SavedListRow:
    """A saved list with its present count; None when its rule can no longer be read."""

    saved: SavedList
    count: int | None


def counted(workbench: "Workbench") -> tuple[SavedListRow, ...]:
    """All saved lists; those by rule are counted now."""
    picking = workbench.insight.picking
    return tuple(SavedListRow(one, _count(workbench, one)) for one in picking.lists())


def _count(workbench: "Workbench", one: SavedList) -> int | None:
    if one.count is not None:
        return one.count
    try:
        return workbench.insight.picking.count(f"list('{one.number}')").count
    except WorkbenchError:
        return None


def opened(one: SavedList) -> str:
    """The condition that a list stands for: its rule, or membership in it."""
    return one.expression if one.kind == "rule" else f"list('{one.number}')"


def together(text: str, number: str, how: Together, limit: str) -> str:
    """Combine a condition with a list: both ("and"), either ("or"), or the condition without the list."""
    first, listed = as_groups(parse(text)), Row(f"list('{number}')")
    if how == "or":
        return of_groups(ConditionGroup("any", (first, listed)), limit)
    other: ConditionGroup | Row = ConditionGroup("none", (listed,)) if how == "without" else listed
    parts = first.parts if first.combination == "all" else (first,)
    return of_groups(ConditionGroup("all", (*parts, other)), limit)


class ListsPanel(QWidget):
    """The lists with their actions; `open_requested(SavedList)`, `together_requested(number, how)`."""

    open_requested = Signal(object)
    together_requested = Signal(str, str)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.table = Table(self._columns(), name="picker.lists", bare=True)
        self.table.setAccessibleName(_("保存的名单"))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _at: self._chose())
        self.about = label("", "second", wrap=True)
        self.open_button = button(_("打开"), lambda: self._with(self.open_requested.emit))
        self.both = button(_("取交集"), partial(self._together, "and"), tip=_("同时在这份名单里的"))
        self.either = button(_("取并集"), partial(self._together, "or"), tip=_("再加上这份名单里的"))
        self.without = button(_("取差集"), partial(self._together, "without"), tip=_("去掉这份名单里的"))
        self.rename_button = button(_("改名"), lambda: self._with(self._rename), tip="F2")
        self.delete_button = button(_("删除"), lambda: self._with(self._ask_delete), tip="Delete")
        acts = (
            self.open_button,
            self.both,
            self.either,
            self.without,
            self.rename_button,
            self.delete_button,
        )
        self.table.offer(*acts)
        for keys, act in (("F2", self._rename), ("Delete", self._ask_delete)):
            made = QAction(self.table)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.triggered.connect(lambda _checked=False, act=act: self._with(act))
            self.table.addAction(made)
        self.content = QStackedWidget()
        self.content.addWidget(self.table)
        self.content.addWidget(
            EmptyState(_("还没有保存的名单。写好条件后按“保存名单…”,以后一点就开,还能和别的条件取交集。"))
        )
        layout = column(spacing=6)
        layout.addWidget(self.content, 1)
        layout.addWidget(self.about)
        self.tools = QWidget()
        tools = column(
            row(self.open_button, self.both, self.either, self.without, spacing=6),
            row(self.rename_button, self.delete_button, None, spacing=6), spacing=6,
        )  # fmt: skip
        tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setLayout(tools)
        layout.addWidget(self.tools)
        layout.setContentsMargins(0, 6, 0, 0)
        self.setLayout(layout)
        self.content.hide()  # until the lists are read
        self._chose()

    @staticmethod
    def _columns() -> list[Column[SavedListRow]]:
        return [
            Column(_("名称"), lambda x: x.saved.name, key=True, tip=lambda x: x.saved.number),
            Column(_("方式"), lambda x: _("名单") if x.saved.kind == "frozen" else _("规则"), 56),
            Column(_("户数"), lambda x: "—" if x.count is None else f"{x.count:,}", 64, number=True),
            Column(
                _("有效期至"), lambda x: x.saved.expires or "—", 100,
                ink=lambda x: "red" if x.saved.expired else None,
                tip=lambda x: _("已失效") if x.saved.expired else "",
            ),
        ]  # fmt: skip

    def fill(self, lists: tuple[SavedListRow, ...]) -> None:
        """Show the lists; the chosen one stays chosen."""
        before = self.table.current()
        self.table.table.fill(lists)
        self.content.show()
        self.content.setCurrentIndex(0 if lists else 1)
        if lists:
            kept = before.saved.number if isinstance(before, SavedListRow) else ""
            at = next((n for n, one in enumerate(lists) if one.saved.number == kept), 0)
            self.table.go_to(at)
        self._chose()

    def chosen(self) -> SavedList | None:
        """The list under the keyboard, None while there is none."""
        entry = self.table.current()
        return entry.saved if isinstance(entry, SavedListRow) else None

    def _chose(self) -> None:
        one = self.chosen()
        self.tools.setVisible(one is not None)
        if one is None:
            self.about.setText("")
            return
        about = [one.number, one.purpose_label, one.owner, one.created_at[:10]]
        if one.as_of:
            about.append(_("数据日期 {as_of}").format(as_of=one.as_of))
        self.about.setText(" · ".join(part for part in about if part))

    def _with(self, act: Callable[[SavedList], object]) -> None:
        one = self.chosen()
        if one is not None:
            act(one)

    def _open(self, _row: int) -> None:
        self._with(self.open_requested.emit)

    def _together(self, how: Together) -> None:
        self._with(lambda one: self.together_requested.emit(one.number, how))

    def _rename(self, one: SavedList) -> None:
        RenameDialog(self.workbench, self.tasks, one, self).open()

    def _ask_delete(self, one: SavedList) -> None:
        ask(
            self, _("删除名单"), _("删除名单“{name}”?").format(name=one.name),
            _("删除以后可以撤销。"), _("删除"), "", lambda: self.delete(one),
        )  # fmt: skip

    def delete(self, one: SavedList) -> None:
        """Delete a list; can be undone."""
        self.tasks.write(
            lambda: self.workbench.insight.picking.delete(one.number),
            words=_("已删除名单“{name}”。").format(name=one.name),
            owner=self,
        )
