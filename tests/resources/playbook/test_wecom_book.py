"""The WeCom book: twelve nodes in three situations each, short, and every welcome tells how to end it (domain 10.1)."""

import re
from collections import defaultdict

from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script

SCRIPTS = tuple(one for one in library().scripts.values() if one.library == "wecom")
#: how somebody says that he wants no more of it
END = re.compile(r"“(不用发|不用|别发|别发了|停|退订)”")


def of_node(node: str) -> tuple[Script, ...]:
    return tuple(one for one in SCRIPTS if one.of["node"] == node)


def test_every_node_has_three_situations_and_adding_three_reasons_in_each() -> None:
    situations = defaultdict(set)
    for one in SCRIPTS:
        situations[one.of["node"]].add(one.of["situation"])
    assert set(situations) == set(library().axes["node"])
    assert min(len(found) for found in situations.values()) >= 3
    assert {(one.of["situation"], one.of["reason"]) for one in of_node("add")} == {
        (f"add_{scene}", reason)
        for scene in ("counter", "call", "event")
        for reason in library().axes["reason"]
    }


def test_every_situation_is_named_and_belongs_to_its_node() -> None:
    used = {one.of["situation"] for one in SCRIPTS}
    assert all(one.of["situation"].startswith(f"{one.of['node']}_") for one in SCRIPTS)
    assert used <= set(library().axes["situation"])


def test_a_welcome_tells_who_how_often_and_how_to_end_it() -> None:
    for one in of_node("welcome"):
        assert "{manager}" in one.text, one.id
        assert "{branch}" in one.text, one.id
        assert re.search("每?周.*条", one.text), one.id
        assert END.search(one.text), one.id


def test_there_are_five_questions_and_one_a_message() -> None:
    assert {one.of["situation"] for one in of_node("kyc")} == {
        "kyc_use", "kyc_time", "kyc_loss", "kyc_family", "kyc_contact",
    }  # fmt: skip
    assert all(one.text.count("?") <= 2 for one in of_node("kyc"))


def test_everyday_messages_name_no_product_and_products_are_marketing_with_a_regime() -> None:
    assert all(not one.regime and "{product}" not in one.text for one in of_node("value"))
    assert all(
        one.kind == "marketing" and one.regime and "{product}" in one.text for one in of_node("product")
    )


def test_all_are_for_wecom_and_short_and_people_differ_in_six_at_least() -> None:
    assert all(one.channel == ("wecom",) and len(one.text) <= 120 for one in SCRIPTS)
    for segment in ("elder", "owner", "youth"):
        assert sum(segment in one.segment for one in SCRIPTS) >= 6


def test_who_wants_no_messages_is_answered_without_asking_for_consent() -> None:
    """The answer to an objection against messages is a service: it may be sent to somebody who refused marketing."""
    answers = [one for one in of_node("object") if one.of["situation"] == "object_messages"]
    assert answers
    assert all(one.kind == "service" for one in answers)
