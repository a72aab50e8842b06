"""resources/benefits.toml: triggers, measures, periods, and the examples of rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import tomli as tomllib

from workbench.outreach.benefits.benefit import BenefitRule


@dataclass(frozen=True, slots=True)
class Condition:
    """What a benefit asks for. `name` (msgid); `when`: a condition of the language, '' where `by` names what answers; `needs`:
    fields without which it cannot be told; `no_item`: nothing from the stock may be given for it; `stage`: of a trigger that
    thanks givers: how far the referral must have come."""

    code: str
    name: str
    when: str
    by: str
    needs: tuple[str, ...]
    no_item: bool
    stage: str = ""


@dataclass(frozen=True, slots=True)
class BenefitWords:
    """The file. Names of `periods` and `stacks` by code (msgids); `form`: that of the homework, as data."""

    triggers: Mapping[str, Condition]
    measures: Mapping[str, Condition]
    periods: Mapping[str, str]
    stacks: Mapping[str, str]
    rules: Mapping[str, BenefitRule]
    form: Mapping[str, Any]


@cache
def benefit_words() -> BenefitWords:
    """The file as it is shipped. Raises KeyError, TypeError where it contradicts itself."""
    body = tomllib.loads((files("resources") / "benefits.toml").read_text("utf-8"))
    return BenefitWords(
        MappingProxyType(_conditions(body["triggers"])),
        MappingProxyType(_conditions(body["measures"])),
        MappingProxyType(body["periods"]),
        MappingProxyType(body["stacks"]),
        MappingProxyType({raw["code"]: _rule(raw) for raw in body["rule"]}),
        MappingProxyType(body["form"]),
    )


def _conditions(entries: Mapping[str, Any]) -> dict[str, Condition]:
    return {
        code: Condition(
            code, raw["name"], raw.get("when", ""), raw.get("by", ""), tuple(raw.get("needs", ())),
            raw.get("no_item", False), raw.get("stage", ""),
        )
        for code, raw in entries.items()
    }  # fmt: skip


def _rule(raw: Mapping[str, Any]) -> BenefitRule:
    body = dict(raw)
    for key in ("threshold", "value", "budget"):
        if key in body:
            body[f"{key}_fen"] = round(body.pop(key) * 100)
    for key in ("levels", "segments"):
        body[key] = tuple(body.get(key, ()))
    return BenefitRule(**body, mark="P", shipped=True)
