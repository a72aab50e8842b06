"""When the next contact is: a date that may be left out, proposed for workdays."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.parts import button, date_edit, label, row
from ui.words import weekday_word
from workbench.base.dates import today
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class NextDate(QWidget):
    """A box to tick, the date, four usual ones, and a line that says when the date is a day off."""

    def __init__(self, workbench: "Workbench") -> None:
        super().__init__()
        self._workbench = workbench
        #: whether the person chose the date, or chose to have none
        self._by_hand = False
        self.again = QCheckBox(_("下次联系"))
        self.date = date_edit(self.soon(7))
        self.date.setEnabled(False)
        self.weekday = label("", "second")
        self.day_off = label("", "second", wrap=True)
        self.to_workday = button("", self._to_workday, "link")
        self.again.toggled.connect(self._switched)
        self.again.clicked.connect(self._chose)
        self.date.dateChanged.connect(self._tell)
        self.date.userDateChanged.connect(self._chose)
        usual = QHBoxLayout()
        usual.setSpacing(6)
        for words, days in ((_("明天"), 1), (_("三天后"), 3), (_("一周后"), 7), (_("一个月后"), 30)):
            made = button(words, partial(self.put, days))
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by keyboard the date is typed
            usual.addWidget(made)
        usual.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(row(self.again, self.date, self.weekday, None))
        whole.addLayout(row(self.day_off, self.to_workday, None))
        whole.addLayout(usual)
        self._tell()

    def soon(self, days: int) -> dt.date:
        """The day `days` calendar days from today, or the next workday after it."""
        return self._workbench.workdays.next_workday(today() + dt.timedelta(days=days))

    def day(self) -> str | None:
        """The date (ISO); None where none is wanted."""
        return self.date.date().toString("yyyy-MM-dd") if self.again.isChecked() else None

    def show_day(self, day: str | None) -> None:
        """Start with the day (ISO) that a contact has; None: with none."""
        self._by_hand = True
        self.again.setChecked(day is not None)
        if day is not None:
            self.date.setDate(to_qt(dt.date.fromisoformat(day)))

    def put(self, days: int) -> None:
        """Choose the workday so many days on, as the person asked."""
        self._by_hand = True
        self._set(days)

    def offer(self, days: int | None) -> None:
        """Propose what follows from the result (None: no date); what the person chose stays."""
        if self._by_hand:
            return
        if days is None:
            self.again.setChecked(False)
        else:
            self._set(days)

    def _set(self, days: int) -> None:
        self.again.setChecked(True)
        self.date.setDate(to_qt(self.soon(days)))

    def _chose(self) -> None:
        if self.date.hasFocus() or self.again.hasFocus():  # not when the program set it
            self._by_hand = True

    def _switched(self, on: bool) -> None:
        self.date.setEnabled(on)
        self._tell()

    def _tell(self) -> None:
        """Name the day of the week, and the next workday where the date is a day off."""
        day = from_qt(self.date.date())
        off = self.again.isChecked() and not self._workbench.workdays.is_workday(day)
        self.weekday.setText(weekday_word(day) if self.again.isChecked() else "")
        workday = self._workbench.workdays.next_workday(day)
        self.day_off.setText(_("{day} 是休息日。").format(day=day.isoformat()))
        self.to_workday.setText(_("改到 {day}(下一个工作日)").format(day=workday.isoformat()))
        self.day_off.setVisible(off)
        self.to_workday.setVisible(off)

    def _to_workday(self) -> None:
        self._by_hand = True
        self.date.setDate(to_qt(self._workbench.workdays.next_workday(from_qt(self.date.date()))))
        self.date.setFocus()


def to_qt(day: dt.date) -> QDate:
    """A day as Qt has it."""
    return QDate(day.year, day.month, day.day)


def from_qt(day: QDate) -> dt.date:
    """A day of Qt's as Python has it."""
    return dt.date(day.year(), day.month(), day.day())
