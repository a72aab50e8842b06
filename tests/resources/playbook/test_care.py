"""Against fraud and for the elderly: no hurry, family welcome; a slip stands behind the gate of its product (domain 8.1)."""

import re

from workbench.outreach.playbook.library import library

CARE = tuple(one for one in library().scripts.values() if one.library == "care")
SLIPS = tuple(one for one in CARE if one.scene == "slip")
OTHERS = tuple(one for one in CARE if one.scene != "slip")
READ_ALOUD = tuple(one for one in SLIPS if one.to == "customer")
SOLD = ("理财", "基金", "保险", "存单", "国债", "产品")


def test_a_slip_is_for_sixty_five_and_over() -> None:
    for one in SLIPS:
        assert one.at_least["age"] >= 65, one.id


def test_a_slip_that_is_read_aloud_asks_for_suitability_and_lets_him_go() -> None:
    for one in READ_ALOUD:
        assert one.kind == "marketing", one.id
        assert one.regime in ("wealth", "fund", "insurance"), one.id
        assert one.risk is not None, one.id
        assert re.search(r"别买|不办|不买|先别急", one.text), one.id


def test_slips_speak_of_what_may_be_sold_to_the_elderly_at_most() -> None:
    kinds = {(one.regime, one.risk) for one in READ_ALOUD}
    assert kinds == {("wealth", 1), ("wealth", 3), ("fund", 3), ("insurance", 1)}
    insurance = next(one.text for one in READ_ALOUD if one.regime == "insurance")
    assert "不是存款" in insurance
    assert "犹豫期" in insurance


def test_every_trick_has_its_warning_and_a_stopped_transfer_its_words() -> None:
    fraud = [one for one in CARE if one.scene == "fraud"]
    assert {one.of["case"] for one in fraud} == set(library().axes["case"])
    stopped = [one for one in fraud if one.of["case"] == "stopped"]
    assert len(stopped) >= 3
    assert all(one.escalates for one in stopped)


def test_a_warning_or_care_sells_nothing() -> None:
    for one in OTHERS:
        assert one.kind in ("service", "care"), one.id
        assert [word for word in SOLD if word in one.text] == [], one.id


def test_care_is_for_the_elderly() -> None:
    assert all(one.at_least["age"] >= 60 for one in CARE if one.scene == "elder")
