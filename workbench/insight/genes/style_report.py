"""我的沟通风格诊断报告: what the newest questionnaire says of the manager, and how to work with each style of customers
(domain 2.2 a)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from workbench.base.dates import days_after
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.genes.data import Letter, letters, pairings, read
from workbench.insight.genes.disc import DiscResult, animals_note, ipsative_note, letter_name
from workbench.insight.genes.styles import StyleTest
from workbench.insight.measures.cues import LETTERS
from workbench.rules.parameters import Rules

#: who works with customers by the style of one letter, not of several
_SEVERAL = 2


class StyleTestJson(TypedDict):
    """A filled questionnaire for programs; figures by letter."""

    at: str
    seconds: int
    most: dict[str, int]
    least: dict[str, int]
    difference: dict[str, int]
    index: dict[str, float]
    primary: list[str]
    secondary: str | None
    balanced: bool
    pattern: str
    pattern_name: str
    words: str
    doubts: list[str]


class StyleReportJson(TypedDict):
    """The report for programs. `retest`: the day (ISO) from which another test says something new."""

    newest: StyleTestJson
    note: str
    under_pressure: str
    pairs: list[dict[str, object]]
    watch: list[str]
    retest: str
    notes: list[str]
    history: list[StyleTestJson]


@dataclass(frozen=True, slots=True)
class StylePair:
    """How the manager works with one style of customers. `hints`: of the manager's own letter, of both where two tie, none where
    the manager is balanced."""

    letter: str
    name: str
    hints: tuple[str, ...]
    way: Letter


@dataclass(frozen=True, slots=True)
class StyleReport:
    """The report, in the language in use. `tests`: the newest first; `retest`: a day (ISO)."""

    tests: tuple[StyleTest, ...]
    graphs: tuple[str, str, str]
    under_pressure: str
    pairs: tuple[StylePair, ...]
    general: str
    watch: tuple[str, ...]
    retest: str
    notes: tuple[str, ...]

    @property
    def newest(self) -> StyleTest:
        """The test that it speaks of."""
        return self.tests[0]

    def as_json(self) -> StyleReportJson:
        """For programs."""
        pairs: list[dict[str, object]] = [
            {
                "style": one.letter, "name": one.name, "hints": list(one.hints), "pace": _(one.way.pace),
                "channel": _(one.way.channel), "evidence": _(one.way.evidence), "do": _(one.way.do), "dont": _(one.way.dont),
            }
            for one in self.pairs
        ]  # fmt: skip
        return {
            "newest": _test_json(self.newest), "note": self.newest.result.note, "under_pressure": self.under_pressure,
            "pairs": pairs, "watch": list(self.watch), "retest": self.retest, "notes": list(self.notes),
            "history": [_test_json(one) for one in self.tests[1:]],
        }  # fmt: skip


def style_report(tests: Sequence[StyleTest], rules: Rules) -> StyleReport:
    """The report of the newest of some tests. Raises WorkbenchError no_style_test where there is none."""
    if not tests:
        raise WorkbenchError(
            "no_style_test",
            _("还没有做过沟通风格诊断,没有报告。"),
            _("请在“客群”的“我的风格”里做一次,24 组,约 5 分钟。"),
        )
    newest = tests[0]
    own = _own(newest.result)
    return StyleReport(
        tuple(tests), (_text("mask"), _text("instinct"), _text("self")), _under_pressure(newest.result),
        tuple(_pair(letter, own) for letter in LETTERS), "" if own else _text("all_styles"), _watch(newest.result),
        days_after(newest.at, rules.whole("disc.retest")), (ipsative_note(), animals_note()),
    )  # fmt: skip


def _own(result: DiscResult) -> tuple[str, ...]:
    """The letters of the manager by which pairs are told: none where all are alike."""
    return () if result.balanced or len(result.primary) > _SEVERAL else result.primary


def _pair(letter: str, own: tuple[str, ...]) -> StylePair:
    hints = tuple(_(pairings()[mine + letter]) for mine in own)
    if len(own) > 1:
        words = _("{hint}(您偏 {letter} 的时候)")
        hints = tuple(words.format(hint=hint, letter=mine) for mine, hint in zip(own, hints, strict=True))
    return StylePair(letter, letter_name(letter), hints, letters()[letter])


def _watch(result: DiscResult) -> tuple[str, ...]:
    book, own = read("questionnaire")["watch"], _own(result)
    if not own:
        return tuple(_(one) for one in book["balanced"])
    if len(own) == 1:
        return tuple(_(one) for one in book[own[0]])
    return tuple(_(one) for mine in own for one in book[mine][:2])


def _text(key: str) -> str:
    """A sentence of the report in the language in use."""
    words = read("questionnaire")["report"]
    return _(words[key])


def _under_pressure(result: DiscResult) -> str:
    """What graphs I and II say beside each other."""
    mask = [one for one in LETTERS if result.most[one] == max(result.most.values())]
    instinct = [one for one in LETTERS if result.least[one] == min(result.least.values())]

    def named(some: Sequence[str]) -> str:
        """Letters with their names."""
        return commas(f"{one} {letter_name(one)}" for one in some)

    if mask == instinct:
        return _text("same").format(named=named(mask))
    return _text("differs").format(mask=named(mask), instinct=named(instinct))


def _test_json(test: StyleTest) -> StyleTestJson:
    result = test.result
    return {
        "at": test.at, "seconds": test.seconds, "most": dict(result.most), "least": dict(result.least),
        "difference": dict(result.difference), "index": {one: round(value, 1) for one, value in result.index.items()},
        "primary": list(result.primary), "secondary": result.secondary or None, "balanced": result.balanced,
        "pattern": result.pattern, "pattern_name": result.pattern_name, "words": result.words, "doubts": list(test.doubts),
    }  # fmt: skip
