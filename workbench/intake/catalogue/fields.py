"""The field catalogue: every column the workbench understands, and how a heading is looked up in it."""

from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import chain
from operator import add

from workbench.base.fields_file import fields_file
from workbench.intake.catalogue.balances import BalanceHeadings
from workbench.intake.catalogue.field import Field
from workbench.intake.catalogue.meanings import Meaning, read
from workbench.intake.catalogue.peeling import counts_share
from workbench.intake.catalogue.periods import MonthNamed
from workbench.intake.catalogue.plain import UNITS, Heading, heading
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.catalogue.variants import variants
from workbench.intake.catalogue.written_fields import balance_fields, plain_fields
from workbench.intake.report import Kind

__all__ = ["UNITS", "Field", "FieldCatalogue", "Heading", "catalogue", "heading"]

#: How many headings' meanings are kept.
_REMEMBERED = 50_000
CUSTOMER_NO = "customer_no"
AS_OF = "as_of"
#: Fields that identify a customer in a list without customer numbers.
PERSON = ("name", "phone", "id_no")


class FieldCatalogue:
    """All fields, looked up by exact heading, by plain form or by likeness."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {field.key: field for field in fields}
        self.exact: dict[str, list[Field]] = {}
        self.plain: dict[str, list[Field]] = {}
        self.kinds = kinds()
        #: headings with a meaning on one kind of sheet only: (kind, plain form) -> field
        self.own: dict[tuple[Kind, str], Field] = {}
        #: headings that must be asked
        self.maybe: dict[str, list[Field]] = {}
        self._balances = BalanceHeadings.shipped()
        self._balanced = frozenset(
            kind
            for kind in self.kinds
            if any(field.parts and fits(field, kind) for field in self.fields.values())
        )
        self._finds: dict[tuple[str, Kind | None], tuple[Field, str] | None] = {}
        self._meant: dict[str, bool] = {}
        self._meanings: dict[tuple[str, Kind], Meaning | None] = {}
        self._alike: dict[tuple[Kind, frozenset[str]], dict[tuple[str, ...], list[str]]] = {}
        for field in self.fields.values():
            for word in (field.label, *field.synonyms):
                _add(self.exact, word, field)
                _add(self.plain, heading(word).plain, field)
            for word in field.maybe:
                _add(self.maybe, heading(word).plain, field)
        for kind, sheet_kind in self.kinds.items():
            for key, words in sheet_kind.synonyms.items():
                for word in words:
                    self.own[kind, heading(word).plain] = self.fields[key]
        #: forms that follow from those written -> the fields that they follow from
        self._claims: dict[str, list[Field]] = {}
        for word, fields_of in self.plain.items():
            written = [field for field in fields_of if not field.parts]
            if written and not word.isascii():
                for form in set(variants(word, written[-1].kind)):
                    for field in fields_of:
                        _add(self._claims, form, field)
        #: every plain form that means something on some kind of sheet
        self._anything = {*self.plain, *self.maybe, *(plain for _kind, plain in self.own), *self._claims}
        words = (*self._anything, *self._balances.pieces)
        self._pairs = frozenset(chain.from_iterable(map(_pairs, words)))

    def _derived(self, plain: str, kind: Kind) -> Field | None:
        """The one field of this kind of sheet with a heading that this form follows from."""
        claiming = [field for field in self._claims.get(plain, ()) if fits(field, kind)]
        return claiming[0] if len(claiming) == 1 else None

    def __getitem__(self, key: str) -> Field:
        return self.fields[key]

    def of_kind(self, kind: Kind) -> list[Field]:
        """The fields that a sheet of this kind can feed, in catalogue order."""
        return [field for field in self.fields.values() if fits(field, kind)]

    def find(self, text: str, kind: Kind | None = None) -> tuple[Field, str] | None:
        """The field that a heading names and how ('exact' or 'normalised'); None when no field has this heading.

        A month in a heading is taken for the sheet's own: `meaning` tells it.
        """
        key = text, kind
        if key not in self._finds:
            if len(self._finds) > _REMEMBERED:
                self._finds.clear()
            self._finds[key] = self._search(text, self.kinds if kind is None else (kind,))
        return self._finds[key]

    def _search(self, text: str, kinds: Iterable[Kind]) -> tuple[Field, str] | None:
        if not self._speaks(text):
            return None
        for kind in kinds:
            if written := self._written(text, kind):
                return written
        for kind in kinds:
            meaning = self.meaning(text, kind)
            if meaning is not None and not meaning.doubts:
                return meaning.field, "normalised"
        return None

    def _speaks(self, text: str) -> bool:
        """Whether two signs beside each other stand so in some heading: most cells of a sheet do not."""
        return any(pair in self._pairs for pair in _pairs(heading(text).plain))

    def written(self, text: str) -> Field | None:
        """The field of any kind of sheet that has this very heading, with nothing around it."""
        if not self._speaks(text):
            return None
        fields = (self._written(text, kind) for kind in self.kinds)
        return next((field[0] for field in fields if field is not None), None)

    def _written(self, text: str, kind: Kind) -> tuple[Field, str] | None:
        """The field that has this very heading."""
        plain = heading(text).plain
        if own := self.own.get((kind, plain)):
            return own, "exact"
        for index, key, how in ((self.exact, text.strip(), "exact"), (self.plain, plain, "normalised")):
            for field in index.get(key, ()):
                if fits(field, kind) and not (how != "exact" and counts_share(text)):
                    return field, how
        balance = None if counts_share(text) else self._balance(plain, kind)
        return None if balance is None else (balance, "normalised")

    def _balance(self, plain: str, kind: Kind) -> Field | None:
        """The balance that a plain form is composed for: the words of a product with those of a measure."""
        if kind not in self._balanced:
            return None
        key = self._balances.of(plain)
        return None if key is None else self.fields[key]

    def meaning(self, text: str, kind: Kind) -> Meaning | None:
        """What a heading means on a kind of sheet under numbering, marks, remarks, words of time; None for nothing known."""
        key = text, kind
        if key not in self._meanings:
            if len(self._meanings) > _REMEMBERED:
                self._meanings.clear()
            self._meanings[key] = read(text, partial(self._known, kind)) if self._may_mean(text) else None
        return self._meanings[key]

    def months_in(self, text: str, kind: Kind) -> tuple[MonthNamed, ...]:
        """The months that a known heading names, to be compared with the sheet's date."""
        meaning = self.meaning(text, kind)
        return meaning.months if meaning is not None else ()

    def _may_mean(self, text: str) -> bool:
        """Whether the heading means anything on any kind of sheet."""
        if text not in self._meant:
            if len(self._meant) > _REMEMBERED:
                self._meant.clear()
            self._meant[text] = self._speaks(text) and read(text, self._known_anywhere) is not None
        return self._meant[text]

    def _known_anywhere(self, plain: str) -> tuple[Field, bool] | None:
        known = plain in self._anything or self._balances.of(plain) is not None
        return (self.fields[CUSTOMER_NO], False) if known else None

    def _known(self, kind: Kind, plain: str) -> tuple[Field, bool] | None:
        """The field with this plain form, and whether it must be asked."""
        if own := self.own.get((kind, plain)):
            return own, False
        for index, asked in ((self.plain, False), (self.maybe, True)):
            for field in index.get(plain, ()):
                if fits(field, kind):
                    return field, asked
        sure = self._balance(plain, kind) or self._derived(plain, kind)
        return None if sure is None else (sure, False)

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


def _pairs(word: str) -> Iterator[str]:
    """Every two signs beside each other."""
    return map(add, word, word[1:])


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
    return FieldCatalogue(
        [*plain_fields(body["fields"]), *balance_fields(body["balances"], body["measures"])]
    )
