"""Words of lists are recognised as categories, levels and channels."""

from workbench.outreach.complaints.words import (
    CATEGORIES,
    CHANNELS,
    LEVELS,
    category_of,
    channel_of,
    level_of,
    shipped_name,
)
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_words_of_lists_are_recognised_and_others_are_not_guessed() -> None:
    said = ("服务态度差", "排队时间长", "理财产品收益", "误导销售", "业务办理", "信用卡年费", "天气")
    codes = [category_of(one, RULES) for one in said]
    assert codes == ["attitude", "waiting", "loss", "misselling", "process", "fees", ""]
    assert [channel_of(one, RULES) for one in ("客服热线", "网点", "12378转办", "来访")] == [
        "phone", "counter", "regulator", "",
    ]  # fmt: skip
    assert [level_of(one) for one in ("Ⅱ级", "II", "三级", "一般", "高", None)] == [
        "two", "two", "three", "four", None, None,
    ]  # fmt: skip


def test_what_is_stored_is_read_back_as_the_same_code() -> None:
    assert [category_of(shipped_name("category", one), RULES) for one in CATEGORIES] == list(CATEGORIES)
    assert [channel_of(shipped_name("channel", one), RULES) for one in CHANNELS] == list(CHANNELS)
    assert [level_of(shipped_name("level", one)) for one in LEVELS] == list(LEVELS)
