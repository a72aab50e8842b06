"""The hook guide on paper: every product whole, scores, terms, what to say and what to look at first (domain 3)."""

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.selling.test_guiding import guide
from tests.workbench.sheets.reading import overlaps, shapes, texts
from workbench.insight.selling.guide import HookGuide
from workbench.sheets.hook_guide import hook_guide_pdf


def test_each_product_stands_on_it_with_its_score_and_checks(small: SmallBook) -> None:
    entries = tuple(guide(small).values())
    printed = hook_guide_pdf(
        HookGuide("2026-10-31", None, entries * 6), printed_by="王经理", branch="样本支行"
    )
    pages = texts(printed)
    assert set(shapes(printed)) == {(595, 842)}
    assert overlaps(printed) == 0
    said = "".join(pages)
    for words in ("天天盈", "看不出", "先核对", "还没有话术", "等级不低于R2", "产品清单2026-10-31"):
        assert words in said, words
    assert "卖完了" not in said.replace("卖完了、过了募集期", "")
    assert f"第1页，共{len(pages)}页" in pages[0]


def test_what_is_said_stands_in_quotation_marks(small: SmallBook) -> None:
    guide(small)
    made = small.insight.selling.guide(lambda _hook, _segments: "您这笔钱哪天要用?")
    assert "“您这笔钱哪天要用？”" in texts(hook_guide_pdf(made))[0]


def test_a_list_without_anything_to_buy_says_so() -> None:
    (page,) = texts(hook_guide_pdf(HookGuide(None, None, ())))
    assert "没有现在能买的产品" in page
