"""标签: the tag library by groups, the card of each tag, the check-up of all, and the accuracy sample."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QTabWidget,
    QWidget,
)

from ui.page import Page
from ui.pages.tags.card import TagCardView
from ui.pages.tags.checkup import Checkup, CheckupFinding
from ui.pages.tags.dialog import TagEditor
from ui.pages.tags.sample import Sample
from ui.pages.tags.words import health_place, health_word, kind_word, share_word, state_light, status_word
from ui.tasks import Tasks
from ui.widgets.parts import ask, beside, column, flow, row, tells_nothing
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change, Progress
from workbench.base.i18n import _
from workbench.insight.tags.cards import TagCard, TagRow
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.health import HealthReport
from workbench.rules.user_rules import RuleFault

if TYPE_CHECKING:
    from workbench.app import Workbench

_ALL = ""
_SHOWN_FAULTS = 3
Faults = tuple[TagFault | RuleFault, ...]


class TagsPage(Page):
    """`place(code)` shows a tag."""

    name = "tags"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.rows: tuple[TagRow, ...] = ()
        self.report: HealthReport | None = None
        self.faults: Faults = ()
        self._sought: frozenset[str] | None = None
        self._wanted = ""
        #: whether a check-up has met a book without customers
        self._empty = False
        self.say(_("标签"), _("选一个标签看它的口径、来源和体检;缺少的可以自己新建。"))
        self.add_primary(_("新建标签"), self.new_tag)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("找标签:名称、代码、概念、课程里的叫法"))
        self.search.setProperty("role", "search")
        self.search.textChanged.connect(lambda _text: self._search())
        self.groups = QListWidget()
        self.groups.setFixedWidth(148)
        self.groups.currentItemChanged.connect(lambda *_items: self._fill())
        self.table = Table(self._columns(), tasks, name="tags")
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._chosen)
        self.card = TagCardView()
        self.checkup = Checkup(tasks)
        self.sample = Sample(workbench, tasks)
        self.progress = QProgressBar()
        self.progress.hide()
        self.tabs = QTabWidget()
        self.tabs.addTab(self._library(), _("标签"))
        self.tabs.addTab(self.checkup, _("体检"))
        self.tabs.addTab(self.sample, _("抽样核对"))
        self.tabs.currentChanged.connect(lambda _at: self._tab())
        self.put(self.progress, 0)
        self.put(flow(column(self.tabs)))
        self._connect()

    def _connect(self) -> None:
        self.card.picked.connect(lambda expression: self.go.emit("picker", expression))
        self.checkup.picked.connect(lambda expression: self.go.emit("picker", expression))
        self.card.tag_requested.connect(self.show_tag)
        self.checkup.tag_requested.connect(self.show_tag)
        self.card.edit_requested.connect(self.edit)
        self.card.stop_requested.connect(self._stop)
        self.card.resume_requested.connect(self._resume)
        self.card.delete_requested.connect(self._delete)
        self.card.sample_requested.connect(self._to_sample)
        self.sample.opened.connect(lambda number: self.go.emit("portrait", number))
        self.checkup.deep.connect(self._deep)

    def _library(self) -> QWidget:
        left = QWidget()
        inside = row(self.groups, self.table)
        inside.setContentsMargins(0, 0, 0, 0)
        whole = column(self.search)
        whole.addLayout(inside, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        left.setLayout(whole)
        left.setMinimumWidth(360)
        area = flow(column(self.card))
        area.setMinimumWidth(380)
        return beside(left, area, (780, 400), (3, 2))

    def _columns(self) -> list[Column[TagRow]]:
        return [
            Column(_("标签"), lambda x: _(x.tag.label), 0,
                   tip=lambda x: f"{_(x.tag.label)}\n{x.tag.code}\n{_(x.tag.definition)}",
                   ink=lambda x: None if x.tag.live else "second", key=True),
            Column(_("层"), lambda x: x.layer_name, 66, ink=lambda x: "second", tip=lambda x: x.layer_name),
            Column(_("类型"), lambda x: kind_word(x.tag.kind), 58, ink=lambda x: "second"),
            Column(_("状态"), lambda x: status_word(x.tag), 56, ink=lambda x: "second"),
            Column(_("覆盖"), lambda x: share_word(x.coverage), 64, number=True),
            Column(_("健康"), lambda x: health_word(x.state) if x.tag.live else "—", 116,
                   light=lambda x: state_light(x.state), value=lambda x: health_place(x.state if x.tag.live else None)),
            Column(_("用过"), lambda x: "" if not x.used else f"{x.used:,}", 56, number=True,
                   tip=lambda x: _("近 90 天用了几次")),
        ]  # fmt: skip

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the library, then check the tags of the month."""
        tags, rules = self.workbench.insight.tags, self.workbench.rules

        def quick() -> tuple[tuple[TagRow, ...], Faults]:
            """The tags with their coverage, and the faults of their files and of the rules."""
            library = tags.reload()
            return tags.rows(self.report), (*library.faults, *rules.faults)

        def checked_up() -> tuple[HealthReport, tuple[TagRow, ...]]:
            """The check-up, and the tags with its verdicts."""
            report = tags.health()
            return report, tags.rows(report)

        self.checkup.wait()
        self._empty = False
        self.read(quick, self._listed, key="library")
        self.read(checked_up, self._reported, key="health")

    def _listed(self, listed: tuple[tuple[TagRow, ...], Faults]) -> None:
        self.rows, self.faults = listed
        self._tell_faults()
        self._fill_groups()
        self.checkup.show_report(self.report, self.rows, self._fault_lines())

    def _reported(self, checked: tuple[HealthReport, tuple[TagRow, ...]]) -> None:
        self.report, self.rows = checked
        self._fill_groups()
        self.checkup.show_report(self.report, self.rows, self._fault_lines())
        if self.tabs.currentWidget() is self.sample:
            self.sample.show_rows(self.rows)

    def failed(self, error: Exception) -> None:
        """Without customers only the check-up is missing: the library stays."""
        if tells_nothing(error):
            self._empty = True
            self._tab()
            self.checkup.summary.setText(_("导入名单之后才能体检。"))
            return
        super().failed(error)

    def _tell_faults(self) -> None:
        if not self.faults:
            self.banner.hide()
            return
        lines = [fault.sentence() for fault in self.faults[:_SHOWN_FAULTS]]
        if len(self.faults) > _SHOWN_FAULTS:
            lines.append(_("另有 {n} 处,见“体检”。").format(n=len(self.faults) - _SHOWN_FAULTS))
        self.banner.setText("\n".join(lines))
        self.banner.show()

    def _fault_lines(self) -> list[CheckupFinding]:
        return [
            CheckupFinding(
                getattr(fault, "tag", "") or fault.file, _("定义文件"), "stop", fault.sentence(),
                tag=getattr(fault, "tag", ""),
            )
            for fault in self.faults
        ]  # fmt: skip

    # -- the list ------------------------------------------------------------------------------------------

    def _fill_groups(self) -> None:
        chosen = self._group()
        self.groups.blockSignals(True)
        self.groups.clear()
        names = {row.tag.group: row.group_name for row in self.rows}
        counts = {group: sum(row.tag.group == group for row in self.rows) for group in names}
        for group, words in [(_ALL, _("全部")), *names.items()]:
            count = counts.get(group, len(self.rows))
            item = QListWidgetItem(f"{words}  {count}")
            item.setData(Qt.ItemDataRole.UserRole, group)
            self.groups.addItem(item)
            if group == chosen:
                self.groups.setCurrentItem(item)
        self.groups.blockSignals(False)
        self._fill()

    def _group(self) -> str:
        item = self.groups.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else _ALL

    def _search(self) -> None:
        text, tags = self.search.text().strip(), self.workbench.insight.tags
        if not text:
            self._sought = None
            self._fill()
            return
        self.read(
            lambda: frozenset(tag.code for tag in tags.sought(text)), partial(self._searched, text), key="search"
        )  # fmt: skip

    def _searched(self, text: str, codes: frozenset[str]) -> None:
        if text != self.search.text().strip():  # the line was changed meanwhile
            return
        self._sought = codes
        self.groups.setCurrentRow(0)
        self._fill()

    def _fill(self) -> None:
        group = self._group()
        rows = [
            one
            for one in self.rows
            if (not group or one.tag.group == group)
            and (self._sought is None or one.tag.code in self._sought)
        ]
        before = self._wanted or (self.card.card.row.tag.code if self.card.card else "")
        self.table.table.fill(rows)
        codes = [one.tag.code for one in rows]
        if rows:
            at = max(0, self.table.table.place(codes.index(before) if before in codes else 0))
            index = self.table.table.index(at, 0)
            self.table.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.table.scrollTo(index)
            self._chosen(at)

    def _chosen(self, number: int) -> None:
        entry = self.table.table.row(number) if number >= 0 else None
        if entry is None:
            return
        self._wanted = ""
        code, tags, report = entry.tag.code, self.workbench.insight.tags, self.report
        self.read(lambda: tags.card(code, report), self._show_card, key="card")

    def _show_card(self, card: TagCard) -> None:
        self.card.show_card(card)

    def show_tag(self, code: str) -> None:
        """Select a tag by code, column, name or label; filters are cleared. Before the library is read it is
        remembered."""
        tag = next(
            (one.tag for one in self.rows if code in (one.tag.code, one.tag.column, one.tag.label)), None
        )
        if tag is None:
            self._wanted = code
            return
        self.tabs.setCurrentIndex(0)
        self._wanted = tag.code
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._sought = None
        self.groups.blockSignals(True)
        self.groups.setCurrentRow(0)
        self.groups.blockSignals(False)
        self._fill()

    def place(self, argument: object) -> None:
        """Select the tag `argument`."""
        if isinstance(argument, str) and argument:
            self.show_tag(argument)

    def focus_first(self) -> None:
        """The search line."""
        self.search.setFocus()

    # -- acting --------------------------------------------------------------------------------------------

    def new_tag(self) -> None:
        """Open the editor for a new tag."""
        self._dialog(None, None)

    def edit(self, code: str) -> None:
        """Open the editor for another version of a tag."""
        tags = self.workbench.insight.tags
        self.read(lambda: tags.body_of(code), lambda body: self._dialog(body, code), key="edit")

    def _dialog(self, body: dict[str, object] | None, code: str | None) -> None:
        tags = self.workbench.insight.tags
        groups = [(group, tags.group_name(group)) for group in tags.groups()]
        TagEditor(self.workbench, self.tasks, groups, body, code, self).open()

    def _write(self, act: Callable[[str], Change], code: str, words: str) -> None:
        self.tasks.write(lambda: act(code), words=words, failed=self.failed, owner=self)

    def _stop(self, code: str) -> None:
        self._write(self.workbench.insight.tags.stop, code, _("标签已停用"))

    def _resume(self, code: str) -> None:
        self._write(self.workbench.insight.tags.resume, code, _("标签已启用"))

    def _delete(self, code: str) -> None:
        card, act = self.card.card, self.workbench.insight.tags.delete
        if card is not None and card.override:
            self._write(act, code, _("已恢复原来的定义"))
            return
        ask(
            self, _("删除标签"), _("删除这个标签和它在客户身上的全部记号?"), _("可以撤销。"), _("删除"), _("留着"),
            lambda: self._write(act, code, _("标签已删除")),
        )  # fmt: skip

    def _to_sample(self, code: str) -> None:
        self.sample.code = code
        self.tabs.setCurrentWidget(self.sample)

    def _tab(self) -> None:
        if self.tabs.currentWidget() is self.sample:
            if self.report is None and not self._empty:
                self.sample.wait()
            else:
                self.sample.show_rows(self.rows)

    def _deep(self) -> None:
        tags = self.workbench.insight.tags
        self.checkup.again.setEnabled(False)
        self.progress.setValue(0)
        self.progress.show()

        def ended() -> None:
            """Take the progress bar away."""
            self.progress.hide()
            self.checkup.again.setEnabled(True)

        def done(checked: tuple[HealthReport, tuple[TagRow, ...]]) -> None:
            """Show the verdicts, with stability."""
            ended()
            self._reported(checked)

        def failed(error: Exception) -> None:
            """Report why there is no check-up."""
            ended()
            self.failed(error)

        def tell(share: float, words: str) -> None:
            """Show how far it is."""
            self.progress.setValue(round(share * 100))
            self.progress.setFormat(words)

        def job(report: Progress) -> tuple[HealthReport, tuple[TagRow, ...]]:
            """On the book's thread: compute last month's tags too."""
            checked = tags.health(report, deep=True)
            return checked, tags.rows(checked)

        self.tasks.follow(job, tell, done, failed=failed, owner=self)
