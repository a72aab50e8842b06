"""`Script`: one text of the playbook, and the scene that it is said in (domain 2.2, 8.5, 10.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from db.values import Value

#: what a contact with these words is, as of touches: 'service' is never barred, 'care' by what freezes all contacts, 'marketing'
#: by every ground of consent
ScriptKind = Literal["service", "care", "marketing"]
#: whom a text speaks to; 'manager': a hint that is read, never said
Audience = Literal["customer", "manager"]
Whose = Literal["shipped", "own", "office"]


class ScriptJson(TypedDict):
    """A script for programs. `text` as it stands in the library, or with its gaps filled for a customer; `of` tells what of its
    scene it is for (`{"emotion": "anger"}`); `regime` and `risk` null where it speaks of no product."""

    id: str
    library: str
    scene: str
    scene_name: str
    text: str
    of: dict[str, str]
    segment: list[str]
    style: list[str]
    stage: list[str]
    tower: list[str]
    channel: list[str]
    kind: str
    regime: str | None
    risk: int | None
    length: int
    variables: list[str]
    never_say: list[str]
    to: str
    escalates: bool
    source: str
    mark: str
    version: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What words are for. `name` (msgid); `kind` of a contact with them; `most`: signs that a text may have."""

    code: str
    name: str
    kind: ScriptKind
    most: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """What calls for words. `kinds` of the week's reasons, `acts`: codes of the portrait's next steps; `scenes`: the first before
    the others; `of`: what of them is wanted, axis -> value."""

    kinds: tuple[str, ...]
    acts: tuple[str, ...]
    scenes: tuple[str, ...]
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Script:
    """One text; those that say the same in other words share `base`.

    `text`: a msgid with {gaps} (see `playbook/filling.py`); `of`: what of its scene it is for, axis -> value; `segment`, `style`,
    `stage`, `tower`, `channel`: codes of those whom it is for, empty: everybody; `when`: columns of the tag layers and the values
    that they must have, `at_least`, `at_most`: numbers that they must reach or not pass (none of money), an unknown one
    fits nothing; `regime`, `risk`: of the product that it speaks of, '' and None for none; `touches`: reasons of the year's
    touches; `old`: for data too old for days; `quiet`: for silent days; `never`: what not to say with it (msgids);
    `source`: where it comes from, as whoever wrote it says.
    """

    id: str
    base: str
    library: str
    scene: str
    text: str
    kind: ScriptKind
    of: Mapping[str, str] = field(default_factory=dict)
    segment: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    tower: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)
    regime: str = ""
    risk: int | None = None
    touches: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    to: Audience = "customer"
    escalates: bool = False
    old: bool = False
    quiet: bool = False
    mark: str = "P"
    version: int = 1
    whose: Whose = "shipped"
    most: int = 120
    source: str = ""

    @property
    def conditions(self) -> frozenset[str]:
        """The columns of the tag layers that it asks for."""
        return frozenset((*self.when, *self.at_least, *self.at_most))

    @property
    def of_product(self) -> bool:
        """Whether it speaks of a product, so that suitability is asked first."""
        return bool(self.regime) or self.leaves_product

    @property
    def leaves_product(self) -> bool:
        """Whether the product is left open, to be filled with one of the shelf."""
        return "{product}" in self.text
