"""The cards of the four pots: shares against the ranges of the class, what may be proposed, and the eight checks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label
from ui.widgets.range_bar import RangeBar
from ui.words import exact
from workbench.base.i18n import _, bracketed, commas, headed, sentences
from workbench.base.money import wan
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.gaps import BandGap

#: `nothing` of a card whose customer is still being read
UNREAD = "…"


class PotsCard(PartCard):
    """The shares of each band with its range."""

    nothing = UNREAD

    def __init__(self) -> None:
        super().__init__(_("四笔钱"))

    def fill(self, made: Allocation | None) -> None:
        """Show the bands of a customer; None: not read yet."""
        self.clear()
        present = made.present if made is not None else None
        if made is None or present is None or made.blind:
            self.nothing = UNREAD if made is None else _("四笔钱:导入持有清单就有")
            return
        self.nothing = ""
        words = _("{of} · 可配置资产 {sum} · 数据日期 {date}")
        of = made.package.name if made.package else _("没有有效风评")
        self.note.setText(words.format(of=of, sum=wan(present.base), date=made.as_of or "—"))
        self.note.setToolTip(exact(present.base))
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for at, one in enumerate(made.gaps):
            grid.addWidget(label(one.name, tip=one.what), at, 0)
            share = label(one.share_words, "heading" if one.outside else "", tip=exact(one.amount))
            grid.addWidget(share, at, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(_bar(one), at, 2)
            grid.addWidget(label(one.range_.words if one.range_ else "—", "second"), at, 3)
            grid.addWidget(label(one.sentence, "red" if one.outside else "second", wrap=True), at, 4)
        self.body.addLayout(grid)
        if made.cover is not None:
            self.body.addWidget(label(headed(_("保障"), made.cover.sentence), "second", wrap=True))
        self.body.addWidget(label(_("区间为本系统口径,可以在规则里改。"), "second", wrap=True))
        self.body.addStretch(1)


class ProposalsCard(PartCard):
    """What may be proposed, or why nothing is; the combo of a newcomer."""

    nothing = UNREAD

    def __init__(self, print_page: Callable[[], object]) -> None:
        self.printer = button(_("打印配置建议…"), print_page, "link")
        super().__init__(_("可以谈的配置"), self.printer)

    def fill(self, made: Allocation | None) -> None:
        """Show the proposals of a customer; None: not read yet."""
        self.clear()
        says = made is not None and (not made.blind or made.moves or made.combo)
        self.nothing = "" if says else UNREAD
        if made is None or not says:
            return
        for words in filter(None, (made.barred, made.untested)):
            self.body.addWidget(label(words, "todo", wrap=True))
        for note in made.notes:
            self.body.addWidget(label(note, "second", wrap=True))
        for number, move in enumerate(made.moves, 1):
            self.body.addWidget(label(f"{number}  {move.sentence}", wrap=True))
            if move.slot.cautions:
                self.body.addWidget(label(f"⚠ {commas(move.slot.cautions)}", "second", wrap=True))
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

    nothing = UNREAD

    def __init__(self) -> None:
        super().__init__(_("组合八项检查"))

    def fill(self, made: Allocation | None) -> None:
        """Show the checks of a customer; None: not read yet."""
        self.clear()
        says = made is not None and made.taboos and (not made.blind or made.hits)
        self.nothing = "" if says else UNREAD
        if made is None or not says:
            return
        checks = made.taboos
        for one in sorted(checks, key=lambda check: check.state != "hit"):
            if one.state != "unknown":
                # the names are of faults: the word says whether it is one
                mark = _("■ 要改") if one.state == "hit" else _("○ 没问题")
                words = f"{mark} · {headed(one.name, one.sentence)}"
                self.body.addWidget(
                    label(words, "red" if one.state == "hit" else "", wrap=True, tip=one.source)
                )
        unknown = [one for one in checks if one.state == "unknown"]
        if unknown and not made.blind:  # else the page's own line says what is missing
            words = headed(_("? 无法判断"), commas(one.name for one in unknown))
            self.body.addWidget(label(words, wrap=True))
            self.body.addWidget(
                label(sentences(dict.fromkeys(one.sentence for one in unknown)), "second", wrap=True)
            )
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
        verdict=one.sentence,
    )
    return RangeBar(described, share, range_)
