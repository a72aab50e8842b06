"""Words suggested while a condition is typed: beginnings first, then parts, then what looks alike."""

from workbench.base.terms import Term, Vocabulary
from workbench.insight.picking.suggesting import suggestions

WORDS = Vocabulary(
    (
        Term("average", "资产月日均", "money"),
        Term("average_1", "上月资产月日均", "money"),
        Term("balance", "资产余额", "money", reported=False),
        Term("wecom", "企微好友", "flag", aliases=("WeCom Friend",)),
        Term("v_rich", "资产", "flag", origin="tag"),
    )
)


def names(prefix: str, most: int = 9) -> list[str]:
    return [term.name for term in suggestions(WORDS, prefix, most)]


def test_beginnings_come_before_parts_reported_before_others_and_short_before_long() -> None:
    assert names("资产") == ["v_rich", "average", "balance", "average_1"]


def test_labels_names_and_aliases_are_searched_without_blanks_and_case() -> None:
    assert names("AVER") == ["average", "average_1"]
    assert names("wecom fr") == ["wecom"]
    assert names("好友") == ["wecom"]


def test_a_misspelt_word_finds_what_looks_like_it() -> None:
    assert names("avarage")[0] == "average"
    assert names("鸽子") == []


def test_nothing_typed_suggests_everything_up_to_the_limit() -> None:
    assert len(names("")) == len(list(WORDS))
    assert names("", 2) == ["v_rich", "wecom"]
