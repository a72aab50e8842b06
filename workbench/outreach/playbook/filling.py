"""The gaps of a script, filled for one customer or left readable for everybody."""

from collections.abc import Mapping
from itertools import product

from workbench.base.i18n import _, in_every_language
from workbench.outreach.playbook.library import gaps
from workbench.outreach.playbook.script import Script
from workbench.people.addressing import addressed

#: gaps that one product of the shelf fills
OF_PRODUCT = ("product", "terms")
#: gaps that a touch of the year fills
OF_TOUCH = ("name", "day")


def for_everybody() -> dict[str, str]:
    """The gaps that need neither a customer nor a book, as a row of the plan says them to all of its customers."""
    return {"hello": _("您好"), "manager": _("您的客户经理"), "branch": _("本网点")}


def as_drafted(text: str) -> frozenset[str]:
    """A text (msgid) as a row of the plan says it to everybody, in each language: what was drafted in one is known again in
    another. Empty where a gap asks for more."""
    fills = {
        "hello": in_every_language("您好"),
        "manager": in_every_language("您的客户经理"),
        "branch": in_every_language("本网点"),
    }
    names = gaps(text)
    if not text or not fills.keys() >= set(names):
        return frozenset()
    return frozenset(
        said.format_map(dict(zip(names, filled_with, strict=True)))
        for said in in_every_language(text)
        for filled_with in product(*(fills[name] for name in names))
    )


def own_fills(named: Mapping[str, str]) -> dict[str, str]:
    """What is the same for all customers of a book: who speaks, and for which branch; '' or nothing for one not known."""
    return {
        name: named.get(name) or fallback for name, fallback in for_everybody().items() if name != "hello"
    }


def hello(name: str | None, gender: str | None) -> str:
    """The beginning of a call: '王女士,您好', or '您好' where nobody is named."""
    who = addressed(name, gender)
    return _("{who},您好").format(who=who) if who else _("您好")


def filled(script: Script, fills: Mapping[str, str]) -> str | None:
    """The text in the language in use; None where something is missing that nobody can say around."""
    if any(gap not in fills for gap in gaps(script.text)):
        return None
    return _with_speaker(_(script.text), fills)


def readable(script: Script, fills: Mapping[str, str]) -> str:
    """The text for the library, where a gap that a customer, a product or a day fills shows what will stand there."""
    shown = {
        **for_everybody(), "product": _("〔产品〕"), "terms": _("〔条款〕"), "name": _("〔日子〕"), "day": _("〔日期〕"),
    }  # fmt: skip
    return _with_speaker(_(script.text), {**shown, **fills})


def _with_speaker(text: str, fills: Mapping[str, str]) -> str:
    """The text with its gaps filled; an account manager without a name is one of the branch where the branch stands before, else
    the customer's: '样本支行的客户经理', '您的客户经理'."""
    if fills.get("manager") == for_everybody()["manager"]:
        for together in ("{branch}的{manager}", "{branch}{manager}"):
            text = text.replace(together, _("{branch}的客户经理"))
    return text.format_map(fills)
