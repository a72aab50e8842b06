"""Credit is an invitation to talk, at the branch or the customer's place: nothing is sold or promised by phone (domain 13.4)."""

import re

from workbench.outreach.playbook.library import library

CREDIT = tuple(one for one in library().scripts.values() if one.library == "credit")
INVITATIONS = tuple(one for one in CREDIT if "group" in one.of)
#: a rate, an amount, a duration of approval
FIGURES = re.compile(r"\d|[一二两三四五六七八九十百千]+万|百分之")
PROMISED = ("一定", "肯定", "保证", "没问题", "都能", "包您", "放心", "优惠", "额度给您", "已经批")


def test_every_group_of_admission_is_invited_and_every_question_answered() -> None:
    axes = library().axes
    assert {one.of["group"] for one in INVITATIONS} == set(axes["group"])
    replies = {one.of["reply"] for one in CREDIT if "reply" in one.of}
    assert replies == {"rate", "amount", "report", "online", "number", "real", "end", "agreed"}
    assert len(CREDIT) == len(INVITATIONS) + len(replies)


def test_an_invitation_leads_to_a_place_where_it_is_explained_in_person() -> None:
    for one in INVITATIONS:
        assert re.search(r"网点|到店|上门|当面", one.text), one.id


def test_no_figure_and_no_promise() -> None:
    for one in CREDIT:
        assert one.regime == "loan", one.id
        assert not FIGURES.search(one.text), one.id
        assert [word for word in PROMISED if word in one.text] == [], one.id


def test_how_much_is_for_those_who_decide() -> None:
    (amount,) = (one for one in CREDIT if one.of.get("reply") == "amount")
    assert "以审批为准" in amount.text
    assert sum("以审批为准" in one.text for one in INVITATIONS) >= 3


def test_who_wants_none_is_left_alone() -> None:
    ways = {one.of["reply"]: one.text for one in CREDIT if "reply" in one.of}
    assert "不再打" in ways["number"]
    assert not re.search(r"[??]", ways["end"])
