"""节假日安排: which years' days off are known, and the import of a year's notice."""

from collections.abc import Callable
from pathlib import Path

from ui.file_questions import existing_file
from ui.widgets.parts import Card, button, label, row
from workbench.base.dates import today
from workbench.base.i18n import _, commas
from workbench.base.workdays import Workdays


class HolidayCard(Card):
    """Shows which years' days off the calendar has; `take(path)` imports a notice that the person chose."""

    def __init__(self, take: Callable[[Path], object]) -> None:
        super().__init__(_("节假日安排"))
        self._take = take
        self.known = label("", wrap=True)
        self.open = label("", "second", wrap=True)
        self.body.addWidget(self.known)
        self.body.addWidget(self.open)
        self.choose = button(_("导入放假安排…"), self._ask)
        self.body.addLayout(row(self.choose, None))

    def show_known(self, workdays: Workdays) -> None:
        """Name the years shipped, those imported into the book, and the next two that have no notice yet."""
        shipped = [year for year in workdays.years if year not in workdays.imported]
        lines = []
        if shipped:
            words = _("程序自带 {first} 至 {last} 年。")
            lines.append(words.format(first=shipped[0], last=shipped[-1]))
        if workdays.imported:
            years = commas(str(year) for year in sorted(workdays.imported))
            lines.append(_("本账本导入 {years} 年。").format(years=years))
        self.known.setText("".join(lines))
        notice = workdays.notice(today().year, today().year + 1)
        self.open.setText(notice and notice + _("。"))
        self.open.setVisible(bool(notice))

    def _ask(self) -> None:
        chosen = existing_file(self, _("导入放假安排"), "", _("放假安排文件 (*.json)"))
        if chosen:
            self._take(Path(chosen))
