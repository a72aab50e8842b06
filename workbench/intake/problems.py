"""Collects the faults of one sheet: each with its sentence and level, long repetitions cut short for the screen."""

from collections import Counter
from typing import Any

from workbench.errors import RowProblem
from workbench.i18n import _
from workbench.intake.values import shown

#: Codes that keep the whole row out of the book, and codes that are only worth knowing; others are warnings.
REFUSE = frozenset(
    {
        "missing_customer_number", "bad_customer_number", "missing_product_code", "number_rounded",
        "duplicate_customer", "duplicate_product", "other_month", "unknown_customer", "unit_suspect",
    }
)  # fmt: skip
INFO = frozenset({"same_row_twice", "two_numbers", "hidden_sheet", "removed_lines", "not_recognised"})


def sentence(code: str) -> str:
    """The sentence of a fault; may hold {other} for the rows or columns it is about."""
    return {
        "missing_customer_number": _("这一行没有客户号,没有导入。"),
        "missing_product_code": _("这一行没有产品代码,没有导入。"),
        "bad_customer_number": _("这不像客户号,这一行没有导入。"),
        "number_rounded": _(
            "号码超过 15 位又按数字存放,Excel 已把末尾改成 0,无法还原;请在源表中改为文本后重发。"
        ),
        "bad_number_text": _("这不像号码,该项按未填处理,原值留在备查栏。"),
        "leading_zeros_lost": _("客户号比同表(或账本)通常的位数短,可能丢了前导零,请核对。"),
        "bad_date": _("看不出是哪一天,该项按未填处理,原值留在备查栏。"),
        "bad_number": _("不是数字,该项按未填处理,原值留在备查栏。"),
        "bad_flag": _("看不出是“是”还是“否”,该项按未填处理,原值留在备查栏。"),
        "bad_gender": _("看不出性别,该项按未填处理,原值留在备查栏。"),
        "bad_phone": _("不像电话号码,该项按未填处理,原值留在备查栏。"),
        "two_numbers": _("一格里有两个号码,取了第一个手机号,原值留在备查栏。"),
        "id_check": _("身份证校验位不对,请核对;号码照原样保存。"),
        "duplicate_customer": _("同一客户号在第 {other} 行都有,内容不同,这几行都没有导入;请留下正确的一行。"),
        "duplicate_product": _(
            "同一产品代码在第 {other} 行都有,内容不同,这几行都没有导入;请留下正确的一行。"
        ),
        "same_row_twice": _("与第 {other} 行完全相同,只算一次。"),
        "other_month": _("这一行的数据日期不属于本表的月份,没有导入。"),
        "unknown_customer": _("账本里没有这个客户号,这一行没有导入;请先导入含该客户的客户清单。"),
    }[code]


class Problems:
    """The faults of one sheet; at most `shown_each` of a code in a column are listed one by one."""

    def __init__(self, sheet: str, shown_each: int) -> None:
        self._sheet = sheet
        self._shown_each = shown_each
        self._listed: list[RowProblem] = []
        self._counts: Counter[tuple[str, str | None]] = Counter()

    def cell(
        self,
        row: int,
        column: str | None,
        code: str,
        value: Any,
        *,
        level: str | None = None,
        other: str = "",
    ) -> None:
        """A fault of one cell or row; `row` as Excel shows it."""
        self._counts[code, column] += 1
        if self._counts[code, column] > self._shown_each:
            return
        level = level or ("refuse" if code in REFUSE else "info" if code in INFO else "warning")
        said = sentence(code).format(other=other)
        self._listed.append(RowProblem(self._sheet, row, column, code, said, shown(value) or None, level))

    def sheet(
        self,
        code: str,
        message: str,
        *,
        column: str | None = None,
        level: str = "warning",
        row: int | None = None,
    ) -> None:
        """A fault of the sheet or of a whole column."""
        self._listed.append(RowProblem(self._sheet, row, column, code, message, None, level))

    def listed(self) -> tuple[RowProblem, ...]:
        """All faults: of the sheet first, then by row, with a summary where a repetition was cut short."""
        more = [
            RowProblem(
                self._sheet, None, column, code,
                _("此类问题共 {count} 处,这里只列出前 {shown} 处。").format(count=count, shown=self._shown_each),
                None, "refuse" if code in REFUSE else "info" if code in INFO else "warning",
            )
            for (code, column), count in self._counts.items()
            if count > self._shown_each
        ]  # fmt: skip
        return tuple(sorted([*self._listed, *more], key=lambda problem: problem.row or 0))
