"""Holds what the checks found in the sample branch against the truth that was planted in it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

import tomli as tomllib

from workbench.base.dates import week_of
from workbench.base.i18n import _
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.leads.lead import Lead
from workbench.outreach.lights.light_week import LightWeek
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
    def passes(self) -> bool:
        """Whether the story was found well enough (found_by.toml)."""
        least = _recognised_by()["all"]
        return bool(self.recall >= least["recall"] and self.precision >= least["precision"])

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


def weeks_of(last_date: dt.date) -> tuple[str, ...]:
    """The weeks 'YYYY-Www' until the next list, from the Monday after the newest one on."""
    monday = last_date + dt.timedelta(days=8 - last_date.isoweekday())
    return tuple(week_of(monday + dt.timedelta(weeks=n)) for n in range(_recognised_by()["all"]["weeks"]))


def score(
    truth: PlantedStories,
    ranking: Iterable[CustomerRisk],
    leads: Iterable[Lead],
    lights: LightWeek,
    places: int,
) -> tuple[StoryScore, ...]:
    """Recall and precision of every planted story, in the order of the truth file. `leads`: of all the weeks; `places`: of
    lights a week. A signal counts where its customer comes up in the weeks if he is lit; who has no light or is gone
    stands in the ranking and in win-back."""
    rules: Mapping[str, StoryRule] = _recognised_by()
    most = places * _recognised_by()["all"]["weeks"]
    flagged: dict[str, set[str]] = {story: set() for story in truth.stories}
    place_of = lights.places
    for risk in ranking:
        if place_of.get(risk.customer_no, 0) > most:
            continue
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


@cache
def _recognised_by() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "sample" / "found_by.toml").read_text("utf-8"))


def _shows(rule: StoryRule, code: str, evidence: Mapping[str, Any]) -> bool:
    if rule.get("signal") != code:
        return False
    if "cause" in rule and rule["cause"] not in evidence.get("causes", ()):
        return False
    return all(evidence.get(name, 0) >= least for name, least in rule.get("at_least", {}).items())
