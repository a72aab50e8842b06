"""What the calendar becomes outside the window: the year on one page, the month's sheet, the workbook, the calendar file."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton

from ui.page import Page
from ui.widgets.preview import PreviewDialog
from ui.widgets.saving import ask_place
from workbench.base.change import Change
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.sheets.printed import Printed


class YearPapers(QObject):
    """A button with a menu, over the year and the month of a day."""

    def __init__(self, page: Page, made: QPushButton, day: Callable[[], dt.date]) -> None:
        super().__init__(page)
        self._page = page
        self._day = day
        self.menu = QMenu(made)
        made.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.menu.clear()
        year, month = self._day().year, self._day().month
        sheets = self._page.workbench.sheets
        self._add(_("预览 {year} 年轮(一张 A3)…"), lambda: self._preview(lambda: sheets.year_wheel(year)))
        self._add(
            _("预览 {month} 月触点规划表(A4)…"), lambda: self._preview(lambda: sheets.month_plan(year, month))
        )
        self._add(_("预览全年:年轮和各月规划表…"), lambda: self._preview(lambda: sheets.year_pdf(year)))
        self.menu.addSeparator()
        self._add(
            _("全年规划表存为 Excel…"), lambda: self._save(lambda: sheets.year_xlsx(year), "Excel", ".xlsx")
        )
        self._add(
            _("存为日历文件(.ics)…"), lambda: self._save(lambda: sheets.year_ics(year), _("日历文件"), ".ics")
        )
        self._add(
            _("存撤销日历的文件(.ics)…"),
            lambda: self._save(lambda: sheets.year_ics(year, cancel=True), _("日历文件"), ".ics"),
        )
        self._add(_("日历文件怎么用"), self._help)

    def _add(self, words: str, act: Callable[[], object]) -> None:
        day = self._day()
        self.menu.addAction(words.format(year=day.year, month=day.month)).triggered.connect(
            lambda *_on: act()
        )

    def _preview(self, make: "Callable[[], Printed]") -> None:
        PreviewDialog(self._page.workbench, self._page.tasks, make, parent=self._page).open()

    def _save(self, make: "Callable[[], Printed]", kind: str, ending: str) -> None:
        """Ask for a place, then make the file and write it there."""
        name = _("{year} 年触点规划").format(year=self._day().year) + ending
        place = ask_place(self._page, _("存为文件"), name, f"{kind} (*{ending})", ending)
        if place is None:
            return
        sheets, tasks = self._page.workbench.sheets, self._page.tasks
        words = _("已存到 {path}。")
        tasks.run(
            lambda: sheets.save(make(), place.path, replace=place.replace),
            lambda path: tasks.wrote.emit(Change.nothing(), words.format(path=path)),
            owner=self._page,
        )

    def _help(self) -> None:
        box = QMessageBox(self._page)
        box.setWindowTitle(_("日历文件怎么用"))
        box.setText(
            _(
                "把文件导入手机或电脑的日历,每次联系是一个全天事项,姓名已遮盖。计划改了,请重新存一份、重新导入。"
            )
        )
        box.setInformativeText(
            _(
                "Outlook 和谷歌日历导入文件时不会更新已有的事项,只会再加一份:先导入「撤销日历的文件」,"
                "或者在日历软件里删掉上一次的,再导入新的。苹果日历认得更新和撤销。"
            )
        )
        box.open()
