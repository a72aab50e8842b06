"""The methods of a 531 plan and the codes of the contact log, as data from resources/rules/outreach.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.i18n import _


@dataclass(frozen=True, slots=True)
class Method:
    """What a group of customers is done with (domain 5). Texts hold {n}, {value}, ... and are Chinese sources.

    `leads`: lead kinds that feed it; `pool`: the general list it draws from when leads do not suffice; `channel`:
    what one customer costs; `due`: the n-th workday of the week; `share`: the part of the list that has to succeed.
    `needs`: parameter keys of a resource flag (value, aum, count, max) and the signal that raises it.
    """

    kind: str
    name: str
    texts: Mapping[str, str]
    type: str = "daily"
    leads: tuple[str, ...] = ()
    pool: str = ""
    channel: str = "desk"
    visits: bool = False
    marketing: bool = False
    due: int = 5
    share: float = 1.0
    limit: int | None = None
    needs: Mapping[str, str] = field(default_factory=dict)
    milestones: tuple[str, ...] = ()

    def say(self, part: str, facts: Mapping[str, Any]) -> str:
        """One text of the method in the language in use, filled; '' when the method has no such text."""
        return _(self.texts.get(part, "")).format_map(facts)


_TEXTS = (
    "basis", "empty", "everyone", "action", "action_visit", "script", "done_when", "done_empty", "resource", "fallback",
)  # fmt: skip
_NEEDS = ("value", "aum", "count", "signal")


def _method(raw: dict[str, Any]) -> Method:
    needs = {key: str(raw[key]) for key in _NEEDS if key in raw}
    if isinstance(raw.get("max"), str):
        needs["max"] = raw["max"]
    return Method(
        kind=raw["kind"],
        name=raw["name"],
        texts={key: raw[key] for key in _TEXTS if key in raw},
        type=raw.get("type", "daily"),
        leads=tuple(raw.get("leads", ())),
        pool=raw.get("pool", ""),
        channel=raw.get("channel", "desk"),
        visits=raw.get("visits", False),
        marketing=raw.get("marketing", False),
        due=raw.get("due", 5),
        share=raw.get("share", 1.0),
        limit=raw["max"] if isinstance(raw.get("max"), int) else None,
        needs=needs,
        milestones=tuple(raw.get("milestones", ())),
    )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that resources/rules/outreach.toml offers a plan, in its order."""

    methods: tuple[Method, ...]
    general: tuple[Method, ...]
    resources: tuple[Method, ...]
    general_resources: tuple[Method, ...]
    landings: tuple[Method, ...]
    general_landings: tuple[Method, ...]

    def general_kinds(self) -> frozenset[str]:
        """Kinds of the rows that stand in when leads do not suffice."""
        return frozenset(m.kind for m in (*self.general, *self.general_resources, *self.general_landings))


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "outreach.toml").read_text("utf-8"))


@cache
def catalogue() -> Catalogue:
    """The methods as shipped."""
    body = _body()
    names = ("methods", "general", "resources", "general_resources", "landings", "general_landings")
    return Catalogue(**{name: tuple(_method(raw) for raw in body[name]) for name in names})


def codes(table: str) -> tuple[tuple[str, str], ...]:
    """(code, name shown) of 'channels', 'results' or 'missed'."""
    return tuple((code, _(name)) for code, name in _body()[table].items())
