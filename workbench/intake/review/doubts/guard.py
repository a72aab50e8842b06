"""Asks when the figures moved so much since the month before that unit or scope may be wrong."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

CODE = "data_guard"


def guarded(doubting: Doubting) -> Iterator[CommitQuestion]:
    """The guard of the diff; answered by itself when both months come in the same file."""
    state, diff = doubting.state, doubting.diff
    if diff.guard and not diff.unit_suspect:
        reason = state.reasons.get("data_guard_lit", "")
        if not reason and state.before_in_file:
            # two months that come together: the lights stay off, but there is nothing yet to protect
            reason = _("上一个月就在同一份文件里,照此写入,先不亮灯")
        yield doubting.question(CODE, diff.guard, reason=reason)
