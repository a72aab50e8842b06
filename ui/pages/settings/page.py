"""设置: language and theme of this PC; preset, capacity and names kept in the book."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from db.schema import SUFFIX
from ui.page import Page
from ui.pages.settings.holidays import HolidayCard
from ui.pages.settings.red_words import RedWordsCard
from ui.tasks import Tasks
from ui.theme import zoom
from ui.widgets.adverse_events import EventsCard
from ui.widgets.handbook import open_handbook
from ui.widgets.number_field import NumberField
from ui.widgets.parts import Card, button, column, flow, label, row
from ui.widgets.recent_books import RecentBooks
from ui.widgets.saving import ask_place
from ui.widgets.wide import Abreast
from ui.zoom import LEVELS
from workbench.base.change import Change
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import LANGUAGES, _, language
from workbench.base.pc import PcSettings
from workbench.base.settings import BookSettings
from workbench.base.workdays import Workdays
from workbench.rules.parameters import presets

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.app import Workbench


class SettingsPage(Page):
    """Each field is stored when it is left; `rebuild_requested()` when language or theme changed,
    `book_requested(path)` to open another book."""

    rebuild_requested = Signal()
    book_requested = Signal(object)
    #: another zoom, in percent
    zoom_requested = Signal(int)
    name = "settings"

    def __init__(self, workbench: "Workbench", tasks: Tasks, pc: PcSettings) -> None:
        super().__init__(workbench, tasks)
        self.pc = pc
        self._stored: dict[str, str | int] = {}
        self.say(_("设置"), _("改了就生效;层级预设和容量会影响预警与计划。"))
        self.add_primary(_("备份账本…"), self._ask_backup)
        self.language = self._combo(LANGUAGES, language(), self._language_chosen)
        themes = {"light": _("浅色"), "dark": _("深色")}
        self.theme = self._combo(themes, pc.theme, self._theme_chosen)
        self.zoom = self._combo(
            {str(level): f"{level} %" for level in LEVELS}, str(zoom()),
            lambda code: self.zoom_requested.emit(int(code)),
        )  # fmt: skip
        self.zoom.setToolTip(_("Ctrl 加滚轮,或 Ctrl 加 + / -"))
        notices = {"on": _("提醒"), "off": _("不提醒")}
        self.notices = self._combo(notices, "on" if pc.promise_notice else "off", self._notices_chosen)
        self.manager = self._line("manager")
        self.branch = self._line("branch")
        self.preset = self._combo(presets(), "general", lambda code: self._keep("preset", code))
        self.calls = self._spin("calls", "plan.calls")
        self.visits = self._spin("visits", "plan.visits")
        self._kept = (self.manager, self.branch, self.preset, self.calls, self.visits)
        self._can_change(False)  # an empty field that is left would be stored over what the book keeps
        self.saved = label("", "second")
        here = Card(_("这台电脑"))
        here.body.addLayout(
            self._form(
                (_("语言"), self.language),
                (_("外观"), self.theme),
                (_("显示比例"), self.zoom),
                (_("答应的事到期"), self.notices),
            )
        )
        book = Card(_("这个账本"))
        book.body.addLayout(
            self._form(
                (_("客户经理"), self.manager),
                (_("机构"), self.branch),
                (_("层级与规则预设"), self.preset),
                (_("每周通话容量"), self.calls),
                (_("每周面访容量"), self.visits),
            )
        )
        book.body.addWidget(
            label(
                _("姓名和机构印在 531 表头上。预设里没有公开依据的数值都是本系统口径。"), "second", wrap=True
            )
        )
        self.holidays = HolidayCard(self.import_holidays)
        self.events = EventsCard(workbench, tasks)
        self.red_words = RedWordsCard(workbench, tasks)
        place = Card(_("账本文件"))
        place.body.addWidget(label(str(workbench.book.path), wrap=True))
        place.body.addWidget(
            label(_("整本加密保存。备份与账本用同一个口令,请放在另一个盘上。"), "second", wrap=True)
        )
        place.body.addLayout(row(self.saved, None))
        self.recent = RecentBooks(tasks)
        self.recent.chosen.connect(self.book_requested)
        place.body.addWidget(self.recent)
        method = Card(_("口径手册"))
        method.body.addWidget(
            label(
                _("每个数、每盏灯怎么来,取自哪些列、用哪些门槛,什么时候无法判断,有哪些做不到。"),
                "second",
                wrap=True,
            )
        )
        self.handbook = button(_("打开口径手册"), lambda: open_handbook(self))
        method.body.addLayout(row(self.handbook, None))
        self.sides = Abreast(
            column(here, book, method, spacing=12),
            column(self.events, self.red_words, self.holidays, place, spacing=12),
            spacing=12,
            gap=12,
        )
        self.sides.setMaximumWidth(1292)
        line = row(self.sides, None)
        line.setStretch(0, 100)
        self.put(flow(line))

    @staticmethod
    def _form(*lines: tuple[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for words, widget in lines:
            widget.setFixedWidth(260)
            widget.setAccessibleName(words)
            name = label(words, "second")
            name.setMinimumWidth(130)
            form.addRow(name, widget)
        return form

    def _combo(self, choices: dict[str, str], now: str, chosen: Callable[[str], object]) -> QComboBox:
        made = QComboBox()
        for code, words in choices.items():
            made.addItem(words, code)
        made.setCurrentIndex(max(0, made.findData(now)))
        made.activated.connect(lambda _at: chosen(made.currentData()))
        return made

    def _line(self, key: str) -> QLineEdit:
        made = QLineEdit()
        made.editingFinished.connect(lambda: self._keep(key, made.text().strip()))
        return made

    def _spin(self, key: str, rule: str) -> QSpinBox:
        made = NumberField()
        param = next(p for p in self.workbench.rules.params() if p.key == rule)
        made.setRange(int(param.low or 0), int(param.high or 999))
        made.setValue(self.workbench.rules.whole(rule))
        made.setToolTip(_(param.text))
        made.editingFinished.connect(lambda: self._keep(key, made.value()))
        return made

    # -- reading and keeping -------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the book's settings and the calendar; fields are enabled only then."""
        self.read(lambda: (self.workbench.settings(), self.workbench.workdays), self._show)
        self.recent.show_books(self.pc.recent, self.workbench.book.path)

    def _can_change(self, on: bool) -> None:
        for field in self._kept:
            field.setEnabled(on)

    def _show(self, stored: tuple[BookSettings, Workdays]) -> None:
        settings, workdays = stored
        self.holidays.show_known(workdays)
        rules = self.workbench.rules
        self._stored = {
            "manager": settings.get("manager", ""),
            "branch": settings.get("branch", ""),
            "preset": settings.get("preset", "general"),
            "calls": settings.get("calls", rules.whole("plan.calls")),
            "visits": settings.get("visits", rules.whole("plan.visits")),
        }
        self.manager.setText(str(self._stored["manager"]))
        self.branch.setText(str(self._stored["branch"]))
        self.preset.setCurrentIndex(max(0, self.preset.findData(self._stored["preset"])))
        self.calls.setValue(int(self._stored["calls"]))
        self.visits.setValue(int(self._stored["visits"]))
        self._can_change(True)

    def _keep(self, key: str, value: str | int) -> None:
        if self._stored.get(key) == value:
            return
        self._stored[key] = value

        def job() -> Change:
            """On the book's thread."""
            return self.workbench.set(key, value)

        self.tasks.write(job, words=_("已保存设置。"), owner=self)

    def import_holidays(self, path: "Path") -> None:
        """Import a year's notice of days off; can be undone."""
        words = _("已导入 {file}。").format(file=path.name)
        self.tasks.write(lambda: self.workbench.import_holidays(path), words=words, owner=self)

    def _language_chosen(self, code: str) -> None:
        if code != language():
            self.pc.language = code
            self._dress_anew()

    def _theme_chosen(self, code: str) -> None:
        if code != self.pc.theme:
            self.pc.theme = code
            self._dress_anew()

    def _notices_chosen(self, code: str) -> None:
        self.pc.promise_notice = code == "on"
        try:
            self.pc.save()
        except WorkbenchError as error:
            self.tasks.failed.emit(error)

    def _dress_anew(self) -> None:
        """Save the settings of this PC and request a new window, over which a failure to save is shown."""
        unkept = None
        try:
            self.pc.save()
        except WorkbenchError as error:
            unkept = error
        self.rebuild_requested.emit()
        if unkept is not None:
            self.tasks.failed.emit(unkept)

    def _ask_backup(self) -> None:
        book = self.workbench.book.path.stem
        # a book is never written over another one, so each suggestion is a name of its own
        name = _("{book}-备份-{moment}.book").format(
            book=book, moment=now().replace(":", "").replace(" ", "-")
        )
        place = ask_place(self, _("备份到哪里"), name, _("客户账本 (*.book)"), SUFFIX)
        if place is not None:
            self.back_up(*place)

    def back_up(self, target: "Path", replace: bool = False) -> None:
        """Copy the whole book to `target`, over another file only with `replace`; never over a book."""
        self.tasks.run(
            lambda: self.workbench.register.back_up(target, replace=replace),
            lambda path: self.saved.setText(_("已备份到 {path}").format(path=path)),
            owner=self,
        )
