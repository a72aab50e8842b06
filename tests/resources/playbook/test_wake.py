"""The base is woken on an event, in words of its own for each walk of life; what an account tells is never said (domain 1)."""

import re
from itertools import product

from workbench.insight.genes.data import segments
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script

WAKE = tuple(one for one in library().scripts.values() if one.library == "wake")
EVENTS = ("maturity", "payday", "inflow", "birthday", "near", "hidden")
TONES = ("warm", "brief")
GAP = re.compile(r"\{[^}]*\}")
#: would say that an account was looked into, or what lies elsewhere
LOOKED = (
    "我看到",
    "看到您",
    "您账上",
    "您的流水",
    "您转",
    "他行",
    "别的银行",
    "别家银行",
    "您在别处",
    "到账了一笔",
    "进账",
)
PRODUCTS = ("存款", "存单", "理财", "基金", "保险", "贷款", "国债", "信用卡", "等级", "利率")
PRESSED = ("别掉", "可惜", "补齐", "凑齐", "保级", "尽快", "最好这几天")


def of_event(event: str) -> list[Script]:
    """Those for an event."""
    return [one for one in WAKE if one.of["event"] == event]


def test_every_segment_has_words_for_every_event_in_both_tones() -> None:
    there = sorted((one.segment[0], one.of["event"], one.of["tone"]) for one in WAKE)
    assert there == sorted(product([one.code for one in segments()], EVENTS, TONES))
    assert all(len(one.segment) == 1 and one.tower == ("base",) for one in WAKE)


def test_a_maturity_is_a_service_and_a_birthday_is_care() -> None:
    kinds = {event: {one.kind for one in of_event(event)} for event in EVENTS}
    assert kinds["maturity"] == {"service"}
    assert kinds["birthday"] == {"care"}
    assert kinds["inflow"] == kinds["hidden"] == kinds["near"] == kinds["payday"] == {"marketing"}


def test_what_an_account_tells_is_never_said() -> None:
    for one in WAKE:
        assert [word for word in LOOKED if word in one.text] == [], one.id


def test_a_birthday_names_no_product() -> None:
    for one in of_event("birthday"):
        assert [word for word in PRODUCTS if word in one.text] == [], one.id


def test_a_level_near_is_told_and_not_pressed() -> None:
    for one in of_event("near"):
        assert "等级" in one.text, one.id
        assert [word for word in PRESSED if word in one.text] == [], one.id


def test_brief_is_shorter_than_warm() -> None:
    """Gaps aside: what fills them is not the script's."""
    for segment, event in product([one.code for one in segments()], EVENTS):
        pair = {
            one.of["tone"]: len(GAP.sub("", one.text)) for one in of_event(event) if one.segment == (segment,)
        }
        assert pair["brief"] < pair["warm"], (segment, event)
