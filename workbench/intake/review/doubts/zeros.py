"""Asks when new customer numbers are shorter than others, which begin with zeros: a spreadsheet may have taken theirs."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.columns.dialects import PADDED, ZEROS_LOST
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

#: what the dialect remembers: the numbers are right as they stand
AS_WRITTEN = "as_written"


def lost_zeros(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question with the number of such customers; answered by filling up the zeros, which the dialect remembers."""
    lost = doubting.checked.lost_zeros
    if lost is None:
        return
    if lost.padded:
        words = _("有 {n} 个客户号已补足前导零到 {digits} 位,下次照此办理。")
        reason = _("采用了“补足前导零”的修正")
        yield doubting.question(
            ZEROS_LOST, words.format(n=lost.count, digits=lost.digits), (PADDED,), reason=reason
        )
    elif lost.sure and AS_WRITTEN not in doubting.settled(ZEROS_LOST):
        words = _(
            "有 {n} 个新客户号不到 {digits} 位,而同一列(或账本里)的客户号是带前导零的 {digits} 位,多半是 Excel 丢了前导零。"
            "请采用“补足前导零”的修正;确实就是这么短的,写明原因再写入。"
        )
        yield doubting.question(ZEROS_LOST, words.format(n=lost.count, digits=lost.digits), (AS_WRITTEN,))
