"""The figures that come first: kept, won back, lost, too early; each opens its people."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import Card, button, label
from ui.widgets.wrapped import Tiles
from workbench.base.i18n import _
from workbench.insight.churn.losses import OUTCOMES, Outcome
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.outreach.outcomes.words import share_words, won_back_words
from workbench.rules.parameters import Rules


class OutcomeTiles(Tiles):
    """One tile for each outcome; a click asks for its people."""

    def __init__(self, rules: Rules, ask: Callable[[Outcome], object]) -> None:
        self.figures = {
            outcome: button("", partial(ask, outcome), "link", tip=_("点一下看是哪些客户"))
            for outcome in OUTCOMES
        }
        self._words = {outcome: label("", "second", wrap=True) for outcome in OUTCOMES}
        tiles: list[QWidget] = []
        for outcome, figure in self.figures.items():
            card = Card(rules.text(f"outcome.{outcome}"), figure)
            card.body.addWidget(self._words[outcome])
            card.body.addStretch(1)
            tiles.append(card)
        super().__init__(tiles, len(tiles), 150)

    def show_row(self, everybody: OutcomeRow, window: int) -> None:
        """Show how the lights ended, each customer once; `window` in months."""
        counts = everybody.counts
        words = {
            "kept": _("看满 {window} 个月的 {n} 户里,留住或挽回 {share}").format(
                window=window, n=f"{counts.stayed.n:,}", share=share_words(counts.stayed)
            )
            if counts.stayed.n
            else _("还没有看满 {window} 个月的").format(window=window),
            "won_back": won_back_words(everybody) if counts["won_back"] else _("跌破本级门槛,余额又回来的"),
            "lost": _("销户,或只剩一半以下"),
            "too_early": _("{n} 户已不到一半").format(n=f"{counts.low_so_far:,}")
            if counts.low_so_far
            else _("要看满 {window} 个月").format(window=window),
            "censored": _("移交、不在名单上或数字不够"),
        }
        for outcome, figure in self.figures.items():
            figure.setText(_("{n} 户").format(n=f"{counts[outcome]:,}"))
            figure.setEnabled(bool(counts[outcome]))
            self._words[outcome].setText(words[outcome])
