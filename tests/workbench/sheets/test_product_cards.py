"""Product cards on paper: one to a page or two, however long the words are (domain 13.4)."""

from dataclasses import replace

import pytest

from tests.workbench.sheets.reading import overlaps, shapes, texts
from workbench.base.errors import WorkbenchError
from workbench.insight.selling.kinds import lines_of
from workbench.insight.selling.sheet import ListedProduct, ProductSheet
from workbench.rules.parameters import Rules
from workbench.sheets.product_cards import product_cards_pdf

RULES = Rules.load()
LISTED = ListedProduct(
    "W1", "稳享182天", "理财", "wealth", 2, 182, 10_000_00, 0.0265, None, None, "2026-10-31", on_sale=True
)


def card(template: str = "plain", long: bool = False) -> ProductSheet:
    texts_of = {
        line.code: ("长" * line.most if long else f"{line.name}写在这里") for line in lines_of(template)
    }
    return ProductSheet(
        1, "W1", "稳享182天", template, "profit", "product", "middle", "wealth", texts_of, "2999-01-01", "2026-11-05", LISTED
    )  # fmt: skip


def test_one_to_a_page_and_two_to_a_page() -> None:
    each = [card(template, long) for template in ("plain", "structured", "vip") for long in (False, True)]
    # two of a kind share a page, and one is left over
    cards = [*(one for one in each for _twice in range(2)), each[-1]]
    for several, pages in ((False, 13), (True, 7)):
        printed = product_cards_pdf(cards, RULES, several=several)
        assert shapes(printed) == [(595, 842)] * pages
        assert overlaps(printed) == 0


def test_the_list_s_figures_stand_on_it_with_their_date_and_no_promise() -> None:
    (page,) = texts(product_cards_pdf([card()], RULES, printed_by="王经理"))
    for words in (
        "风险等级R2",
        "期限182天",
        "业绩比较基准2.65%",
        "2026-10-31",
        "业绩比较基准不是承诺",
        "利润",
        "不给客户看",
    ):
        assert words in page, words


def test_a_product_on_no_list_says_so_and_one_to_be_looked_at_again_too() -> None:
    old = replace(card(), listed=None, review="2000-01-01")
    (page,) = texts(product_cards_pdf([old], RULES))
    assert "不在现在的产品清单上" in page
    assert "就该复核了" in page


def test_without_cards_nothing_is_printed() -> None:
    with pytest.raises(WorkbenchError, match="还没有产品卡片"):
        product_cards_pdf([], RULES)
