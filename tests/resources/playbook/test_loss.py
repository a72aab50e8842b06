"""亏损客户情绪急救 (domain 8.6): every emotion in every trouble, and where persuasion ends."""

import re
from itertools import product

import pytest

from workbench.outreach.playbook.library import library

LIBRARY = library()
LOSS = [one for one in LIBRARY.scripts.values() if one.library == "loss"]
#: what is said to the customer in a trouble, and where that is a complaint or a request to be served
SAID = [one for one in LOSS if one.to == "customer" and "trouble" in one.of]
ESCALATED = [one for one in SAID if one.escalates]
ESCALATING = ("doubt", "redeem", "compensate")
#: words that keep a customer from what he asked for, or that lead to something else to buy
PERSUADES = re.compile(r"再等|再看看|不如|建议|其实|长期看|持有|拿着|换成|另一只|新产品|划算|机会|考虑考虑")
#: the second step, or the question that the third begins with
FACTS = re.compile(
    r"成本|净值|多少|从头理|原因|为什么|测评|用不用|用得到|赎回|风险等级|不是存款|有涨有跌|您今天还会买|重新做决定"
)


def test_each_emotion_in_each_trouble_has_its_thirty_texts_for_everybody() -> None:
    general = [one for one in SAID if not (one.segment or one.style)]
    cells = {(one.of["emotion"], one.of["trouble"]) for one in general}
    assert cells == set(product(LIBRARY.axes["emotion"], LIBRARY.axes["trouble"]))
    assert len({one.base for one in general}) == len(cells) == 30


def test_who_says_he_was_misled_asks_to_leave_or_for_compensation_escalates_and_nobody_else() -> None:
    assert {one.of["trouble"] for one in SAID if one.escalates} == set(ESCALATING)
    assert all(one.escalates == (one.of["trouble"] in ESCALATING) for one in SAID)


def test_an_escalating_text_registers_and_persuades_nobody() -> None:
    for one in ESCALATED:
        assert "登记" in one.text, one.id
        assert not PERSUADES.search(one.text), one.id
        assert one.regime == "", one.id
        assert one.kind == "service", one.id
        if one.of["trouble"] != "redeem":
            assert re.search(r"15 天内.*书面|书面.*15 天内", one.text), one.id


@pytest.mark.parametrize(
    ("trouble", "wary_of"), [("doubt", "不争辩"), ("redeem", "不劝留"), ("compensate", "不口头答应赔")]
)
def test_what_not_to_say_stands_with_each_escalating_text(trouble: str, wary_of: str) -> None:
    texts = [one for one in SAID if one.of["trouble"] == trouble]
    assert texts
    assert all(any(line.startswith(wary_of) for line in one.never) for one in texts)


def test_redemption_is_told_with_its_day_or_its_sum() -> None:
    asked = [one for one in SAID if one.of["trouble"] == "redeem"]
    assert all(re.search(r"到账|钱几号到|拿回多少", one.text) for one in asked)


def test_a_text_for_who_stays_shows_the_figures_or_asks_for_his_plans() -> None:
    """Each entry of a cell does, though not each of its variants."""
    staying: dict[str, list[str]] = {one.base: [] for one in SAID if not one.escalates}
    for one in SAID:
        staying.get(one.base, []).append(one.text)
    assert len(staying) > 15
    assert [base for base, texts in staying.items() if not any(FACTS.search(text) for text in texts)] == []


def test_the_elderly_have_words_of_their_own_where_it_is_hardest() -> None:
    assert {one.of["trouble"] for one in SAID if "elder" in one.segment} >= {
        "drawdown",
        "below_par",
        "doubt",
        "redeem",
    }


def test_nothing_here_is_marketing_or_speaks_of_a_product_to_buy() -> None:
    assert {one.kind for one in LOSS} == {"service"}
    assert all(one.regime == "" for one in LOSS)
