"""作战画布: the battle map of one segment, twelve boxes, six of them edited in place, previewed and printed (domain 2.3)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui.tasks import Tasks
from ui.widgets.parts import Card, button, column, empty, flow, label, row
from ui.widgets.preview import PreviewDialog
from ui.widgets.wrapped import Strip, Tiles, together
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.insight.genes.canvas import BattleMap, Box
from workbench.insight.genes.data import segments
from workbench.sheets.canvas import Paper, canvas_pdf
from workbench.sheets.printed import Printed

if TYPE_CHECKING:
    from workbench.app import Workbench

Go = Callable[[str, object], object]
PER_LINE = 4
#: links among lines of text, as close as the lines
_SLIM = "QPushButton { min-height: 0px; padding: 0px 4px; }"


class BoxCard(Card):
    """One box. `wanted(text)` when a person wrote into it; None requests the program's own words.

    An open editor is closed only by its person or by a stored write, never by what is read meanwhile.
    """

    wanted = Signal(object)

    def __init__(self, go: Go) -> None:
        super().__init__()
        self._go = go
        self.box: Box | None = None
        self.editor: QPlainTextEdit | None = None
        self._begun = ""
        self.setMinimumHeight(130)

    @property
    def changed(self) -> bool:
        """Whether an editor is open with other words than it was opened with."""
        return self.editor is not None and self.editor.toPlainText() != self._begun

    def bring(self, box: Box) -> None:
        """Show what the book says now: at once, or when the open editor is closed."""
        if self.editor is not None:
            self.box = box
        elif self.box != box:
            self.show_box(box)

    def show_box(self, box: Box) -> None:
        """Draw the box for reading."""
        self.box, self.editor = box, None
        empty(self.body)
        title = label(f"{box.number}  {box.title}", "heading")
        head = row(title, None)
        if box.edited:
            tip = _("自动填写的是:\n{lines}").format(lines="\n".join(box.machine))
            head.addWidget(label(_("手写"), "chip", tip=tip))
        if box.editable:
            change = button(_("改"), self.edit, "link", tip=_("用自己的话写,一行一条"))
            change.setAccessibleName(_("改 {title}").format(title=box.title))
            change.setStyleSheet(_SLIM)
            head.addWidget(change)
        self.body.addLayout(head)
        for line in box.lines:
            self.body.addWidget(label("· " + line, wrap=True))
        for one in box.evidence:
            if one.number is None:
                self.body.addWidget(label(one.text, "second", wrap=True))
            else:
                made = button(one.text, partial(self._go, "picker", one.where), "link")
                made.setStyleSheet(_SLIM)
                self.body.addWidget(made)
        self.body.addStretch(1)

    def edit(self) -> None:
        """Turn the lines into a field; Ctrl+Enter keeps, Esc gives up."""
        if self.box is None or not self.box.editable:
            return
        empty(self.body)
        self._begun = "\n".join(self.box.lines)
        self.editor = QPlainTextEdit(self._begun)
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(self.box.title)
        self.editor.installEventFilter(self)
        self.body.addWidget(label(f"{self.box.number}  {self.box.title}", "heading"))
        self.body.addWidget(self.editor, 1)
        back = button(_("恢复自动"), lambda: self.wanted.emit(None), tip=_("丢掉手写的,回到自动填写的内容"))
        back.setEnabled(self.box.edited)
        keep = button(_("保存"), self.keep, "primary", tip="Ctrl+Enter")
        self.body.addLayout(row(back, None, button(_("取消"), self.leave, tip="Esc"), keep))
        self.editor.setFocus()

    def keep(self) -> None:
        """Emit `wanted` with what is in the editor, unless it is being written already."""
        if self.editor is not None and not self.editor.isReadOnly():
            self.wanted.emit(self.editor.toPlainText())

    def leave(self) -> None:
        """Close the editor and show the stored words."""
        if self.box is not None:
            self.show_box(self.box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the editor Ctrl+Enter stores, Esc gives up."""
        if watched is self.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)


