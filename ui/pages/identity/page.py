"""同一人: two customers who may be one person side by side; merge them, say that they are two, or leave it for later."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import masked, number_tail, who
from workbench.base.change import Change
from workbench.base.i18n import _, semicolons
from workbench.base.money import wan
from workbench.intake.who.identity import Face, Pair
from workbench.intake.who.merging import Merge
from workbench.people.privacy import masking

if TYPE_CHECKING:
    from workbench.app import Workbench

#: one line of the comparison: label, left, right, whether they differ
Line = tuple[str, str, str, bool]


class IdentityDialog(QDialog):
    """The queue of likely pairs and the merges made; every decision can be undone."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(_("同一人"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 580)
        self.pairs: list[Pair] = []
        self.list = QListWidget()
        self.list.setFixedWidth(250)
        self.list.setAccessibleName(_("可能是同一人的客户"))
        self.list.currentRowChanged.connect(lambda _at: self._show_pair())
        self.faces = Table(self._face_columns(), name="identity.faces", fixed=True)
        self.faces.setAccessibleName(_("两边的资料"))
        self.evidence = label("", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("写明理由,例如:客户已换卡并更新了客户号"))
        self.reason.setAccessibleName(_("理由"))
        self.keep_left = button(_("合并,保留左边"), lambda: self._merge(True), "primary")
        self.keep_right = button(_("合并,保留右边"), lambda: self._merge(False))
        self.apart = button(_("不是同一人"), self._keep_apart)
        self._deciding = (self.keep_left, self.keep_right, self.apart)
        self.later = button(_("以后再说"), self.skip)
        self.merges = Table(self._merge_columns(), name="identity.merges")
        self.merges.setAccessibleName(_("已合并的客户"))
        self.merges.chosen.connect(lambda _at: self._tell_buttons())
        self.split = button(_("撤销这次合并"), self._split)
        self.merges.offer(self.split)
        self.fault = FaultLine()
        self.words = label("", "second", wrap=True)
        self.tabs = QTabWidget()
        self._assemble()
        self._show_pair()  # no buttons before the pairs are read
        self._tell_buttons()
        self._read()

    def _assemble(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.evidence)
        right.addWidget(self.faces, 1)
        right.addLayout(row(label(_("理由"), "second"), self.reason))
        right.addLayout(row(self.later, self.apart, None, self.keep_right, self.keep_left))
        queue = QWidget()
        line = QHBoxLayout(queue)
        line.setContentsMargins(0, 8, 0, 0)
        line.addWidget(self.list)
        line.addLayout(right, 1)
        made = QWidget()
        below = QVBoxLayout(made)
        below.setContentsMargins(0, 8, 0, 0)
        below.addWidget(self.merges, 1)
        below.addLayout(row(None, self.split))
        self.tabs.addTab(queue, _("待确认"))
        self.tabs.addTab(made, _("已合并"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.words)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))

    @staticmethod
    def _face_columns() -> list[Column[Line]]:
        return [
            Column("", lambda x: x[0], 170, ink=lambda x: "second"),
            Column(_("左边(建议保留)"), lambda x: x[1], 250, ink=_unlike),
            Column(_("右边"), lambda x: x[2], ink=_unlike),
        ]

    @staticmethod
    def _merge_columns() -> list[Column[Merge]]:
        return [
            Column(_("时间"), lambda x: x.at[:16].replace("T", " "), 130),
            Column(_("客户"), lambda x: masked(x.name), 90, key=True),
            Column(_("保留的客户号"), lambda x: number_tail(x.keep_no), 130, key=True),
            Column(_("并入的客户号"), lambda x: number_tail(x.other_no), 130, key=True),
            Column(_("理由"), lambda x: x.reason, tip=lambda x: x.reason),
        ]

    # -- showing -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        intake = self.workbench.intake
        self.words.setText(_("正在比对…"))
        self.tasks.run(
            lambda: (intake.identity_queue(), intake.merges()),
            self._show,
            failed=fault_handler(self.fault, self.tasks),
            owner=self,
        )

    def _show(self, identities: tuple[Sequence[Pair], Sequence[Merge]]) -> None:
        at = max(0, self.list.currentRow())
        self.pairs = list(identities[0])
        self.list.blockSignals(True)
        self.list.clear()
        for pair in self.pairs:
            self.list.addItem(QListWidgetItem(_pair_words(pair)))
        self.list.setCurrentRow(min(at, len(self.pairs) - 1))
        self.list.blockSignals(False)
        self.merges.table.fill(identities[1])
        if identities[1]:
            self.merges.stay()
        self.tabs.setTabText(0, _("待确认 {n}").format(n=len(self.pairs)))
        self.tabs.setTabText(1, _("已合并 {n}").format(n=len(identities[1])))
        self.words.setText(
            _("同一个人有两个客户号时,合并后资料、历史和联系记录归到一个号下;随时可以撤销。")
            if self.pairs
            else _("没有发现可能是同一人的客户。证件号码、手机号、出生日期互相印证时才会列在这里。")
        )
        self._show_pair()
        self._tell_buttons()

    def current(self) -> Pair | None:
        """The pair under the keyboard."""
        at = self.list.currentRow()
        return self.pairs[at] if 0 <= at < len(self.pairs) else None

    def _show_pair(self) -> None:
        pair = self.current()
        for part in (*self._deciding, self.later, self.reason):
            part.setEnabled(pair is not None)
        if pair is None:
            self.evidence.clear()
            self.reason.clear()
            self.faces.table.fill(())
            return
        evidence = semicolons(pair.evidence)
        self.evidence.setText(
            _("依据:{evidence}。把握 {score}。").format(evidence=evidence, score=f"{pair.score:.0%}")
        )
        self.reason.setText(evidence)
        self.faces.table.fill(_lines(pair.keep, pair.other))

    def _tell_buttons(self) -> None:
        self.split.setEnabled(isinstance(self.merges.current(), Merge))

    # -- deciding ------------------------------------------------------------------------------------------

    def _merge(self, left: bool) -> None:
        pair = self.current()
        if pair is None:
            return
        kept, other = (pair.keep, pair.other) if left else (pair.other, pair.keep)
        keep_no, other_no, reason = kept.customer_no, other.customer_no, self.reason.text().strip()
        evidence = pair.evidence
        self._write(
            lambda: self.workbench.intake.merge(keep_no, other_no, reason, evidence),
            _("已把 {other} 并入 {kept}。").format(other=number_tail(other_no), kept=number_tail(keep_no)),
        )

    def _keep_apart(self) -> None:
        pair = self.current()
        if pair is None:
            return
        one, two, reason = pair.keep.customer_no, pair.other.customer_no, self.reason.text().strip()
        self._write(lambda: self.workbench.intake.keep_apart(one, two, reason), _("已记下:不是同一人。"))

    def skip(self) -> None:
        """Go to the next pair; this one stays in the queue."""
        if self.pairs:
            self.list.setCurrentRow((self.list.currentRow() + 1) % len(self.pairs))

    def _split(self) -> None:
        merge = self.merges.current()
        if isinstance(merge, Merge):
            number = merge.change_id
            self._write(lambda: self.workbench.undo(number), _("已撤销合并,两位客户恢复原样。"))

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.fault.hide()
        self.tasks.write(
            job,
            lambda _change: self._read(),
            words=words,
            failed=under_way(
                self, self.tasks, fault_handler(self.fault, self.tasks), *self._deciding, stays=True
            ),
            owner=self,
        )


