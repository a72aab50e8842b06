"""The manager's own communication style: the questionnaire, its three graphs, its indices and its checks (domain 2.2 a).

The figures are ipsative: they compare styles within one person, never people.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.genes.data import read
from workbench.insight.measures.cues import LETTERS
from workbench.rules.parameters import Rules

BLOCKS = 24
#: Pairs of opposites have one pattern in either order.
_OPPOSITES = {"SD": "DS", "CI": "IC"}


@dataclass(frozen=True, slots=True)
class BlockAnswer:
    """The answer to one block: letters chosen as 最像 and 最不像, and the place (0..3) on the screen of 最像."""

    most: str
    least: str
    place: int


@dataclass(frozen=True, slots=True)
class DiscResult:
    """Counts per letter: `most` is graph I (工作面具), `least` graph II (压力下的本能: low is strong), `difference` graph
    III (自我认知).

    `index` runs 0..100. `primary` holds several letters when they tie; `secondary` is '' when there is none.
    """

    most: Mapping[str, int]
    least: Mapping[str, int]
    difference: Mapping[str, int]
    index: Mapping[str, float]
    primary: tuple[str, ...]
    secondary: str
    balanced: bool
    pattern: str
    pattern_name: str
    note: str

    @property
    def letter(self) -> str | None:
        """The style to pair with customers' styles; None when balanced or tied."""
        return None if self.balanced or len(self.primary) != 1 else self.primary[0]

    @property
    def words(self) -> str:
        """The result in one sentence."""
        named = commas(f"{one} {letter_name(one)}" for one in self.primary)
        if self.balanced:
            return _("均衡:四种风格相近,稍高的是 {named}。").format(named=named)
        if len(self.primary) > 1:
            return _("{named} 一样突出。").format(named=named)
        if self.secondary:
            second = f"{self.secondary} {letter_name(self.secondary)}"
            return _("主要是 {named},次要是 {second}。").format(named=named, second=second)
        return _("主要是 {named},没有明显的次要风格。").format(named=named)


@cache
def blocks() -> tuple[tuple[str, ...], ...]:
    """The statements of every block in the order D, I, S, C."""
    return tuple(tuple(block) for block in read("questionnaire")["blocks"])


@cache
def _words() -> Mapping[str, str]:
    book = read("questionnaire")
    return {"note": book["note"], "animals": book["animals_note"]}


def ipsative_note() -> str:
    """The note that the figures compare styles within one person, never people."""
    return _(_words()["note"])


def animals_note() -> str:
    """The note that some course papers exchange two of the animals."""
    return _(_words()["animals"])


def letter_name(letter: str) -> str:
    """The name of a style in the language in use: D -> 控制-老虎."""
    return _(read("questionnaire")["letters"][letter])


def screen_order(seed: int) -> tuple[tuple[str, ...], ...]:
    """For each block the letters in their order on the screen; the same seed gives the same order."""
    # not a secret: it only keeps the place of a statement from giving its letter away
    shuffle = random.Random(seed)
    return tuple(tuple(shuffle.sample(LETTERS, len(LETTERS))) for _block in range(BLOCKS))


def score(answers: Sequence[BlockAnswer], rules: Rules) -> DiscResult:
    """The result of a filled questionnaire. Raises WorkbenchError disc_incomplete, disc_same_statement."""
    if len(answers) != BLOCKS:
        raise WorkbenchError(
            "disc_incomplete",
            _("还有 {n} 组没有作答。").format(n=BLOCKS - len(answers)),
            _("24 组都要选出最像和最不像。"),
        )
    same = [n for n, answer in enumerate(answers, 1) if answer.most == answer.least]
    if same:
        raise WorkbenchError(
            "disc_same_statement",
            _("第 {n} 组的最像和最不像选了同一句。").format(n=same[0]),
            _("请改选其中一个。"),
        )
    return scored(
        {letter: sum(a.most == letter for a in answers) for letter in LETTERS},
        {letter: sum(a.least == letter for a in answers) for letter in LETTERS},
        rules,
    )


def scored(most: Mapping[str, int], least: Mapping[str, int], rules: Rules) -> DiscResult:
    """The result from the counts of 最像 and 最不像 per letter (golden test 8)."""
    difference = {letter: most[letter] - least[letter] for letter in LETTERS}
    index = {letter: (difference[letter] + BLOCKS) / (2 * BLOCKS) * 100 for letter in LETTERS}

    def strength(letter: str) -> tuple[int, int, int]:
        """Rank of a letter: graph III first, then graph I, then graph II."""
        return difference[letter], most[letter], -least[letter]

    ranked = sorted(LETTERS, key=strength, reverse=True)
    primary = tuple(letter for letter in LETTERS if strength(letter) == strength(ranked[0]))
    balanced = difference[ranked[0]] - difference[ranked[-1]] <= rules.whole("disc.balanced")
    second = ranked[len(primary)] if len(primary) < len(ranked) else ranked[-1]
    near = difference[ranked[0]] - difference[second] <= rules.whole("disc.secondary")
    secondary = second if len(primary) == 1 and near and not balanced else ""
    pattern = _pattern(primary, secondary, balanced)
    book = read("questionnaire")
    return DiscResult(
        dict(most), dict(least), difference, index, primary, secondary, balanced, pattern,
        _(book["patterns"][pattern]), _(book["pattern_notes"][pattern]),
    )  # fmt: skip


def _pattern(primary: tuple[str, ...], secondary: str, balanced: bool) -> str:
    if balanced or len(primary) > 2:
        return "balanced"
    pair = "".join(primary) + secondary
    return _OPPOSITES.get(pair, pair)


def doubts(answers: Sequence[BlockAnswer], seconds: int, rules: Rules) -> tuple[str, ...]:
    """Reasons not to trust the answers (too quick, always the same place); the result is shown all the same."""
    reasons = []
    if seconds < rules.whole("disc.seconds"):
        reasons.append(_("作答过快:只用了 {n} 秒,结果仅供参考。").format(n=seconds))
    most = max((sum(a.place == place for a in answers) for place in range(len(LETTERS))), default=0)
    if most >= rules.whole("disc.same_place"):
        reasons.append(_("疑似随意:有 {n} 次选在屏幕的同一个位置。").format(n=most))
    return tuple(reasons)
