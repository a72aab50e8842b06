"""Columns of the tag layers in words: their labels, and their values as a person reads them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.tags.vocabulary import catalogue, sections
from workbench.insight.values.values import Values
from workbench.people.labels import label, ordered_fields


@cache
def _measures() -> Mapping[str, Mapping[str, Any]]:
    return {name: body for section in sections().values() for name, body in section.items()}


@cache
def _of_tags() -> Mapping[str, str]:
    """Tag columns that are inputs of genes -> their labels there."""
    from workbench.insight.genes.data import segments

    named = {one.column: one.name for one in segments()}
    return named | {"g_pot_wealth_m0": "潜力大客户", "g_size_now_m0": "客户大小"}


def called(name: str) -> str:
    """The label of a measure, a field, or a tag column that is an input of genes, in the language in use."""
    if name in _measures():
        return _(str(_measures()[name]["label"]))
    return _(_of_tags()[name]) if name in _of_tags() else label(name)


def value_of(name: str, value: Any) -> str:
    """A value with its unit: money (fen) in 万, shares in percent, flags as 是 or 否; '—' for None."""
    if value is None:
        return "—"
    entry = _measures().get(name, {})
    kind = entry.get("kind") or _kind_of_field(name)
    if kind == "money":
        return wan(round(value))
    if kind in ("ratio", "percent"):
        return f"{value:.0%}"
    if kind == "flag" or name in _of_tags():
        return _("是") if value == 1 else _("否") if value == 0 else str(value)
    if kind == "enum":
        names = catalogue()["values"].get(entry.get("values"), {})
        return _(str(names[value])) if value in names else str(value)
    unit = _(str(entry["unit"])) if entry.get("unit") else ""
    number = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{number} {unit}".strip()


@cache
def _kinds() -> Mapping[str, str]:
    return {key: kind for key, _label, kind in ordered_fields()}


def _kind_of_field(name: str) -> str:
    return _kinds().get(name, "text")


def in_yuan(name: str, value: Any) -> Any:
    """A stored value as conditions write it: money (fen) in yuan, everything else as it is."""
    entry = _measures().get(name, {})
    kind = entry.get("kind") or _kind_of_field(name)
    return value / 100 if kind == "money" and value is not None else value


def facts(names: tuple[str, ...], values: Values) -> tuple[str, ...]:
    """'label value' of each column that is told."""
    return tuple(
        f"{called(n)} {value_of(n, value)}" for n in names if (value := values.look_up(n)) is not None
    )
