"""The outcome check as one value: what was looked at, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.outreach.outcomes.contacts import ContactRow, ReachedContact, TouchComparison
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.outreach.outcomes.precision import SignalPrecision
from workbench.outreach.outcomes.words import compared, contact_json, headline, person_json
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class LookedMonth:
    """A month whose lights were looked at, as they were when it was checked, by the rules of `rule_version`."""

    month: str
    as_of: str
    #: whether its window has ended, so that kept and lost can be told
    complete: bool
    rule_version: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "month": self.month,
            "as_of": self.as_of,
            "complete": self.complete,
            "rule_version": self.rule_version,
        }


@dataclass(frozen=True, slots=True)
class CauseRow:
    """Customers with a light whose cause somebody confirmed (domain 4.1)."""

    code: str
    name: str
    lights: tuple[JudgedLight, ...]


@dataclass(frozen=True, slots=True)
class OutcomePerson:
    """One light of a customer by name."""

    customer_no: str
    name: str
    light: JudgedLight


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What became of the lights and contacts of the months looked at, by the data of `as_of`."""

    as_of: str
    window: int
    months: tuple[LookedMonth, ...]
    #: reported months that were never checked: those to be caught up with, and those too far back for it
    missing: tuple[str, ...]
    not_looked: tuple[str, ...]
    #: all months together, each customer by his first light: of every colour first, then by colour
    totals: tuple[OutcomeRow, ...]
    lights: tuple[OutcomeRow, ...]
    contacts: ContactRow
    channels: tuple[ContactRow, ...]
    comparison: TouchComparison
    signals: tuple[SignalPrecision, ...]
    causes: tuple[CauseRow, ...]

    @property
    def everybody(self) -> OutcomeRow:
        """Each customer once, by his first light."""
        return self.totals[0]

    @property
    def sentence(self) -> str:
        """What became of the lights, in one sentence."""
        return headline(self.everybody, [one.month for one in self.months], self.as_of, self.window)

    def as_json(self, people: Sequence[OutcomePerson], rules: Rules) -> dict[str, Any]:
        """For programs; `people` are those of the first lights and of the contacts. Money in yuan."""
        by_light = {(one.light.customer_id, one.light.month): one for one in people}
        first = [by_light[one.customer_id, one.month] for one in self.everybody.lights]
        return {
            "as_of": self.as_of,
            "window": self.window,
            "months": [one.as_json() for one in self.months],
            "missing": list(self.missing),
            "not_looked": list(self.not_looked),
            "sentence": self.sentence,
            "total": self.everybody.as_json(),
            "by_light": [row.as_json() for row in self.totals[1:]],
            "lights": [row.as_json() for row in self.lights],
            "contacts": {
                **self.contacts.as_json(),
                "channels": [row.as_json() for row in self.channels],
                "comparison": self.comparison.as_json() | {"sentence": compared(self.comparison)},
                "people": [self._contact(one, by_light, rules) for one in self.contacts.contacts],
            },
            "signals": [one.as_json() for one in self.signals],
            "causes": [
                {"code": row.code, "name": row.name, **OutcomeRow(None, None, row.lights).counts.as_json()}
                for row in self.causes
            ],
            "people": [person_json(one.customer_no, one.name, one.light, rules) for one in first],
        }

    def _contact(
        self, contact: ReachedContact, by_light: dict[tuple[int, str], OutcomePerson], rules: Rules
    ) -> dict[str, Any]:
        person = by_light[contact.customer_id, contact.light.month]
        return contact_json(contact) | person_json(person.customer_no, person.name, person.light, rules)
