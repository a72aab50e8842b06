"""Which contacts the page 联系记录 shows: the days, the channel, the result, the customer."""

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.wrapped import Strip
from workbench.base.dates import shift_month, today, week_days, week_of
from workbench.base.i18n import _
from workbench.outreach.codes import codes
from workbench.outreach.log.logged import LogFilter
from workbench.outreach.log.spans import of_month, of_week

#: milliseconds after the last key until a typed customer is looked for
_AFTER = 250


class LogFilters(QWidget):
    """`changed()` when another part of the log is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.span = "week"
        self.spans: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        names = (
            ("week", _("本周")),
            ("last_week", _("上周")),
            ("month", _("本月")),
            ("last_month", _("上月")),
        )
        for name, words in names:
            made = QPushButton(words)
            made.setCheckable(True)
            made.setChecked(name == self.span)
            made.clicked.connect(lambda _checked=False, name=name: self.choose(name))
            group.addButton(made)
            self.spans[name] = made
        self.channel = _combo("channels", _("全部渠道"))
        self.outcome = _combo("results", _("全部结果"))
        self.customer = QLineEdit()
        self.customer.setPlaceholderText(_("客户:姓名、拼音、尾号"))
        self.customer.setClearButtonEnabled(True)
        self.customer.setFixedWidth(170)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER)
        self._soon.timeout.connect(self.changed)
        for combo in (self.channel, self.outcome):
            combo.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.customer.textChanged.connect(lambda _text: self._soon.start())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Strip(*self.spans.values(), self.channel, self.outcome, self.customer, gap=8))

    def choose(self, span: str) -> None:
        """Look at other days: a key of `spans`."""
        self.span = span
        self.spans[span].setChecked(True)
        self.changed.emit()

    def what(self) -> LogFilter:
        """The contacts that are wanted."""
        day = today()
        days = {
            "week": lambda: of_week(week_of(day)),
            "last_week": lambda: of_week(week_of(week_days(week_of(day))[0] - dt.timedelta(days=1))),
            "month": lambda: of_month(day.isoformat()[:7]),
            "last_month": lambda: of_month(shift_month(day.isoformat()[:7], -1)),
        }[self.span]()
        return LogFilter(
            days.since, days.until, self.channel.currentData(), self.outcome.currentData(),
            text=self.customer.text().strip(),
        )  # fmt: skip


def _combo(table: str, every: str) -> QComboBox:
    made = QComboBox()
    made.addItem(every, None)
    for code, name in codes(table):
        made.addItem(name, code)
    return made
