"""Decides what a sheet holds, by its headings and by the words of its name and title."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.intake.catalogue.fields import AS_OF, CUSTOMER_NO, PERSON, FieldCatalogue, heading
from workbench.intake.catalogue.sheet_kinds import KindOfSheet
from workbench.intake.columns.mapping import match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form.header import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Kind
from workbench.rules.parameters import Rules

_SHARED = frozenset({CUSTOMER_NO, AS_OF, *PERSON})


@dataclass(frozen=True, slots=True)
class _Headings:
    """What the headings of a sheet mean on each kind of sheet."""

    #: kind -> heading -> field
    means: Mapping[Kind, Mapping[str, str]]
    money: frozenset[str]
    #: headings used everywhere, and how many of them weigh as much as a specific one
    vague: frozenset[str]
    enough: int

    def own(self, kind: Kind) -> set[str]:
        """The fields that the headings feed on this kind of sheet, without those shared by all kinds."""
        return set(self.means[kind].values()) - _SHARED

    def only(self, kind: Kind, other: Kind) -> set[str]:
        """Fields of `kind` whose headings mean nothing on the other kind."""
        return {
            key
            for name, key in self.means[kind].items()
            if key not in _SHARED and name not in self.means[other]
        }

    def against(self, kind: Kind) -> int:
        """How many fields the headings feed on a customers list; those that are one field on this kind count again."""
        customers, same = self.means["customers"], self.means[kind]
        apart = {(same[name], key) for name, key in customers.items() if name in same and key not in _SHARED}
        return len(self.own("customers")) + len(apart) - len({field for field, _key in apart})

    def telling(self, kind: Kind) -> bool:
        """Whether the kind is recognised by more than headings that could stand on any sheet."""
        own = {
            name for name, key in self.means[kind].items()
            if key not in _SHARED and name not in self.means["customers"]
        }  # fmt: skip
        return any(heading(name).plain not in self.vague for name in own) or len(own) >= self.enough

    def names_person(self, kind: Kind) -> bool:
        """Whether the rows identify a person without a customer number."""
        fields = set(self.means[kind].values())
        return "id_no" in fields or {"name", "phone"} <= fields


def kind_of(sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules) -> Kind:
    """What the sheet holds; 'none' when it identifies no customer and is no list of products.

    A customers list may carry a last contact, a count of complaints or a wage: it stays one while it has more
    figures than fields of the other kind. A list without customer numbers is recognised by name and phone, or by
    identity numbers.
    """
    headings = _Headings(
        {
            kind: {
                name: match[0].key for name in layout.names if name and (match := catalogue.find(name, kind))
            }
            for kind in catalogue.kinds
        },
        frozenset(key for key, field in catalogue.fields.items() if field.kind == "money"),
        frozenset(heading(word).plain for word in rules.words("intake.vague_headings")),
        rules.whole("intake.vague_enough"),
    )
    titles = " ".join((sheet.name, *layout.above))
    numbered = any(
        match.field == CUSTOMER_NO for match in match_columns(layout.names, "customers", catalogue, rules)
    )
    best: tuple[float, Kind] | None = None
    for name, kind in catalogue.kinds.items():
        has_number = numbered or CUSTOMER_NO in headings.means[name].values()
        if name == "customers" or not _addressed(kind, headings, has_number):
            continue
        score = _score(kind, headings, any(word in titles for word in kind.words))
        if score is not None and (best is None or score > best[0]):
            best = (score, name)
    if best is not None:
        return best[1]
    figures = headings.own("customers") & headings.money
    if numbered or (headings.names_person("customers") and figures):
        return "customers"
    if figures and _looks_identified(sheet, layout, rules):
        return "customers"
    return "none"


def _looks_identified(sheet: RawSheet, layout: Layout, rules: Rules) -> bool:
    """Whether one column, whatever its heading, looks like customer numbers or like identity numbers."""
    shapes = Shapes(sheet, layout.header + 1, rules)
    proposals = [shapes.proposal(index) for index, name in enumerate(layout.names) if name]
    fields = [one[0] for one in proposals if one is not None]
    return fields.count(CUSTOMER_NO) == 1 or fields.count("id_no") == 1


def _addressed(kind: KindOfSheet, headings: _Headings, numbered: bool) -> bool:
    """Whether the rows identify a customer (for a list of products: none)."""
    if kind.key != CUSTOMER_NO:
        return not numbered
    return numbered or (kind.people and headings.names_person(kind.name))


def _score(kind: KindOfSheet, headings: _Headings, named: bool) -> float | None:
    """How many headings speak for the kind; None when it is not recognised, or when more speak for a customers list."""
    own = headings.own(kind.name)
    if kind.named and not named:
        return None
    sure = any(fields <= own for fields in kind.recognised_by)
    sure = sure or bool(kind.least and len(own & kind.marks) >= kind.least)
    hinted = named and any(fields <= own for fields in kind.hinted_by)
    if not (sure or hinted):
        return None
    if not kind.date:
        against = headings.against(kind.name) if kind.key == CUSTOMER_NO else 0
        return None if len(own) < against else len(own) + named
    if not (named or headings.telling(kind.name)):
        return None
    for_it = len(headings.only(kind.name, "customers"))
    figures = len(headings.only("customers", kind.name) & headings.money)
    if figures and (not sure or for_it < figures or (for_it == figures and not named)):
        return None
    return len(own) + 1.5 * named
