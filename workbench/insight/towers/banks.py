"""The bank's own level compared with ours: what its words may mean, and why the two probably differ (domain 1)."""

from typing import Any

from workbench.insight.measures.trail import bank_words
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

_UNIT = 10_000
_OTHER_AVERAGES = ("aum_quarter_average", "aum_year_average")


def understood(word: str, rules: Rules) -> frozenset[str] | None:
    """The codes of our levels that a word of the bank's may stand for; None for a word that the rules do not list."""
    stem = word.strip()
    for ending in rules.words("tiers.bank_endings"):
        stem = stem.replace(ending, "")
    return bank_words(rules).get(stem)


def why_different(values: Values, codes: frozenset[str], ladder: Ladder) -> str:
    """The likeliest cause of the difference: the first assumption under which the two levels agree.

    'reached': the level that the month reaches; 'balance': the balance instead of the average; 'season': the quarter's
    or year's average; 'unit': amounts in another unit; 'other': none of these. `codes`: what the bank's word may mean.
    """

    def agrees(fen: Any, times: float = 1.0) -> bool:
        """Whether an amount (times a factor) is on one of the bank's levels; no for an unknown one."""
        return fen is not None and ladder.level(round(fen * times)) in codes

    if values.tier_reached in codes:
        return "reached"
    if agrees(values.balance):
        return "balance"
    if any(agrees(values.look_up(name)) for name in _OTHER_AVERAGES):
        return "season"
    average = values.average
    # divided by 10,000 nearly every amount is on the lowest level: agreeing there proves no wrong unit
    shrunk = average is not None and round(average / _UNIT) >= ladder.lines[1] and agrees(average, 1 / _UNIT)
    if agrees(average, _UNIT) or shrunk:
        return "unit"
    return "other"
