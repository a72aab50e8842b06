"""The probable cause of leaving (domain 4.1): natural, our fault or competition, by points of evidence.

The manager confirms it. Health is never used.
"""

from dataclasses import dataclass, replace
from typing import Any

from workbench.base.i18n import _
from workbench.insight.churn.cause_evidence import CauseEvidence
from workbench.insight.churn.cause_facts import NOTHING, CauseFacts
from workbench.insight.churn.decisions import Decision
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: 'natural', 'fault' or 'competition', its share of all points of evidence (0 to 1), the evidence. The share
    tells how much of what is known points to it; it is no chance. `confirmed`: the manager says so."""

    code: str
    name: str
    share: float
    evidence: tuple[str, ...]
    confirmed: bool = False

    @property
    def worded(self) -> str:
        """'竞争(证据占60%)', or '竞争(已确认)'."""
        if self.confirmed:
            return _("{cause}(已确认)").format(cause=self.name)
        return _("{cause}(证据占{share})").format(cause=self.name, share=f"{self.share:.0%}")

    def as_json(self) -> dict[str, Any]:
        """For programs; the share to two places."""
        return {
            "code": self.code,
            "name": self.name,
            "share": round(self.share, 2),
            "evidence": list(self.evidence),
            "confirmed": self.confirmed,
        }


def causes(values: Values, rules: Rules, facts: CauseFacts = NOTHING) -> tuple[Cause, ...]:
    """The causes with any evidence, the likeliest first; empty without evidence.

    `values` are the columns of the tag layers by name (fen, ISO, 0/1; None or absent: unknown).
    """
    points: dict[str, int] = {}
    texts: dict[str, list[str]] = {}
    evidence = CauseEvidence(values, rules, facts)
    for code, pieces in (
        ("natural", evidence.natural()),
        ("fault", evidence.fault()),
        ("competition", evidence.competition()),
    ):
        for key, text in pieces:
            points[code] = points.get(code, 0) + rules.whole(f"cause.{key}")
            texts.setdefault(code, []).append(text)
    total = sum(points.values())
    return tuple(
        Cause(code, rules.text(f"cause.{code}"), points[code] / total, tuple(texts[code]))
        for code in sorted(points, key=lambda code: (-points[code], code))
        if total and points[code]
    )


def with_confirmed(likely: tuple[Cause, ...], confirmed: Decision | None, rules: Rules) -> tuple[Cause, ...]:
    """The causes once the manager confirmed one: that one alone, with what the evidence says for it. Who does not know
    either leaves them as they are."""
    if confirmed is None or confirmed.value in (None, "unknown"):
        return likely
    code = str(confirmed.value)
    for one in likely:
        if one.code == code:
            return (replace(one, confirmed=True),)
    return (Cause(code, rules.text(f"cause.{code}"), 0.0, (), confirmed=True),)
