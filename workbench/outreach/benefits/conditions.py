"""The condition of a rule over the tag layers, in the language of lists, and the fields without which it cannot be told."""

import re
from collections.abc import Iterable, Iterator

from workbench.insight.genes.data import segments
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.shipped import Condition, benefit_words
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

_THRESHOLD = re.compile(r"\{([a-z]\w*\.\w+)\}")
_LEVEL_NEEDS = ("aum_daily_average",)


def expression_of(rule: BenefitRule, rules: Rules) -> str:
    """The condition of a rule without what a home of its own answers (`Condition.by`); '' where nothing is left."""
    return " and ".join(f"({part})" for part in _parts(rule, rules))


def _parts(rule: BenefitRule, rules: Rules) -> Iterator[str]:
    words = benefit_words()
    trigger = words.triggers[rule.trigger]
    if trigger.when:
        yield _THRESHOLD.sub(lambda name: f"{rules.number(name[1]):g}", trigger.when)
    levels = rule.levels or (() if trigger.when or trigger.by else level_codes(rules))
    if levels:
        yield f"tier in ({', '.join(levels)})"
    if rule.segments:
        columns = {one.code: one.column for one in segments()}
        yield " or ".join(columns[code] for code in rule.segments)
    if rule.threshold_fen is not None:
        yuan = f"{rule.threshold_fen / 100:.12g}"
        yield words.measures[rule.measure].when.replace("{yuan}", yuan)


def needs_of(rule: BenefitRule) -> tuple[str, ...]:
    """The fields that a rule needs, those of its trigger first."""
    words = benefit_words()
    fields = [*words.triggers[rule.trigger].needs]
    if rule.levels:
        fields += _LEVEL_NEEDS
    for one in segments():
        if one.code in rule.segments:
            fields += [field for field, _question in one.inputs]
    if rule.threshold_fen is not None:
        fields += words.measures[rule.measure].needs
    return tuple(dict.fromkeys(fields))


def trigger_of(rule: BenefitRule) -> Condition:
    """What makes a customer eligible by a rule."""
    return benefit_words().triggers[rule.trigger]


def level_codes(rules: Rules) -> tuple[str, ...]:
    """The levels that a rule may be for, the lowest first."""
    return (ASLEEP, *Ladder.of(rules).codes)


def known_segments(codes: Iterable[str]) -> bool:
    """Whether all are codes of the eight segments."""
    return set(codes) <= {one.code for one in segments()}
