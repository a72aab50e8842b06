"""Makes fields of what resources/fields.toml says."""

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

from workbench.base.sensitivity import declared
from workbench.intake.catalogue.field import Field
from workbench.intake.report import Kind


class _WrittenField(TypedDict):
    """A field as written in fields.toml."""

    label: str
    kind: str
    table: str
    column: NotRequired[str]
    also: NotRequired[str]
    synonyms: NotRequired[list[str]]
    maybe: NotRequired[list[str]]
    star: NotRequired[bool]
    unlock: NotRequired[str]
    sheets: NotRequired[list[Kind]]


class _Balance(TypedDict):
    """A product with balances, and the words for it in headings."""

    label: str
    words: list[str]
    #: measure -> headings that must be asked
    maybe: NotRequired[Mapping[str, list[str]]]
    star: NotRequired[bool]


class _Measure(TypedDict):
    """One measure of a balance (time point, daily average of the month, ...) and its suffixes in headings."""

    label: str
    suffixes: list[str]


def plain_fields(raw: Mapping[str, _WrittenField]) -> Iterable[Field]:
    """The fields that are written one by one."""
    for key, entry in raw.items():
        column = entry.get("column", key)
        table = entry["table"]
        tables = {"both": ("customers", "snapshots"), "sheet": ()}.get(table, (table,))
        if "also" in entry:
            tables = (*tables, entry["also"])
        yield Field(
            key, entry["label"], entry["kind"], tuple((name, column) for name in tables),
            tuple(entry.get("synonyms", ())), tuple(entry.get("maybe", ())), bool(entry.get("star")), entry.get("unlock", ""),
            tuple(entry.get("sheets", ())), sensitivity=declared(entry),
        )  # fmt: skip


def balance_fields(balances: Mapping[str, _Balance], measures: Mapping[str, _Measure]) -> Iterable[Field]:
    """The fields of balances: each product with each measure."""
    for balance, product in balances.items():
        for measure, way in measures.items():
            key = f"{balance}_{measure}"
            words = [word + suffix for word in product["words"] for suffix in way["suffixes"]]
            words += [suffix + word for word in product["words"] for suffix in way["suffixes"] if suffix]
            maybe = tuple(product.get("maybe", {}).get(measure, ()))
            star = bool(product.get("star")) and measure in ("balance", "daily_average")
            parts = (product["label"], way["label"])
            yield Field(
                key, "".join(parts), "money", (("snapshots", key),), tuple(words), maybe, star, parts=parts,
                sensitivity=declared(product),
            )  # fmt: skip
