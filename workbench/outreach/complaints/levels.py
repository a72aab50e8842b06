"""The level of a complaint (domain 9): what follows from its signs and figures, never lower than what a list or a person set."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.base.i18n import commas
from workbench.base.money import wan
from workbench.outreach.complaints.words import LEVELS, Level, level_of, sign_of_channel
from workbench.rules.parameters import Rules

_RANKS = {level: place for place, level in enumerate(LEVELS)}
#: signs that somebody ticked -> the level they lift to; `_said`: the figure that would say it is not known
_SIGNS: dict[str, Level] = {
    "media": "one", "regulator": "one", "threat": "one", "group": "one", "misselling": "two", "elderly": "two",
    "repeated": "three",
}  # fmt: skip
_WITHOUT_FIGURE = frozenset(("group", "elderly", "repeated"))


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """What the level follows from. `level_word`: as the list or a person wrote it; `old_from`: from which age a customer of his
    sex counts as elderly; `before`: the day (ISO) of his last complaint of the same category within the days of the rule."""

    signs: Sequence[str] = ()
    channel: str = ""
    category: str = ""
    money_fen: int | None = None
    people: int | None = None
    times: int | None = None
    age: int | None = None
    old_from: int = 0
    before: str = ""
    level_word: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintLevel:
    """`code` with why it is that high, in half sentences; `unknown`: what could not be judged."""

    code: Level
    why: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self.code]

    @property
    def reason(self) -> str:
        """Why, in one half sentence."""
        return commas(self.why)


def level_of_facts(facts: LevelFacts, rules: Rules) -> ComplaintLevel:
    """The level with its reasons."""
    lifted = _figures(facts, rules)
    known = {key for _level, key, _why in lifted}
    own = sign_of_channel(facts.channel)
    for sign in dict.fromkeys([*facts.signs, *([own] if own else [])]):
        if sign in _SIGNS and sign not in known:
            key = f"complaint.why.{sign}_said" if sign in _WITHOUT_FIGURE else f"complaint.why.{sign}"
            lifted.append((_SIGNS[sign], sign, rules.text(key)))
    if facts.category == "misselling" and "misselling" not in facts.signs:
        lifted.append(("two", "misselling", rules.text("complaint.why.misselling")))
    least = level_of(facts.level_word)
    if least is not None:
        words = rules.text("complaint.why.set").format(level=rules.text(f"complaint.level.{least}"))
        lifted.append((least, "set", words))
    ordinary: Level = "four"
    code = min((level for level, _key, _why in lifted), key=_RANKS.__getitem__, default=ordinary)
    why = tuple(words for level, _key, words in lifted if level == code)
    why = why if why else (rules.text("complaint.why.ordinary"),)
    return ComplaintLevel(code, why, tuple(_unknown(facts, code, rules)))


def _figures(facts: LevelFacts, rules: Rules) -> list[tuple[Level, str, str]]:
    """What the figures say: level, code, words."""
    lifted: list[tuple[Level, str, str]] = []

    def lifts(level: Level, key: str, **figures: object) -> None:
        """Keep a reason with its figures."""
        lifted.append((level, key, rules.text(f"complaint.why.{key}").format(**figures)))

    group, times = rules.whole("complaint.group"), rules.whole("complaint.times")
    money = rules.whole("complaint.money") * 100
    if facts.people is not None and facts.people >= group:
        lifts("one", "group", n=facts.people, line=group)
    if facts.money_fen is not None and facts.money_fen >= money:
        lifts("two", "money", amount=wan(facts.money_fen), line=wan(money))
    if facts.age is not None and facts.old_from and facts.age >= facts.old_from:
        lifts("two", "elderly", age=facts.age, line=facts.old_from)
    if facts.times is not None and facts.times >= times:
        lifts("three", "times", n=facts.times, line=times)
    if facts.before:
        lifts("three", "repeated", day=facts.before)
    return lifted


def _unknown(facts: LevelFacts, code: Level, rules: Rules) -> list[str]:
    """What might have lifted it, and is not known; nothing that could not lift it further."""
    missed = []
    if _RANKS[code] > _RANKS["two"]:
        if facts.age is None and "elderly" not in facts.signs:
            missed.append(rules.text("complaint.unknown.age"))
        if facts.money_fen is None:
            missed.append(rules.text("complaint.unknown.money"))
    if facts.level_word.strip() and level_of(facts.level_word) is None:
        missed.append(rules.text("complaint.unknown.level").format(word=facts.level_word.strip()))
    return missed
