"""Asks which month a sheet is of: its name or title words another one than its date, or two sheets tell one month twice."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

CODE = "month_unclear"


def unclear_months(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question at most; a date that a person gave settles the first doubt."""
    state, month = doubting.state, doubting.checked.as_of[:7]
    if state.retold_by:
        words = _(
            "工作表“{other}”和这一张都按 {month} 读取,同样的客户数字却不同:两张表多半是两个月的。"
            "请给其中一张填写它自己的数据日期;确实是同一个月的,写明原因再写入。"
        )
        yield doubting.question(CODE, words.format(other=state.retold_by, month=month))
    elif state.worded is not None and state.worded[1] != month and state.date_from != "asked":
        words = _(
            "名称或标题里写着“{wording}”,应是 {worded},这张表的数据日期却是 {as_of}。"
            "请核对数据日期,不对的改过来;没有错的,写明原因再写入。"
        )
        wording, worded = state.worded
        yield doubting.question(
            CODE, words.format(wording=wording, worded=worded, as_of=doubting.checked.as_of)
        )
