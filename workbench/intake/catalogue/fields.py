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

#: Unit of a money column -> its worth in yuan.
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}

_UNIT = r"(?:单位[:：]?)?\s*(?:人民币|RMB|折人民币)?\s*(百万元|亿元|万元|千元|元|万|亿)"
_BRACKETED_UNIT = re.compile(r"[(\[【<{]\s*" + _UNIT + r"\s*[)\]】>}]", re.IGNORECASE)
_TAILING_UNIT = re.compile(r"[_/\-—:\s]\s*" + _UNIT + r"\s*$|(?<=[^\d])(百万元|亿元|万元|千元)\s*$")
_DROPPED = re.compile(r"[\s_\-—·.。,,、:;'\"*#%()\[\]{}<>【】《》/\\|]+")
_SHORT = {"万": "万元", "亿": "亿元"}

CUSTOMER_NO = "customer_no"
AS_OF = "as_of"
#: Fields that identify a customer in a list without customer numbers.
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
        """The column that holds this field in `table`; None when the field is not stored there."""
        return next((column for name, column in self.columns if name == table), None)

    def shown(self) -> str:
        """The label in the language of the user."""
        return compound(_(part) for part in self.parts) if self.parts else _(self.label)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written, its plain form for comparing, and the unit it names (None: no unit)."""

    original: str
    plain: str
    unit: str | None


@cache
def heading(original: str) -> Heading:
    """Take a heading apart: full-width to half-width, unit out, brackets, spaces and punctuation dropped, capitals."""
    text = unicodedata.normalize("NFKC", original).strip()
    unit = None
    for pattern in (_BRACKETED_UNIT, _TAILING_UNIT):
        if match := pattern.search(text):
            word = next(group for group in match.groups() if group)
            unit = _SHORT.get(word, word)
            text = text[: match.start()] + text[match.end() :]
            break
    return Heading(original, _DROPPED.sub("", text).upper(), unit)


class FieldCatalogue:
    """All fields, looked up by exact heading, by plain form or by likeness."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {field.key: field for field in fields}
        self.exact: dict[str, list[Field]] = {}
        self.plain: dict[str, list[Field]] = {}
        self.kinds = kinds()
        #: headings with a meaning on one kind of sheet only: (kind, plain form) -> field
        self.own: dict[tuple[Kind, str], Field] = {}
        self._alike: dict[tuple[Kind, frozenset[str]], dict[tuple[str, ...], list[str]]] = {}
        for field in self.fields.values():
            for word in (field.label, *field.synonyms):
                _add(self.exact, word, field)
                _add(self.plain, heading(word).plain, field)
        for kind, sheet_kind in self.kinds.items():
            for key, words in sheet_kind.synonyms.items():
                for word in words:
                    self.own[kind, heading(word).plain] = self.fields[key]

    def __getitem__(self, key: str) -> Field:
        return self.fields[key]

    def of_kind(self, kind: Kind) -> list[Field]:
        """The fields that a sheet of this kind can feed, in catalogue order."""
        return [field for field in self.fields.values() if fits(field, kind)]

    def find(self, text: str, kind: Kind | None = None) -> tuple[Field, str] | None:
        """The field that a heading names and how ('exact' or 'normalised'); None when no field has this heading."""
        plain = heading(text).plain
        for of in self.kinds if kind is None else (kind,):
            if own := self.own.get((of, plain)):
                return own, "exact"
        for index, key, how in (
            (self.exact, text.strip(), "exact"),
            (self.plain, plain, "normalised"),
        ):
            for field in index.get(key, ()):
                if kind is None or fits(field, kind):
                    return field, how
        return None

    def alike(
        self, text: str, kind: Kind, *, least: float, telling: frozenset[str]
    ) -> tuple[Field, float] | None:
        """The field with the most similar heading and its score, at least `least` (0..100).

        Headings that differ in a character of `telling` (上月, 本月) are never alike.
        """
        from rapidfuzz import fuzz, process

        plain = heading(text).plain
        if len(plain) < 3:
            return None
        choices = self._of_marks(kind, telling).get(_marks(plain, telling), [])
        best = process.extractOne(plain, choices, scorer=fuzz.ratio, score_cutoff=least)
        if best is None:
            return None
        field = next(field for field in self.plain[best[0]] if fits(field, kind))
        return field, float(best[1])

    def _of_marks(self, kind: Kind, telling: frozenset[str]) -> dict[tuple[str, ...], list[str]]:
        """The plain headings that a kind of sheet may use, grouped by their telling characters; computed once."""
        if (kind, telling) not in self._alike:
            index: dict[tuple[str, ...], list[str]] = {}
            for word, fields in self.plain.items():
                if any(fits(field, kind) for field in fields):
                    index.setdefault(_marks(word, telling), []).append(word)
            self._alike[kind, telling] = index
        return self._alike[kind, telling]


def _marks(word: str, telling: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(sign for sign in word if sign in telling))


def fits(field: Field, kind: Kind) -> bool:
    """Whether a sheet of this kind may carry the field."""
    sheet_kind = kinds().get(kind)
    if sheet_kind is None:
        return False
    if field.key == AS_OF:
        return True
    if field.key == CUSTOMER_NO or field.key in PERSON:
        if sheet_kind.key != CUSTOMER_NO:
            return False
        return sheet_kind.people or kind == "customers" or field.key in (CUSTOMER_NO, "name")
    if sheet_kind.summed:
        return kind in field.sheets
    return any(table in sheet_kind.tables for table, _column in field.columns)


def _add(index: dict[str, list[Field]], word: str, field: Field) -> None:
    fields = index.setdefault(word, [])
    if word and field not in fields:
        fields.append(field)


@cache
def catalogue() -> FieldCatalogue:
    """The shipped catalogue, loaded once."""
    body = fields_file()
    return FieldCatalogue([*_plain_fields(body["fields"]), *_balances(body["balances"], body["measures"])])


class _WrittenField(TypedDict):
    """A field as written in fields.toml."""

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
    """A product with balances, and the words for it in headings."""

    label: str
    words: list[str]
    star: NotRequired[bool]


class _Measure(TypedDict):
    """One measure of a balance (time point, daily average of the month, ...) and its suffixes in headings."""

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
