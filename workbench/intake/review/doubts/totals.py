"""Asks when a 合计 row differs from the sum of the rows that were taken."""

from collections.abc import Iterator

from workbench.base.i18n import _, commas
from workbench.intake.report import CommitQuestion, ControlTotal
from workbench.intake.review.doubts.doubting import Doubting

CODE = "total_mismatch"


def wrong_totals(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all totals of the sheet that do not match."""
    wrong = [total for total in doubting.checked.totals if not total.matches]
    if wrong:
        words = _("合计行与逐行相加不符:{totals}。请核对;确认无误的,写明原因再写入。").format(
            totals=commas(map(_in_words, wrong[:3]))
        )
        yield doubting.question(CODE, words)


def _in_words(total: ControlTotal) -> str:
    return _("“{column}”合计 {told:,.2f},相加 {sum:,.2f}").format(
        column=total.column, told=total.sheet_total, sum=total.computed
    )
