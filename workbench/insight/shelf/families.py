"""The product families of resources/products/families.toml, and the family that a product belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas

FILE = "families.toml"
REGIMES = ("deposit", "structured", "bond", "wealth", "fund", "insurance", "gold", "trust", "loan", "service")


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """How a line of a holdings list is recognised as of a family; the lowest `rank` that fits wins."""

    rank: int
    categories: tuple[str, ...]
    within: tuple[str, ...]
    risks: tuple[int, ...]
    names: tuple[str, ...]
    #: whether, in a list with such products, a customer without a line of one has none
    proves_none: bool = True

    @property
    def groups(self) -> tuple[str, ...]:
        """The words of categories which show that a list covers this family at all."""
        return (*self.categories, *self.within)

    def fits(self, category: str, name: str, risk: int | None) -> bool:
        """Whether a product is of this family; `lines.kinds` makes the same test in SQL."""
        if any(word in category for word in self.categories):
            return True
        if not any(word in category for word in self.within):
            return False
        named = any(word in name for word in self.names)
        if self.names and not named:
            return False
        return not self.risks or risk in self.risks or (risk is None and named)


@dataclass(frozen=True, slots=True)
class Family:
    """One family, a column of the product matrix. `entry` and `ticket` in fen; `risk` 0 without a risk level."""

    code: str
    column: str
    name: str
    regime: str
    risk: int
    entry: int
    ticket: int
    held: tuple[str, ...]
    none: tuple[str, ...]
    listed: FamilyRule | None

    @property
    def shown(self) -> str:
        """The name in the language in use."""
        return _(self.name)


@cache
def families() -> tuple[Family, ...]:
    """All families in the order in which they are shown. Raises WorkbenchError families_broken."""
    text = (files("resources") / "products" / FILE).read_text("utf-8")
    return read(text)


def family_named(word: str) -> Family:
    """A family by code or name. Raises WorkbenchError no_such_family."""
    plain = word.strip().lower()
    for family in families():
        if plain in (family.code, family.column, family.name.lower(), family.shown.lower()):
            return family
    names = commas(family.shown for family in families())
    raise WorkbenchError(
        "no_such_family",
        _("没有“{word}”这个产品大类。").format(word=word),
        _("现有:{names}").format(names=names),
        word=word,
    )


def read(text: str) -> tuple[Family, ...]:
    """The families of a TOML text. Raises WorkbenchError families_broken, naming the entry."""
    try:
        entries = tomllib.loads(text).get("family", [])
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error)) from error
    members = [_family(place, entry) for place, entry in enumerate(entries, start=1)]
    for place, family in enumerate(members, start=1):
        if any(other.code == family.code or other.column == family.column for other in members[: place - 1]):
            raise _broken(_("第 {n} 个大类 {code} 重复").format(n=place, code=family.code))
    return tuple(members)


def _family(place: int, entry: Mapping[str, Any]) -> Family:
    try:
        family = Family(
            entry["code"], entry["column"], entry["name"], entry["regime"], int(entry["risk"]),
            round(entry["entry"] * 100), round(entry["ticket"] * 100),
            tuple(entry.get("held", ())), tuple(entry.get("none", ())),
            _listed(entry["listed"]) if "listed" in entry else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(_("第 {n} 个大类写得不全:{what}").format(n=place, what=error)) from error
    if family.regime not in REGIMES:
        words = _("第 {n} 个大类 {code} 的 regime 不认识:{what}")
        raise _broken(words.format(n=place, code=family.code, what=family.regime))
    return family


def _listed(entry: Mapping[str, Any]) -> FamilyRule:
    return FamilyRule(
        rank=int(entry["rank"]),
        categories=tuple(entry.get("categories", ())),
        within=tuple(entry.get("within", ())),
        risks=tuple(entry.get("risks", ())),
        names=tuple(entry.get("names", ())),
        proves_none=bool(entry.get("proves_none", True)),
    )


def _broken(what: str) -> WorkbenchError:
    return WorkbenchError(
        "families_broken",
        _("产品大类文件 {file} 读不了:{what}。").format(file=FILE, what=what),
        _("请改正这个文件,或换回随程序安装的那一份。"),
        file=FILE,
    )


def family_of(
    category: str | None, name: str | None, risk: int | None, among: Sequence[Family]
) -> Family | None:
    """The family of a product by its category, name and risk level; None when unknown or of none."""
    if category is None:
        return None
    ranked = sorted(
        (f for f in among if f.listed is not None), key=lambda f: f.listed.rank if f.listed else 0
    )
    return next((f for f in ranked if f.listed and f.listed.fits(category, name or "", risk)), None)
