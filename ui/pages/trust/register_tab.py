"""登记: what happened in the book and what left it, newest first; papers ticked off once they are destroyed."""

import datetime as dt

from PySide6.QtWidgets import QComboBox

from ui.page import Page
from ui.pages.trust.tab import TrustTab
from ui.pages.trust.tick_dialog import TickDialog
from ui.widgets.parts import button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.sheets.register_sheet import state_words
from workbench.trust.ledger import LedgerFilter
from workbench.trust.ledger_line import GROUPS, LedgerLine

#: spans of the list in days; 0: everything
_SPANS = (30, 90, 365, 0)


class RegisterTab(TrustTab):
    """The rows of a filter, filled in windows; below them what the one under the keyboard says in full."""

    name = "register"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.waiting = 0
        rules = self.workbench.rules
        self.group = QComboBox()
        self.group.setAccessibleName(_("哪一类"))
        self.group.addItem(_("全部事项"), "")
        for code in GROUPS:
            self.group.addItem(rules.text(f"register.group.{code}"), code)
        self.span = QComboBox()
        self.span.setAccessibleName(_("哪段时间"))
        for days in _SPANS:
            self.span.addItem(_("近 {n} 天").format(n=days) if days else _("全部时间"), days)
        self.only_due = button(_("只看该销毁的"), self._again)
        self.only_due.setCheckable(True)
        for combo in (self.group, self.span):
            combo.currentIndexChanged.connect(lambda _at: self._again())
        self.tick = button(_("登记销毁…"), self._tick, tip=_("选中的打印件和导出文件已经粉碎、删除或交回"))
        self.notice = label("", "todo", wrap=True)
        self.notice.hide()
        self.table = Table(_columns(), self.page.tasks, name="trust.register")
        self.table.setAccessibleName(_("登记簿"))
        self.table.offer(self.tick)
        self.whole = label("", "second", wrap=True)
        foot = label(
            _("登记簿只增不改,也不含客户的姓名和号码:用途、理由、文件名里的已遮盖。时间是本机时间。"),
            "second",
            wrap=True,
        )
        inside = column(
            Strip(self.group, self.span, self.only_due, self.tick, gap=8),
            self.notice,
            self.table,
            self.whole,
            foot,
        )
        inside.setStretch(2, 1)
        inside.setContentsMargins(0, 8, 0, 0)
        self.setLayout(inside)
        self.table.chosen.connect(lambda _row: self.follow())
        self.table.table.loaded.connect(lambda _total: self._loaded())

    def title(self) -> str:
        """登记, with how many papers are to be destroyed."""
        return _("登记({n} 份该销毁)").format(n=self.waiting) if self.waiting else _("登记")

    def hint(self) -> str:
        """What to do here."""
        return _("查谁在什么时候做了什么、什么带出了账本;打印件和导出文件用完就销毁,在这里登记。")

    def primary_words(self) -> str:
        """The button that writes the register to a file."""
        return _("存为表格…")

    def primary_act(self) -> None:
        """Write the rows of the filter as a workbook for the auditor."""
        from ui.widgets.saving import ask_place
        from workbench.trust.ledger import register_title

        place = ask_place(self, _("存为表格"), f"{register_title()}.xlsx", _("表格 (*.xlsx)"), ".xlsx")
        if place is None:
            return
        workbench, what = self.workbench, self.what()
        self.page.tasks.run(
            lambda: workbench.sheets.save(
                workbench.sheets.register_xlsx(what), place.path, replace=place.replace
            ),
            lambda path: self.whole.setText(_("已存到 {path}").format(path=path)),
            owner=self,
        )

    def print_words(self) -> str:
        """The button for paper."""
        return _("打印…")

    def print_act(self) -> None:
        """Preview the rows of the filter on paper."""
        from ui.widgets.preview import PreviewDialog

        sheets, what = self.workbench.sheets, self.what()
        self.show_dialog(
            PreviewDialog(
                self.workbench, self.page.tasks, lambda: sheets.register_pdf(what), parent=self.window()
            )
        )

    def what(self) -> LedgerFilter:
        """The rows that are wanted."""
        days = int(self.span.currentData())
        due = self.only_due.isChecked()
        since = (today() - dt.timedelta(days=days)).isoformat() if days and not due else ""
        return LedgerFilter(since, "", "" if due else str(self.group.currentData()), due)

    def reload(self) -> None:
        """Read how many papers are due, then the rows in windows."""
        self.page.read(self.ledger.due, self._show)

    def place(self, argument: object) -> None:
        """`due`: show the papers that are to be destroyed."""
        if argument == "due":
            self.only_due.setChecked(True)
            self._again()

    def focus_first(self) -> None:
        """The rows."""
        self.table.setFocus()

    def follow(self) -> None:
        """What the row under the keyboard says in full; whether the selected ones can be ticked off."""
        line = self.table.current()
        nothing = "" if self.table.table.rowCount() else _("这一段时间、这一类没有登记的事。")
        self.whole.setText(_whole(line) if isinstance(line, LedgerLine) else nothing)
        self.tick.setEnabled(bool(self._open_ones()))

    def _show(self, waiting: int) -> None:
        self.waiting = waiting
        days = self.workbench.rules.whole("sheet.destroy_days")
        words = _("{n} 份打印件或导出文件已满 {days} 天,还没有登记销毁。用不着的请销毁,再选中登记。")
        self.notice.setText(words.format(n=waiting, days=days))
        self.notice.setVisible(bool(waiting))
        what, ledger = self.what(), self.ledger
        self.page.read_rows(
            self.table.table,
            lambda: ledger.count(what),
            lambda offset, limit: ledger.lines(what, offset, limit),
        )

    def _loaded(self) -> None:
        if self.table.table.rowCount():
            self.table.stay()
        self.arrived.emit()
        self.page.enable(True)
        self.page.rows_are_there()

    def _again(self) -> None:
        for combo in (self.group, self.span):
            combo.setEnabled(not self.only_due.isChecked())
        if self.isVisible():
            self.reload()

    def _open_ones(self) -> list[int]:
        rows = [self.table.table.row(number) for number in self.table.selected_numbers()]
        lines = [row for row in rows if isinstance(row, LedgerLine)]
        fit = [one.number for one in lines if one.paper and one.ticked is None]
        return fit if len(fit) == len(rows) else []

    def _tick(self) -> None:
        if numbers := self._open_ones():
            self.show_dialog(TickDialog(self.workbench, self.page.tasks, numbers, self.window()))


def _whole(line: LedgerLine) -> str:
    """A row in full, as the table may have cut it."""
    parts = [f"#{line.number}", line.at, line.actor, line.action, line.words]
    if line.ticked is not None:
        parts.append(
            _("{day} 登记销毁:{how}").format(
                day=line.ticked.day, how=" ".join(filter(None, [line.ticked.how, line.ticked.note]))
            )
        )
    return " · ".join(part for part in parts if part)


def _columns() -> list[Column[LedgerLine]]:
    return [
        Column(_("编号"), lambda x: f"#{x.number}", 70, number=True),
        Column(_("时间"), lambda x: x.at, 150),
        Column(_("谁"), lambda x: x.actor or _("旧版本没有记"), 140, ink=lambda x: None if x.actor else "second"),
        Column(_("做了什么"), lambda x: x.action, 140),
        Column(_("详情"), lambda x: x.words),
        Column(_("销毁"), state_words, 130, ink=lambda x: "red" if x.due else "second"),
    ]  # fmt: skip
