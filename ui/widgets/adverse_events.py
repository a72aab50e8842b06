"""声誉不利事件: the log of events bad for the bank's reputation, to add to and to remove from (domain 4.3, S6)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.number_field import NumberField
from ui.widgets.parts import Card, button, date_edit, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _, commas
from workbench.insight.churn.adverse_events import AdverseEvent, scopes

if TYPE_CHECKING:
    from workbench.app import Workbench


def open_events(over: QWidget, workbench: "Workbench", tasks: Tasks) -> "AdverseEventsDialog":
    """The window's one log of events."""
    window = over.window()
    shown = window.findChild(AdverseEventsDialog)
    if shown is None:
        shown = AdverseEventsDialog(workbench, tasks, window)
        shown.show()
    else:
        shown.activateWindow()
    return shown


class EventsCard(Card):
    """Says what the log is for, and opens it."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(_("声誉不利事件"))
        words = _("全行、网点或产品出了不利的事,登记下来,受影响客户的预警会写明;也可以用一张表导入。")
        self.body.addWidget(label(words, "second", wrap=True))
        self.opens = button(_("登记与查看…"), lambda: open_events(self, workbench, tasks))
        self.body.addLayout(row(self.opens, None))


class AdverseEventsDialog(QDialog):
    """Above all events, the newest first, below the lines of a new one. Enter adds, Esc closes."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log = workbench.insight.events
        self.tasks = tasks
        self.setWindowTitle(_("声誉不利事件"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self.events = Table(_columns(), name="adverse.events")
        self.events.setAccessibleName(_("已登记的事件"))
        self.events.selectionModel().selectionChanged.connect(lambda *_args: self._enable())
        self.none = label(
            _("还没有登记。下面填一件,或导入一张有标题、范围、对象、开始日期、天数的表。"),
            "second",
            wrap=True,
        )
        self.remove_button = button(_("删除这一件"), self.remove)
        self.events.offer(self.remove_button)
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("发生了什么,例如:网点长期排队被报道"))
        self.scope = QComboBox()
        for code, words in scopes().items():
            self.scope.addItem(words, code)
        self.scope.currentIndexChanged.connect(lambda _at: self._enable())
        self.target = QLineEdit()
        self.start = date_edit(today())
        self.days = NumberField()
        self.days.setRange(*self.log.days_allowed)
        self.days.setValue(self.log.usual_days)
        self.days.setSuffix(_(" 天"))
        self.add_button = button(_("登记"), self.add, "primary")
        self.add_button.setDefault(True)
        self.fault = FaultLine()
        self.hint = label("", "second", wrap=True)
        self.hint.hide()
        self._assemble()
        self._enable()
        self._read()
        self.title.setFocus()

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        lines: Sequence[tuple[str, QWidget]] = (
            (_("标题"), self.title), (_("范围"), self.scope), (_("涉及"), self.target), (_("从哪天起"), self.start),
            (_("算多少天"), self.days),
        )  # fmt: skip
        for words, field in lines:
            field.setAccessibleName(words)
            form.addRow(label(words, "second"), field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.none)
        layout.addWidget(self.events, 1)
        layout.addLayout(row(None, self.remove_button))
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.hint)
        layout.addLayout(row(None, button(_("关闭"), self.reject), self.add_button))

    def _enable(self) -> None:
        whole = self.scope.currentData() == "bank"
        self.target.setEnabled(not whole)
        hints = {
            "bank": _("全行的事不用填"), "branch": _("机构名,和清单里一样;几个之间用顿号"),
            "product": _("产品名或代码,和持有清单里一样;几个之间用顿号"), "region": _("城市名,例如:杭州"),
        }  # fmt: skip
        self.target.setPlaceholderText(hints[self.scope.currentData()])
        self.remove_button.setEnabled(self.events.currentIndex().isValid())

    def _read(self) -> None:
        def show(events: tuple[AdverseEvent, ...]) -> None:
            """List what is kept."""
            self.events.table.fill(events)
            self.none.setVisible(not events)
            self.events.setVisible(bool(events))
            self.remove_button.setVisible(bool(events))
            self._enable()

        self.tasks.run(self.log.all, show, failed=fault_handler(self.fault, self.tasks), owner=self)

    def add(self) -> None:
        """Write what the lines say, and clear them."""
        title, scope, target = self.title.text(), str(self.scope.currentData()), self.target.text()
        start, days = self.start.date().toString("yyyy-MM-dd"), self.days.value()

        def done(_change: Change) -> None:
            """Ready for the next one."""
            self.add_button.setEnabled(True)
            self.fault.hide()
            self.tasks.run(lambda: self.log.hint(scope, target), self._show_hint, owner=self)
            self.title.clear()
            self.target.clear()
            self._read()

        failed = under_way(
            self, self.tasks, fault_handler(self.fault, self.tasks), self.add_button, stays=True
        )
        self.tasks.write(
            lambda: self.log.add(title, scope, target, start, days), done, words=_("已登记事件。"), failed=failed, owner=self
        )  # fmt: skip

    def _show_hint(self, hint: str) -> None:
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def remove(self) -> None:
        """Remove the chosen event; can be undone."""
        event = self.events.table.row(self.events.currentIndex().row())
        if event is None:
            return
        self._show_hint("")
        failed = under_way(
            self, self.tasks, fault_handler(self.fault, self.tasks), self.remove_button, stays=True
        )
        self.tasks.write(
            lambda: self.log.remove(event.id), lambda _change: self._read(), words=_("已删除事件。"), failed=failed,
            owner=self,
        )  # fmt: skip


def _columns() -> list[Column[AdverseEvent]]:
    day = today().isoformat()
    return [
        Column(_("标题"), lambda event: event.title, 0, key=True, tip=lambda event: event.title),
        Column(_("范围"), lambda event: scopes()[event.scope], 70),
        Column(_("涉及"), lambda event: commas(event.targets), 170, tip=lambda event: commas(event.targets)),
        Column(_("从"), lambda event: event.start, 100),
        Column(
            _("到"), lambda event: event.until, 100, ink=lambda event: None if event.counts_on(day) else "second"
        ),
    ]  # fmt: skip
