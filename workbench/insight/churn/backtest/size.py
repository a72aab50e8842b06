"""What a book of so many customers can show at all: how wide the intervals would be (domain 22-7)."""

from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _, sentences
from workbench.base.intervals import auc_half_width, wilson
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class SizeLine:
    """What would be seen if this share of the customers were lost: half-widths at 95 % of the AUC, and of the precision
    of as many alerts as there are lost customers."""

    lost_share: float
    lost: int
    auc_half: float
    precision_half: float

    def as_json(self) -> dict[str, Any]:
        """For programs, to three places."""
        return {
            "lost_share": self.lost_share, "lost": self.lost, "auc_half_width": round(self.auc_half, 3),
            "precision_half_width": round(self.precision_half, 3),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookSize:
    """Customers who could be judged by the newest list, and what so many can show; no line for too few."""

    customers: int
    lines: tuple[SizeLine, ...]

    @property
    def sentence(self) -> str:
        """What a book of this size can show, in one sentence."""
        if not self.lines:
            return _("够条件的客户只有 {n} 户,月数够了也看不出准不准。").format(n=self.customers)
        head = _("够条件的客户 {n} 户。").format(n=f"{self.customers:,}")
        words = _(
            "如果其中流失 {share}({lost} 户),排序准确度(AUC)的误差约 ±{auc},预警准确率的误差约 ±{precision}。"
        )
        parts = [
            words.format(
                share=f"{one.lost_share * 100:g}%", lost=f"{one.lost:,}", auc=f"{one.auc_half:.3f}",
                precision=f"{one.precision_half:.1%}",
            )
            for one in self.lines
        ]  # fmt: skip
        return sentences([head, *parts])

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "customers": self.customers,
            "lines": [one.as_json() for one in self.lines],
            "sentence": self.sentence,
        }


def size_of(customers: int, rules: Rules) -> BookSize:
    """What a book can show with so many customers who could be judged, by the loss shares of the rules."""
    auc, precision = rules.number("backtest.assumed_auc"), rules.number("backtest.assumed_precision")
    lines = []
    for share in rules.numbers("backtest.assumed_lost"):
        lost = round(customers * share)
        if 0 < lost < customers:
            low, high = wilson(round(lost * precision), lost)
            lines.append(SizeLine(share, lost, auc_half_width(auc, lost, customers - lost), (high - low) / 2))
    return BookSize(customers, tuple(lines))
