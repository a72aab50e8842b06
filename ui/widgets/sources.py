"""Where a figure came from: file, sheet, cell, column as found, date and import, and what stood there before."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.values import Json, Value
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.plain_words import PlainLabel
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _
from workbench.insight.portrait.provenance import EarlierValue, FigureSource
from workbench.people.privacy import masked_as
from workbench.people.source_row import SourceRow

if TYPE_CHECKING:
    from workbench.app import Workbench

Wanted = Callable[[FigureSource], bool]


def source_words(source: SourceRow) -> str:
    """'名单.xlsx · Sheet1 · 第 12 行'."""
    return _("{file} · {sheet} · 第 {row} 行").format(file=source.file, sheet=source.sheet, row=source.row)


class Figure(PlainLabel):
    """A value that leads to its source: `activated()` on a click, Enter or Space."""

    activated = Signal()

    def __init__(self, text: str, tip: str = "", *, selectable: bool = False) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setProperty("role", "figure")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("\n".join(part for part in (tip, _("点一下看来源")) if part))
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the source, unless the mouse has selected text."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.hasSelectedText():
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the source."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)


class Sources(QObject):
    """Reads the sources of one customer's figures and shows them in a dialog."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QWidget) -> None:
        super().__init__(over)
        self.workbench = workbench
        self.tasks = tasks
        self.over = over
        self.dialog: SourceDialog | None = None

    def trace(self, customer_no: str, title: str, wanted: Wanted, *, unmasked: bool) -> None:
        """Show where the wanted figures came from, the newest first."""
        self.tasks.run(
            lambda: self.workbench.insight.provenance(customer_no),
            partial(self._show, title, wanted, unmasked),
            owner=self,
            key=(self, "trace"),
        )

    def _show(self, title: str, wanted: Wanted, unmasked: bool, sources: Sequence[FigureSource]) -> None:
        chosen = sorted(
            (one for one in sources if wanted(one)),
            key=lambda one: (one.month or "9999", one.batch or 0),
            reverse=True,
        )
        self.dialog = SourceDialog(title, chosen, self.over, unmasked=unmasked)
        self.dialog.open()

    def field(self, customer_no: str, title: str, field: str, *, unmasked: bool) -> None:
        """The sources of one field, month by month."""
        self.trace(customer_no, title, lambda one: one.field == field, unmasked=unmasked)

    def month(self, customer_no: str, title: str, months: Collection[str], *, unmasked: bool) -> None:
        """The sources of the monthly figures of some months."""
        self.trace(
            customer_no,
            title,
            lambda one: one.table == "snapshots" and one.month in months,
            unmasked=unmasked,
        )


class SourceDialog(QDialog):
    """One figure a line, the newest first; below, the earlier values of the chosen one. Esc closes."""

    def __init__(
        self,
        title: str,
        sources: Sequence[FigureSource],
        parent: QWidget | None = None,
        *,
        unmasked: bool = False,
    ) -> None:
        super().__init__(parent)
        self.unmasked = unmasked
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 480)
        self.words = label("", "second", wrap=True)
        self.table = Table(self._columns(), name="sources")
        self.table.setAccessibleName(title)
        self.table.chosen.connect(self._choose)
        self.earlier_words = label("", "second", wrap=True)
        self.earlier = Table(_earlier_columns(), name="sources.earlier")
        self.earlier.setAccessibleName(_("更早的值"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.earlier_words)
        layout.addWidget(self.earlier)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        self.words.setText(
            _("每个数字都来自导入的名单;格子与 Excel 里看到的一致。")
            if sources
            else _("这一项没有来源记录:它是由程序算出来的,或者名单里没有。")
        )
        self.table.table.fill(tuple(sources))
        self._choose(-1)
        if sources:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self.table.setFocus()

    def _columns(self) -> list[Column[FigureSource]]:
        return [
            Column(_("月份"), lambda x: x.month or _("资料"), 84),
            Column(_("项目"), lambda x: x.label, 170, tip=lambda x: x.label),
            Column(_("值"), self._value, 120, number=True, tip=self._value),
            Column(_("文件"), _file_words, 0, tip=_file_words),
            Column(_("格子"), _cell_words, 76),
            Column(_("表里的列名"), lambda x: x.column or "—", 124, tip=lambda x: x.column),
            Column(_("数据日期"), lambda x: x.as_of or "—", 96),
            Column(_("导入"), _import_words, 116),
        ]

    def _value(self, source: FigureSource) -> str:
        text = _value_words(source.value, source.as_json()["value"])
        return text if self.unmasked else masked_as(source.masks.screen, text)

    def _choose(self, number: int) -> None:
        source = self.table.table.row(number) if number >= 0 else None
        lines: list[tuple[str, EarlierValue]] = []
        if isinstance(source, FigureSource):
            earlier_json = source.as_json()["earlier"]
            for earlier, as_json in zip(source.earlier, earlier_json, strict=True):
                text = _value_words(earlier.value, as_json["value"])
                lines.append((text if self.unmasked else masked_as(source.masks.screen, text), earlier))
        self.earlier.table.fill(lines)
        self.earlier.setVisible(bool(lines))
        self.earlier.fit(4)
        self.earlier_words.setVisible(isinstance(source, FigureSource))
        self.earlier_words.setText(_("更早的值:") if lines else _("没有被改过。"))


def _earlier_columns() -> list[Column[tuple[str, EarlierValue]]]:
    return [
        Column(_("值"), lambda x: x[0], 160, number=True),
        Column(_("文件"), lambda x: _place_words(x[1].file, x[1].sheet, x[1].row)),
        Column(_("数据日期"), lambda x: x[1].as_of or "—", 96),
        Column(_("导入"), lambda x: _batch_words(x[1].batch, x[1].imported_at), 150),
    ]


def _value_words(stored: Value, plain: Json) -> str:
    """A value as a person reads it: money (fen in the book, yuan in `plain`) with separators."""
    if isinstance(plain, float) and isinstance(stored, int):
        return f"{plain:,.2f}"
    return str(plain)


def _file_words(source: FigureSource) -> str:
    words = {"hand": _("手工记录"), "merge": _("合并同一人时得来")}
    return words.get(source.by) or f"{source.file} · {source.sheet}"


def _cell_words(source: FigureSource) -> str:
    words = {"edit": _("{cell} 改过"), "fix": _("{cell} 已修")}
    place = source.cell or (_("第 {row} 行").format(row=source.row) if source.row is not None else "—")
    return words[source.by].format(cell=place) if source.by in words else place


def _import_words(source: FigureSource) -> str:
    return _batch_words(source.batch, source.imported_at)


def _place_words(file: str | None, sheet: str | None, number: int | None) -> str:
    if file is None:
        return _("手工记录")
    return _("{file} · {sheet} · 第 {row} 行").format(file=file, sheet=sheet or "", row=number or "—")


def _batch_words(batch: int | None, at: str | None) -> str:
    return f"#{batch} {(at or '')[:10]}" if batch is not None else "—"
