"""The accuracy sample of a tag: customers drawn for it, each judged right or wrong (domain 11.3)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _
from workbench.insight.tags.cards import TagRow
from workbench.insight.tags.reviews import ReviewTask

if TYPE_CHECKING:
    from workbench.app import Workbench


class Sample(QWidget):
    """`opened(customer_no)` requests a portrait. In the list D judges right, C wrong."""

    opened = Signal(str)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.code = ""
        #: the tag whose customers the table shows
        self._shown = ""
        #: the customers still to be judged, as the table shows them
        self._left: list[tuple[ReviewTask, str]] = []
        #: (tag, customer) of answers that are still being written
        self._under_way: set[tuple[str, str]] = set()
        self.which = QComboBox()
        self.which.setMinimumWidth(320)
        self.which.activated.connect(lambda _at: self._choose())
        self.intro = label("", "second", wrap=True)
        self.table = Table(
            [
                Column(_("客户"), lambda x: who(x[0].name, x[0].customer_no), 140, key=True),
                Column(_("标签说"), lambda x: x[1], 0),
            ],
            tasks,
            name="tags.sample",
        )
        self.table.opened.connect(self._open)
        self.right = button(_("对 (D)"), lambda: self._answer(right=True), "primary")
        self.wrong = button(_("不对 (C)"), lambda: self._answer(right=False))
        self.look = button(_("打开画像"), lambda: self._open(self.table.currentIndex().row()))
        self.table.offer(self.look, self.right, self.wrong)
        for key, right in (("D", True), ("C", False)):
            short = QShortcut(QKeySequence(key), self.table)
            short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(lambda right=right: self._answer(right=right))
        self.done = label("", "second", wrap=True)
        whole = column(row(label(_("核对哪个标签")), self.which, None), self.intro)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.done)
        whole.addLayout(row(self.right, self.wrong, self.look, None))
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self._enable(0)

    def show_rows(self, rows: Sequence[TagRow]) -> None:
        """Offer the tags that can be sampled, those with the fewest answers first."""
        live = [one for one in rows if one.tag.live and one.wanted]
        live.sort(key=lambda one: one.checked / one.wanted)
        self.which.clear()
        for one in live:
            words = _("{label}(已核对 {checked},应抽 {wanted})").format(
                label=_(one.tag.label), checked=one.checked, wanted=one.wanted
            )
            self.which.addItem(words, one.tag.code)
        known = [one.tag.code for one in live]
        self.code = self.code if self.code in known else next(iter(known), "")
        self.which.setCurrentIndex(known.index(self.code) if self.code else -1)
        self._read()

    def wait(self) -> None:
        """Say that the tags are still being checked."""
        self.intro.setText(_("正在给标签做体检…"))

    def choose(self, code: str) -> None:
        """Show the sample of this tag, if it can be sampled."""
        at = self.which.findData(code)
        if at >= 0:
            self.which.setCurrentIndex(at)
            self._choose()

    def _choose(self) -> None:
        self.code = str(self.which.currentData() or "")
        self._read()

    def _read(self) -> None:
        code, tags = self.code, self.workbench.insight.tags
        if not code:
            self.intro.setText(_("导入名单、算出标签之后,这里列出该核对的客户。"))
            self._show([])
            return

        def job() -> list[tuple[ReviewTask, str]]:
            """The drawn customers with the tag's value in words."""
            return [(review, tags.value_word(code, review.value)) for review in tags.tasks(code)]

        if self._shown != code:  # a key must not judge customers of one tag for another
            self._put([])
            self.done.setText(_("正在抽取客户…"))
        self.intro.setText(_("按取值分层抽出的客户,请对照原始资料或您对客户的了解作答;答过的一年内不再抽。"))
        self.tasks.run(job, self._show, owner=self, key=(self, "tasks"))

    def _show(self, sample: list[tuple[ReviewTask, str]]) -> None:
        sample = [one for one in sample if (self.code, one[0].customer_no) not in self._under_way]
        current = self.table.current() if self._shown == self.code else None
        self._shown = self.code
        numbers = [task.customer_no for task, _word in sample]
        chosen = current[0].customer_no if current is not None else ""
        self._put(sample)
        if sample:
            self.table.go_to(numbers.index(chosen) if chosen in numbers else 0)

    def _put(self, sample: list[tuple[ReviewTask, str]]) -> None:
        self._left = sample
        self.table.table.fill(sample)
        self._enable(len(sample))
        self.done.setText("" if sample or not self.code else _("这个标签的样本已经核对完。"))

    def _enable(self, count: int) -> None:
        for one in (self.right, self.wrong, self.look):
            one.setEnabled(bool(count))

    def _answer(self, *, right: bool) -> None:
        """Take the answer and remove the row at once, so that the next key judges the next customer."""
        current = self.table.current()
        if current is None:
            return
        task, code, tags = current[0], self.code, self.workbench.insight.tags
        words = _("已记下:对") if right else _("已记下:不对")
        answered = (code, task.customer_no)
        self._under_way.add(answered)
        at = self.table.currentIndex().row()
        self._put([one for one in self._left if one is not current])
        self.table.setCurrentIndex(self.table.table.index(min(at, self.table.table.rowCount() - 1), 0))

        def failed(error: Exception) -> None:
            """Draw the customer again and report the error."""
            self._under_way.discard(answered)
            self.tasks.failed.emit(error)
            self._read()

        self.tasks.write(
            lambda: tags.answer(task.customer_no, code, right=right, value=task.value),
            lambda _change: self._under_way.discard(answered),
            words=words,
            failed=failed,
            owner=self,
        )

    def _open(self, number: int) -> None:
        drawn = self.table.table.row(number) if number >= 0 else None
        if drawn is not None:
            self.opened.emit(drawn[0].customer_no)
