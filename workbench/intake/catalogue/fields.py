"""The field catalogue: every column the workbench understands, and how a heading is looked up in it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NotRequired, TypedDict

from workbench.base.fields_file import fields_file
from workbench.base.i18n import _, compound
from workbench.base.sensitivity import CLOSED, Sensitivity, declared
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.report import Kind

#: What one of a unit is in yuan.
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}

_UNIT = r"(?:单位[:：]?)?\s*(?:人民币|RMB|折人民币)?\s*(百万元|亿元|万元|千元|元|万|亿)"
_BRACKETED_UNIT = re.compile(r"[(\[【<{]\s*" + _UNIT + r"\s*[)\]】>}]", re.IGNORECASE)
_TAILING_UNIT = re.compile(r"[_/\-—:\s]\s*" + _UNIT + r"\s*$|(?<=[^\d])(百万元|亿元|万元|千元)\s*$")
_DROPPED = re.compile(r"[\s_\-—·.。,,、:;'\"*#%()\[\]{}<>【】《》/\\|]+")
_SHORT = {"万": "万元", "亿": "亿元"}

CUSTOMER_NO = "customer_no"
AS_OF = "as_of"
#: What names a customer where a list lacks the number.
PERSON = ("name", "phone", "id_no")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `columns` are its places as (table, column); `kind` says how its cells are read.

    `sheets` are the kinds of sheet of a field that has no place of its own (one that is only computed with);
    `parts` the words its label is made of, each translated on its own.
    """

    key: str
    label: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    synonyms: tuple[str, ...] = ()
    star: bool = False
    unlock: str = ""
    sheets: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    #: closed as long as the catalogue does not say otherwise
    sensitivity: Sensitivity = CLOSED

    def column(self, table: str) -> str | None:
        return next((column for name, column in self.columns if name == table), None)

    def shown(self) -> str:
        return compound(_(part) for part in self.parts) if self.parts else _(self.label)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found, its plain form for comparing, and the unit it names (None: none)."""

    found: str
    plain: str
    unit: str | None


@cache
def heading(found: str) -> Heading:
    """Take a heading apart: full-width to half-width, unit out, brackets, spaces and punctuation dropped, capitals."""
    text = unicodedata.normalize("NFKC", found).strip()
    unit = None
    for pattern in (_BRACKETED_UNIT, _TAILING_UNIT):
        if match := pattern.search(text):
            word = next(group for group in match.groups() if group)
            unit = _SHORT.get(word, word)
            text = text[: match.start()] + text[match.end() :]
            break
    return Heading(found, _DROPPED.sub("", text).upper(), unit)


class FieldCatalogue:
    """All fields, with lookup by exact heading, plain form and likeness."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {field.key: field for field in fields}
        self.exact: dict[str, list[Field]] = {}
        self.plain: dict[str, list[Field]] = {}
        self.kinds = kinds()
        #: headings that mean something on one kind of sheet only, in plain form
        self.own: dict[tuple[Kind, str], Field] = {}
        self._alike: dict[tuple[Kind, frozenset[str]], dict[tuple[str, ...], list[str]]] = {}
        for field in self.fields.values():
            for word in (field.label, *field.synonyms):
                _add(self.exact, word, field)
                _add(self.plain, heading(word).plain, field)
        for kind, known in self.kinds.items():
            for key, words in known.synonyms.items():
                for word in words:
                    self.own[kind, heading(word).plain] = self.fields[key]

    def __getitem__(self, key: str) -> Field:
        return self.fields[key]

    def of_kind(self, kind: Kind) -> list[Field]:
        """The fields that a sheet of this kind can feed, in catalogue order."""
        return [field for field in self.fields.values() if fits(field, kind)]

    def find(self, found: str, kind: Kind | None = None) -> tuple[Field, str] | None:
        """The field of a heading and how ('exact' or 'normalised'); None when nothing says so for certain."""
        plain = heading(found).plain
        for of in self.kinds if kind is None else (kind,):
            if own := self.own.get((of, plain)):
                return own, "exact"
        for index, key, how in (
            (self.exact, found.strip(), "exact"),
            (self.plain, plain, "normalised"),
        ):
            for field in index.get(key, ()):
                if kind is None or fits(field, kind):
                    return field, how
        return None

    def alike(
        self, found: str, kind: Kind, *, least: float, telling: frozenset[str]
    ) -> tuple[Field, float] | None:
        """The most similar field at or above `least` (0..100), never one that differs in a telling character."""
        from rapidfuzz import fuzz, process

        plain = heading(found).plain
        if len(plain) < 3:
            return None
        choices = self._of_marks(kind, telling).get(_marks(plain, telling), [])
        best = process.extractOne(plain, choices, scorer=fuzz.ratio, score_cutoff=least)
        if best is None:
            return None
        field = next(field for field in self.plain[best[0]] if fits(field, kind))
        return field, float(best[1])

    def _of_marks(self, kind: Kind, telling: frozenset[str]) -> dict[tuple[str, ...], list[str]]:
        """The plain words that a kind of sheet may use, by their telling characters; gathered once."""
        if (kind, telling) not in self._alike:
            found: dict[tuple[str, ...], list[str]] = {}
            for word, fields in self.plain.items():
                if any(fits(field, kind) for field in fields):
                    found.setdefault(_marks(word, telling), []).append(word)
            self._alike[kind, telling] = found
        return self._alike[kind, telling]


