"""`JourneyCard`: where one customer stands on his journey and what that asks for, as his portrait says it (domain 3).

Everything on it is masked for the place where it is shown, so that it may be shown there as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from workbench.base.sensitivity import Place
from workbench.insight.portrait import card_products as products
from workbench.insight.portrait import card_sections as made
from workbench.insight.portrait.card_source import JourneySection, JourneySource
from workbench.insight.portrait.portrait import Portrait
from workbench.people.privacy import masking
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class JourneyCard:
    """The card of one customer on a day (`day`, ISO) by data of `as_of` (ISO, None: he is on no monthly list).

    `stage` is its code and name, '' where it cannot be told; `since` the words on its first day; `aged`: the notice of old
    data, '' while they are fresh. The rest are its sections.
    """

    name: str
    customer_no: str
    level: str
    stage: str
    since: str
    as_of: str | None
    day: str
    aged: str
    entered: JourneySection
    standing: JourneySection
    gene: JourneySection
    next_step: JourneySection
    forbidden: JourneySection
    holdings: JourneySection
    hook: JourneySection
    tasks: JourneySection
    touches: JourneySection
    history: JourneySection

    @property
    def sections(self) -> tuple[JourneySection, ...]:
        """All sections, those of the front first."""
        every = (getattr(self, one.name) for one in fields(self))
        return tuple(one for one in every if isinstance(one, JourneySection))

    def as_json(self) -> dict[str, Any]:
        """The card for programs, as it is masked."""
        return {
            "name": self.name, "customer_no": self.customer_no, "level": self.level, "stage": self.stage,
            "since": self.since, "as_of": self.as_of, "day": self.day, "aged": self.aged,
            "sections": [one.as_json() for one in self.sections],
        }  # fmt: skip


def journey_card(
    portrait: Portrait, rules: Rules, words: Mapping[str, str], place: Place = "screen"
) -> JourneyCard:
    """The card of a portrait for a place. `words`: names of the codes of channels and results.

    The observed style stands on it on the screen alone: it never leaves the book (domain 2.2, 17).
    """
    source = JourneySource(portrait, rules, words, place)
    stage, position = portrait.stage, portrait.standing
    level = (position.tier_name if position else None) or portrait.tier_name or ""
    return JourneyCard(
        name=masking("name", portrait.name, place),
        customer_no=masking("customer_no", portrait.customer_no, place),
        level=level,
        stage=stage.name if stage is not None else "",
        since=made.since_words(source),
        as_of=portrait.as_of,
        day=source.day,
        aged=portrait.fresh.sentence if portrait.fresh else "",
        entered=made.entered(source),
        standing=made.standing(source),
        gene=made.gene(source),
        next_step=made.next_step(source),
        forbidden=made.forbidden(source),
        holdings=products.holdings(source),
        hook=products.hook(source),
        tasks=made.tasks(source),
        touches=made.touches(source),
        history=made.history(source),
    )
