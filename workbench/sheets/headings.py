"""The headings by which a worksheet is read back, in every language: what is printed and what is known again are one list."""

from functools import cache

from workbench.base.i18n import in_every_language
from workbench.outreach.results.marks import plain

#: what a column holds -> its headings (msgids)
HEADINGS = {
    "result": ("结果", "完成(结果)", "首触结果"),
    "reason": ("未成原因",),
    "on": ("联系日期", "首触日期"),
    "next": ("下次", "下次日期", "下次联系"),
    "note": ("手记", "备注"),
    "row": ("号", "序号", "行号"),
    "customer": ("客户", "姓名", "被转介人"),
    "tail": ("尾号",),
    "method": ("方法", "动作", "事项"),
    "agreed": ("本人同意",),
    "agreed_way": ("同意方式",),
    "meeting": ("见面日期",),
    "product": ("成交产品",),
    "amount_fen": ("成交金额(元)", "成交金额"),
    "feedback": ("反馈转介人日期",),
    "thanked": ("感谢转介人日期",),
    "status": ("状态",),
    "close_reason": ("关闭原因",),
}
#: columns that hold a day
DAYS = frozenset({"on", "next", "meeting", "feedback", "thanked"})


@cache
def _words() -> dict[str, str]:
    return {
        plain(word): what
        for what, headings in HEADINGS.items()
        for heading in headings
        for word in in_every_language(heading)
    }


def what_heads(text: str) -> str | None:
    """What a column with this heading holds (a key of `HEADINGS`); None for any other column."""
    return _words().get(plain(text))
