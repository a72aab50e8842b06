"""变化: every cell that would change, old beside new, to be narrowed by customer, field and words."""

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ui.pages.imports.tab import SheetTab, ShownSheet, filter_line
from ui.widgets.parts import label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _, sentences
from workbench.intake.report import FieldChange


class ChangesTab(SheetTab):
    """Field by field, old -> new."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = filter_line(_("按姓名、客户号、字段或内容筛选"), lambda _text: self._fill())
        self.field = QComboBox()
        self.field.setMinimumWidth(180)
        self.field.setAccessibleName(_("只看一个字段"))
        self.field.activated.connect(lambda _at: self._fill())
        self.words = label("", "second", wrap=True)
        self.table = Table(self._columns(), name="imports.changes")
        self.table.setAccessibleName(_("变化"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        line = row(self.filter, self.field, self.words)
        line.setStretch(2, 1)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)

    def _columns(self) -> list[Column[FieldChange]]:
        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 150, key=True),
            Column(_("字段"), lambda x: self._label(x.field), 200),
            Column(_("账本里"), self._old, 260, ink=lambda x: "second", tip=self._old),
            Column("", lambda x: "→", 34, ink=lambda x: "second"),
            Column(_("这份名单"), self._new, 0, ink=lambda x: "accent", tip=self._new),
        ]

    def _label(self, field: str) -> str:
        return self.shown.label(field) if self.shown else field

    def _old(self, change: FieldChange) -> str:
        return (self.shown.masked(change.field, change.old) if self.shown else "") or "—"

    def _new(self, change: FieldChange) -> str:
        new = (self.shown.masked(change.field, change.new) if self.shown else "") or "—"
        return _("{value}(隐去的部分不同)").format(value=new) if new == self._old(change) else new

    def put(self, shown: ShownSheet) -> None:
        """Show the changes of a sheet; the chosen field stays if it still changes."""
        super().put(shown)
        chosen = self.field.currentData()
        counts: dict[str, int] = {}
        for change in shown.sheet.changes:
            counts[change.field] = counts.get(change.field, 0) + 1
        self.field.clear()
        self.field.addItem(_("全部字段"), "")
        for key, count in sorted(counts.items(), key=lambda pair: -pair[1]):
            self.field.addItem(f"{self._label(key)} {count:,}", key)
        self.field.setCurrentIndex(max(0, self.field.findData(chosen)))
        self._fill()

    def start(self) -> QWidget:
        """The filter."""
        return self.filter

    def title(self) -> str:
        """'变化 12'."""
        return _("变化 {n}").format(n=f"{len(self.shown.sheet.changes):,}" if self.shown else 0)

    def _fill(self) -> None:
        if self.shown is None:
            return
        field, wanted = self.field.currentData(), self.filter.text().strip().casefold()
        rows = [
            change
            for change in self.shown.sheet.changes
            if (not field or change.field == field) and (not wanted or wanted in self._searched_text(change))
        ]
        self.table.table.fill(rows)
        sheet = self.shown.sheet
        blanks = _("空白格不会覆盖账本里已有的内容。")
        if not sheet.changes and sheet.changed:
            summary = _("{n} 行带来新的数据,没有改动已有的格子。").format(n=f"{sheet.changed:,}")
        elif not sheet.changes:
            summary = _("没有要改的格子。")
        elif len(rows) < len(sheet.changes):
            summary = _("列出 {n} / {all} 处。").format(n=f"{len(rows):,}", all=f"{len(sheet.changes):,}")
        else:
            summary = _("{customers} 行有变化,列出 {n} 处。").format(
                customers=f"{sheet.changed:,}", n=f"{len(rows):,}"
            )
        self.words.setText(sentences((summary, blanks)))

    def _searched_text(self, change: FieldChange) -> str:
        parts = (change.name, change.customer_no, self._label(change.field), change.old, change.new)
        return "\n".join(parts).casefold()
