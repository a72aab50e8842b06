"""话术: every script of the playbook, found by words or for a customer, copied with one key (domain 2.2, 8.5, 10.1)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import clipboard
from ui.copy_words import copy_words
from ui.page import Page
from ui.pages.scripts.asking import CheckDialog, OutsideDialog
from ui.pages.scripts.detail import ScriptDetail
from ui.pages.scripts.filters import ScriptFilters
from ui.pages.scripts.grid_view import ScriptGridView
from ui.pages.scripts.lines import (
    ScriptLine,
    ScriptWay,
    ShownPlaybook,
    in_order,
    script_columns,
    script_lines,
)
from ui.pages.scripts.office import OfficeScripts
from ui.pages.scripts.writing import WriteDialog
from ui.selected import Selected
from ui.tasks import Tasks
from ui.widgets.parts import EmptyState, beside, button, column, flow, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.change import Change
from workbench.base.i18n import _, semicolons
from workbench.outreach.playbook.finding import matching
from workbench.outreach.playbook.grid import grid_of
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.playbook.script import Script
from workbench.outreach.words import Words

if TYPE_CHECKING:
    from workbench.app import Workbench


class ScriptsPage(Page):
    """`place(customer_no)` shows what may be said to that customer, the best under the keyboard: Enter copies it."""

    name = "scripts"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.shown: ShownPlaybook | None = None
        self.line: ScriptLine | None = None
        #: the variant of the entry that is shown
        self._at = 0
        #: whether the list is to begin with its first row again
        self._from_top = True
        self.waits_for = _("正在读取话术…")
        self.say(_("话术"), "")
        self.add_action(_("新写一条…"), self.write_new, tip="Ctrl+M")
        self.add_primary(_("复制话术"), self.copy)
        if self.primary is not None:
            self.primary.setShortcut("Ctrl+Shift+C")
            self.primary.setToolTip(_("Enter 或 Ctrl+Shift+C;选了客户就记为已拟稿,不算联系过"))
        self.filters = ScriptFilters(workbench, tasks)
        self.filters.changed.connect(self._narrow)
        self.filters.customer_changed.connect(self._ask_again)
        self.filters.entered.connect(self._to_list)
        self.grid = ScriptGridView()
        self.grid.chosen.connect(lambda _of: self._list(anew=True))
        self.grid.entered.connect(self._to_list)
        self.table = Table(self._columns(None), name="scripts")
        self.table.setAccessibleName(_("话术"))
        self.table.opened.connect(lambda _row: self.copy())
        self.table.chosen.connect(self._choose)
        self.detail = ScriptDetail(workbench.rules)
        self.detail.way_chosen.connect(self._take_way)
        self.detail.edit_requested.connect(self.edit)
        self.detail.off_requested.connect(self.leave_out)
        self.detail.restore_requested.connect(self.restore)
        self.table.offer(self.detail.edit, self.detail.off, self.detail.restore)
        self.pairing = label("", "banner", wrap=True)
        self.withheld = label("", "second", wrap=True)
        self.office = OfficeScripts(workbench, tasks, self)
        self.nothing = EmptyState(
            _("没有找到话术。换个字,或者放宽上面的条件。"), _("看全部"), self.filters.clear_all
        )
        self.put(self.filters, 0)
        self.content = self.stage(self._body(), "", self.nothing)
        self.put(self._tools(), 0)
        self._keys()

    # -- building ------------------------------------------------------------------------------------------

    def _body(self) -> QWidget:
        left = QWidget()
        inside = column(self.grid, self.table, self.withheld, spacing=6)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        left.setLayout(inside)
        left.setMinimumWidth(420)
        whole = column(self.pairing, self.detail)
        whole.setStretch(1, 1)
        right = flow(whole)
        right.setMinimumWidth(340)
        return beside(left, right, (700, 470), (3, 2))

    def _tools(self) -> QWidget:
        """What is done now and then."""
        links = (
            button(_("检查一段话…"), self.check_text, "link", tip=_("任何一段要发出去的话,逐字对照禁用词")),
            button(_("给外部AI的提示词…"), self.ask_outside, "link", tip=_("只有客群的约数,没有客户")),
            button(_("导入总行话术…"), self.office.ask_file, "link", tip=_("整套替换上一次的,自己写的不动")),
            button(_("总行话术模板…"), self.office.save_template, "link"),
        )
        return Strip(*links, gap=12)

    def _keys(self) -> None:
        for keys, act in (("Ctrl+F", self.filters.words.setFocus), ("Ctrl+M", self.write_new)):
            made = QAction(self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.triggered.connect(lambda _checked=False, act=act: act())
            self.addAction(made)

    def _columns(self, held: ScriptLibrary | None) -> list[Column[ScriptLine]]:
        if held is None:
            return []
        somebody = self.filters.customer_no is not None
        return script_columns(held, self.workbench.rules, for_somebody=somebody)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the playbook, and what of it fits the customer."""
        number = self.filters.customer_no
        outreach, insight = self.workbench.outreach, self.workbench.insight

        def read() -> ShownPlaybook:
            """On the book's thread."""
            playbook = outreach.playbook
            held, off, uses = playbook.everything(), playbook.own.left_out(), outreach.effects.of_scripts()
            if number is None:
                return ShownPlaybook(held, off, uses)
            portrait = insight.portrait(number)
            pairing = portrait.gene.style.pairing if portrait.gene is not None else ""
            first = outreach.words_on_portrait(portrait)
            return ShownPlaybook(held, off, uses, outreach.scripts_for(portrait), first, pairing)

        self.read(read, self._show)

    def _show(self, shown: ShownPlaybook) -> None:
        self.shown = shown
        self.filters.offer(shown.held)
        self.table.put_columns(self._columns(shown.held))
        somebody = shown.choice is not None
        self.say(
            _("话术"),
            _("第一条最合适,Enter 复制,记为已拟稿;说完记一次联系。")
            if somebody
            else _("选一位客户,看该对他说什么;或者按字、按场景找,Enter 复制。"),
        )
        self.pairing.setText(_("您和他:{words}").format(words=shown.pairing))
        self.pairing.setVisible(bool(shown.pairing))
        withheld = shown.choice.why_withheld() if shown.choice is not None else ()
        words = semicolons(_("{n} 条:{why}").format(n=n, why=sentence) for sentence, n in withheld)
        self.withheld.setText(_("没有列出 {words}").format(words=words))
        self.withheld.setVisible(bool(withheld))
        self._list(anew=self._from_top)
        self._from_top = False

    def _narrow(self) -> None:
        self._list(anew=True)

    def _list(self, *, anew: bool) -> None:
        """List what is looked for; `anew`: from the first row, else where the keyboard was."""
        shown = self.shown
        if shown is None:
            return
        looking = self.filters.looking()
        among: Sequence[Script] = shown.off if self.filters.off else in_order(shown)
        listed = matching(among, shown.held, looking)
        self.grid.show_grid(grid_of(listed, shown.held) if looking.book and not looking.words else None)
        if self.grid.of:
            listed = matching(listed, shown.held, replace(looking, of=self.grid.of))
        lines = script_lines(shown, listed, self.workbench.outreach.playbook)
        self.table.table.fill(lines)
        if not lines:
            self.line = None
            self.content.show_other(self.nothing)
        else:
            self.content.show_content()
            if anew:
                self.table.selectRow(0)
            else:
                self.table.stay()
            self._choose(self.table.currentIndex().row())
        self.enable(bool(lines))

    def _ask_again(self) -> None:
        """Somebody else: the list begins anew."""
        self._from_top = True
        if self.isVisible():
            self.reload()
        else:
            self.behind = True

    # -- the entry shown -----------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        line = self.table.table.row(number) if number >= 0 else None
        if line is not self.line:
            self._at = 0
        self.line = line
        self._show_line()

    def _show_line(self) -> None:
        self.detail.show_line(self.line, self.shown.held if self.shown is not None else None, self._at)

    def _take_way(self, way: ScriptWay) -> None:
        if self.line is not None and way in self.line.ways:
            self._at = self.line.ways.index(way)
            self._show_line()
            self.table.setFocus()

    # -- acting --------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the text that is shown on the clipboard; for a customer it is logged as drafted."""
        way, number = self.detail.way, self.filters.customer_no
        if way is None or self.line is None:
            return
        one = way.script
        if number is not None and way.chosen is not None:
            words = Words(way.text, "", way.chosen.unsaid, one.id, way.chosen.why, one.scene)
            copy_words(self.workbench, self.tasks, number, words, self)
            return
        clipboard.put(way.text)
        self.tasks.wrote.emit(Change.nothing(), _("已复制:{text}").format(text=way.text))

    def write_new(self) -> None:
        """Write a script of one's own."""
        self.dialog = WriteDialog(self.workbench, self.tasks, None, self.window())
        self.dialog.open()

    def edit(self) -> None:
        """Rewrite the one that is shown."""
        if self.detail.way is not None:
            self.dialog = WriteDialog(self.workbench, self.tasks, self.detail.way.script, self.window())
            self.dialog.open()

    def leave_out(self) -> None:
        """List the variant that is shown no longer."""
        if self.detail.way is not None:
            code, own = self.detail.way.script.id, self.workbench.outreach.playbook.own
            words = _("话术 {code} 已停用,不再列出。").format(code=code)
            self.tasks.write(partial(own.leave_out, code), words=words, owner=self)

    def restore(self) -> None:
        """List it again, or give it back as it came with the program."""
        if self.detail.way is not None:
            code, own = self.detail.way.script.id, self.workbench.outreach.playbook.own
            words = _("话术 {code} 已恢复。").format(code=code)
            self.tasks.write(partial(own.restore, code), words=words, owner=self)

    def check_text(self) -> None:
        """Hold any text against the red lines."""
        self.dialog_of_text = CheckDialog(self.workbench, self.tasks, self.window())
        self.dialog_of_text.open()

    def ask_outside(self) -> None:
        """A prompt for an AI outside the bank."""
        self.dialog_of_prompt = OutsideDialog(self.workbench, self.tasks, self.window())
        self.dialog_of_prompt.open()

    # -- getting here --------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        """What may be said to the customer of this number."""
        if isinstance(argument, str) and argument:
            self.filters.show_customer(argument)

    def selected(self) -> Selected | None:
        """The customer that the page is about."""
        number = self.filters.customer_no
        return Selected(number, self.table.setFocus) if number is not None else None

    def focus_first(self) -> None:
        """The list where it is for somebody, else the line to type in."""
        if self.filters.customer_no is not None and self.table.table.rowCount():
            self._to_list()
        else:
            self.filters.words.setFocus()

    def _to_list(self) -> None:
        if self.table.table.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
