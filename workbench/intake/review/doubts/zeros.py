"""Asks when new customer numbers are numbers of the book without their zeros."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

CODE = "zeros_lost"


def lost_zeros(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question with the number of such customers."""
    if doubting.state.zeros_lost:
        words = _(
            "有 {n} 个新客户号补足前导零后就是账本里的客户号,多半是 Excel 丢了前导零。"
            "请采用“补足前导零”的修正;确实是新客户的,写明原因再写入。"
        ).format(n=doubting.state.zeros_lost)
        yield doubting.question(CODE, words)
