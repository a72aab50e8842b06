"""A product sheet written or changed: of which product, what it is for, its lines from a template."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, empty, flow, label, row
from workbench.base.dates import days_after, today
from workbench.base.i18n import _
from workbench.insight.selling.checking import filled
from workbench.insight.selling.kinds import (
    PLAIN,
    NamedCode,
    lines_of,
    margins,
    models,
    regimes,
    roles,
    templates,
)
from workbench.insight.selling.sheet import ListedProduct, NewSheet, ProductSheet

if TYPE_CHECKING:
    from workbench.app import Workbench


class SheetLines(QWidget):
    """The lines of a template, one field each; what was typed stays when the template changes."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self._typed: dict[str, str] = {}
        #: what the template put into the fields: it goes with the template
        self._begun: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(8)
        self._grid.setHorizontalSpacing(12)

    def show_template(self, template: str, texts: Mapping[str, str] | None = None) -> None:
        """The lines of a template, begun with its own words where nothing is written."""
        typed = {code: words for code, words in self.texts().items() if words != self._begun.get(code)}
        self._typed |= typed | dict(texts or {})
        self._begun, begun = filled(template), filled(template, self._typed)
        empty(self._grid)
        self.fields = {}
        for at, line in enumerate(lines_of(template)):
            field = QLineEdit(begun.get(line.code, ""))
            field.setMaxLength(line.most)
            field.setPlaceholderText(_(line.hint))
            field.setToolTip(_("{hint};最多 {most} 个字").format(hint=_(line.hint), most=line.most))
            field.setAccessibleName(_(line.name))
            field.setCursorPosition(0)
            self._grid.addWidget(label(_(line.name), "second"), at, 0)
            self._grid.addWidget(field, at, 1)
            self.fields[line.code] = field

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {code: field.text() for code, field in self.fields.items()}


class CardDialog(FormDialog):
    """A new sheet, or a kept one. Enter stores; words across the red lines are refused with those that may be said."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        listed: tuple[ListedProduct, ...],
        sheet: ProductSheet | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            workbench, tasks, _("修改产品卡片") if sheet else _("新写产品卡片"), _("存下"), parent
        )
        self.setMinimumWidth(860)
        self.sheet = sheet
        self.product = QComboBox()
        self.product.addItem(_("清单上没有的产品"), None)
        for one in listed:
            self.product.addItem(f"{one.name}({one.code})", one)
        if not sheet and listed:
            self.product.setCurrentIndex(1)
        self.code = QLineEdit(sheet.code if sheet else "")
        self.name = QLineEdit(sheet.name if sheet else "")
        for field, words in ((self.code, _("产品代码")), (self.name, _("产品名称"))):
            field.setPlaceholderText(words)
            field.setMaxLength(workbench.rules.whole("sheets.name_most"))
        self.template = _combo(
            [NamedCode(code, one.name, "") for code, one in templates().items()],
            sheet.template if sheet else PLAIN,
        )
        self.role = _combo(roles(), sheet.role if sheet else "")
        self.model = _combo(models(), sheet.model if sheet else "")
        self.margin = _combo(margins(), sheet.margin if sheet else "")
        self.regime = _combo(regimes(), sheet.regime if sheet else "")
        usual = days_after(today().isoformat(), workbench.rules.whole("sheets.review_days"))
        kept = sheet.review if sheet and not sheet.due else usual
        self.review = date_edit(dt.date.fromisoformat(kept))
        self.lines = SheetLines()
        if sheet is not None:
            self.line(_("产品"), label(f"{sheet.name}({sheet.code})"))
        else:
            self.line(_("产品"), self.product)
            self.line(_("代码和名称"), _beside(self.code, self.name))
        self.line(_("模板和种类"), _beside(self.template, self.regime))
        self.line(_("角色、模型、利润"), _beside(self.role, self.model, self.margin))
        area = flow(row(self.lines))
        area.setMinimumHeight(330)
        self.line(_("卡片内容"), area)
        self.line(_("复核日"), self.review)
        self.template.currentIndexChanged.connect(lambda _at: self._begin())
        self.product.currentIndexChanged.connect(lambda _at: self._follow())
        self.lines.show_template(self.template.currentData(), sheet.texts if sheet else None)
        self._follow()
        (self.product if sheet is None else self.role).setFocus()

    def _begin(self) -> None:
        """What a template begins with, where nothing was chosen yet."""
        one = templates()[self.template.currentData()]
        if self.sheet is None:
            for combo, code in ((self.role, one.role), (self.model, one.model), (self.margin, one.margin)):
                if code:
                    combo.setCurrentIndex(combo.findData(code))
        self.lines.show_template(one.code)

    def _follow(self) -> None:
        """The list says what a product on it is."""
        one = self._listed()
        for field in (self.code, self.name, self.regime):
            field.setEnabled(one is None)
        if one is not None:
            self.code.setText(one.code)
            self.name.setText(one.name)
            self.regime.setCurrentIndex(self.regime.findData(one.regime))
        elif self.sheet is None and self.sender() is self.product:
            self.code.clear()
            self.name.clear()

    def _listed(self) -> ListedProduct | None:
        if self.sheet is not None:
            return self.sheet.listed
        one = self.product.currentData()
        return one if isinstance(one, ListedProduct) else None

    def answer(self) -> None:
        """Store the sheet."""
        selling, old = self.workbench.insight.selling, self.sheet.code if self.sheet else None
        new = NewSheet(
            self.code.text(), self.name.text(), self.template.currentData(), self.role.currentData(),
            self.model.currentData(), self.margin.currentData(), self.regime.currentData(), self.lines.texts(),
            self.review.date().toString("yyyy-MM-dd"),
        )  # fmt: skip
        self.write(lambda: selling.put(new, old), _("产品卡片存下了。"))


def _combo(among: Iterable[NamedCode], chosen: str) -> QComboBox:
    made = QComboBox()
    for at, one in enumerate(among):
        made.addItem(_(one.name), one.code)
        if one.about:
            made.setItemData(at, _(one.about), 3)  # the tip of the row
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made


def _beside(*fields: QWidget) -> QWidget:
    box = QWidget()
    line = row(*fields)
    line.setContentsMargins(0, 0, 0, 0)
    for at in range(len(fields)):
        line.setStretch(at, 1)
    box.setLayout(line)
    return box
