"""`RedLines`: words that no text to a customer may contain (domain 8.5), with what may be said instead.

Everything that speaks to customers is held against them: scripts, invitations, rows of the plan, what the manager types.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli as tomllib

from workbench.base.i18n import _

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RedLine:
    """A forbidden word. `why`, `instead`: msgids, or what a branch wrote; `allowed`: product regimes of which it may be said;
    `of_products`: it is only looked for in texts about a product; `scenes`: only there, empty: in all; `quiet`: on silent days
    alone."""

    word: str
    why: str
    instead: str
    allowed: tuple[str, ...] = ()
    of_products: bool = False
    scenes: tuple[str, ...] = ()
    quiet: bool = False

    def bars(self, *, regime: str, scene: str, quiet: bool) -> bool:
        """Whether it counts in such a text."""
        if self.quiet and not quiet:
            return False
        if self.scenes and scene not in self.scenes:
            return False
        if self.of_products and not regime:
            return False
        return regime not in self.allowed if regime else True

    @property
    def sentence(self) -> str:
        """What is wrong and what may be said, in the language in use."""
        return _("“{word}”不能说:{why}。可以说:{instead}").format(
            word=self.word, why=_(self.why), instead=_(self.instead)
        )


@cache
def shipped_lines() -> tuple[RedLine, ...]:
    """Those that come with the program, the longest word first, so that a part of one is not told beside it."""
    body = tomllib.loads((files("resources") / "playbook" / "banned.toml").read_text("utf-8"))
    lines = [
        RedLine(
            word, raw["why"], raw["instead"], tuple(raw.get("except", ())), raw.get("regimes", False),
            tuple(raw.get("scenes", ())), raw.get("quiet", False),
        )
        for raw in body["line"]
        for word in raw["words"]
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda one: -len(one.word)))


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
    plain = _SPACES.sub("", text).lower()
    crossed: list[RedLine] = []
    for one in shipped_lines() if lines is None else lines:
        word = _SPACES.sub("", one.word).lower()
        if word not in plain or not one.bars(regime=regime, scene=scene, quiet=quiet):
            continue
        if not any(word in other.word for other in crossed):
            crossed.append(one)
    return tuple(crossed)
