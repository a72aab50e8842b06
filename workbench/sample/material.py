"""What the sample branch is made of, read from resources/sample: names, places, products, stories, sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, TypeAlias, TypeVar

import tomli as tomllib

#: Field name -> what the cell means: text, date, whole count, True/False, or money in integer fen.
Row: TypeAlias = dict[str, Any]
T = TypeVar("T")


@cache
def material(name: str) -> Mapping[str, Any]:
    """One file of resources/sample, by its name without the ending."""
    return tomllib.loads((files("resources") / "sample" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Product:
    """Something the branch sells; amounts in fen, `drift` and `sway` are shares of the net value a month."""

    code: str
    name: str
    category: str
    risk: str
    term_days: int
    min_amount: int
    benchmark: float | None
    drift: float
    sway: float
    starts_in: int | None

    @property
    def priced(self) -> bool:
        """Whether a net value is published for it."""
        return self.drift > 0


@cache
def products() -> tuple[Product, ...]:
    """All products, those not yet on sale last."""
    return tuple(
        Product(
            code=p["code"],
            name=p["name"],
            category=p["category"],
            risk=p["risk"],
            term_days=p["term_days"],
            min_amount=p["min_amount"] * 100,
            benchmark=p.get("benchmark"),
            drift=p.get("drift", 0.0),
            sway=p.get("sway", 0.0),
            starts_in=p.get("starts_in"),
        )
        for p in material("products")["product"]
    )


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """One column of a workbook: its wordings and how its cells are written."""

    field: str
    headers: tuple[str, ...]
    kind: str
    width: int
    scaled: bool
    only_on_request: bool


@cache
def columns(sheet: str) -> tuple[SampleColumn, ...]:
    """The columns of a sheet of sheets.toml ('customers', 'holdings', 'products', 'maturities')."""
    return tuple(
        SampleColumn(
            c["field"],
            tuple(c["headers"]),
            c["kind"],
            c["width"],
            c.get("scaled", False),
            c.get("only_on_request", False),
        )
        for c in material("sheets")[sheet]["columns"]
    )


def draw(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One of the options, by weight."""
    return rng.choices([o for o, _w in options], weights=[w for _o, w in options])[0]


def between(rng: Random, bounds: Sequence[float]) -> float:
    """A number between two bounds of a resource file."""
    return rng.uniform(bounds[0], bounds[1])


def whole(rng: Random, bounds: Sequence[int]) -> int:
    """A whole number between two bounds, both included."""
    return rng.randint(bounds[0], bounds[1])


def log_between(rng: Random, low: float, high: float) -> float:
    """A number between two positive bounds, every order of magnitude as likely as another."""
    return float(low * (high / low) ** rng.random())
