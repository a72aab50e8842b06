"""What kinds of sheet there are, as data: how each is recognised, where its rows go and what tells its lines apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast

from db.values import Value
from workbench.base.fields_file import fields_file
from workbench.base.i18n import _
from workbench.intake.report import Kind

#: How rows enter the book. snapshot: one row per customer and month · month: the sheet replaces all lines of its month ·
#: add: lines are added or changed, none is removed · day: summed by customer and day, a later file replaces the day ·
#: key: one row per key, none is removed
Policy = Literal["snapshot", "month", "add", "day", "key"]


@dataclass(frozen=True, slots=True)
class KindOfSheet:
    """One kind of sheet; names of fields are keys of the catalogue.

    A sheet is of this kind when one set of `recognised_by` is among its fields, or `least` of `marks`; with one of
    `words` in its name or title a set of `hinted_by` is enough; a `named` kind needs such a word in any case.
    """

    name: Kind
    label: str
    tables: tuple[str, ...]
    policy: Policy
    key: str = "customer_no"
    #: whether the whole sheet has one date; otherwise each line carries its own in the field `date`
    dated: bool = False
    date: str = ""
    #: the field with a line's own number (contract, complaint), '' when there is none
    number: str = ""
    #: with the customer (and the date) these identify a line
    identity: tuple[str, ...] = ()
    #: fields without which a row is refused
    required: tuple[str, ...] = ()
    recognised_by: tuple[frozenset[str], ...] = ()
    hinted_by: tuple[frozenset[str], ...] = ()
    marks: frozenset[str] = frozenset()
    least: int = 0
    words: tuple[str, ...] = ()
    named: bool = False
    #: whether two equal rows are two lines (deposits, wages) and not a duplicate
    twice: bool = False
    #: whether rows may identify the customer by name and phone or by identity number only
    people: bool = False
    #: whether rows are summed by day; unknown columns are then not kept
    summed: bool = False
    #: values of an inserted line that the sheet leaves blank: field -> value
    defaults: Mapping[str, Value] = field(default_factory=dict)
    #: headings with this meaning on this kind of sheet only: field -> headings
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """Where the rows go (the first table of a customers list)."""
        return self.tables[0]

    def shown(self) -> str:
        """The label in the language of the user."""
        return _(self.label)


@cache
def kinds() -> Mapping[Kind, KindOfSheet]:
    """The kinds of resources/fields.toml, in its order."""
    body = fields_file()
    return {cast(Kind, name): _kind(cast(Kind, name), raw) for name, raw in body["kinds"].items()}


def _kind(name: Kind, raw: Mapping[str, Any]) -> KindOfSheet:
    given = dict(raw)
    for key in ("tables", "identity", "required", "words"):
        given[key] = tuple(given.get(key, ()))
    for key in ("recognised_by", "hinted_by"):
        given[key] = tuple(frozenset(fields) for fields in given.get(key, ()))
    given["marks"] = frozenset(given.get("marks", ()))
    given["synonyms"] = {key: tuple(words) for key, words in given.get("synonyms", {}).items()}
    return KindOfSheet(name=name, **given)
