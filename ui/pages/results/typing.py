"""The keypad: one line takes row number and result; whose row it is stands beside it before Enter keeps it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ui.widgets.parts import Card, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _
from workbench.outreach.results.marks import read_mark

if TYPE_CHECKING:
    from workbench.outreach.results.keypad import Keypad, KeypadRow

#: most rows that the missing ones are named of
_NAMED = 20
_LINE_WIDTH = 130


class PadLine(QLineEdit):
    """The line of the keypad: with nothing left to take back in it, Ctrl+Z is the window's and undoes the last write."""

    def event(self, event: QEvent) -> bool:
        """Leave the undo to the window where this line has none."""
        mine = event.type() != QEvent.Type.ShortcutOverride or self.isUndoAvailable()
        if not mine and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.ignore()
            return True
        return super().event(event)


class KeypadCard(Card):
    """Types a sheet back. `changed()` after a row was kept or taken back."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("按号键入"))
        self.pad: Keypad | None = None
        self.line = PadLine()
        self.line.setFixedWidth(_LINE_WIDTH)
        self.line.setPlaceholderText(_("号+代码"))
        self.line.setAccessibleName(_("行号和结果代码"))
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(self.keep)
        self.who = label("", "heading", wrap=True)
        self.fault = label("", "red", wrap=True)
        self.legend = label("", "second", wrap=True)
        self.missing = label("", "second", wrap=True)
        self.total = label("", "second", wrap=True)
        self.table = Table(self._columns(), name="results.typing", bare=True)
        self.table.setAccessibleName(_("已键入的行"))
        drop = QAction(self.table)
        drop.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        drop.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        drop.triggered.connect(self._take_back)
        self.table.addAction(drop)
        typing = row(self.line, self.who)
        typing.setStretch(1, 1)
        self.body.addWidget(self.legend)
        self.body.addLayout(typing)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.missing)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.total)

    def _columns(self) -> "list[Column[KeypadRow]]":
        return [
            Column(_("号"), lambda one: one.label, 60),
            Column(_("客户"), lambda one: one.who, 160, key=True),
            Column(_("结果"), self._word, 0),
        ]

    def show_pad(self, pad: "Keypad") -> None:
        """Show a sheet; what was typed for the same sheet before is kept."""
        before = self.pad
        if before is not None and before.sheet.number == pad.sheet.number:
            labels = {one.row: one.label for one in before.rows}
            for number, code in before.typed.items():
                pad.type(labels[number], code)
        self.pad = pad
        self.line.setText("")
        self._tell()

    def clear_typed(self) -> None:
        """Forget the sheet with what was typed for it."""
        self.pad = None
        self.table.table.fill(())
        for part in (self.who, self.fault, self.missing, self.total, self.legend):
            part.setText("")

    def keep(self) -> None:
        """Keep the row that stands in the line; a wrong one says why and stays to be mended."""
        number, code = self._parts()
        if self.pad is None or not number:
            return
        entry = self.pad.type(number, code)
        self.fault.setText(entry.fault)
        if entry.fault:
            self.line.selectAll()
            return
        self.line.setText(
            ""
        )  # unlike `clear`, leaves nothing to take back: what was kept must not come up again
        self._tell()
        self.changed.emit()

    def _parts(self) -> tuple[str, str]:
        """Row number and result in the line: parted by a blank or a point, else the last sign is the result."""
        text = self.line.text().strip()
        for sign in (" ", ".", ",", "\u3000", "\u3002", "\uff0c"):
            number, parted, code = text.partition(sign)
            if parted and number.strip():
                return number.strip(), code.strip()
        return (text[:-1], text[-1:]) if len(text) > 1 else (text, "")

    def _look(self) -> None:
        """Say whose row is meant so far, and by which result."""
        self.fault.setText("")
        number, code = self._parts()
        if self.pad is None or not number:
            self.who.setText("")
            return
        place = self.pad.row(number)
        if place is None:
            self.who.setText(_("没有第 {row} 号").format(row=number))
            return
        mark = read_mark(code, of_plan=place.of_plan) if code else None
        words = _("{row} 号 {who}").format(row=place.label, who=place.who)
        self.who.setText(f"{words} · {mark.word}" if mark else words)

    def _tell(self) -> None:
        pad = self.pad
        if pad is None:
            return
        rows = {one.row: one for one in pad.rows}
        self.table.table.fill([rows[number] for number in reversed(pad.typed)])
        self.missing.setText(pad.missing_words(_NAMED))
        self.total.setText(
            _("已键入 {n} 行,共 {all} 行;选中一行按 Delete 取消").format(n=len(pad.typed), all=len(pad.rows))
        )
        if pad.typed and self.missing.text():
            ends = _("还差的行可以以后再录,已经录入的不会再记一遍。")
            self.total.setText(f"{self.total.text()}\n{ends}")
        self.legend.setText("   ".join(f"{one.digit} {one.mark.word}" for one in pad.keys(None)))

    def _word(self, one: "KeypadRow") -> str:
        code = self.pad.typed.get(one.row, "") if self.pad is not None else ""
        mark = read_mark(code, of_plan=one.of_plan)
        return f"{code} {mark.word}" if mark else code

    def _take_back(self) -> None:
        one: KeypadRow | None = self.table.current()
        if one is not None and self.pad is not None:
            self.pad.take_back(one.row)
            self._tell()
            self.changed.emit()
