"""The codes of the contact log and of how a row of a plan ended, read from resources/rules/outreach_contacts.toml."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class ContactCode:
    """A channel or a result of the log. `shipped`: its Chinese name; `words`: other names and codes that mean the same;
    `digit` '0'..'9' chooses it on keyboard and keypad, '' where it has none; `next_days`: calendar days until the next contact
    that is offered after it, None: none is."""

    code: str
    shipped: str
    digit: str = ""
    words: tuple[str, ...] = ()
    next_days: int | None = None

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return _(self.shipped)

    def means(self, word: str) -> bool:
        """Whether a word is its code or one of its names, in any language."""
        plain = word.strip().lower()
        return plain in {one.lower() for one in (self.code, self.shipped, self.name, *self.words)}


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "rules" / "outreach_contacts.toml").read_text("utf-8"))


@cache
def contact_codes(table: str) -> tuple[ContactCode, ...]:
    """The codes of 'channels' or 'results', in the order they are offered."""
    days: dict[str, int] = _body()["next_days"] if table == "results" else {}
    return tuple(
        ContactCode(code, raw["name"], raw.get("digit", ""), tuple(raw.get("words", ())), days.get(code))
        for code, raw in _body()[table].items()
    )


def codes(table: str) -> tuple[tuple[str, str], ...]:
    """(code, name in the language in use) of a table of codes: 'channels', 'results', 'missed' or 'ticks'."""
    if table in ("channels", "results"):
        return tuple((one.code, one.name) for one in contact_codes(table))
    return tuple((code, _(name)) for code, name in _body()[table].items())


def ticks() -> tuple[tuple[str, str], ...]:
    """(code, name in the language in use) of how a row of a plan may end: done, half, missed for each reason (domain 5)."""
    names = dict(codes("ticks"))
    why = ((f"missed:{code}", names["missed"].format(why=name)) for code, name in codes("missed"))
    return (("done", names["done"]), ("half", names["half"]), *why)
