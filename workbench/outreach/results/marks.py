"""What is written in the result box of a sheet: a digit, a sign, a code or a name, in any writing of it."""

import unicodedata
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.outreach.codes import codes, contact_codes, ticks

#: how a box is ticked by hand or by another program, the texts after NFKC
_DONE = frozenset({"✓", "√", "✔", "☑", "v", "done", "完成", "已完成"})
_HALF = frozenset({"½", "1/2", "1⁄2", "0.5", ".5", "half", "半", "一半", "完成一半"})
_MISSED = frozenset({"×", "x", "✗", "✘", "✕", "╳", "☒", "missed", "未成", "未完成"})
MISSED = "missed"
#: how the row of a plan is ticked on paper: done, half, missed
SIGNS = ("✓", "½", "×")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a box means: the code of a contact's result, or, `of_plan`, how a row of the plan ended (a code of `ticks`, or
    'missed' while the reason is not given). `text`: in words, where no code says it."""

    code: str
    of_plan: bool = False
    text: str = ""

    @property
    def word(self) -> str:
        """Its name in the language in use."""
        if self.text:
            return self.text
        if self.code == MISSED and self.of_plan:
            return _("未完成")
        return dict(ticks() if self.of_plan else codes("results")).get(self.code, self.code)


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A digit of the keypad with what it means."""

    digit: str
    mark: Mark


def plain(text: str) -> str:
    """A text as it is compared: half-width, lower case, without blanks at its ends or inside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def keys(*, of_plan: bool) -> tuple[KeyWord, ...]:
    """The digits of the keypad, in the order of the keys: for a row of the plan, or for a customer."""
    if of_plan:
        ends = enumerate(ticks(), 1)
        return tuple(KeyWord(str(n % 10), Mark(code, of_plan=True)) for n, (code, _name) in ends if n <= 10)
    return tuple(KeyWord(one.digit, Mark(one.code)) for one in contact_codes("results") if one.digit)


def read_mark(text: str, *, of_plan: bool) -> Mark | None:
    """What a text in a result box means; None where it means nothing. `of_plan`: the box is of a row of the plan, where a
    digit chooses how it ended; elsewhere a digit chooses a result, and a tick still says how the customer's row ended."""
    word = plain(text)
    if not word:
        return None
    for one in keys(of_plan=of_plan):
        if word == one.digit:
            return one.mark
    if not of_plan:
        for code in contact_codes("results"):
            if word in {plain(name) for name in (code.code, code.shipped, code.name, *code.words)}:
                return Mark(code.code)
    return _tick(word)


def with_reason(mark: Mark, reason: str) -> Mark | None:
    """A missed row with why it was missed, as written; None where the reason is not known."""
    if not (mark.of_plan and mark.code == MISSED):
        return mark
    word = plain(reason)
    for number, (code, name) in enumerate(codes("missed"), 1):
        if word and word in (code, plain(name), str(number)):
            return Mark(f"{MISSED}:{code}", of_plan=True)
    return None


def _tick(word: str) -> Mark | None:
    for code, signs in (("done", _DONE), ("half", _HALF), (MISSED, _MISSED)):
        if word in signs or word in {plain(sign) for sign in signs}:
            return Mark(code, of_plan=True)
    for code, name in ticks():
        if word in (code, plain(name)):
            return Mark(code, of_plan=True)
    return None
