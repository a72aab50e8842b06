"""配置包: the ranges of the five classes, what fills each band now, the combos for newcomers and the ladder (domain 8.2, 8.3)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.page import Page
from ui.widgets.parts import Card, button, column, empty, flow, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.range_bar import RangeBar
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _, bracketed, commas, semicolons
from workbench.base.money import exact_yuan, wan
from workbench.insight.allocation.allocation import AllocationGuide
from workbench.insight.allocation.bands import BANDS, RiskPackage, band_name
from workbench.insight.allocation.combos import Combo
from workbench.insight.allocation.ladder import TermLadder


class PackagesTab(QWidget):
    """The guide of the packages, printed as it stands."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.guide: AllocationGuide | None = None
        self.print_button = button(_("打印手册…"), self.preview)
        about = _(
            "五档客户各类钱的区间、现在能用的产品、新客按进来多少钱的组合。区间为本系统口径;给客户前看他画像里的“资产配置”。"
        )
        self.about = label(about, "second", wrap=True)
        self._cards = column(spacing=10)
        inside = column(Strip(self.print_button), self.about, self._cards)
        inside.addStretch(1)
        whole = column(flow(inside))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    def read(self) -> None:
        """Read the guide."""
        room = self._page.workbench.insight.allocation
        self._page.read(room.guide, self.fill, key="packages")

    def fill(self, guide: AllocationGuide) -> None:
        """Show a guide."""
        self.guide = guide
        empty(self._cards)
        self._cards.addWidget(self._packages(guide.packages))
        self._cards.addWidget(_bands(guide))
        for combo in guide.combos:
            self._cards.addWidget(_combo(combo))
        self._cards.addWidget(_ladder(guide.ladder))

    def preview(self) -> None:
        """Preview the guide as it will be printed."""
        guide, workbench = self.guide, self._page.workbench
        if guide is not None:
            PreviewDialog(
                workbench, self._page.tasks, lambda: workbench.sheets.allocation_guide(guide), parent=self
            ).open()

    def _packages(self, packages: tuple[RiskPackage, ...]) -> Card:
        rules = self._page.workbench.rules
        card = Card(_("五档配置包"))
        grid = _grid(len(BANDS) + 2)
        heads = (*(band_name(band, rules) for band in BANDS), _("保障(年保费/年收入)"))
        for at, head in enumerate(heads, 1):
            grid.addWidget(label(head, "second"), 0, at)
        for line, package in enumerate(packages):
            at = 1 + 2 * line
            grid.addWidget(label(package.name, "heading"), at, 0)
            for place, band in enumerate(BANDS, 1):
                range_ = package.ranges[band]
                described = f"{package.name} {heads[place - 1]} {range_.words}"
                grid.addWidget(label(range_.words), at, place)
                grid.addWidget(RangeBar(described, None, (range_.low, range_.high)), at + 1, place)
            grid.addWidget(label(package.cover.words), at, len(BANDS) + 1)
        card.body.addLayout(grid)
        words = _(
            "R 高于 C 的一类是 0;没有有效风评的不给区间,只谈存款和国债。先用到期的钱和工资进账来调,不劝卖出。"
        )
        card.body.addWidget(label(words, "second", wrap=True))
        return card


def _grid(columns: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    for at in range(1, columns):
        grid.setColumnStretch(at, 1)
    return grid


def _bands(guide: AllocationGuide) -> Card:
    card = Card(_("每一类用什么"))
    grid = _grid(3)
    top = Qt.AlignmentFlag.AlignTop
    for at, line in enumerate(guide.bands):
        grid.addWidget(label(line.name), at, 0, top)
        grid.addWidget(label(line.what, "second", wrap=True), at, 1, top)
        products = commas(line.products) if line.products else _("产品清单里没有")
        grid.addWidget(label(products, wrap=True), at, 2, top)
    card.body.addLayout(grid)
    return card


def _combo(combo: Combo) -> Card:
    card = Card(bracketed(combo.name, combo.band_words))
    card.note.setText(_("以 {sum}、C3 为例").format(sum=wan(combo.fen)))
    grid = _grid(4)
    top = Qt.AlignmentFlag.AlignTop
    for at, line in enumerate(combo.lines):
        share = "" if line.share is None else f"{line.share:.0%}"
        amount = wan(line.amount) if line.amount else ""
        filled = commas(dict.fromkeys(one.words or one.why for one in line.slots))
        grid.addWidget(label(line.name), at, 0, top)
        grid.addWidget(
            label(" ".join(filter(None, (share, amount))), tip=exact_yuan(line.amount)), at, 1, top
        )
        grid.addWidget(label(filled, wrap=True), at, 2, top)
        grid.addWidget(label(semicolons((line.terms, line.exit)), "second", wrap=True), at, 3, top)
    grid.setColumnStretch(1, 0)
    grid.setColumnStretch(2, 2)
    grid.setColumnStretch(3, 3)
    card.body.addLayout(grid)
    for words in combo.says:
        card.body.addWidget(label(f"· {words}", wrap=True))
    return card


def _ladder(ladder: TermLadder) -> Card:
    card = Card(_("阶梯:{sum}分开放,每季都有到期").format(sum=wan(ladder.fen)))
    words = _("{months} 个月 · {amount} 元 · {date} 到期 · {product}")
    for rung in ladder.rungs:
        described = words.format(
            months=rung.months,
            amount=exact_yuan(rung.fen),
            date=rung.matures,
            product=rung.slot.words or rung.slot.why,
        )
        card.body.addWidget(label(described, wrap=True))
    if ladder.notice:
        card.body.addWidget(label(ladder.notice, "second", wrap=True))
    return card
