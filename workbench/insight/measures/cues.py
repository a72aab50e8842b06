"""The cues of the observation card, as data: the observation, its style and its weight (domain 2.2)."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli as tomllib

#: The four styles in the order of the field (domain 2.2): 控制, 影响, 稳健, 谨慎.
LETTERS = ("D", "I", "S", "C")


@dataclass(frozen=True, slots=True)
class Cue:
    """One observation that a manager may tick; `text` is the Chinese msgid."""

    code: str
    letter: str
    weight: float
    text: str


@cache
def cues() -> tuple[Cue, ...]:
    """All cues of resources/genes/cues.toml, eight per letter, in their order."""
    body = tomllib.loads((files("resources") / "genes" / "cues.toml").read_text("utf-8"))
    return tuple(Cue(e["code"], e["letter"], float(e["weight"]), e["text"]) for e in body["cue"])
