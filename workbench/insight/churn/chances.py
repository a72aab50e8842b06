"""How many customers with such a risk left where it was measured: a table in resources, never the score itself (domain 22-17)."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _, language


@dataclass(frozen=True, slots=True)
class Band:
    """A measured row: risks from `least` on, up to the next band; `lost` of `n` customers left."""

    least: float
    n: int
    lost: int

    @property
    def share(self) -> float:
        """The share of those who left, of 1."""
        return self.lost / self.n


@dataclass(frozen=True, slots=True)
class Chance:
    """What was measured for a risk: `share` of `n` customers left (of 1), and the sentence."""

    share: float
    n: int
    text: str

    def as_json(self) -> dict[str, Any]:
        """For programs; the share to three places."""
        return {"share": round(self.share, 3), "n": self.n, "text": self.text}


@cache
def bands() -> tuple[Band, ...]:
    """The bands of resources/rules/insight_chances.toml, from the lowest risk up; the first begins at 0."""
    body = tomllib.loads((files("resources") / "rules" / "insight_chances.toml").read_text("utf-8"))
    return tuple(Band(float(row["least"]), row["n"], row["lost"]) for row in body["band"])


def chance_of(risk: float) -> Chance:
    """The measured chance of a risk 0 to 100."""
    return _worded(max(bisect_right(_from(), risk) - 1, 0), language())


@cache
def _from() -> tuple[float, ...]:
    """The risks at which the bands begin."""
    return tuple(one.least for one in bands())


@lru_cache(maxsize=256)
def _worded(place: int, _language: str) -> Chance:
    """What the band of a place tells, in the language in use."""
    band = bands()[place]
    lost, among = _in_words(band.share)
    text = _("约每{among}户流失{lost}户(按公开的七个月银行数据实测,非本行)").format(among=among, lost=lost)
    return Chance(band.share, band.n, text)


def _in_words(share: float) -> tuple[int, int]:
    """(lost, among): the smallest round number of customers that says the share to within two points."""
    for among in (10, 20):
        lost = round(share * among)
        if lost and abs(lost / among - share) <= 0.02:
            return lost, among
    return round(share * 100), 100
