"""临界: the seven critical classes in one list by the earliest clock: who, why, what to do, what not to do (domain 4.8)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.widgets.parts import EmptyState, button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.unseen_line import UnseenLine
from ui.widgets.wrapped import Strip
from ui.words import exact, who
from workbench.base.i18n import _, semicolons
from workbench.outreach.critical.entry import CriticalEntry, CriticalQueue

if TYPE_CHECKING:
    from workbench.app import Workbench

#: rows shown at first, and added by each press: more than a week's calls, and few enough that rows may grow
STEP = 100


class CriticalPage(Page):
    """One row a customer; a row grows with its sentence."""

    name = "critical"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.queue: CriticalQueue | None = None
        #: the class that is shown alone; None: all
        self.code: str | None = None
        self._shown = STEP
        self.waits_for = _("正在找临界客户…")
        self.say(_("临界"), "")
        self.add_action(_("打开画像"), self._portrait, tip="Enter")
        self.plan_button = self.add_action(_("放进本周计划"), lambda: self._ask("to_plan"), tip="Ctrl+B")
        self.print_button = self.add_action(_("打印周清单"), self.print_list, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.add_primary(_("记一次联系"), self._touch)
        self._filters = QButtonGroup(self)
        self.filters: dict[str | None, QPushButton] = {}
        rules = workbench.rules
        self._classes = rules.words("critical.order")
        for code in (None, *self._classes):
            made = QPushButton(rules.text(f"lead.{code}") if code else _("全部"))
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, code=code: self._choose(code))
            self._filters.addButton(made)
            self.filters[code] = made
        self.aged = label("", "alarm", wrap=True)
        self.notes = label("", "second", wrap=True)
        self.unseen = UnseenLine(lambda: self.go.emit("imports", None))
        self.table = Table(self._columns(), name="critical", wrap=True, steady=True)
        self.table.opened.connect(lambda _row: self._portrait())
        self.more = button("", self._show_more, "link")
        tools = QWidget()
        above = column(Strip(*self.filters.values(), gap=8), self.aged)
        above.setContentsMargins(0, 0, 0, 0)
        tools.setLayout(above)
        self.put(tools, 0)
        body = QWidget()
        inside = column(self.table, self.more)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setStretch(0, 1)
        body.setLayout(inside)
        self.nobody = EmptyState(_("这一类本周没有客户。"), _("看全部"), lambda: self._choose(None))
        self.none = EmptyState(_("能看的各类里,本周没有临界客户;看不到的写在下面。"))
        self.content = self.stage(
            body,
            _("还没有可以检查的数据。导入名单后,这里会按期限先后列出七类临界客户。"),
            self.nobody,
            self.none,
        )
        self.put(self.notes, 0)
        self.put(self.unseen, 0)

    def _columns(self) -> list[Column[CriticalEntry]]:
        return [
            Column(_("期限"), self._due, 72, ink=lambda x: "accent", value=lambda x: x.clock or None),
            Column(
                _("临界"),
                lambda x: f"{x.first.word}\n{x.first.amount}",
                148,
                tip=lambda x: exact(x.first.value_fen),
                value=lambda x: (self._classes.index(x.first.code), -x.first.value_fen),
            ),
            Column(_("客户"), lambda x: f"{who(x.name, x.customer_no)}\n{x.tier_word}", 110, key=True),
            Column(_("为什么"), _why, 0),
            Column(_("怎么做"), _how, 300),
        ]

    def _due(self, entry: CriticalEntry) -> str:
        """The day; with its year, where that is another than the week's."""
        year = self.queue.week[:4] if self.queue else ""
        return entry.clock.removeprefix(f"{year}-") or "—"

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Find the critical customers of the week to plan now."""
        self.compute(lambda _progress: self.workbench.outreach.critical(), self._show)

    def _show(self, queue: CriticalQueue) -> None:
        self.queue = queue
        self.filters[None].setText(_("全部  {n}").format(n=f"{len(queue.entries):,}"))
        for code, made in self.filters.items():
            if code:
                made.setText(f"{queue.words[code]}  {queue.count_word(code)}")
                # a class that no list tells stands in the line below with its column
                made.setVisible(code not in queue.unseen or code == self.code)
        hint = _("从上往下,期限早的在前:先看不能做什么,再联系,联系完记一笔。")
        self.say(_("临界"), hint if queue.entries else _("本周没有临界客户。"))
        self.aged.setText(queue.fresh.sentence)
        self.aged.setVisible(bool(queue.fresh.sentence))
        dated = _("数据日期 {date};类别和期限为本系统口径。").format(date=queue.as_of or _("无"))
        self.notes.setText(" ".join([dated, *queue.remarks, *(() if queue.untold else queue.blind)]))
        self.unseen.show_parts(queue.untold)
        self._list(anew=False)

    def _list(self, *, anew: bool = True) -> None:
        if self.queue is None:
            return
        self.filters[self.code].setChecked(True)
        entries = self.queue.of_class(self.code) if self.code else self.queue.entries
        self.table.table.fill(entries[: self._shown])
        left = len(entries) - self._shown
        self.more.setVisible(left > 0)
        self.more.setText(
            _("再列 {step} 户(还有 {n} 户)").format(step=min(STEP, max(left, 0)), n=f"{left:,}")
        )
        if entries:
            self.content.show_content()
            if anew:
                self.table.selectRow(0)
            else:
                self.table.stay()
        else:
            self.nobody.words.setText(self.queue.none.get(self.code or "") or _("这一类本周没有客户。"))
            self.content.show_other(self.nobody if self.queue.entries else self.none)
        self.enable(bool(entries))

    def enable(self, on: bool) -> None:
        """The filters and the printed list are about the whole queue."""
        super().enable(on)
        for made in (*self.filters.values(), self.print_button):
            made.setEnabled(self.queue is not None)

    # -- acting --------------------------------------------------------------------------------------------

    def _choose(self, code: str | None) -> None:
        self.code, self._shown = code, STEP
        self._list()

    def _show_more(self) -> None:
        self._shown += STEP
        self._list(anew=False)

    def place(self, argument: object) -> None:
        """Show the class `argument` alone."""
        if argument in self.filters:
            self._choose(str(argument) if argument else None)

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def _portrait(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self.go.emit("portrait", entry.customer_no)

    def _touch(self) -> None:
        self._ask("touch")

    def _ask(self, what: str) -> None:
        entry = self.table.current()
        if entry is not None:
            self.go.emit(what, entry.customer_no)

    def print_list(self) -> None:
        """Preview the printed weekly list."""
        from ui.widgets.preview import PreviewDialog

        queue, sheets = self.queue, self.workbench.sheets
        if queue is not None:
            PreviewDialog(self.workbench, self.tasks, lambda: sheets.critical_pdf(queue), parent=self).open()


def _why(entry: CriticalEntry) -> str:
    behind = (_("另:{what}").format(what=one.aside) for one in entry.reasons[1:])
    return "\n".join([entry.first.sentence, *behind])


def _how(entry: CriticalEntry) -> str:
    lines = [entry.first.action]
    if entry.dont:
        lines.append(_("注意:{what}").format(what=semicolons(entry.dont)))
    return "\n".join(lines)
