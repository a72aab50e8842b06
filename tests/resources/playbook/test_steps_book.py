"""The five steps and the ways of working: hints for the manager that lead to pages that there are (domain 10.2, 10.4)."""

import re

from ui.registry import PAGES
from workbench.outreach.playbook.library import library

SCRIPTS = {one.of["step"]: one for one in library().scripts.values() if one.library == "steps"}
STEPS = ("stock", "group", "behaviour", "find", "reach")


def test_every_step_is_a_hint_that_is_never_said_to_a_customer() -> None:
    assert set(SCRIPTS) == set(library().axes["step"])
    assert all(one.to == "manager" and one.scene == "steps" for one in SCRIPTS.values())


def test_each_of_the_five_steps_names_its_pages_and_what_to_do_this_week() -> None:
    pages = {page.title() for page in PAGES} | {"同一人", "话术"}
    for step in STEPS:
        named = set(re.findall(r"“([^”]+)”", SCRIPTS[step].text))
        assert named
        assert named <= pages
        assert "本周:" in SCRIPTS[step].text
