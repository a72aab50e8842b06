"""The files of resources/genes as values: quadrants, segments, personas, styles, contradictions.

Texts are Chinese msgids: translate with `_` where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

NEUTRAL = "neutral"


def read(name: str) -> dict[str, Any]:
    """A TOML file of resources/genes by its name without ending."""
    return tomllib.loads((files("resources") / "genes" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One field of familiarity x size with how to treat its customers (domain 2.1). `first`: what is forbidden in the first
    two-way contacts, `forbidden`: always."""

    code: str
    name: str
    place: str
    mnemonic: str
    stance: str
    cadence: str
    openings: tuple[str, ...]
    goal: str
    first: tuple[str, ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the eight segments (domain 2.3). `column` is its tag; `inputs`: (column, question that would tell it);
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
    """A persona of wealthy customers (domain 11.8). `column` is its tag; `evidence`: (column, words)."""

    code: str
    column: str
    name: str
    needs: tuple[str, ...]
    ask: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """How to talk to one style; code NEUTRAL where the style is not known well enough."""

    code: str
    name: str
    pace: str
    channel: str
    evidence: str
    do: str
    dont: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Conditions that cannot all be true: `all` are (column, operator, value), money in yuan."""

    code: str
    all: tuple[tuple[str, str, Any], ...]
    sentence: str
    check: str


def _made(kind: type[Any], body: Mapping[str, Any]) -> Any:
    """An instance of `kind` from a TOML table; lists become tuples, also nested ones."""
    return kind(**{key: _frozen(value) for key, value in body.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


@cache
def quadrants() -> Mapping[str, Quadrant]:
    """The four quadrants by code."""
    return {body["code"]: _made(Quadrant, body) for body in read("quadrants")["quadrant"]}


@cache
def unknown_quadrant() -> Mapping[str, str]:
    """name, stance, advice and ask for customers whose familiarity is unknown."""
    return dict(read("quadrants")["unknown"])


@cache
def segments() -> tuple[Segment, ...]:
    """The eight segments in the order in which they become the primary one."""
    return tuple(_made(Segment, body) for body in read("segments")["segment"])


@cache
def canvas_words() -> Mapping[str, Any]:
    """The lines that are the same on every battle map: resources, review."""
    return dict(read("segments")["canvas"])


@cache
def personas() -> tuple[Persona, ...]:
    """The personas of wealthy customers in the order of the file."""
    return tuple(_made(Persona, body) for body in read("personas")["persona"])


@cache
def conflicts() -> tuple[Conflict, ...]:
    """Everything that counts as a contradiction, in the order of the file."""
    return tuple(_made(Conflict, body) for body in read("contradictions")["contradiction"])


@cache
def letters() -> Mapping[str, Letter]:
    """How to talk to each style, by letter D, I, S, C, or NEUTRAL."""
    return {code: Letter(code, **body) for code, body in read("styles")["letter"].items()}


@cache
def pairings() -> Mapping[str, str]:
    """Manager's letter + customer's letter ('DS') -> hint on how the two get along."""
    return dict(read("styles")["pairing"])
