"""The tab 潜客 of 旅程: persons without an account, and what is done about one of them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from ui import clipboard
from ui.pages.journey.prospect_dialogs import (
    ChangeProspectDialog,
    DropProspectDialog,
    LinkProspectDialog,
    NewProspectDialog,
)
from ui.pages.journey.prospect_words import about_words, counts_words, prospect_columns
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import EmptyState, ask, button, column, label, row
from ui.widgets.refusals import fault_handler
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.people.prospects.prospect import Prospect, ProspectList

if TYPE_CHECKING:
    from workbench.app import Workbench


class ProspectsTab(QWidget):
    """The list, the acts on the person under the keyboard, and how many wait to be erased. Whoever mounts it calls
    `reload` with its own reload."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self._wanted = ""
        self.sum = label("", "heading", wrap=True)
        self.add_button = button(_("登记一位…"), self.add, tip="Ins")
        self.acts: dict[str, QPushButton] = {
            "change": button(_("更改…"), self.change, tip="Enter"),
            "link": button(_("已开户…"), self.link, tip=_("关联到客户名单里的这个人")),
            "extend": button(_("延长保留"), self.extend),
            "copy": button(_("复制电话"), self.copy, tip=_("只对同意联系的人;会登记")),
            "drop": button(_("不再跟进…"), self.drop, tip="Delete"),
        }
        self.table = Table(prospect_columns(), name="journey.prospects", wrap=True)
        self.table.setAccessibleName(_("潜客"))
        self.table.opened.connect(lambda _at: self.change())
        self.table.offer(*self.acts.values())
        self.table.chosen.connect(lambda _at: self._about())
        self.about = label("", "second", wrap=True)
        self.fault = FaultLine()
        self.expired = label("", "second")
        self.erase_button = button(_("彻底清除…"), self.ask_erase, "link")
        self.due = QWidget()
        self.due.hide()
        nothing = _(
            "还没有潜客。有人经介绍、到店或在活动上认识,先记下称呼和电话,开户后关联到客户;"
            "转介清单里还没开户的人会自动列在这里。"
        )
        self.nobody = EmptyState(nothing, _("登记一位…"), self.add)
        self.room = QStackedWidget()
        self._assemble()
        # also where the list is empty and its buttons are hidden
        for keys, act in (("Ins", self.add), ("Delete", self.drop)):
            pressed = QShortcut(QKeySequence(keys), self)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            pressed.activated.connect(act)

    def _assemble(self) -> None:
        bar = Strip(self.add_button, *self.acts.values(), gap=6)
        listed = QWidget()
        inside = column(self.sum, bar, self.table, self.about)
        inside.setStretch(2, 1)
        due = row(self.expired, self.erase_button, None)
        whole = column(self.room, self.fault, self.due)
        whole.setStretch(0, 1)
        for layout in (inside, due):
            layout.setContentsMargins(0, 0, 0, 0)
        whole.setContentsMargins(0, 8, 0, 0)
        listed.setLayout(inside)
        self.due.setLayout(due)
        self.room.addWidget(listed)
        self.room.addWidget(self.nobody)
        self.setLayout(whole)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again."""
        self.tasks.run(self.workbench.prospects.all, self.show_list, owner=self, key=(self, "list"))

    def show_list(self, listed: ProspectList) -> None:
        """Show it; the keyboard stays on the person that it was on."""
        before = self.current()
        wanted = self._wanted or (before.key if before else "")
        rows = [*listed.open, *listed.closed]
        keys = [one.key for one in rows]
        self.table.table.fill(rows)
        self.room.setCurrentIndex(0 if rows else 1)
        self.sum.setText(counts_words(listed.counts))
        self.expired.setText(_("{n} 位已到期").format(n=listed.counts.expired))
        self.due.setVisible(bool(listed.counts.expired))
        if rows:
            self.table.go_to(keys.index(wanted) if wanted in keys else 0)
        self._wanted = ""
        self._about()

    def select(self, key: str) -> None:
        """Put the keyboard on a person, now or when the list is there."""
        self._wanted = key
        for at in range(self.table.table.rowCount()):
            one = self.table.table.row(at)
            if isinstance(one, Prospect) and one.key == key:
                self.table.selectRow(at)
                self._wanted = ""
        self.table.setFocus()

    def focus_first(self) -> None:
        """The list, or what begins it."""
        if self.room.currentIndex():
            self.nobody.findChildren(QPushButton)[0].setFocus()
        else:
            self.table.setFocus()

    def current(self) -> Prospect | None:
        """The person under the keyboard."""
        one = self.table.current()
        return one if isinstance(one, Prospect) else None

    def _about(self) -> None:
        one = self.current()
        is_open = one is not None and one.state == "open"
        for made in self.acts.values():
            made.setEnabled(is_open)
        self.acts["copy"].setEnabled(one is not None and is_open and bool(one.phone) and not one.may.held)
        self.about.setText(about_words(one) if one else "")

    # -- acting --------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Note a person."""
        NewProspectDialog(self.workbench, self.tasks, self.window()).open()

    def change(self) -> None:
        """Change what is known of the person."""
        if one := self._open_one():
            ChangeProspectDialog(self.workbench, self.tasks, one, self.window()).open()

    def link(self) -> None:
        """Say which customer he became."""
        if one := self._open_one():
            LinkProspectDialog(self.workbench, self.tasks, one, self.window()).open()

    def drop(self) -> None:
        """End the follow-up, with a reason."""
        if one := self._open_one():
            DropProspectDialog(self.workbench, self.tasks, one, self.window()).open()

    def extend(self) -> None:
        """Keep him longer, as long as the rule allows."""
        if one := self._open_one():
            self._write(partial(self.workbench.prospects.extend, one.key), _("已延长保留。"))

    def copy(self) -> None:
        """Copy the telephone; if that cannot be registered, nothing is copied."""
        one = self._open_one()
        if one is None:
            return
        key, prospects, register = one.key, self.workbench.prospects, self.workbench.register

        def registered() -> str:
            """The digits, once it is registered that they leave."""
            digits = prospects.to_dial(key)
            register.unmasked(_("潜客 {key}").format(key=key), _("复制电话号码"))
            return digits

        def copied(digits: str) -> None:
            """Put them on the clipboard."""
            clipboard.put(digits)
            self.tasks.wrote.emit(Change.nothing(), _("已复制潜客的电话号码,已登记。"))

        self.tasks.run(registered, copied, failed=fault_handler(self.fault, self.tasks), owner=self)

    def ask_erase(self) -> None:
        """Erase whose time is over, after a question: there is no way back."""
        hint = _(
            "称呼、电话、关系、需求和备注都会清掉,转介清单里的那一行、撤销记录里的也一样。"
            "这一步不能撤销,也找不回来。以前做的备份文件不会改动。"
        )
        words = _("彻底清除这些人的资料({what})?").format(what=self.expired.text())
        ask(self, _("彻底清除"), words, hint, _("彻底清除"), _("先不清除"), self.erase)

    def erase(self) -> None:
        """Erase whose time is over."""
        self._write(self.workbench.prospects.erase_expired, _("已彻底清除到期的潜客。"))

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.fault.hide()
        self.tasks.write(job, words=words, failed=fault_handler(self.fault, self.tasks), owner=self)

    def _open_one(self) -> Prospect | None:
        self.fault.hide()
        one = self.current()
        return one if one is not None and one.state == "open" else None
