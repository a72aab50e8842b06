"""The words for a new account manager: for each of those concerned, and nobody's money follows a person."""

import re

from workbench.outreach.playbook.library import library

SCRIPTS = tuple(one for one in library().scripts.values() if one.library == "handover")


def test_it_speaks_to_everybody_concerned() -> None:
    assert {one.of["handover"] for one in SCRIPTS} == set(library().axes["handover"])
    assert {tower for one in SCRIPTS for tower in one.tower} == {"top"}
    assert any("elder" in one.segment for one in SCRIPTS)


def test_no_farewell_leads_the_customer_away() -> None:
    farewells = [one for one in SCRIPTS if one.of["handover"] == "farewell"]
    assert farewells
    assert all(not re.search(r"微信|手机|号码|跟我走|新单位|去了", one.text) for one in farewells)
    assert all(any("跟着人走" in word for word in one.never) for one in farewells)


def test_the_new_manager_names_himself_and_can_be_checked() -> None:
    letters = [one for one in SCRIPTS if one.of["handover"] == "letter"]
    assert len(letters) >= 2
    assert all("{manager}" in one.text and "{branch}" in one.text for one in letters)
