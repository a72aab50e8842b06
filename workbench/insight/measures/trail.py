"""Measures of a customer's level: level in force, watch, lines and gaps, dates of movements (domain 1)."""

import datetime as dt
from collections import defaultdict

from sqlalchemy import FromClause, Integer, and_, case, cast, func, literal, select

from db.known import trails
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr, share
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder


def columns(scope: Scope, _rules: Rules) -> dict[str, Expr]:
    """The bank's own level, for the second step."""
    return {"_bank_level": scope.field("bank_level")}


def refined(first: Second, rules: Rules, facts: FromClause | None = None) -> dict[str, Expr]:
    """The measures of section [trail]; levels as codes, money in fen.

    They read the stored trails of the scope's own month; `facts` (of `levels.trails.as_facts`) replaces these for
    another month or a single person.
    """
    ladder = Ladder.of(rules)
    scope = first.scope
    trail = first.join(facts if facts is not None else stored(scope))
    t = trail.c
    average = first["average"]
    days = _Days(scope, rules)
    own = _line(ladder, t.tier)
    following = _next_line(ladder, t.tier, t.reached)
    return {
        "tier": t.tier,
        "tier_reached": t.reached,
        "tier_before": t.tier_before,
        "tower": tower_of(ladder, t.tier),
        "watch": t.watch,
        "attention": t.attention,
        "falls_in": t.falls_in,
        "line_own": own,
        "line_next": following,
        "line_before": _line(ladder, t.fell_from),
        "above_line": average - own,
        "to_upgrade": following - average,
        "upgraded_days": days.since(t.upgraded),
        "downgraded_days": days.since(t.downgraded),
        "fell_from": t.fell_from,
        "qualified_days": days.since(t.qualified, after=1) + 1,
        "months_told": t.months_told,
        "months_missing": _months(literal(scope.month)) - _months(t.first_month) + 1 - t.months_told,
        "peak": t.peak,
        "peak_6": t.peak_6,
        "peak_12": t.peak_12,
        "of_peak_6": share(average, t.peak_6),
        "bank_tier_differs": _differs(rules, first["_bank_level"], t.tier),
    }


def stored(scope: Scope) -> FromClause:
    """The stored trails of the scope's month, at most one row per customer."""
    query = select(trails).where(trails.c.month == scope.month, scope.among(trails.c.customer_id))
    return query.subquery()


def tower_of(ladder: Ladder, tier: Expr) -> Expr:
    """'base', 'waist' or 'top' of a level; the three parts of the waist are one tower."""
    steps = [(tier == code, literal(tower.split("_")[0])) for code, tower in _towers(ladder)]
    return case(*steps)


def bank_words(rules: Rules) -> dict[str, frozenset[str]]:
    """The codes of our levels that each of the bank's words may stand for."""
    entries = (entry.split() for entry in rules.words("tiers.bank_words"))
    return {word: frozenset(codes) for word, *codes in entries}


def _towers(ladder: Ladder) -> list[tuple[str, str]]:
    return [(ASLEEP, ladder.towers[0]), *zip(ladder.codes, ladder.towers, strict=True)]


def _line(ladder: Ladder, tier: Expr) -> Expr:
    """The line in fen of a level."""
    rungs = [(ASLEEP, ladder.lines[0]), *zip(ladder.codes, ladder.lines, strict=True)]
    return case(*((tier == code, literal(line)) for code, line in rungs))


def _next_line(ladder: Ladder, tier: Expr, reached: Expr) -> Expr:
    """The line in fen above both the level in force and the one already reached; NULL at the top."""
    above = zip(reversed(ladder.codes[:-1]), reversed(ladder.lines[1:]), strict=True)
    top = ladder.codes[-1]
    at_top = (tier == top) | and_(reached.is_not(None), reached == top)
    # the highest level first: the first one that either stands on decides
    steps = [
        ((tier == code) | and_(reached.is_not(None), reached == code), literal(line)) for code, line in above
    ]
    return case((at_top, None), *steps, (tier == ASLEEP, literal(ladder.lines[1])))


class _Days:
    """Days from the first day of a month until the day, for each month that a movement can lie in."""

    def __init__(self, scope: Scope, rules: Rules) -> None:
        self._day = dt.date.fromisoformat(scope.day)
        self._months = [
            shift_month(scope.month, 1 - back) for back in range(rules.whole("tiers.history_months") + 1)
        ]

    def since(self, month: Expr, after: int = 0) -> Expr:
        """Days since the first day of the month 'YYYY-MM', or of the month `after` months later."""
        begins = {begin: dt.date.fromisoformat(shift_month(begin, after) + "-01") for begin in self._months}
        return case({begin: (self._day - first).days for begin, first in begins.items()}, value=month)


def _months(month: Expr) -> Expr:
    """'YYYY-MM' as a count of months, so that months can be subtracted."""
    return cast(func.substr(month, 1, 4), Integer) * 12 + cast(func.substr(month, 6, 2), Integer)


def _differs(rules: Rules, level: Expr, tier: Expr) -> Expr:
    """1 where the bank's word means another level than ours, else 0; NULL for words not in `tiers.bank_words`."""
    bank_word = func.trim(level)
    for ending in rules.words("tiers.bank_endings"):
        bank_word = func.replace(bank_word, ending, "")
    words_for: dict[frozenset[str], list[str]] = defaultdict(list)
    for word, codes in bank_words(rules).items():
        words_for[codes].append(word)
    steps = [(bank_word.in_(sorted(words)), tier.not_in(sorted(codes))) for codes, words in words_for.items()]
    return case((level.is_(None), None), *((known, cast(differs, Integer)) for known, differs in steps))
