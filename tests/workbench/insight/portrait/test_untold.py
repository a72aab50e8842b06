"""What cannot be told of a customer: one line with the columns that would unlock most of it; a column that is there is never
named as missing."""

from dataclasses import replace

from tests.workbench.insight.portrait.test_portrait import EMPTY, point
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.portrait.untold import Untold, in_one_line, untold
from workbench.rules.parameters import Rules

RULES = Rules.load()


def blind(*codes: str) -> CustomerRisk:
    return CustomerRisk(1, "0001", "王芳", 3.0, None, 1, 1, "L3", (), codes, (), "")


def test_a_signal_whose_columns_are_there_lacks_months_not_columns() -> None:
    person = replace(EMPTY, points=(point(aum_balance=1, aum_daily_average=1),))
    rows = untold(person.reported, blind("S8", "S4"), None, (), RULES)
    assert [(one.columns, one.lacks) for one in rows] == [
        ((), "记录太少"), (("企微好友",), "缺「企微好友」"),
    ]  # fmt: skip
    assert untold((), blind("S8"), None, (), RULES)[0].columns == ("金融资产月日均",)


def test_one_line_names_the_columns_that_unlock_most_first() -> None:
    tag = Untold("tag", "标签", (), "缺什么")
    assert in_one_line([tag]) == "", "some tags cannot be told of nearly anybody"
    few = Untold("signal", "记录", (), "记录太少")
    assert in_one_line([few, tag]) == "看不到 1 项信号:记录太少"
    rows = [Untold("habit", name, ("一", name), "") for name in "二三四五"]
    assert in_one_line([few, *rows, tag]) == (
        "看不到 1 项信号、4 项交易行为、1 个标签:名单带上「一、二、三、四」等 5 列就有"
    )
