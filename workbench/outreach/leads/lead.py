"""A reason to contact one customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.values import Json


@dataclass(frozen=True, slots=True)
class Lead:
    """A reason to contact one customer this week. kind: 'red','orange','yellow','C1','C2','C3','matured','birthday',
    'N1'.

    value_fen: assets at stake or to be gained; due: ISO date; evidence as in Verdict."""

    customer_id: int
    customer_no: str
    name: str
    kind: str
    reason: str
    value_fen: int
    due: str
    aum_fen: int | None
    tier: str | None
    evidence: Mapping[str, Json] = field(default_factory=dict)

    @property
    def beyond_reach(self) -> bool:
        """Whether it is about a line that no deposit the customer can be asked for reaches."""
        return self.evidence.get("topup") in ("reach", "leaving", "stale")
