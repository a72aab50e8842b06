"""Holds what the checks found in the sample branch against the truth that was planted in it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypedDict

from workbench.base.i18n import _
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.leads.lead import Lead
from workbench.sample.truth import PlantedStories


@dataclass(frozen=True, slots=True)
class StoryScore:
    """One story: how many carry it, how many were flagged, and how many of those flagged carry it."""

    story: str
    title: str
    planted: int
    flagged: int
    right: int

    @property
    def recall(self) -> float:
        """Share of those who carry the story that were flagged; 1 when nobody carries it."""
        return self.right / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Share of those flagged who carry the story; 1 when nobody was flagged."""
        return self.right / self.flagged if self.flagged else 1.0

    def as_json(self) -> dict[str, str | int | float]:
        """The score as a document tells it; `found` are those flagged."""
        return {
            "story": self.story,
            "planted": self.planted,
            "found": self.flagged,
            "right": self.right,
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
        }


class StoryRule(TypedDict, total=False):
    """By what a story is recognised: an entry of found_by.toml."""

    title: str
    signal: str
    #: one of the signal's causes, and the least of its figures
    cause: str
    at_least: dict[str, float]
    lead: str


def score(
    truth: PlantedStories, ranking: Iterable[CustomerRisk], leads: Iterable[Lead]
) -> tuple[StoryScore, ...]:
    """Recall and precision of every planted story, in the order of the truth file."""
    rules: Mapping[str, StoryRule] = tomllib.loads(
        (files("resources") / "sample" / "found_by.toml").read_text("utf-8")
    )
    flagged: dict[str, set[str]] = {story: set() for story in truth.stories}
    for risk in ranking:
        for verdict in risk.signals:
            for story in truth.stories:
                if _shows(rules[story], verdict.code, verdict.evidence):
                    flagged[story].add(risk.customer_no)
    for lead in leads:
        for story in truth.stories:
            if rules[story].get("lead") == lead.kind:
                flagged[story].add(lead.customer_no)
    return tuple(
        StoryScore(
            story,
            _(rules[story]["title"]),
            len(planted),
            len(flagged[story]),
            len(flagged[story] & set(planted)),
        )
        for story, planted in truth.stories.items()
    )


def _shows(rule: StoryRule, code: str, evidence: Mapping[str, Any]) -> bool:
    if rule.get("signal") != code:
        return False
    if "cause" in rule and rule["cause"] not in evidence.get("causes", ()):
        return False
    return all(evidence.get(name, 0) >= least for name, least in rule.get("at_least", {}).items())
