"""One cell of the product matrix in words, with the first customers to speak to; each figure opens its customers."""

from collections.abc import Callable
from functools import partial

from ui.pages.matrix.measures import figure_words
from ui.widgets.parts import Card, button, label
from ui.words import who
from workbench.base.i18n import _, commas, sentences
from workbench.base.money import wan
from workbench.insight.products.grid import Cell, PivotRow
from workbench.insight.products.targets import Target, Targets
from workbench.insight.shelf.families import Family


class CellCard(Card):
    """`people(condition)` shows the customers behind a figure, `person(customer_no)` one of them."""

    def __init__(self, people: Callable[[str], object], person: Callable[[str], object]) -> None:
        super().__init__()
        self._people = people
        self._person = person
        self.setAccessibleName(_("这一格"))

    def show_cell(
        self, family: Family, portrait: PivotRow, cell: Cell, targets: Targets | None = None
    ) -> None:
        """Show what is known of a family in a portrait; the customers to speak to follow once they are read."""
        self.clear()
        self.body.addWidget(label(f"{family.shown} · {portrait.label}", "heading"))
        risk = _("最低 R{risk}").format(risk=family.risk) if family.risk else _("没有风险等级")
        words = _("{n} 户 · {risk}")
        self.body.addWidget(label(words.format(n=f"{portrait.customers:,}", risk=risk), "second"))
        self.body.addSpacing(6)
        for words, drill in _sentences(cell, rated=bool(family.risk)):
            target = cell.where.get(drill, "")
            if target:
                self.body.addWidget(button(words, partial(self._people, target), "link"))
            else:
                self.body.addWidget(label(words, wrap=True))
        if cell.expected is not None and cell.whitespace:
            self._write_expected(family, cell, cell.expected)
        if targets is not None and targets.rows:
            self._write_targets(targets)
        elif not cell.reported:
            self.body.addSpacing(6)
            words = _("名单和持有清单都没有这类产品,无法判断谁持有。导入持有清单即可看到。")
            self.body.addWidget(label(words, "second", wrap=True))
        self.body.addStretch(1)

    def _write_expected(self, family: Family, cell: Cell, expected: float) -> None:
        wording = _("按这一格的持有比例,约可增加 {n} 户").format(n=f"{expected:.0f}")
        if cell.expected_fen is not None:
            wording += _("、{money}(每户按 {ticket} 计,本系统口径)").format(
                money=wan(cell.expected_fen), ticket=wan(family.ticket)
            )
        self.body.addWidget(label(wording + _("。"), "second", wrap=True))

    def _write_targets(self, targets: Targets) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(label(_("优先联系(匹配度最高)"), "heading"))
        out = [f"{name} {n}" for name, n in targets.excluded.items() if n]
        if out:
            words = _("其中不宜营销:{names}")
            self.body.addWidget(label(words.format(names=commas(out)), "second", wrap=True))
        for target in targets.rows:
            self.body.addWidget(button(_named(target), partial(self._person, target.customer_no), "link"))
            reasons = sentences((target.fit.parts["need"].why, *target.cautions))
            self.body.addWidget(label(reasons, "second", wrap=True))


def _sentences(cell: Cell, *, rated: bool) -> list[tuple[str, str]]:
    """The figures of a cell in words, each with the key of the condition it opens."""
    figures = []
    if cell.reported:
        words = _("持有 {n} 户,占 {share}")
        index = "" if cell.index is None else _("(指数 {n})").format(n=f"{cell.index:.0f}")
        figures.append(
            (words.format(n=f"{cell.held:,}", share=figure_words(cell, "penetration")) + index, "held")
        )
    if cell.need_judged:
        words = _("有需要 {n} 户,占 {share}")
        open_ = cell.customers - cell.need_judged
        rest = _("(另 {n} 户无法判断)").format(n=f"{open_:,}") if open_ else ""
        figures.append(
            (words.format(n=f"{cell.needed:,}", share=figure_words(cell, "need")) + rest, "needed")
        )
    if cell.may_judged and rated:
        words = _("适当性允许 {n} 户,占 {share}")
        figures.append((words.format(n=f"{cell.may:,}", share=figure_words(cell, "suitable")), "may"))
    if cell.reported:
        figures.append(
            (_("有需要、适当性允许、尚未持有:{n} 户").format(n=f"{cell.whitespace:,}"), "whitespace")
        )
    return figures


def _named(target: Target) -> str:
    words = _("{who} · {aum} · 匹配度 {fit}")
    return words.format(
        who=who(target.name, target.customer_no), aum=wan(target.aum_fen), fit=f"{target.fit.score:.0%}"
    )
