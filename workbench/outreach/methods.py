"""The methods of a 531 plan, read from resources/rules/outreach.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _, language
from workbench.outreach.playbook.filling import as_drafted, for_everybody
from workbench.outreach.playbook.library import gaps, library


@dataclass(frozen=True, slots=True)
class Method:
    """What is done with a group of customers (domain 5). Texts are Chinese msgids with {n}, {value}, ….

    `leads`: kinds of leads it takes; `channel`: 'call', 'message' or 'desk'; `due`: the n-th workday of the week; `share`:
    part of the list (0..1) that has to succeed. `needs`: parameter keys of its resource flag (value, aum, count, max) and
    the signal that raises it. A text whose name ends in _old replaces the other where the data are too old for days.
    """

    kind: str
    name: str
    texts: Mapping[str, str]
    type: str = "daily"
    leads: tuple[str, ...] = ()
    channel: str = "desk"
    visits: bool = False
    marketing: bool = False
    due: int = 5
    share: float = 1.0
    needs: Mapping[str, str] = field(default_factory=dict)
    milestones: tuple[str, ...] = ()
    #: the one item for data too old to act on, in place of all others
    when_old: bool = False
    #: the one item for a book without customers
    when_empty: bool = False
    #: for a week in which nothing leads to anybody
    when_nobody: bool = False

    def say(self, part: str, facts: Mapping[str, str | int], *, old: bool = False) -> str:
        """A text of the method in the language in use, filled with facts; '' if it has none. `old`: the data are too old
        for days and deadlines."""
        text = self.texts.get(part + "_old") if old else None
        return _(text or self.texts.get(part, "")).format_map({**for_everybody(), **facts})

    def to_one(self, part: str, *, old: bool = False) -> str:
        """A text as it is said to one customer; '' where it counts the customers of a row."""
        text = self.texts.get(part + "_old" if old else part, self.texts.get(part, ""))
        return self.say(part, {}, old=old) if set(gaps(text)) <= for_everybody().keys() else ""

    def title(self, *, old: bool = False) -> str:
        """The name in the language in use; its other name where the data are too `old` for deadlines."""
        return _(self.texts.get("name_old", self.name) if old else self.name)


_TEXTS = (
    "name", "whom", "basis", "action", "action_visit", "script", "done_when", "resource", "fallback",
)  # fmt: skip
_NEEDS = ("value", "aum", "count", "signal")


def _text(key: str, written: str) -> str:
    """A text of a method; what is said stands in the playbook under its code."""
    return library().scripts[written].text if key.startswith("script") else written


def _method(raw: dict[str, Any]) -> Method:
    needs = {key: str(raw[key]) for key in _NEEDS if key in raw}
    if isinstance(raw.get("max"), str):
        needs["max"] = raw["max"]
    return Method(
        kind=raw["kind"],
        name=raw["name"],
        texts={key: _text(key, raw[key]) for part in _TEXTS for key in (part, part + "_old") if key in raw},
        type=raw.get("type", "daily"),
        leads=tuple(raw.get("leads", ())),
        channel=raw.get("channel", "desk"),
        visits=raw.get("visits", False),
        marketing=raw.get("marketing", False),
        due=raw.get("due", 5),
        share=raw.get("share", 1.0),
        needs=needs,
        milestones=tuple(raw.get("milestones", ())),
        when_old=raw.get("when_old", False),
        when_empty=raw.get("when_empty", False),
        when_nobody=raw.get("when_nobody", False),
    )


@dataclass(frozen=True, slots=True)
class MethodCatalogue:
    """All methods of resources/rules/outreach.toml in the order of the file: for the five, the three (`resources`) and the
    one (`landings`); the general ones are tasks without customers."""

    methods: tuple[Method, ...]
    resources: tuple[Method, ...]
    general_resources: tuple[Method, ...]
    landings: tuple[Method, ...]
    general_landings: tuple[Method, ...]

    @property
    def every(self) -> tuple[Method, ...]:
        """The methods of all blocks."""
        return (
            *self.methods, *self.resources, *self.general_resources, *self.landings, *self.general_landings,
        )  # fmt: skip

    def of(self, kind: str) -> Method | None:
        """The method of a kind, of whichever block; None for a row that a person made."""
        return next((method for method in self.every if method.kind == kind), None)


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "outreach.toml").read_text("utf-8"))


@cache
def catalogue() -> MethodCatalogue:
    """The methods as shipped."""
    body = _body()
    names = ("methods", "resources", "general_resources", "landings", "general_landings")
    return MethodCatalogue(**{name: tuple(_method(raw) for raw in body[name]) for name in names})


def is_shipped(text: str) -> bool:
    """Whether a row of the plan says what the program drafted, in whichever language, so that nobody wrote words of his own."""
    # the other languages are read only for a text that is not of the one in use
    return text in _shipped_in(language()) or text in shipped_words()


@cache
def _shipped_in(_language: str) -> frozenset[str]:
    """What rows say as shipped in the language in use."""
    return frozenset(
        method.to_one("script", old=old) for method in catalogue().every for old in (False, True)
    ) - {""}


@cache
def shipped_words() -> frozenset[str]:
    """Whatever a row of the plan says to its customers where nobody wrote words of his own for it, in each language."""
    texts = {method.texts.get(part, "") for method in catalogue().every for part in ("script", "script_old")}
    return frozenset(said for text in texts if text for said in as_drafted(text))
