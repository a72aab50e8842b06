"""What stands behind a statement of the portrait: its figures, and the cells they came from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.sources import SourceDialog
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.portrait.provenance import FigureSource
from workbench.insight.tags.explain import Input
from workbench.insight.values.values import Values
from workbench.people.privacy import masked_as

if TYPE_CHECKING:
    from workbench.app import Workbench


class FigureTrail:
    """Leads from columns of the tag layers to figures and cells, for the customer that a page shows."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QWidget) -> None:
        self.workbench = workbench
        self.tasks = tasks
        self.over = over
        self.unmasked = False
        #: the dialog opened last
        self.dialog: QDialog | None = None

    def figures(self, portrait: Portrait, title: str, names: tuple[str, ...]) -> None:
        """Open the figures under these names; for a single plain field, its cells at once."""
        values = portrait.picture.values if portrait.picture else Values()
        self.tasks.run(
            lambda: self.workbench.insight.evidence.inputs(values, names),
            lambda inputs: self._opened(portrait, title, names, inputs),
            owner=self.over,
            key=(self.over, "figures"),
        )

    def _opened(
        self, portrait: Portrait, title: str, names: tuple[str, ...], inputs: Sequence[Input]
    ) -> None:
        if len(inputs) < 2 and all(one.origin == "field" for one in inputs):
            self.cells(portrait, title, names)
            return
        self.dialog = FiguresDialog(self, portrait, title, inputs, self.over)
        self.dialog.open()

    def cells(self, portrait: Portrait, title: str, names: tuple[str, ...]) -> None:
        """Open the cells of the lists behind these names."""
        self.tasks.run(
            lambda: self.workbench.insight.evidence.of(portrait.customer_no, names),
            lambda sources: self._cells(title, sources),
            owner=self.over,
            key=(self.over, "cells"),
        )

    def _cells(self, title: str, sources: Sequence[FigureSource]) -> None:
        newest = sorted(sources, key=lambda one: (one.month or "9999", one.batch or 0), reverse=True)
        self.dialog = SourceDialog(
            _("{what} 的来源").format(what=title), newest, self.over, unmasked=self.unmasked
        )
        self.dialog.open()


class FiguresDialog(QDialog):
    """Figures with their values; Enter or a double click opens the cells behind one. Esc closes."""

    def __init__(
        self,
        trail: FigureTrail,
        portrait: Portrait,
        title: str,
        inputs: Sequence[Input],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.trail = trail
        self.portrait = portrait
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self.table = Table(
            [
                Column(_("依据"), lambda one: one.label, 0),
                Column(
                    _("值"), self._value, 190, number=True,
                    ink=lambda one: "second" if one.value is None else None,
                ),
                Column(_("从哪里来"), _origin, 130, ink=lambda one: "second"),
            ],
            name="portrait.figures",
        )  # fmt: skip
        self.table.setAccessibleName(title)
        self.table.table.fill(tuple(inputs))
        self.table.opened.connect(self._open)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(_("选中一行按 Enter(或双击),看它来自名单的哪些格子。"), "second"))
        self.buttons = row(None, button(_("关闭"), self.reject))
        self.body.addLayout(self.buttons)
        if inputs:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self.table.setFocus()

    def _value(self, one: Input) -> str:
        return one.shown if self.trail.unmasked else masked_as(one.masks.screen, one.shown)

    def _open(self, number: int) -> None:
        one = self.table.table.row(number)
        if isinstance(one, Input):
            self.trail.cells(self.portrait, one.label, (one.name,))


def _origin(one: Input) -> str:
    return {"field": _("名单里的列"), "measure": _("由名单算出"), "own": _("自建")}.get(one.origin, _("标签"))
