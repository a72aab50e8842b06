"""The data of customer genes as read from resources/genes: quadrants, segments, personas, styles, contradictions.

All texts are Chinese msgids; whoever shows one puts it through `_`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NEUTRAL = "neutral"


def read(name: str) -> dict[str, Any]:
    """A file of resources/genes by its name without ending."""
    return tomllib.loads((files("resources") / "genes" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One field of familiarity x size with what it asks for (domain 2.1)."""

    code: str
    name: str
    place: str
    mnemonic: str
    stance: str
    cadence: str
    openings: tuple[str, ...]
    goal: str
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the eight segments (domain 2.3). `inputs`: (column, the question that would tell it);
    `evidence`: (words with {n}, condition); `nodes`: (months, what happens)."""

    code: str
    column: str
    name: str
    definition: str
    positioning: str
    confirm: str
    inputs: tuple[tuple[str, str], ...]
    portrait: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    pains: tuple[str, ...]
    hooks: tuple[str, ...]
    combo: tuple[str, ...]
    benefits: tuple[str, ...]
    channels: tuple[str, ...]
    scripts: tuple[str, ...]
    nodes: tuple[tuple[str, str], ...]
    taboos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """A persona of the wealthy (domain 11.8). `evidence`: (column, words)."""

    code: str
    column: str
    name: str
    needs: tuple[str, ...]
    ask: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """How to talk to one style; NEUTRAL is for a style not known well enough."""

    code: str
    name: str
    pace: str
    channel: str
    evidence: str
    do: str
    dont: str


@dataclass(frozen=True, slots=True)
class Script:
    """What to say and what to avoid with one style in one scene."""

    scene: str
    name: str
    do: tuple[str, ...]
    dont: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be true together: `all` are (column, operator, value), money in yuan."""

    code: str
    all: tuple[tuple[str, str, Any], ...]
    sentence: str
    check: str


def _made(kind: type[Any], body: Mapping[str, Any]) -> Any:
    """A record of a file; lists become tuples, also inside."""
    return kind(**{key: _frozen(value) for key, value in body.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


@cache
def quadrants() -> Mapping[str, Quadrant]:
    """By code."""
    return {body["code"]: _made(Quadrant, body) for body in read("quadrants")["quadrant"]}


@cache
def unknown_quadrant() -> Mapping[str, str]:
    """name, stance, advice, ask of customers whose familiarity is not known."""
    return dict(read("quadrants")["unknown"])


@cache
def segments() -> tuple[Segment, ...]:
    """In the order of priority."""
    return tuple(_made(Segment, body) for body in read("segments")["segment"])


@cache
def canvas_words() -> Mapping[str, Any]:
    """What every battle map says whatever its segment: resources, review."""
    return dict(read("segments")["canvas"])


@cache
def personas() -> tuple[Persona, ...]:
    return tuple(_made(Persona, body) for body in read("personas")["persona"])


@cache
def conflicts() -> tuple[Conflict, ...]:
    return tuple(_made(Conflict, body) for body in read("contradictions")["contradiction"])


@cache
def letters() -> Mapping[str, Letter]:
    """D, I, S, C and NEUTRAL."""
    return {code: Letter(code, **body) for code, body in read("styles")["letter"].items()}


@cache
def scripts(letter: str) -> tuple[Script, ...]:
    """The eight scenes for a style, or for NEUTRAL."""
    book = read("styles")
    return tuple(
        Script(scene, name, tuple(book["script"][letter][scene]["do"]), tuple(book["script"][letter][scene]["dont"]))
        for scene, name in book["scenes"].items()
    )  # fmt: skip


@cache
def pairings() -> Mapping[str, str]:
    """Manager's letter + customer's letter -> hint."""
    return dict(read("styles")["pairing"])
