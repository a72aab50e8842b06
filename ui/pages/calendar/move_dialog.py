"""改到…: another day for a touch, with what it would break; leaving it out; the way back to the machine's day."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.pages.calendar.carrying import what_breaks
from ui.pages.calendar.words import day_title, span_words, state_line, touch_words
from ui.tasks import Tasks
from ui.widgets.fitting import grow
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.yearplan.plan import PlannedTouch

if TYPE_CHECKING:
    from workbench.app import Workbench

#: milliseconds a day stands still before it is looked what it would break
_STILL = 150


class MoveTouchDialog(FormDialog):
    """Asks for a day; says what it would break before it is taken."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, touch: PlannedTouch, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("改到哪一天"), _("改到这一天"), parent)
        self.touch = touch
        self.day = date_edit(max(dt.date.fromisoformat(touch.day or touch.wanted), today()), by_day=True)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("为什么(可以不写)"))
        self.broken = label("", "todo", wrap=True)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL)
        self._still.timeout.connect(self._look)
        self.day.dateChanged.connect(lambda _day: self._still.start())
        self.line(_("联系"), label(touch_words(touch), wrap=True))
        self.line(_("期限"), label(span_words(touch)))
        self.line(
            _("现在"),
            label(
                _("{day}:{state}").format(day=touch.day or _("没有日子"), state=state_line(touch)), wrap=True
            ),
        )
        self.line(_("改到"), self.day)
        self.line(_("备注"), self.note)
        self.line(_("会违反"), self.broken)
        self.setMinimumWidth(520)
        self.day.setFocus()
        self._look()

    def _chosen(self) -> dt.date:
        day = self.day.date()
        return dt.date(day.year(), day.month(), day.day())

    def _look(self) -> None:
        day, plans = self._chosen(), self.workbench.outreach.year_plans
        self.broken.setText(_("正在看…"))

        def show(broken: tuple[str, ...]) -> None:
            """Say it, unless another day was chosen meanwhile."""
            if day == self._chosen():
                self.broken.setText("\n".join(broken) or _("不违反任何规则。"))
                grow(self)

        self.tasks.run(lambda: what_breaks(plans, self.touch, day), show, owner=self, key=(self, "breaks"))

    def answer(self) -> None:
        """Move the touch."""
        day, note, plans = self._chosen(), self.note.text().strip(), self.workbench.outreach.year_plans
        words = _("「{touch}」改到 {day},以后重排也不动它。")
        self.write(
            lambda: plans.move(self.touch.id, day.isoformat(), note),
            words.format(touch=touch_words(self.touch), day=day_title(day)),
        )


class NoTouchDialog(FormDialog):
    """Asks why a touch is not to be made."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, touch: PlannedTouch, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("这次不联系"), _("不联系"), parent)
        self.touch = touch
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("例如:客户出差,月底自己来"))
        self.line(_("联系"), label(touch_words(touch), wrap=True))
        self.line(_("为什么"), self.note)
        self.line("", label(_("只是这一次;以后重排也不再排上。可以随时取回。"), "second", wrap=True))
        self.note.setFocus()

    def answer(self) -> None:
        """Leave it out."""
        note, plans = self.note.text().strip(), self.workbench.outreach.year_plans
        words = _("「{touch}」这次不联系。").format(touch=touch_words(self.touch))
        self.write(lambda: plans.leave_out(self.touch.id, note), words)
