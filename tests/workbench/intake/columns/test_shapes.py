"""What the cells of a column look like speaks for a field or against it; too few cells tell nothing."""

from collections.abc import Sequence
from typing import Any

import pytest

from workbench.intake.columns.shapes import Shapes
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

CARDS = ["11010519491231002X", "440524198001010013", "110105********002X"]
PHONES = ["13812345678", "139 1234 5678", "138****1234", "+86 13700001111"]
NUMBERS = ["10000001", "10000002", "10000003"]


def shapes(cells: Sequence[Any], rules: Rules) -> Shapes:
    return Shapes(RawSheet("清单", (("列", *cells),)), 1, rules)


@pytest.mark.parametrize(
    ("cells", "kind", "against"),
    [
        (["1,234.50", "(3.00)", "--"], "money", False), (["甲", "乙", "丙"], "money", True),
        (["1", "2", "甲"], "money", False), (["1", "甲", "乙", "丙"], "money", True),
        (["20261031", "2026-10-31", "46326"], "date", False), (["昨天", "今天", "明天"], "date", True),
        (["张三", "李四", "王五"], "name", False), (["张3", "李4", "王5"], "name", True),
        (["是", "否", "是", "未知"], "flag", False), ([*"甲乙丙丁戊己庚"], "flag", True),
        (["随便", "什么", "都行"], "text", False),
        (["甲", "乙"], "money", False), ([], "money", False),
    ],
)  # fmt: skip
def test_cells_speak_against_a_field_when_most_of_them_cannot_be_of_its_kind(
    rules: Rules, cells: list[str], kind: str, against: bool
) -> None:
    assert shapes(cells, rules).against(0, kind) is against


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (CARDS, "id_no"), (PHONES, "phone"), ([f"1381234567{n}.0" for n in range(3)], "phone"), (NUMBERS, "customer_no"),
        ([*NUMBERS, NUMBERS[0]], None), ([*NUMBERS, "100000004"], None), (["1", "2", "3"], None),
        (["20261031", "20261101", "20261102"], None), (NUMBERS[:2], None), (["甲", "乙", "丙"], None),
        ([*CARDS, "甲"], None), ([], None),
    ],
)  # fmt: skip
def test_cells_alone_propose_what_has_an_unmistakable_form(
    rules: Rules, cells: list[str], field: str | None
) -> None:
    proposal = shapes(cells, rules).proposal(0)
    assert (proposal and proposal[0]) == field


def test_the_score_of_a_proposal_falls_with_the_share_of_cells_that_fit(rules: Rules) -> None:
    whole, most = shapes(PHONES, rules).proposal(0), shapes([*PHONES, "--"], rules).proposal(0)
    assert whole == ("phone", rules.number("intake.shape_score"))
    assert most == whole  # a word for nothing is not looked at
    assert shapes([*PHONES, "不便告知"], rules).proposal(0) == ("phone", 64.0)


def test_samples_are_three_different_cells_that_say_something(rules: Rules) -> None:
    assert shapes(["", "金卡", "金卡", "--", "白金", "钻石", "普卡"], rules).samples(0) == (
        "金卡",
        "白金",
        "钻石",
    )


def test_rows_above_the_data_and_beyond_the_sample_are_not_looked_at(rules: Rules) -> None:
    cells = [*NUMBERS, *([""] * rules.whole("intake.sample_rows")), "甲", "乙"]
    assert shapes(cells, rules).samples(0) == tuple(NUMBERS)


def test_without_a_sheet_there_is_nothing_to_see(rules: Rules) -> None:
    bare = Shapes(None, 0, rules)
    assert (bare.samples(0), bare.against(0, "money"), bare.proposal(0), bare.first_column) == (
        (),
        False,
        None,
        1,
    )
