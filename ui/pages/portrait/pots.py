"""The cards of the four pots: shares against the ranges of the class, what may be proposed, and the eight checks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label
from ui.widgets.range_bar import RangeBar
from ui.words import exact
from workbench.base.i18n import _, bracketed, commas, headed
from workbench.base.money import wan
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.gaps import BandGap
from workbench.insight.allocation.taboos import merged

_MARKS = {"hit": "■", "no": "○", "unknown": "?"}


class PotsCard(PartCard):
    """The shares of each band with its range."""

    nothing = "…"

    def __init__(self, print_page: Callable[[], object]) -> None:
        self.printer = button(_("打印配置建议…"), print_page, "link")
        super().__init__(_("四笔钱"), self.printer)

    def fill(self, made: Allocation | None) -> None:
        """Show the bands of a customer; None: not read yet."""
        self.clear()
        present = made.present if made is not None else None
        self.nothing = "" if made is not None and made.gaps else _("四笔钱:导入客户清单和持有清单就有")
        if made is None or present is None:
            return
        words = _("{of} · 可配置资产 {sum} · 数据日期 {date}")
        of = made.package.name if made.package else _("没有有效风评")
        self.note.setText(words.format(of=of, sum=wan(present.base), date=made.as_of or "—"))
        self.note.setToolTip(exact(present.base))
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for at, one in enumerate(made.shown):
            grid.addWidget(label(one.name, tip=one.what), at, 0)
            share = label(one.share_words, "heading" if one.outside else "", tip=exact(one.amount))
            grid.addWidget(share, at, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(_bar(one), at, 2)
            grid.addWidget(label(one.range_.words if one.range_ else "—", "second"), at, 3)
            grid.addWidget(label(one.verdict_name, "red" if one.outside else "second", wrap=True), at, 4)
        if made.shown:
            self.body.addLayout(grid)
        if made.blind:
            self.body.addWidget(label(made.blind, "second", wrap=True))
        if made.cover is not None:
            self.body.addWidget(label(headed(_("保障"), made.cover.sentence), "second", wrap=True))
        self.body.addWidget(label(_("区间为本系统口径,可以在规则里改。"), "second", wrap=True))
        self.body.addStretch(1)


class ProposalsCard(PartCard):
    """What may be proposed, or why nothing is; the combo of a newcomer."""

    nothing = "…"

    def __init__(self) -> None:
        super().__init__(_("可以谈的配置"))

    def fill(self, made: Allocation | None) -> None:
        """Show the proposals of a customer; None: not read yet."""
        self.clear()
        self.nothing = "" if made is not None and made.gaps else "…"
        if made is None:
            return
        for words in filter(None, (made.barred, made.untested)):
            self.body.addWidget(label(words, "todo", wrap=True))
        for number, move in enumerate(made.moves, 1):
            self.body.addWidget(label(f"{number}  {move.sentence}", wrap=True))
            if move.slot.cautions:
                self.body.addWidget(label(f"⚠ {commas(move.slot.cautions)}", "second", wrap=True))
        for note in made.notes:
            self.body.addWidget(label(note, "second", wrap=True))
        if made.combo is not None:
            title = bracketed(made.combo.name, made.combo.band_words)
            self.body.addWidget(label(title, "heading"))
            for line in made.combo.lines:
                amount = wan(line.amount) if line.amount else ""
                filled = commas(dict.fromkeys(one.words or one.why for one in line.slots))
                words = " ".join(filter(None, (line.name, amount, filled if filled != line.name else "")))
                self.body.addWidget(label(words, wrap=True, tip=f"{line.terms}\n{line.exit}"))
        self.body.addStretch(1)


class TaboosCard(PartCard):
    """The eight checks of the portfolio, those that hold first."""

    nothing = "…"

    def __init__(self) -> None:
        super().__init__(_("组合八项检查"))

    def fill(self, made: Allocation | None) -> None:
        """Show the checks of a customer; None: not read yet."""
        self.clear()
        self.nothing = "" if made is not None and made.taboos else "…"
        order = {"hit": 0, "unknown": 1, "no": 2}
        for one in sorted(merged(made.taboos if made else ()), key=lambda check: order[check.state]):
            words = f"{_MARKS[one.state]} {headed(one.name, one.sentence)}"
            self.body.addWidget(label(words, "red" if one.state == "hit" else "", wrap=True, tip=one.source))
        self.body.addStretch(1)


def summary_of(made: Allocation) -> str:
    """The four pots in one line: what may be proposed, what the checks found."""
    if made.barred:
        proposed = _("现在不谈产品")
    elif made.combo is not None and not made.moves:
        proposed = made.combo.name
    else:
        proposed = _("{n} 条可以谈").format(n=len(made.moves))
    return " · ".join((proposed, _("{n} 项要改").format(n=len(made.hits))))


def _bar(one: BandGap) -> RangeBar:
    share = None if one.least is None or one.most is None else (one.least, one.most)
    range_ = None if one.range_ is None else (one.range_.low, one.range_.high)
    words = _("{name} 现在 {share},区间 {range},{verdict}")
    described = words.format(
        name=one.name,
        share=one.share_words,
        range=one.range_.words if one.range_ else "—",
        verdict=one.verdict_name,
    )
    return RangeBar(described, share, range_)
