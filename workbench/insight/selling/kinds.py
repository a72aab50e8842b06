"""What a product sheet consists of: roles, models, margins, lines and templates, read from resources/products/sheets.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import tomli as tomllib

from workbench.base.i18n import _

#: the template of a sheet without lines of its own
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code with its name and what it means (msgids)."""

    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet. `name`, `hint` (msgids); `most`: signs that it may have; `needed`: never empty."""

    code: str
    name: str
    hint: str
    most: int
    needed: bool


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A kind of sheet. `name` (msgid); `role`, `model`, `margin`: what it begins with, '' for nothing; `fill`: line -> the words
    (msgid) that it begins with; `own`: lines that only it has."""

    code: str
    name: str
    role: str = ""
    model: str = ""
    margin: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    own: tuple[SheetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeworkWords:
    """The words of the form by which sheets come back (msgids). `headings`: (key, name, how it is filled) of what a sheet is."""

    title: str
    about: str
    headings: tuple[tuple[str, str, str], ...]


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((files("resources") / "products" / "sheets.toml").read_text("utf-8"))


def _codes(name: str) -> tuple[NamedCode, ...]:
    return tuple(NamedCode(code, **one) for code, one in _read()[name].items())


def roles() -> tuple[NamedCode, ...]:
    """What a product is for: 引流, 粘性, 利润 (domain 13.4)."""
    return _codes("roles")


def models() -> tuple[NamedCode, ...]:
    """The types of product models (domain 11.6)."""
    return _codes("models")


def margins() -> tuple[NamedCode, ...]:
    """The classes of margin."""
    return _codes("margins")


def regimes() -> tuple[NamedCode, ...]:
    """The kinds of products that rules of sale tell apart, as in `shelf/families.py`."""
    return _codes("regimes")


def name_of(code: str, among: tuple[NamedCode, ...]) -> str:
    """The name of a code in the language in use; the code itself for an unknown one."""
    return next((_(one.name) for one in among if one.code == code), code)


@cache
def shared_lines() -> tuple[SheetLine, ...]:
    """The lines of every sheet, in their order."""
    return tuple(SheetLine(**one) for one in _read()["line"])


@cache
def templates() -> Mapping[str, SheetTemplate]:
    """The kinds of sheets by code, in their order."""
    made = {}
    for body in _read()["template"]:
        own = tuple(SheetLine(**one) for one in body.get("line", ()))
        rest = {key: value for key, value in body.items() if key != "line"}
        made[body["code"]] = SheetTemplate(**rest, own=own)
    return MappingProxyType(made)


def lines_of(template: str) -> tuple[SheetLine, ...]:
    """All lines of a kind of sheet: its own stand behind what the product is."""
    first, *others = shared_lines()
    return (first, *templates()[template].own, *others)


def every_line() -> tuple[SheetLine, ...]:
    """The lines of all kinds of sheets, each once: the shared ones, then those that only one kind has."""
    return (*shared_lines(), *(line for one in templates().values() for line in one.own))


@cache
def homework() -> HomeworkWords:
    """The words of the form by which sheets come back."""
    body = _read()["homework"]
    headings = tuple((one["key"], one["name"], one["how"]) for one in body["heading"])
    return HomeworkWords(body["title"], body["about"], headings)
