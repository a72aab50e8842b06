"""The bank's own level beside ours: what its words may mean, and why the two probably differ (domain 1)."""

from typing import Any

from workbench.insight.measures.trail import bank_words
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

_UNIT = 10_000
_OTHER_AVERAGES = ("aum_quarter_average", "aum_year_average")


def understood(word: str, rules: Rules) -> frozenset[str] | None:
    """The codes of our levels that the bank's word may stand for; None for a word that nobody explained to us."""
    said = word.strip()
    for ending in rules.words("tiers.bank_endings"):
        said = said.replace(ending, "")
    return bank_words(rules).get(said)


def why_different(values: Values, codes: frozenset[str], ladder: Ladder) -> str:
    """The likeliest cause ('reached', 'balance', 'season', 'unit', 'other'): under which the two levels would agree."""

    def agrees(fen: Any, times: float = 1.0) -> bool:
        return fen is not None and ladder.level(round(fen * times)) in codes

    if values.tier_reached in codes:
        return "reached"
    if agrees(values.balance):
        return "balance"
    if any(agrees(values.look_up(name)) for name in _OTHER_AVERAGES):
        return "season"
    average = values.average
    # a ten-thousandth of nearly anything is on the lowest level: agreeing there says nothing of the unit
    shrunk = average is not None and round(average / _UNIT) >= ladder.lines[1] and agrees(average, 1 / _UNIT)
    if agrees(average, _UNIT) or shrunk:
        return "unit"
    return "other"
