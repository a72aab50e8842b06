"""How sensitive each field of the catalogue is, and how it is masked on the screen, on paper, in a file and in JSON.

The answer stands once, as `sensitivity` in resources/fields.toml. What has no entry there (a new field, an unknown column, a
field of a person's own) is closed: nothing of it is shown until somebody says otherwise (see `legible`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from workbench.base.fields_file import fields_file

Level = Literal["C1", "C2", "C3"]
#: data-protection classes of JR/T 0171-2020, the weakest first
INTERNAL_CLASS: Final = "C1"
PERSONAL_CLASS: Final = "C2"
SENSITIVE_CLASS: Final = "C3"
#: none: as it is. text: as it is, but for phones and ids in it. name: 张**. first: the first character. phone: 138****1234.
#: id: the first three and the last four. tail: the last four. district: an address to the district. mail: the first
#: letter and the host. all: stars for every letter and digit
Mask = Literal["none", "text", "name", "first", "phone", "id", "tail", "district", "mail", "all"]
Place = Literal["screen", "paper", "file", "json"]
PLACES: tuple[Place, ...] = get_args(Place)
MASKS: tuple[Mask, ...] = get_args(Mask)
LEVELS: tuple[Level, ...] = get_args(Level)
#: masks that leave a value as somebody wrote it
LEGIBLE: frozenset[Mask] = frozenset({"none", "text"})


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The class of a field, and its mask in each place."""

    level: Level
    screen: Mask
    paper: Mask
    file: Mask
    json: Mask

    def at(self, place: Place) -> Mask:
        """The mask in one place."""
        match place:
            case "screen":
                return self.screen
            case "paper":
                return self.paper
            case "file":
                return self.file
            case "json":
                return self.json

    def legible_at(self, place: Place) -> bool:
        """Whether the value may be read there."""
        return self.at(place) in LEGIBLE


CLOSED = Sensitivity(PERSONAL_CLASS, "all", "all", "all", "all")
#: what a person said may be shown, and what the program computed; phones and ids that stand in it are masked all the same
OPEN = Sensitivity(PERSONAL_CLASS, "text", "text", "text", "text")


def sensitivity_of(field: str | None, legible: Collection[str] = ()) -> Sensitivity:
    """The sensitivity of a field by its key or its column of the book; closed when nothing says so.

    `legible`: names of the book's own fields that somebody said need no mask (see `workbench.people.legible`).
    """
    if field is None:
        return CLOSED
    sensitivity = sensitivities().get(field) or _columns().get(field)
    if sensitivity is not None:
        return sensitivity
    return OPEN if field in legible else CLOSED


@cache
def sensitivities() -> Mapping[str, Sensitivity]:
    """Every field of the catalogue by key."""
    body = fields_file()
    declared_fields = {key: declared(entry) for key, entry in body["fields"].items()}
    for balance, entry in body["balances"].items():
        for measure in body["measures"]:
            declared_fields[f"{balance}_{measure}"] = declared(entry)
    return declared_fields


@cache
def _columns() -> Mapping[str, Sensitivity]:
    """The columns of the book that are called otherwise than their field; of several fields the strictest."""
    body = fields_file()
    columns: dict[str, Sensitivity] = {}
    for key, entry in body["fields"].items():
        one, column = sensitivities()[key], entry.get("column", key)
        columns[column] = max(columns.get(column, one), one, key=_strictness)
    return columns


def declared(entry: Mapping[str, object]) -> Sensitivity:
    """What an entry of the catalogue says of itself; closed when it says nothing. Raises ValueError for an unknown word."""
    raw = entry.get("sensitivity")
    if raw is None:
        return CLOSED
    if not isinstance(raw, dict) or set(raw) - {"class", "mask", *PLACES}:
        raise ValueError(raw)
    level = _level(raw.get("class"))
    screen, paper, file, json = (_mask(raw.get(place, raw.get("mask", "all"))) for place in PLACES)
    return Sensitivity(level, screen, paper, file, json)


def _level(word: object) -> Level:
    for level in LEVELS:
        if level == word:
            return level
    raise ValueError(word)


def _mask(word: object) -> Mask:
    for mask in MASKS:
        if mask == word:
            return mask
    raise ValueError(word)


def _strictness(one: Sensitivity) -> tuple[int, ...]:
    return tuple(MASKS.index(one.at(place)) for place in PLACES)
