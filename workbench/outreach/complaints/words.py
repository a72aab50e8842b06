"""Categories, levels, channels, signs and steps of complaints: codes, names, and which code a word of a list means."""

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

import tomli as tomllib

from workbench.base.i18n import _
from workbench.outreach.playbook.library import library
from workbench.rules.parameters import Rules

Level = Literal["one", "two", "three", "four"]
Step = Literal["stop", "listen", "sorry", "check", "decide", "follow"]
Extension = Literal["complex", "special"]

#: the gravest first
LEVELS: tuple[Level, ...] = get_args(Level)
STEPS: tuple[Step, ...] = get_args(Step)
#: what a person ticks; the others follow from the figures
SIGNS = ("media", "regulator", "threat", "group", "misselling", "elderly", "repeated")
#: as the form offers them
CATEGORIES = (
    "attitude", "waiting", "process", "fees", "loss", "misselling", "privacy", "system", "credit", "collection", "other",
)  # fmt: skip
CHANNELS = ("phone", "counter", "online", "letter", "regulator", "media", "other")
_KINDS = {"categories": "category", "channels": "channel"}


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "outreach_complaints.toml").read_text("utf-8"))


def category_of(word: str | None, rules: Rules) -> str:
    """The code of a category that a word of a list means; '' for none or one that is not known."""
    return _meant("categories", CATEGORIES, word, rules)


def channel_of(word: str | None, rules: Rules) -> str:
    """The code of a channel that a word means; '' for none or one that is not known."""
    return _meant("channels", CHANNELS, word, rules)


def level_of(word: str | None) -> Level | None:
    """The level that a word of a list means; None for none or one that is not known. Only whole words count."""
    plain = _plain(word or "")
    for code, raw in _body()["levels"].items():
        if plain and plain in {_plain(one) for one in (code, *raw["words"])}:
            return cast(Level, code)
    return None


def sign_of_channel(channel: str) -> str:
    """The sign that a channel itself is: who comes through the regulator has gone there; '' for none."""
    return str(_body()["channels"].get(channel, {}).get("sign", ""))


def category_name(code: str, rules: Rules, word: str | None = None) -> str:
    """A category in words; a word of a list that is not known as it stands there."""
    return rules.text(f"complaint.category.{code}") if code else (word or "")


def channel_name(code: str, rules: Rules, word: str | None = None) -> str:
    """A channel in words, as `category_name`."""
    return rules.text(f"complaint.channel.{code}") if code else (word or "")


def turn_condition() -> str:
    """The condition that lists the customers of the second case of the turn-around; {line} in yuan."""
    return str(_body()["turn"]["card"])


def turn_holders() -> str:
    """The condition that lists who has a card or a loan at all."""
    return str(_body()["turn"]["holders"])


def step_name(step: str) -> str:
    """A step in one word, as the playbook calls it."""
    names = library().axes["sop"]
    return _(names[step])


def shipped_name(kind: str, code: str) -> str:
    """What lists call a code of 'category', 'channel' or 'level': the word that is stored, whatever the language in use."""
    return str(_body()["texts"][f"complaint.{kind}.{code}"])


def _meant(table: str, codes: tuple[str, ...], word: str | None, rules: Rules) -> str:
    plain = _plain(word or "")
    if not plain:
        return ""
    kind = _KINDS[table]
    for code in codes:
        if plain in (code, _plain(rules.text(f"complaint.{kind}.{code}"))):
            return code
    parts = _body()[table].items()
    return next((code for code, raw in parts if any(_plain(one) in plain for one in raw["words"])), "")


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace(" ", "").lower()
