"""The functions of the language: their names in both languages and what they take."""

from dataclasses import dataclass
from typing import Literal

#: word: a quoted text or a bare name; days and whole: a number as typed
Parameter = Literal["word", "condition", "number", "whole", "days", "date", "any"]


@dataclass(frozen=True, slots=True)
class Function:
    """`needs` of the parameters must be given; the last one may repeat when `repeats`. `text` says it in Chinese."""

    name: str
    alias: str
    parameters: tuple[Parameter, ...]
    text: str
    needs: int = -1
    repeats: bool = False

    @property
    def least(self) -> int:
        return len(self.parameters) if self.needs < 0 else self.needs


FUNCTIONS = (
    Function("tag", "标签", ("word",), "tag('标签名或代码'):有这个标签,或它的取值"),
    Function("signal", "信号", ("word",), "signal('S3'):流失信号的级别,0 到 3"),
    Function("field", "列", ("word",), "field('列名'):清单里的列,包括自建的列"),
    Function("touched", "联系过", ("word", "days"), "touched('渠道或结果', 30):多少天内这样联系过", needs=1),
    Function("list", "清单", ("word",), "list('名单名或编号'):在这个名单里"),
    Function("days_since", "距今天数", ("date",), "days_since(日期):已经过去多少天"),
    Function("days_until", "距离天数", ("date",), "days_until(日期):还有多少天"),
    Function("month", "月份", ("date",), "month(日期):几月,1 到 12"),
    Function("top", "前", ("whole", "number"), "top(50, 数值):全部客户里数值最高的 50 位"),
    Function("bottom", "后", ("whole", "number"), "bottom(50, 数值):全部客户里数值最低的 50 位"),
    Function("score", "计分", ("condition", "number"), "score(条件, 分):成立得分,不成立得 0"),
    Function(
        "count",
        "个数",
        ("condition",),
        "count(条件, 条件…):已知成立的有几个;判断不出的不算在内,全都判断不出才是无法判断",
        repeats=True,
    ),
    Function("known", "已知", ("any",), "known(x):是否有值"),
    Function("or_else", "否则取", ("any", "any"), "or_else(a, b):a 没有值时取 b"),
    Function("least", "较小", ("number", "number"), "least(a, b):较小的一个"),
    Function("most", "较大", ("number", "number"), "most(a, b):较大的一个"),
)
_BY_WORD = {word: function for function in FUNCTIONS for word in (function.name, function.alias)}


def function_of(word: str) -> Function | None:
    """The function a person means; None when there is none."""
    return _BY_WORD.get(word.lower())
