"""`EffectReport`: every method and script that was tried, how it was answered, and what became of the customers."""

from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _
from workbench.outreach.effects.similar import EffectComparison
from workbench.outreach.effects.tried import GroupKind
from workbench.outreach.effects.words import effect_words


@dataclass(frozen=True, slots=True)
class EffectPerson:
    """A customer reached in a group, by name."""

    id: int
    customer_no: str
    name: str


@dataclass(frozen=True, slots=True)
class ScriptUse:
    """What became of a script: how often it was `copied`, for how many `customers`; of the `contacts` within the days of the rule
    after it, how many `reached` somebody and `agreed`."""

    copied: int
    customers: int
    contacts: int
    reached: int
    agreed: int

    @property
    def sentence(self) -> str:
        """In one line."""
        used = _("复制过 {n} 次,{people} 位客户").format(n=self.copied, people=self.customers)
        if not self.contacts:
            return _("{used};之后还没有登记联系。").format(used=used)
        words = _("{used};之后联系 {contacts} 次,联系上 {reached} 次,有意向或办成 {agreed} 次。")
        return words.format(used=used, contacts=self.contacts, reached=self.reached, agreed=self.agreed)


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A method or a script. `name` in the language in use; `customers` contacted, `contacts` made, how many of these `reached`
    somebody and `agreed`; `ids`: of those reached."""

    kind: GroupKind
    code: str
    name: str
    customers: int
    contacts: int
    reached: int
    agreed: int
    ids: tuple[int, ...]
    comparison: EffectComparison

    @property
    def sentence(self) -> str:
        """What the comparison shows, or why it shows nothing yet."""
        return effect_words(self.comparison)

    def as_json(self) -> dict[str, Any]:
        """For programs; shares 0 to 1, None where they cannot be told."""
        compared = self.comparison
        low, high = compared.interval
        similar, difference = compared.similar, compared.difference
        return {
            "code": self.code,
            "name": self.name,
            "customers": self.customers,
            "contacts": self.contacts,
            "reached": self.reached,
            "agreed": self.agreed,
            "contacted": compared.contacted.as_json(),
            "similar": None
            if similar is None
            else {"share": round(similar.share, 4), "n": round(similar.n, 1), "people": similar.people},
            "difference": None if difference is None else round(difference, 4),
            "low": None if difference is None else round(low, 4),
            "high": None if difference is None else round(high, 4),
            "alone": compared.alone,
            "unknown": compared.unknown,
            "waiting": compared.waiting,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class EffectReport:
    """All of them by the data of `as_of`, those with the most contacts first; `window` in months."""

    as_of: str
    window: int
    rows: tuple[EffectRow, ...]

    def of(self, kind: GroupKind) -> tuple[EffectRow, ...]:
        """The methods, or the scripts."""
        return tuple(one for one in self.rows if one.kind == kind)

    def as_json(self) -> dict[str, Any]:
        """For programs: the methods and the scripts."""
        return {
            "methods": [one.as_json() for one in self.of("method")],
            "scripts": [one.as_json() for one in self.of("script")],
        }
