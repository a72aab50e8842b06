"""Says that several rows of one customer were added up, once a person chose it; the dialect then does so each month."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.checking.fixes import SUM
from workbench.intake.columns.dialects import ADDED, ROWS_SUMMED
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting


def summed_rows(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question, answered by the choice itself; rows that differ in more than accounts are refused as ever."""
    for fix in doubting.checked.fixes:
        if fix.key == SUM and fix.applied:
            words = _("有 {n} 位客户各有几行(每行一个账户或产品),金额已相加成一行,下次照此办理。").format(
                n=fix.count
            )
            yield doubting.question(ROWS_SUMMED, words, (ADDED,), reason=_("采用了“几行相加”的修正"))
