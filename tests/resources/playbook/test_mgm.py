"""MGM 转介 (domain 7): three moments, three givers, four things to say; both sides agree, nobody is paid, no figure is told."""

import re
from itertools import product

import pytest

from workbench.outreach.playbook.library import library

LIBRARY = library()
MGM = [one for one in LIBRARY.scripts.values() if one.library == "mgm"]
SAID = [one for one in MGM if one.to == "customer"]
CELLS = [one for one in SAID if "giver" in one.of]
SCENES = {
    "ask": "referral",
    "refused": "referral_refused",
    "thanks": "referral_thanks",
    "feedback": "referral_feedback",
}


def test_three_moments_three_givers_and_four_acts_have_their_thirty_six_texts() -> None:
    cells = [(one.of["moment"], one.of["giver"], one.of["act"]) for one in CELLS]
    assert sorted(cells) == sorted(
        product(LIBRARY.axes["moment"], LIBRARY.axes["giver"], LIBRARY.axes["act"])
    )
    assert len(cells) == 36


def test_each_act_is_said_in_its_scene_and_has_words_for_a_giver_of_unknown_kind() -> None:
    assert all(one.scene == SCENES[one.of["act"]] for one in SAID)
    unknown = [one for one in SAID if "giver" not in one.of]
    assert {one.of["act"] for one in unknown} == set(SCENES)
    assert not any(one.conditions or one.segment or one.style for one in unknown)


def test_the_kind_of_a_giver_is_told_by_what_the_book_holds() -> None:
    for one in CELLS:
        asks = (dict(one.at_least), one.style, one.segment)
        assert (
            asks
            == {
                "loyal": ({"familiarity": 60, "families": 4}, (), ()),
                "social": ({}, ("I",), ()),
                "circle": ({}, (), ("owner",)),
            }[one.of["giver"]]
        )


def test_who_asks_leaves_the_friend_to_decide_and_never_during_a_loss_or_complaint() -> None:
    for one in SAID:
        if one.of["act"] == "ask":
            assert one.kind == "marketing"
            assert re.search(r"愿意|本人|自己来|他自己|先帮我问", one.text), one.id
            assert "浮亏、投诉没办结时不开口" in one.never


@pytest.mark.parametrize("act", ["refused", "thanks", "feedback"])
def test_what_follows_is_no_marketing(act: str) -> None:
    assert {one.kind for one in SAID if one.of["act"] == act} == {"care"}


def test_a_refusal_is_the_end_of_it() -> None:
    for one in SAID:
        if one.of["act"] == "refused":
            assert "被婉拒后不再问第二次" in one.never
            assert not re.search(r"再想想|再考虑|下次再帮", one.text)


def test_nothing_is_paid_and_no_figure_or_gain_is_told() -> None:
    for one in SAID:
        assert not re.search(r"返|佣|奖励|好处|礼|积分|红包", one.text.replace("礼数", "")), one.id
        assert not re.search(r"赚|收益|涨|\d+ ?万|%", one.text), one.id
    assert all("不说朋友办了什么、放了多少" in one.never for one in SAID if one.of["act"] == "feedback")


def test_the_manager_reads_when_to_ask_and_how_soon_to_call_and_report() -> None:
    hints = " ".join(one.text for one in MGM if one.to == "manager")
    assert all(word in hints for word in ("24 小时", "48 小时", "90 天", "同意"))
