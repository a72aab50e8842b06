"""When a day of the calendar falls, as fields: which calendar, and what that needs."""

import re

from PySide6.QtWidgets import QComboBox, QSpinBox, QStackedWidget, QWidget

from ui.widgets.number_field import NumberField
from ui.widgets.parts import label, row
from workbench.base.i18n import _
from workbench.outreach.dates.when import WEEKDAYS
from workbench.outreach.dates.when_words import term_names, weekday_names

_DAYS = {"solar": re.compile(r"(\d\d)-(\d\d)"), "lunar": re.compile(r"lunar (\d\d)-(\d\d)")}
_NTH = re.compile(r"(\d\d) (\w{3}) (\d)")
_MONTHLY = re.compile(r"monthly (\d\d)")
#: the most days of a month in each calendar
_MOST = {"solar": 31, "lunar": 30}


class WhenField(QWidget):
    """`text()` is what stands in `at` of a row; a form that has no fields is kept as it was."""

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._was = at
        self.kind = QComboBox()
        for code, name in (
            ("solar", _("公历")),
            ("lunar", _("农历")),
            ("last", _("除夕")),
            ("nth", _("第几个星期几")),
            ("term", _("节气")),
            ("monthly", _("每月")),
        ):
            self.kind.addItem(name, code)
        self.months = {code: _number(12) for code in ("solar", "lunar", "nth")}
        self.days = {code: _number(most) for code, most in (*_MOST.items(), ("monthly", _MOST["solar"]))}
        self.nth = _number(4)
        self.weekday = QComboBox()
        for code, name in zip(WEEKDAYS, weekday_names(), strict=True):
            self.weekday.addItem(name, code)
        self.term = QComboBox()
        for code, name in term_names():
            self.term.addItem(name, code)
        self._stack = QStackedWidget()
        month, day = label(_("月")), label(_("日"))
        for fields in (
            (self.months["solar"], month, self.days["solar"], day),
            (self.months["lunar"], label(_("月")), self.days["lunar"], label(_("日"))),
            (),
            (self.months["nth"], label(_("月第")), self.nth, label(_("个")), self.weekday),
            (self.term,),
            (self.days["monthly"], label(_("日"))),
            (),
        ):
            part = QWidget()
            inside = row(*fields, None)
            inside.setContentsMargins(0, 0, 0, 0)
            part.setLayout(inside)
            self._stack.addWidget(part)
        whole = row(self.kind, self._stack)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.setFocusProxy(self.kind)
        self.kind.currentIndexChanged.connect(self._stack.setCurrentIndex)
        self._show(at)

    def text(self) -> str:
        """The day as it is written in a row."""
        kind = self.kind.currentData()
        if kind in _DAYS:
            written = f"{self.months[kind].value():02d}-{self.days[kind].value():02d}"
            return written if kind == "solar" else f"lunar {written}"
        if kind == "last":
            return "lunar last"
        if kind == "nth":
            return f"{self.months['nth'].value():02d} {self.weekday.currentData()} {self.nth.value()}"
        if kind == "term":
            return f"term {self.term.currentData()}"
        if kind == "monthly":
            return f"monthly {self.days['monthly'].value():02d}"
        return self._was

    def _show(self, at: str) -> None:
        kind = next((kind for kind, form in _DAYS.items() if form.fullmatch(at)), "")
        if kind and (match := _DAYS[kind].fullmatch(at)):
            self.months[kind].setValue(int(match[1]))
            self.days[kind].setValue(int(match[2]))
        elif at == "lunar last":
            kind = "last"
        elif match := _NTH.fullmatch(at):
            kind = "nth"
            self.months["nth"].setValue(int(match[1]))
            self.weekday.setCurrentIndex(WEEKDAYS.index(match[2]))
            self.nth.setValue(int(match[3]))
        elif at.startswith("term ") and self.term.findData(at.removeprefix("term ")) >= 0:
            kind = "term"
            self.term.setCurrentIndex(self.term.findData(at.removeprefix("term ")))
        elif match := _MONTHLY.fullmatch(at):
            kind = "monthly"
            self.days["monthly"].setValue(int(match[1]))
        elif at:
            kind = "kept"
            self.kind.addItem(_("照原来推算"), kind)
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))


def _number(most: int) -> QSpinBox:
    made = NumberField()
    made.setRange(1, most)
    return made
