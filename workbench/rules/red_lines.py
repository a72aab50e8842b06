"""`RedLines`: words that no text to a customer may contain (domain 8.5), with what may be said instead.

Everything that speaks to customers is held against them: scripts, invitations, rows of the plan, what the manager types.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas

_SPACES = re.compile(r"\s+")
#: categories of signs that nobody sees: a word that holds one reads as without it
_UNSEEN = frozenset(("Cc", "Cf"))
#: stands where a harmless word was: no forbidden word may join across it
_GAP = "\ue000"
#: marks before a word that is named, not said
_QUOTES = "“‘「『\"'"


@dataclass(frozen=True, slots=True)
class RedLine:
    """A forbidden word. `why`, `instead`: msgids, or what a branch wrote; `allowed`: product regimes of which it may be said;
    `of_products`: it is only looked for in texts about a product; `scenes`: only there, empty: in all; `quiet`: on silent days
    alone; `without`: longer words that hold it and are harmless; `denied`: whoever denies it ("不保本") may say it."""

    word: str
    why: str
    instead: str
    allowed: tuple[str, ...] = ()
    of_products: bool = False
    scenes: tuple[str, ...] = ()
    quiet: bool = False
    without: tuple[str, ...] = ()
    denied: bool = False

    def bars(self, *, regime: str, scene: str, quiet: bool) -> bool:
        """Whether it counts in such a text."""
        if self.quiet and not quiet:
            return False
        if self.scenes and scene not in self.scenes:
            return False
        if self.of_products and not regime:
            return False
        return regime not in self.allowed if regime else True

    def stands_in(self, plain: str) -> bool:
        """Whether a text (without spaces, in small letters) says it: not as part of a harmless word, nor denied."""
        for longer in self.without:
            plain = plain.replace(_plain(longer), _GAP)
        word = _plain(self.word)
        start = plain.find(word)
        while start >= 0:
            if not (self.denied and plain[:start].rstrip(_QUOTES).endswith(denials())):
                return True
            start = plain.find(word, start + 1)
        return False

    @property
    def reason(self) -> str:
        """Why it may not be said, '' where nobody wrote why."""
        return _(self.why) if self.why else ""

    @property
    def sentence(self) -> str:
        """What is wrong and what may be said, in the language in use."""
        words = _("“{word}”不能说").format(word=self.word)
        if self.reason:
            words = _("“{word}”不能说:{why}").format(word=self.word, why=self.reason)
        return words + (_("。可以说:{instead}").format(instead=_(self.instead)) if self.instead else "")


def _plain(text: str) -> str:
    """A text without spaces and what nobody sees, in small letters, each letter and digit in its plain form."""
    seen = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return "".join(sign for sign in seen if unicodedata.category(sign) not in _UNSEEN).lower()


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "playbook" / "banned.toml").read_text("utf-8"))


@cache
def denials() -> tuple[str, ...]:
    """The words that deny what follows them."""
    return tuple(_body()["denials"]["words"])


@cache
def by_subject() -> tuple[RedLine, ...]:
    """Those that come with the program in the order of the file, where words of one reason stand together."""
    return tuple(
        RedLine(
            word, raw["why"], raw["instead"], tuple(raw.get("except", ())), raw.get("regimes", False),
            tuple(raw.get("scenes", ())), raw.get("quiet", False), tuple(raw.get("without", ())), raw.get("denied", False),
        )
        for raw in _body()["line"]
        for word in raw["words"]
    )  # fmt: skip


@cache
def shipped_lines() -> tuple[RedLine, ...]:
    """Those that come with the program, the longest word first, so that a part of one is not told beside it."""
    return tuple(sorted(by_subject(), key=lambda one: -len(one.word)))


def red_lines_in(
    text: str,
    lines: Iterable[RedLine] | None = None,
    *,
    regime: str = "",
    scene: str = "",
    quiet: bool = False,
) -> tuple[RedLine, ...]:
    """The red lines that a text crosses, in the order of `lines` (None: the shipped ones). `regime`: of the product that it
    speaks of, '' for none or unknown; `scene`: that it is said in; `quiet`: on a silent day."""
    plain = _plain(text)
    crossed: list[RedLine] = []
    for one in shipped_lines() if lines is None else lines:
        word = _plain(one.word)
        if word not in plain or not one.bars(regime=regime, scene=scene, quiet=quiet):
            continue
        if not one.stands_in(plain):
            continue
        if not any(word in other.word for other in crossed):
            crossed.append(one)
    return tuple(crossed)


def hold(
    text: str,
    what: str,
    lines: Iterable[RedLine] | None = None,
    *,
    regime: str = "",
    scene: str = "",
    quiet: bool = False,
) -> str:
    """A text that crosses no red line, as it was given. `what`: how the field is called; the rest as of `red_lines_in`. Raises
    WorkbenchError red_line, which names each word, why, and what may be said instead."""
    crossed = red_lines_in(text, lines, regime=regime, scene=scene, quiet=quiet)
    if crossed:
        raise WorkbenchError(
            "red_line",
            _("“{what}”里有不能说的话。").format(what=what),
            " ".join(_("{sentence}。").format(sentence=one.sentence) for one in crossed),
            words=commas(one.word for one in crossed),
        )
    return text
