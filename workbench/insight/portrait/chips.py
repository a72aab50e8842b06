"""The few words at the head of a portrait: only what changes what one does, the most binding first. Screen, paper and JSON
show the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.tags.explain import TagOnCustomer
from workbench.insight.towers.tier_position import TierPosition
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class ChipRule:
    """An entry of resources/rules/insight_chips.toml. `of`: the code of a tag, or what else it is made of; `over`: entries that
    are left out beside it; `asks`: what it asks for ('products', 'referral'), left out where a limit bars that."""

    of: str
    does: str
    words: str = ""
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    over: frozenset[str] = frozenset()
    alarm: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class HeadChip:
    """A word that changes what one does. `does`: what it changes; `inputs`: the columns behind it; `tag`: its column, '' where
    it is no tag; `leaves`: whether it may leave the book."""

    of: str
    words: str
    does: str
    inputs: tuple[str, ...] = ()
    tag: str = ""
    alarm: bool = False
    leaves: bool = True

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"of": self.of, "words": self.words, "does": self.does, "alarm": self.alarm}


@dataclass(frozen=True, slots=True)
class ChipSource:
    """What chips are made of, as on the portrait; `subjective`: inputs that never leave the book; `barred`: what the limits of
    the customer bar."""

    tags: Sequence[TagOnCustomer]
    risk: CustomerRisk | None = None
    standing: TierPosition | None = None
    tier_name: str | None = None
    tower: str | None = None
    bank_level: str | None = None
    subjective: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@cache
def chip_rules() -> tuple[ChipRule, ...]:
    """The entries, the most binding first."""
    body = tomllib.loads((files("resources") / "rules" / "insight_chips.toml").read_text("utf-8"))
    return tuple(
        ChipRule(
            raw["of"], raw["does"], raw.get("text", ""), tuple(raw.get("only", ())), tuple(raw.get("never", ())),
            frozenset(raw.get("over", ())), raw.get("alarm", False), raw.get("asks", ""),
        )
        for raw in body["chips"]
    )  # fmt: skip


def head_chips(head: ChipSource, rules: Rules) -> tuple[HeadChip, ...]:
    """The chips of a customer in their order, at most `chips.most`. Another tag never moves a more binding one away."""
    made: list[HeadChip] = []
    covered: set[str] = set()
    for rule in chip_rules():
        if rule.of not in covered and rule.asks not in head.barred and (chips := tuple(_of(rule, head))):
            made += chips
            covered |= rule.over
    return tuple(made[: rules.whole("chips.most")])


def _of(rule: ChipRule, head: ChipSource) -> Iterator[HeadChip]:
    """The chips of one entry; none where it does not hold or cannot be told."""
    if (make := _MADE.get(rule.of)) is not None:
        yield from make(rule, head)
        return
    tag = next((one for one in head.tags if one.code == rule.of and one.state == "hit"), None)
    if tag is not None and tag.value not in rule.never and (not rule.only or tag.value in rule.only):
        yield _tagged(rule, tag, head)


def _tagged(rule: ChipRule, tag: TagOnCustomer, head: ChipSource) -> HeadChip:
    plain = tag.label if tag.kind == "flag" else tag.shown
    words = _(rule.words).format(shown=tag.shown) if rule.words else plain
    inputs = tuple(one.name for one in tag.inputs)
    return HeadChip(
        rule.of, words, _(rule.does), inputs, tag.column, rule.alarm, head.subjective.isdisjoint(inputs)
    )


def _light(rule: ChipRule, head: ChipSource) -> Iterator[HeadChip]:
    """The place among the risks, of a customer with a light."""
    risk = head.risk
    if risk is not None and risk.light is not None:
        words = _("风险 {risk} · 第 {rank} 名").format(risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}")
        behind = ("risk", *(one.code for one in risk.signals))
        yield HeadChip(rule.of, words, _(rule.does), behind, alarm=risk.light == "red")


def _level(rule: ChipRule, head: ChipSource) -> Iterator[HeadChip]:
    """Level and tower; where neither can be told, the bank's own level."""
    position = head.standing
    if position is not None and position.tier is not None:
        words = " · ".join(filter(None, (position.tier_name, position.tower_name)))
        yield HeadChip(rule.of, words, _(rule.does), position.inputs["tier"])
    elif head.tier_name:
        words = " · ".join(filter(None, (head.tier_name, head.tower)))
        yield HeadChip(rule.of, words, _(rule.does), ("average",))
    elif head.bank_level:
        words = _("本行 {level}").format(level=head.bank_level)
        yield HeadChip(rule.of, words, _(rule.does), ("bank_level",))


def _bank(rule: ChipRule, head: ChipSource) -> Iterator[HeadChip]:
    """The bank's own level where it differs from ours."""
    if head.bank_level and head.standing is not None and head.standing.bank_differs:
        words = _("本行 {level}").format(level=head.bank_level)
        yield HeadChip(rule.of, words, _(rule.does), ("bank_level",))


def _by_hand(rule: ChipRule, head: ChipSource) -> Iterator[HeadChip]:
    """The tags that a person gave."""
    for tag in head.tags:
        if tag.observed and tag.state == "hit":
            yield _tagged(rule, tag, head)


_MADE: dict[str, Callable[[ChipRule, ChipSource], Iterator[HeadChip]]] = {
    "light": _light, "level": _level, "bank": _bank, "by_hand": _by_hand,
}  # fmt: skip