def _pair_words(pair: Pair) -> str:
    left, right = pair.keep, pair.other
    return f"{who(left.name, left.customer_no)} ~ {who(right.name, right.customer_no)}\n{pair.score:.0%}"


def _lines(left: Face, right: Face) -> list[Line]:
    def line(words: str, key: str) -> Line:
        """One field of both, masked; they differ only where both have it."""
        one, two = getattr(left, key) or "", getattr(right, key) or ""
        return (
            words,
            masking(key, one, "screen") or "—",
            masking(key, two, "screen") or "—",
            bool(one and two and one != two),
        )

    def months(face: Face) -> str:
        """First to last month on a list."""
        if face.first_month == face.last_month:
            return face.last_month or "—"
        return f"{face.first_month} – {face.last_month}"

    return [
        line(_("客户号"), "customer_no"),
        line(_("姓名"), "name"),
        line(_("手机号"), "phone"),
        line(_("证件号码"), "id_no"),
        line(_("出生日期"), "birth_date"),
        line(_("客户经理"), "manager"),
        line(_("网点"), "branch"),
        (_("在名单上的月份"), months(left), months(right), False),
        (_("最近的金融资产"), wan(left.aum_fen), wan(right.aum_fen), False),
    ]


def _unlike(line: Line) -> str | None:
    return "orange" if line[3] and line[0] != _("客户号") else None