def _marks(word: str, telling: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(sign for sign in word if sign in telling))


def fits(field: Field, kind: Kind) -> bool:
    """Whether a sheet of this kind may carry the field."""
    known = kinds().get(kind)
    if known is None:
        return False
    if field.key == AS_OF:
        return True
    if field.key == CUSTOMER_NO or field.key in PERSON:
        if known.key != CUSTOMER_NO:
            return False
        return known.people or kind == "customers" or field.key in (CUSTOMER_NO, "name")
    if known.summed:
        return kind in field.sheets
    return any(table in known.tables for table, _column in field.columns)


def _add(index: dict[str, list[Field]], word: str, field: Field) -> None:
    known = index.setdefault(word, [])
    if word and field not in known:
        known.append(field)


@cache
def catalogue() -> FieldCatalogue:
    """The shipped catalogue, loaded once."""
    body = fields_file()
    return FieldCatalogue([*_plain_fields(body["fields"]), *_balances(body["balances"], body["measures"])])


class _WrittenField(TypedDict):
    """A field as fields.toml tells it."""

    label: str
    kind: str
    table: str
    column: NotRequired[str]
    also: NotRequired[str]
    synonyms: NotRequired[list[str]]
    star: NotRequired[bool]
    unlock: NotRequired[str]
    sheets: NotRequired[list[Kind]]


class _Balance(TypedDict):
    """A product whose balances are told, and the words for it."""

    label: str
    words: list[str]
    star: NotRequired[bool]


class _Measure(TypedDict):
    """A way in which balances are told."""

    label: str
    suffixes: list[str]


def _plain_fields(raw: Mapping[str, _WrittenField]) -> Iterable[Field]:
    for key, entry in raw.items():
        column = entry.get("column", key)
        table = entry["table"]
        tables = {"both": ("customers", "snapshots"), "sheet": ()}.get(table, (table,))
        if "also" in entry:
            tables = (*tables, entry["also"])
        yield Field(
            key, entry["label"], entry["kind"], tuple((name, column) for name in tables),
            tuple(entry.get("synonyms", ())), bool(entry.get("star")), entry.get("unlock", ""),
            tuple(entry.get("sheets", ())), sensitivity=declared(entry),
        )  # fmt: skip


def _balances(balances: Mapping[str, _Balance], measures: Mapping[str, _Measure]) -> Iterable[Field]:
    for balance, product in balances.items():
        for measure, way in measures.items():
            key = f"{balance}_{measure}"
            words = [word + suffix for word in product["words"] for suffix in way["suffixes"]]
            words += [suffix + word for word in product["words"] for suffix in way["suffixes"] if suffix]
            star = bool(product.get("star")) and measure in ("balance", "daily_average")
            parts = (product["label"], way["label"])
            yield Field(
                key, "".join(parts), "money", (("snapshots", key),), tuple(words), star, parts=parts,
                sensitivity=declared(product),
            )  # fmt: skip
