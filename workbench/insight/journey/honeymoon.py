"""The waves and breaks of a newcomer's honeymoon as the rule file defines them (domain 10.2, 10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _
from workbench.insight.tags.definition import filled
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave: asked for from day `begins` after the opening of the account on, missed after day `ends`; `done`: the condition
    under which its goal is met; `seen`: the columns that tell it, in words."""

    code: str
    name: str
    goal: str
    done: str
    begins: int
    ends: int
    seen: str


@dataclass(frozen=True, slots=True)
class Break:
    """A break between one hand and the next, looked for between two days after the opening of the account. `broken`: its
    condition; `columns`: fields of which one must be reported; `seen`: the columns in words; `owner`: whose hand-over it is."""

    code: str
    name: str
    begins: int
    ends: int
    broken: str
    columns: tuple[str, ...]
    seen: str
    owner: str
    next: str


@cache
def _body() -> Mapping[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "insight_honeymoon.toml").read_text("utf-8"))


def _word(raw: Mapping[str, Any], key: str) -> str:
    """A text of an entry, in the language in force."""
    return _(str(raw[key]))


def waves(rules: Rules) -> tuple[Wave, ...]:
    """All waves in their order, with the thresholds in force."""
    begins, ends = rules.numbers("honeymoon.from"), rules.numbers("honeymoon.to")
    return tuple(
        Wave(
            raw["code"], _word(raw, "name"), _word(raw, "goal"), filled(raw["done"], rules.__getitem__), int(first), int(last),
            _word(raw, "seen"),
        )
        for raw, first, last in zip(_body()["waves"], begins, ends, strict=True)
    )  # fmt: skip


def breaks(rules: Rules) -> tuple[Break, ...]:
    """All breaks in the order in which they come about, with the thresholds in force."""
    return tuple(
        Break(
            raw["code"], _word(raw, "name"), raw["from"], raw["to"], filled(raw["broken"], rules.__getitem__),
            tuple(raw.get("told", ())), _word(raw, "seen"), _word(raw, "owner"), _word(raw, "next"),
        )
        for raw in _body()["breakpoints"]
    )  # fmt: skip


def bands(rules: Rules) -> tuple[float, ...]:
    """The lines between the asset bands of newcomers, in yuan."""
    return rules.numbers("honeymoon.bands")
