"""联系记录: what was logged in a week or a month, counted; a contact is corrected or taken back here (domain 12.4)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QTabWidget, QWidget

from ui.page import Page
from ui.pages.log.columns import count_columns, log_columns
from ui.pages.log.export import LogExport
from ui.pages.log.filters import LogFilters
from ui.tasks import Tasks
from ui.widgets.contact.correcting import CorrectionDialog
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import EmptyState, button, column, label, row
from ui.widgets.tables import Table
from workbench.base.dates import today
from workbench.base.i18n import _, headed
from workbench.outreach.codes import codes
from workbench.outreach.log.logged import LogFilter, LoggedContact
from workbench.outreach.log.statistics import ContactStatistics
from workbench.outreach.log.words import line

if TYPE_CHECKING:
    from workbench.app import Workbench

_PARTS = ("channels", "results", "towers", "weeks")


class LogPage(Page):
    """The filters, the counts, and below them every contact, the newest first."""

    name = "log"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.what: LogFilter | None = None
        self.waits_for = _("正在读取联系记录…")
        self.say(_("联系记录"), "")
        self.export_button = self.add_action(_("导出"), self._export)
        self.office_button = self.add_action(_("回报总行…"), self._return_to_office)
        self.undo_button = self.add_action(_("撤销这次"), self._take_back, tip="Delete")
        self.undo_button.setShortcut("Delete")
        self.correct_button = self.add_action(_("更正"), self._correct, tip="Enter")
        self.add_primary(_("记一次联系"), lambda: self.go.emit("touch", None))
        self.filters = LogFilters()
        self.filters.changed.connect(self._again)
        self.put(self.filters, 0)
        self.sum = label("", "heading", wrap=True)
        self.table = Table(log_columns(), tasks, name="log", wrap=True)
        self.table.opened.connect(lambda _row: self._correct())
        self.table.offer(self.correct_button, self.undo_button)
        self.table.table.loaded.connect(self._loaded)
        self.counts: dict[str, Table] = {}
        self.tabs = QTabWidget()
        self._build_counts()
        # else the page asks for the height that the tables would like, and scrolls
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tabs.setFixedHeight(190)
        self.foot = label("", "second", wrap=True)
        method = button(
            _("口径手册 {number}").format(number="12.4"), lambda: open_handbook(self, "12.4"), "link"
        )
        below = row(self.foot, method)
        below.setStretch(0, 1)
        body = QWidget()
        inside = column(self.sum, self.tabs, self.table, spacing=8)
        inside.setStretch(2, 1)
        inside.addLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        body.setLayout(inside)
        self.nobody = EmptyState(
            _("这段时间没有登记过联系。打完电话按 Ctrl+N 记一笔,这里就有。"),
            _("记一次联系"),
            lambda: self.go.emit("touch", None),
        )
        self.content = self.stage(body, _("账本里还没有客户。导入名单以后,记下的联系都在这里。"), self.nobody)

    def _build_counts(self) -> None:
        rules = self.workbench.rules
        towers = {one: rules.text(f"tower.{one or 'unknown'}") for one in ("", *rules.words("tiers.towers"))}
        names = {
            "weeks": (_("周"), {}), "channels": (_("渠道"), dict(codes("channels"))),
            "results": (_("结果"), dict(codes("results"))), "towers": (_("塔"), towers),
        }  # fmt: skip
        titles = {"weeks": _("按周"), "channels": _("按渠道"), "results": _("按结果"), "towers": _("按塔")}
        for part in _PARTS:
            made = Table(count_columns(*names[part]), name=f"log.{part}", bare=True)
            made.setAccessibleName(titles[part])
            self.counts[part] = made
            self.tabs.addTab(made, titles[part])

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the contacts of the filters, and their counts."""
        what, log = self.filters.what(), self.workbench.outreach.log
        customers = self.workbench.insight.summary

        def read() -> tuple[bool, ContactStatistics]:
            """Whether there is anybody to log, and the counts."""
            return bool(customers().customers), log.statistics(what)

        self.read(read, lambda found: self._show(what, *found))

    def _show(self, what: LogFilter, anybody: bool, numbers: ContactStatistics) -> None:
        self.what = what
        if not anybody:
            self.show_nothing()
            return
        span = _("{since} 至 {until}").format(since=what.since, until=what.until)
        self.say(_("联系记录"), _("看看这段时间联系了谁、联系上没有;记错的在这里更正或撤销。"))
        self.sum.setText(headed(span, line(numbers.everything)))
        for part, table in self.counts.items():
            table.table.fill(getattr(numbers, part))
        began = _("最早的记录是 {date},更早的没有登记,不是没有联系。").format(date=numbers.began)
        now = _("截至 {day} 登记的联系;联系到率 = 联系上的次数 ÷ 记下的次数,口径为本系统口径。")
        self.foot.setText(now.format(day=today().isoformat()) + (began if numbers.began else ""))
        log, total = self.workbench.outreach.log, numbers.everything.contacts
        self.read_rows(
            self.table.table, lambda: total, lambda offset, limit: log.contacts(what, offset, limit)
        )

    def _loaded(self, total: int) -> None:
        if total:
            self.content.show_content()
            self.table.stay()
        else:
            self.content.show_other(self.nobody)
        self.enable(True)
        self.rows_are_there()

    def _again(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self.behind = True

    def enable(self, on: bool) -> None:
        """Correct and take back what is under the keyboard; export what is listed."""
        super().enable(on)
        listed = on and self.table.table.rowCount() > 0
        for made in (self.export_button, self.undo_button, self.correct_button):
            made.setEnabled(listed)

    # -- acting --------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        contact = self.table.current()
        if isinstance(contact, LoggedContact):
            CorrectionDialog(self.workbench, self.tasks, contact, self.window()).open()

    def _take_back(self) -> None:
        contact, log = self.table.current(), self.workbench.outreach.log
        if isinstance(contact, LoggedContact):
            self.tasks.write(
                lambda: log.take_back(contact.id),
                words=_("已撤销这次联系。"),
                failed=self._refused,
                owner=self,
            )

    def _refused(self, error: Exception) -> None:
        Page.failed(self, error)

    def _export(self) -> None:
        if self.what is not None:
            LogExport(self.workbench, self.tasks, self.what, self.window()).open()

    def _return_to_office(self) -> None:
        from ui.pages.log.office_return import OfficeReturnDialog  # reads workbooks: only when wanted

        OfficeReturnDialog(self.workbench, self.tasks, self.window()).open()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()
