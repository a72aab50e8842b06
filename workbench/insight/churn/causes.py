"""The probable cause of leaving (domain 4.1): natural, our fault or competition, by points of evidence.

The manager confirms it. Health is never used.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.base.money import wan
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.sentences import shown


@dataclass(frozen=True, slots=True)
class Cause:
    """One possible cause: 'natural', 'fault' or 'competition', its share of all points (0 to 1), its evidence."""

    code: str
    name: str
    share: float
    evidence: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs; the share to two places."""
        return {
            "code": self.code,
            "name": self.name,
            "share": round(self.share, 2),
            "evidence": list(self.evidence),
        }


def causes(values: Values, rules: Rules) -> tuple[Cause, ...]:
    """The causes with any evidence, the likeliest first; empty without evidence.

    `values` are the columns of the tag layers by name (fen, ISO, 0/1; None or absent: unknown).
    """
    points: dict[str, int] = {}
    texts: dict[str, list[str]] = {}
    for code, key, text in _evidence(values, rules):
        points[code] = points.get(code, 0) + rules.whole(f"cause.{key}")
        texts.setdefault(code, []).append(text)
    total = sum(points.values())
    return tuple(
        Cause(code, rules.text(f"cause.{code}"), points[code] / total, tuple(texts[code]))
        for code in sorted(points, key=lambda code: (-points[code], code))
        if total and points[code]
    )


def cadence(values: Values, rules: Rules) -> int | None:
    """Days within which a customer of this level is to be contacted (domain 6.5); None without a level."""
    days, tier = rules.numbers("advice.cadence"), values.tier
    place = int(tier[1:]) if isinstance(tier, str) and tier[1:].isdigit() else -1
    return round(days[place]) if 0 <= place < len(days) else None


def _evidence(values: Values, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Each piece of evidence as (cause, key of its points, sentence)."""

    def why(key: str, **figures: Any) -> str:
        """The sentence of a piece of evidence."""
        return rules.text(f"cause.{key}.why").format(**figures)

    if (values.S1 or 0) >= 1:
        yield "natural", "moved", why("moved")
    if (values.out_house or 0) > 0 or (values.out_school or 0) > 0:
        yield "natural", "spent", why("spent")
    if (values.age or 0) >= rules.number("cause.aged_from"):
        yield "natural", "aged", why("aged", age=values.age)
    complained = values.complaint_days
    if complained is not None and complained <= rules.whole("cause.complaint_days"):
        yield "fault", "complained", why("complained", days=complained)
    silent, usual = values.days_since_touch, cadence(values, rules)
    if silent is not None and usual is not None and silent > 2 * usual:
        yield "fault", "neglected", why("neglected", days=silent, cadence=usual)
    lapsed = (values.S7 or 0) >= 1
    if lapsed and silent is not None and silent > 30 and values.next_maturity is None:
        yield "fault", "lapsed", why("lapsed")
    if values.same_name_regular or 0:
        yield "competition", "elsewhere", why("elsewhere", amount=wan(values.same_name_mean))
    if (values.third_share or 0) >= rules.number("cause.wallet_share"):
        yield "competition", "wallet", why("wallet", share=shown("third_share", values.third_share))
    if lapsed:
        yield "competition", "anchor", why("anchor")
