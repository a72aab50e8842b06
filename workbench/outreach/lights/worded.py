"""Verdicts that were read in brief, whole, each read once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbench.insight.churn.verdict import CustomerRisk


class Worded:
    """Reads verdicts whole, and remembers them by customer; state and rank are those of the one in brief."""

    def __init__(
        self,
        read: Callable[[Sequence[CustomerRisk]], Sequence[CustomerRisk]],
        known: Mapping[int, CustomerRisk] | None = None,
    ) -> None:
        self._read = read
        self._known = dict(known or {})

    def __call__(self, part: Sequence[CustomerRisk]) -> list[CustomerRisk]:
        """The verdicts whole, in their order."""
        missing = [one for one in part if one.customer_id not in self._known]
        if missing:
            read = self._read(missing)
            self._known |= {one.customer_id: whole for one, whole in zip(missing, read, strict=True)}
        return [_standing_as(self._known[one.customer_id], one) for one in part]

    def without(self, few: frozenset[int]) -> "Worded":
        """The same for a book that changed for a few customers (ids)."""
        return Worded(self._read, {id_: one for id_, one in self._known.items() if id_ not in few})


def _standing_as(whole: CustomerRisk, brief: CustomerRisk) -> CustomerRisk:
    standing = (brief.rank, brief.state, brief.state_reason, brief.since, brief.rests)
    if standing == (whole.rank, whole.state, whole.state_reason, whole.since, whole.rests):
        return whole
    return replace(
        whole, rank=brief.rank, state=brief.state, state_reason=brief.state_reason, since=brief.since, rests=brief.rests
    )  # fmt: skip
