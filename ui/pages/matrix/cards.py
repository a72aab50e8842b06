"""产品卡片: what the branch says of its products, written, printed, brought back as the homework form (domain 13.4)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.file_questions import existing_file
from ui.page import Page
from ui.pages.matrix.card_dialog import CardDialog
from ui.widgets.parts import Card, ask, beside, button, column, flow, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.change import Change
from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.insight.selling.room import SheetsTaken
from workbench.insight.selling.sheet import ListedProduct, ProductSheet
from workbench.rules.parameters import Rules
from workbench.sheets.printed import Printed
from workbench.sheets.product_cards import product_cards_pdf
from workbench.sheets.product_homework import new_sheets, product_form, product_template, refused_rows

#: refused rows that a notice names
_NAMED = 4


class CardsTab(QWidget):
    """The sheets at the left, one of them in words at the right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.sheets: tuple[ProductSheet, ...] = ()
        self.listed: tuple[ListedProduct, ...] = ()
        self.table = Table(_columns(), page.tasks, name="matrix.cards")
        self.table.setAccessibleName(_("产品卡片"))
        self.detail = SheetCard()
        self.nothing = label(
            _(
                "还没有产品卡片。按“新写一张”从一般产品、结构化产品或贵宾提升产品的模板写起,或者导入填好的产品包。"
            ),
            "second",
            wrap=True,
        )
        self.stayed = label("", "todo", wrap=True)
        self.add = button(_("新写一张…"), self._add)
        self.change = button(_("修改…"), self._change)
        self.drop = button(_("删除"), self._ask_drop)
        self.print_one = button(_("打印这一张…"), lambda: self._preview(self._current(), several=False))
        self.print_all = button(_("打印全部…"), lambda: self._preview(self.sheets, several=True))
        self.template = button(_("存空白产品包…"), self._save_template)
        self.take = button(_("导入产品包…"), self._take)
        self.table.offer(self.change, self.print_one, self.drop)
        self.table.opened.connect(lambda _row: self._change())
        self.table.chosen.connect(lambda _row: self._follow())
        area = flow(column(self.detail))
        area.setMinimumWidth(330)
        self.table.setMinimumWidth(380)
        self._parts = beside(self.table, area, (680, 460), (3, 2))
        tools = Strip(
            self.add, self.change, self.drop, self.print_one, self.print_all, self.template, self.take, gap=6
        )
        whole = column(tools, self.stayed, self.nothing, self._parts)
        whole.setStretch(3, 1)
        whole.addStretch(0)  # without products the words stay at the top
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.stayed.hide()
        self.nothing.hide()
        self._follow()

    def read(self) -> None:
        """Read the sheets, and the products that one can be written of."""
        selling = self._page.workbench.insight.selling
        self._page.read(lambda: (selling.sheets(), selling.listed()), self._fill, key="cards")

    def _fill(self, both: tuple[tuple[ProductSheet, ...], tuple[ListedProduct, ...]]) -> None:
        kept = self.sheet()
        self.sheets, self.listed = both
        self.table.table.fill(self.sheets)
        self._parts.setVisible(bool(self.sheets))
        self.nothing.setVisible(not self.sheets)
        if self.sheets:
            codes = [one.code for one in self.sheets]
            self.table.go_to(codes.index(kept.code) if kept is not None and kept.code in codes else 0)
        self._follow()

    def sheet(self) -> ProductSheet | None:
        """The sheet under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, ProductSheet) else None

    def _current(self) -> tuple[ProductSheet, ...]:
        one = self.sheet()
        return (one,) if one is not None else ()

    def _follow(self) -> None:
        one = self.sheet()
        for made in (self.change, self.drop, self.print_one):
            made.setEnabled(one is not None)
        self.print_all.setEnabled(bool(self.sheets))
        if one is not None:
            self.detail.show_sheet(one, self._page.workbench.rules)

    # -- acting --------------------------------------------------------------------------------------------

    def _add(self) -> None:
        self._write(None)

    def _change(self) -> None:
        if (one := self.sheet()) is not None:
            self._write(one)

    def _write(self, sheet: ProductSheet | None) -> None:
        free = tuple(one for one in self.listed if one.code not in {other.code for other in self.sheets})
        self.dialog = CardDialog(self._page.workbench, self._page.tasks, free, sheet, self.window())
        self.dialog.open()

    def _ask_drop(self) -> None:
        if (one := self.sheet()) is None:
            return
        selling, page = self._page.workbench.insight.selling, self._page

        def drop() -> None:
            """Take the sheet away."""
            words = _("“{name}”的卡片删了。").format(name=one.name)
            page.tasks.write(lambda: selling.remove(one.code), words=words, owner=page)

        words = _("删除“{name}”的卡片?").format(name=one.name)
        ask(self, _("删除产品卡片"), words, _("可以撤销。"), _("删除"), _("不删"), drop)

    def _preview(self, sheets: Sequence[ProductSheet], *, several: bool) -> None:
        workbench = self._page.workbench

        def make() -> Printed:
            """The cards with the manager and branch from the settings."""
            return product_cards_pdf(sheets, workbench.rules, several=several, **workbench.sheets.foot())

        PreviewDialog(workbench, self._page.tasks, make, parent=self).open()

    # -- the homework form -----------------------------------------------------------------------------------

    def _save_template(self) -> None:
        place = ask_place(self, _("存空白产品包"), _("产品包") + ".xlsx", "Excel (*.xlsx)", ".xlsx")
        if place is None:
            return
        workbench, tasks = self._page.workbench, self._page.tasks
        words = _("已存到 {path}。")
        tasks.run(
            lambda: workbench.sheets.save(
                product_template((), workbench.rules), place.path, replace=place.replace
            ),
            lambda path: tasks.wrote.emit(Change.nothing(), words.format(path=path)),
            owner=self._page,
        )

    def _take(self) -> None:
        chosen = existing_file(self, _("导入产品包"), "", "Excel (*.xlsx *.xls)")
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Read a filled form and store its sheets; rows that stay out are told above the table."""
        workbench, tasks = self._page.workbench, self._page.tasks

        def job() -> Callable[[], Change]:
            """Read the file; the write that stores it."""
            read = workbench.filled_form(product_form(workbench.rules), path)

            def store() -> Change:
                """Store its sheets."""
                self._taken = workbench.insight.selling.take_in(new_sheets(read))
                self._stayed = refused_rows(read, self._taken)
                return self._taken.change

            return store

        tasks.run(
            job,
            lambda store: tasks.write(
                store, lambda _change: self._tell(), words=_("产品包已导入。"), owner=self._page
            ),
            owner=self._page,
        )

    _taken: SheetsTaken
    _stayed: tuple[RowProblem, ...]

    def _tell(self) -> None:
        lines = [_("存下 {n} 张卡片。").format(n=self._taken.stored)]
        if self._stayed:
            lines.append(_("{n} 行没有进来:").format(n=len(self._stayed)))
            lines += [one.message for one in self._stayed[:_NAMED]]
        self.stayed.setText("\n".join(lines))
        self.stayed.show()


