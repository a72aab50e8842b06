"""Recording a service given to a customer: whom, what, when, until when (domain 1: 3专, 5G, 快准稳)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.parts import button, label, row
from ui.tasks import Tasks
from ui.words import who
from workbench.dates import today
from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.insight.facts import CustomerHit
from workbench.insight.towers.services import Kind

if TYPE_CHECKING:
    from workbench.app import Workbench


class ServiceDialog(QDialog):
    """Enter saves. `customer_no` and `tower` preset who it is and which kinds stand first."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str | None,
        tower: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.customer_no = customer_no
        self.setWindowTitle(_("记一笔服务"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.who = QLineEdit()
        self.who.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.who.textEdited.connect(self._search)
        self.hits = QListWidget()
        self.hits.setMaximumHeight(120)
        self.hits.itemClicked.connect(self._take)
        self.hits.itemActivated.connect(self._take)
        self.hits.hide()
        kinds = workbench.insight.towers.kinds()
        self._kinds: tuple[Kind, ...] = tuple(sorted(kinds, key=lambda kind: kind.tower != tower))
        self.kind = QComboBox()
        for kind in self._kinds:
            place = workbench.rules.text(f"tower.{kind.tower}")
            self.kind.addItem(f"{place} · {kind.name}")
        self.date = _date_edit()
        self.date.setMaximumDate(self.date.date())
        self.ends = QCheckBox()
        self.until = _date_edit()
        self.until.setDate(self.until.date().addYears(1))
        self.ends.toggled.connect(self.until.setEnabled)
        self.detail = QLineEdit()
        self.detail.setPlaceholderText(_("一句话:做了什么、谁做的,可以不填"))
        self.fault = label("", "red", wrap=True)
        self.save = button(_("记下"), self.keep, "primary")
        self.save.setDefault(True)
        self._build()
        self.kind.currentIndexChanged.connect(self._chose_kind)
        self._chose_kind(0)
        if customer_no:
            tasks.run(lambda: self._known(customer_no), self._preset, owner=self)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        lines: tuple[tuple[str, QWidget], ...] = (
            (_("客户"), self.who),
            ("", self.hits),
            (_("做了什么"), self.kind),
            (_("哪一天"), self.date),
        )
        for number, (words, part) in enumerate(lines):
            grid.addWidget(label(words, "second"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, number, 1)
        grid.addLayout(row(self.ends, self.until, None), len(lines), 1)
        grid.addWidget(label(_("说明"), "second"), len(lines) + 1, 0)
        grid.addWidget(self.detail, len(lines) + 1, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.save))

    def _chose_kind(self, number: int) -> None:
        until = self._kinds[number].until
        self.ends.setText(until)
        self.ends.setVisible(bool(until))
        self.until.setVisible(bool(until))
        self.ends.setChecked(bool(until))

    # -- whom ----------------------------------------------------------------------------------------------

    def _known(self, customer_no: str) -> CustomerHit | None:
        found = self.workbench.insight.search(customer_no, 5)
        return next((hit for hit in found if hit.customer_no == customer_no), None)

    def _preset(self, hit: CustomerHit | None) -> None:
        if hit is not None:
            self._choose(hit)
        else:
            self.customer_no = None

    def _search(self, text: str) -> None:
        self.customer_no = None
        self.fault.setText("")
        wanted = text.strip()
        if not wanted:
            self.hits.hide()
            return
        self.tasks.run(
            lambda: self.workbench.insight.search(wanted, 8), self._offer, owner=self, key=(self, "search")
        )

    def _offer(self, hits: Sequence[CustomerHit]) -> None:
        self.hits.clear()
        for hit in hits:
            item = QListWidgetItem(who(hit.name, hit.customer_no))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.hits.addItem(item)
        self.hits.setVisible(bool(hits))
        self.hits.setCurrentRow(0)

    def _take(self, item: QListWidgetItem) -> None:
        self._choose(item.data(Qt.ItemDataRole.UserRole))

    def _choose(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.who.setText(who(hit.name, hit.customer_no))
        self.hits.hide()
        self.kind.setFocus()

    # -- keeping -------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Store it; what is missing is said in place."""
        if self.customer_no is None and self.hits.isVisible() and (item := self.hits.currentItem()):
            self._take(item)
            return
        number = self.customer_no
        if number is None:
            self.fault.setText(_("请先选一位客户。"))
            self.who.setFocus()
            return
        kind = self._kinds[self.kind.currentIndex()]
        date = self.date.date().toString("yyyy-MM-dd")
        until = self.until.date().toString("yyyy-MM-dd") if kind.until and self.ends.isChecked() else None
        detail = self.detail.text()
        self.save.setEnabled(False)
        self.tasks.write(
            lambda: self.workbench.insight.towers.record_service(number, kind.code, date, until, detail),
            lambda _change: self.accept(),
            words=_("已记下这笔服务。"),
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
        else:
            self.tasks.failed.emit(error)


def _date_edit() -> QDateEdit:
    made = QDateEdit()
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    day = today()
    made.setDate(QDate(day.year, day.month, day.day))
    return made
