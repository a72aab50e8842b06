"""本周事由: every reason of the week has its words, and a message that nobody expects can be verified."""

import re

from workbench.outreach.playbook.library import library

LIBRARY = library()
WEEK = [one for one in LIBRARY.scripts.values() if one.library == "week"]
#: the methods whose texts are sent unasked to people who may not know the manager: remind, sleep, and the year's notes
MESSAGES = [one for one in WEEK if one.scene in ("remind", "sleep")]
#: scenes where people differ most, with a text of their own for the elderly, for business people and for styles D and S
DIFFERENT = ("retain", "steady", "mature", "matured", "win_back", "keep", "raise")


def test_every_reason_of_the_week_has_one_text_for_everybody() -> None:
    # what our own files ask for has a book of its own
    files = [one for one in LIBRARY.scripts.values() if one.library in ("complaint", "loss", "mgm")]
    general = {one.scene for one in (*WEEK, *files) if not (one.segment or one.style or one.old)}
    silent = [one.kinds for one in LIBRARY.occasions if one.kinds and general.isdisjoint(one.scenes)]
    assert len(LIBRARY.occasions) > 15
    assert silent == []


def test_those_who_differ_most_have_texts_of_their_own() -> None:
    for scene in DIFFERENT:
        theirs = [one for one in WEEK if one.scene == scene]
        assert {segment for one in theirs for segment in one.segment} >= {"elder", "owner", "trade"}, scene
        assert {style for one in theirs for style in one.style} >= {"D", "S"}, scene


def test_a_message_that_nobody_expects_names_where_to_verify_it_and_asks_for_no_answer() -> None:
    for one in MESSAGES:
        text = one.text
        assert text.startswith("我是您的客户经理"), one.id
        assert "网点" in text, one.id
        assert "热线" in text, one.id
        assert text.endswith("不用回复。"), one.id
        assert not re.search(r"回我|小事|链接|验证码|账户上|帮您看", text), one.id


def test_openers_of_lit_customers_presume_no_fault_and_ask_for_no_money() -> None:
    for one in WEEK:
        if one.scene in ("retain", "steady"):
            assert not re.search(r"没做好|改进|流失|转走|转出|用钱", one.text), one.id


def test_while_the_data_are_too_old_no_figure_is_told() -> None:
    old = [one for one in WEEK if one.old]
    assert {one.scene for one in old} == {"raise", "keep"}
    assert not any(re.search(r"算好|差得不多|很近", one.text) for one in old)