class SheetCard(Card):
    """One product sheet in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("这张卡片"))

    def show_sheet(self, one: ProductSheet, rules: Rules) -> None:
        """Show what the list tells and what the branch says."""
        self.clear()
        self.body.addWidget(label(one.name, "heading", wrap=True))
        self.body.addWidget(label(f"{one.regime_name} · {one.about}", "second", wrap=True))
        figures = one.listed.figures(rules) if one.listed else (_("不在现在的产品清单上,数字以说明书为准"),)
        self.body.addSpacing(4)
        self.body.addWidget(label(" · ".join(figures), wrap=True))
        for _code, name, words in one.lines:
            self.body.addSpacing(6)
            self.body.addWidget(label(name, "second"))
            self.body.addWidget(label(words, wrap=True))
        self.body.addSpacing(6)
        words = _("{day} 就该复核了") if one.due else _("{day} 复核")
        self.body.addWidget(label(words.format(day=one.review), "red" if one.due else "second"))
        self.body.addStretch(1)


def _columns() -> list[Column[ProductSheet]]:
    return [
        Column(_("角色"), lambda x: x.role_name, 84),
        Column(_("产品"), lambda x: x.name, 0, key=True),
        Column(_("种类"), lambda x: x.regime_name, 88),
        Column(_("模型"), lambda x: x.model_name, 96),
        Column(_("利润"), lambda x: x.margin_name, 76),
        Column(_("复核"), lambda x: x.review, 104, ink=lambda x: "red" if x.due else None),
    ]
