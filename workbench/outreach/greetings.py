"""The texts for the nodes of the year of contact (resources/greetings.toml): which one a customer hears (domain 6.10, 8.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import tomli as tomllib

from workbench.outreach.wishes.reasons import BETWEEN, reason_group


@dataclass(frozen=True, slots=True)
class Greeting:
    """A text. `code`: stable, a sheet prints it; `reasons`: touches that it is for, '' in `segment` for everybody; `text`: a
    msgid with {name} and {day}; `old`: for data too old for days; `quiet`: for silent days."""

    code: str
    reasons: tuple[str, ...]
    text: str
    segments: tuple[str, ...] = ()
    old: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Greetings:
    """All texts, and the words (`forbidden`) that are in none of them, (`products`) in no greeting, (`joyful`) on no silent
    day."""

    texts: Mapping[str, Greeting]
    forbidden: tuple[str, ...]
    products: tuple[str, ...]
    joyful: tuple[str, ...]

    def of(
        self, reason: str, segment: str | None = None, *, old: bool = False, quiet: bool = False
    ) -> Greeting | None:
        """The text for a touch (code as of a plan) of a customer whose main segment is `segment`; that of its event before that
        of its reason, that of his segment before that for all. None: there is none."""
        if quiet:
            return next((one for one in self.texts.values() if one.quiet), None)
        for key in _keys(reason):
            theirs = [one for one in self.texts.values() if key in one.reasons and not one.quiet]
            fitting = [one for one in theirs if one.old == old and segment in one.segments]
            fitting += [one for one in theirs if one.old == old and not one.segments]
            if fitting:
                return fitting[0]
        return self.of(reason, segment) if old else None


def _keys(reason: str) -> Iterator[str]:
    """'segment.tax_day.03' -> 'segment.tax_day', 'segment'; 'maturity_30' -> itself, 'maturity'."""
    parts = reason.split(BETWEEN)
    if len(parts) > 1:
        yield BETWEEN.join(parts[:2])
    yield reason_group(reason)
    if reason.startswith("maturity_"):
        yield "maturity"


@cache
def greetings() -> Greetings:
    """Those that come with the program, in the order of the file."""
    body = tomllib.loads((files("resources") / "greetings.toml").read_text("utf-8"))
    texts = {one.code: one for one in map(_greeting, body["script"])}
    if len(texts) < len(body["script"]):
        raise ValueError("a code of resources/greetings.toml stands twice")
    return Greetings(
        MappingProxyType(texts), *(tuple(body[kind]["words"]) for kind in ("forbidden", "products", "joyful"))
    )


@lru_cache(maxsize=4096)
def greeting_for(reason: str, segment: str | None, *, old: bool, quiet: bool) -> Greeting | None:
    """`Greetings.of` those that come with the program: looked up once for all customers of a reason and a segment."""
    return greetings().of(reason, segment, old=old, quiet=quiet)


def _greeting(raw: dict[str, Any]) -> Greeting:
    return Greeting(
        raw["id"], tuple(raw["for"]), raw["text"], tuple(raw.get("segment", ())), raw.get("old") is True,
        raw.get("quiet") is True,
    )  # fmt: skip