class CanvasTab(QWidget):
    """Choose a segment; twelve boxes; preview on A4 or A3. `segment_requested()` when another is chosen."""

    segment_requested = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks, go: Go) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.canvas: BattleMap | None = None
        self.segment = QComboBox()
        for one in segments():
            self.segment.addItem(_(one.name), one.code)
        self.segment.setAccessibleName(_("客群"))
        self.segment.currentIndexChanged.connect(lambda _index: self._another())
        self.owner = QLineEdit()
        self.owner.setPlaceholderText(_("责任人"))
        self.owner.setMaximumWidth(140)
        self.owner.editingFinished.connect(self._name_owner)
        self.people = button("", self._people(go), "link")
        self.about = label("", "second", wrap=True)
        self.a4 = button(_("预览 A4"), partial(self.preview, "a4"), tip=_("一页横排,黑白可印"))
        self.a3 = button(_("预览 A3"), partial(self.preview, "a3"), tip=_("一页横排,黑白可印"))
        self.boxes = [BoxCard(go) for _number in range(12)]
        for number, box in enumerate(self.boxes):
            box.wanted.connect(partial(self._write, number))
        body = column(
            Strip(
                together(label(_("客群"), "second"), self.segment, self.people), self.about,
                together(self.owner, self.a4, self.a3), gap=8,
            ),
            flow(column(Tiles(self.boxes, PER_LINE, 200, 8))),
        )  # fmt: skip
        body.setStretch(1, 1)
        body.setContentsMargins(0, 8, 0, 0)
        self.setLayout(body)
        self._can_change(False)

    def _can_change(self, on: bool) -> None:
        """Enable what writes or prints the segment shown; off while another one is being read."""
        for part in (self.people, self.owner, self.a4, self.a3, *self.boxes):
            part.setEnabled(on)

    @property
    def code(self) -> str:
        """The segment chosen."""
        return str(self.segment.currentData())

    def choose(self, code: str) -> None:
        """Show another segment."""
        self.segment.setCurrentIndex(max(self.segment.findData(code), 0))

    def _another(self) -> None:
        """Store what is being written for the segment before, then request the chosen one."""
        self.keep_open()
        self._can_change(False)
        self.segment_requested.emit()

    def keep_open(self) -> None:
        """Store what is being written, as Ctrl+Enter does; an editor without changes is only closed."""
        for card in self.boxes:
            if card.changed:
                card.keep()
            elif card.editor is not None:
                card.leave()

    def fill(self, canvas: BattleMap) -> None:
        """Show a battle map. While words of another segment could not be stored, that segment stays in front."""
        self._can_change(True)
        if self.canvas is not None and canvas.segment != self.canvas.segment:
            # words that could not be stored stay, with their segment
            if any(card.changed for card in self.boxes):
                with QSignalBlocker(self.segment):
                    self.choose(self.canvas.segment)
                return
            for card in self.boxes:
                card.leave()
        self.canvas = canvas
        self.people.setText(_("{n} 户").format(n=f"{canvas.customers:,}"))
        self.about.setText(canvas.positioning)
        self.owner.setText(canvas.owner)
        for card, box in zip(self.boxes, canvas.boxes, strict=True):
            card.bring(box)

    def _people(self, go: Go) -> Callable[[], object]:
        return lambda: go("picker", self.canvas.where) if self.canvas else None

    def preview(self, paper: Paper) -> None:
        """Preview the page as it will be printed, on A4 or A3."""
        canvas = self.canvas
        if canvas is None:
            return
        sheets = self.workbench.sheets

        def make() -> Printed:
            """The sheet with the manager and branch from the settings."""
            return canvas_pdf(canvas, paper=paper, **sheets.foot())

        PreviewDialog(self.workbench, self.tasks, make, parent=self).open()

    def _write(self, number: int, text: str | None) -> None:
        if self.canvas is None:
            return
        card, segment, key = self.boxes[number], self.canvas.segment, self.canvas.boxes[number].key
        genes, editor = self.workbench.insight.genes, card.editor
        if editor is not None:
            editor.setReadOnly(True)

        def kept(_change: Change) -> None:
            """Close the editor, if it is still the one that was written."""
            if card.editor is editor:
                card.leave()

        def refused(error: Exception) -> None:
            """Let the person go on writing and report the error."""
            if editor is not None and isValid(editor):
                editor.setReadOnly(False)
            self.tasks.failed.emit(error)

        self.tasks.write(
            lambda: genes.write_box(segment, key, text), kept, words=_("作战画布已改"), failed=refused, owner=self
        )  # fmt: skip

    def _name_owner(self) -> None:
        if self.canvas is None or self.owner.text().strip() == self.canvas.owner:
            return
        segment, name, genes = self.canvas.segment, self.owner.text(), self.workbench.insight.genes
        self.tasks.write(
            lambda: genes.name_owner(segment, name), words=_("责任人已改"), owner=self
        )  # fmt: skip
