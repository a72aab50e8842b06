"""How well one customer is served by the way of his tower (domain 1): 3专, 5G or 快准稳, part by part, with next steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: Tower -> (measure of its score, highest score, its parts with their highest points).
WAYS: Mapping[str, tuple[str, int, Mapping[str, int]]] = {
    "top": ("zhuan", 3, {"plan": 1, "review": 1, "expert": 1, "channel": 1}),
    "waist": ("five_g", 10, {"gift": 2, "group": 2, "guide": 2, "growth": 2, "game": 2}),
    "base": ("fast", 3, {"respond": 1, "wake": 1, "retain": 1}),
}


@dataclass(frozen=True, slots=True)
class CoveragePart:
    """One part of a tower's way: `points` of `most`, None without a record; `next` is the next step, '' if complete."""

    code: str
    name: str
    points: int | None
    most: int
    next: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The service of one customer: `score` of `most` over the `known` parts that have a record; `weakest` is the code of
    the part to do next, 'full' when all are complete."""

    tower: str
    way: str
    score: int | None
    most: int
    known: int
    parts: tuple[CoveragePart, ...]
    weakest: str | None
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The service with its parts for the command line."""
        return {
            "tower": self.tower,
            "way": self.way,
            "score": self.score,
            "most": self.most,
            "known": self.known,
            "weakest": self.weakest,
            "reason": self.reason,
            "parts": [
                {"code": p.code, "name": p.name, "points": p.points, "most": p.most, "next": p.next}
                for p in self.parts
            ],
        }


def coverage(values: Values, rules: Rules) -> Coverage | None:
    """The service of one customer by his values of the tag layers; None if his tower is unknown.

    Parts without a record are left out of the score.
    """
    tower = str(values.tower)
    if tower not in WAYS:
        return None
    measure, most, points = WAYS[tower]
    parts = tuple(
        CoveragePart(code, rules.text(f"cover.{code}"), scored, highest, _next(code, scored, highest, rules))
        for code, highest in points.items()
        for scored in [_points(values, code)]
    )
    known = sum(part.points is not None for part in parts)
    score, weakest = _whole(values, measure), values.weakest
    way = rules.text(f"way.{tower}")
    if not known:
        reason = rules.text("cover.untold").format(way=way)
    elif weakest in (None, "full"):
        reason = rules.text("cover.full").format(way=way, known=known)
    else:
        reason = rules.text("cover.reason").format(
            way=way,
            score="—" if score is None else score,
            most=most,
            known=known,
            all=len(parts),
            weakest=rules.text(f"cover.{weakest}"),
        )
    return Coverage(tower, way, score, most, known, parts, weakest, reason)


def _points(values: Values, code: str) -> int | None:
    return _whole(values, f"cover_{code}")


def _whole(values: Values, name: str) -> int | None:
    figure = values.figure(name)
    return None if figure is None else round(figure)


def _next(code: str, points: int | None, most: int, rules: Rules) -> str:
    if points is None:
        return rules.text("cover.record")
    return "" if points >= most else rules.text(f"cover.{code}.next")
