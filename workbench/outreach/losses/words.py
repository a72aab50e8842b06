"""The words of first aid: emotions and troubles as the scripts name them, which of them leave persuasion."""

from collections.abc import Mapping

from workbench.base.i18n import _
from workbench.outreach.playbook.choosing import Wanted
from workbench.outreach.playbook.library import library


def emotions() -> Mapping[str, str]:
    """Code of an emotion -> its name in the language in use, as the scripts order them."""
    return {code: _(name) for code, name in library().axes["emotion"].items()}


def troubles() -> Mapping[str, str]:
    """Code of a trouble -> its name, likewise."""
    return {code: _(name) for code, name in library().axes["trouble"].items()}


def trouble_name(code: str) -> str:
    """The name of a trouble; '' for none."""
    return troubles().get(code, "")


def emotion_name(code: str) -> str:
    """The name of an emotion; '' for none."""
    return emotions().get(code, "")


def wanted_words(emotion: str, trouble: str) -> Wanted:
    """The scripts for somebody who feels so and wants that (codes), of the scene alone."""
    return Wanted(("loss",), {"emotion": emotion, "trouble": trouble}, ("emotion", "trouble"))
