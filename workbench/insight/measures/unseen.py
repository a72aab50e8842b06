"""What cannot be told because no list has the column: named with the columns that would unlock it (domain 0-3, 16.1)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from workbench.base.fields_file import fields_file
from workbench.base.i18n import _, commas
from workbench.base.unlocks_file import unlocks_file
from workbench.insight.measures.scope import ReportedData
from workbench.people.labels import label

#: fields of a transactions list; the book does not keep which of them one had, so that all are taken as reported
_OF_FLOWS = frozenset(
    ("txn_date", "txn_amount", "txn_in", "txn_out", "counterparty", "txn_summary", "counterparty_bank")
)


@dataclass(frozen=True, slots=True)
class Unseen:
    """`what` cannot be told of anybody; `columns` would unlock it (labels), none where the columns are there and the records
    too few."""

    what: str
    columns: tuple[str, ...]


def reported_fields(given: ReportedData) -> frozenset[str]:
    """The fields of the catalogue that the lists of a book report."""
    fields = set(given.columns)
    if given.flows:
        fields |= _OF_FLOWS
    tables = {*given.lists, *(["holdings"] if given.holdings or given.maturities else [])}
    for table in tables:
        fields |= _fields_of(table)
    return frozenset(fields)


def lacking(feature: str, reported: Collection[str]) -> tuple[str, ...]:
    """The labels of the fewest columns that a feature ('S2', 'birthday') still needs; none where they are there. A name stands
    for all features that begin with it ('S2_amount')."""
    ways = [
        [field for field in way if field not in reported]
        for key, entry in unlocks_file()["features"].items()
        if key == feature or key.startswith(f"{feature}_")
        for way in entry["ways"]
    ]
    return tuple(label(field) for field in min(ways, key=len, default=[]))


def unseen_on(page: str, reported: Collection[str]) -> tuple[Unseen, ...]:
    """What a page cannot show by the fields reported: the features that name it in the unlock table."""
    named = [
        Unseen(_(entry["name"]), lacking(key, reported))
        for key, entry in unlocks_file()["features"].items()
        if page in entry.get("pages", ())
    ]
    return tuple(one for one in named if one.columns)


def in_words(unseen: Iterable[Unseen]) -> tuple[str, ...]:
    """'生日问候、证件到期(缺「出生日期」)': what lacks the same columns together, in the order given."""
    together: dict[tuple[str, ...], list[str]] = {}
    for one in unseen:
        together.setdefault(one.columns, []).append(one.what)
    return tuple(
        _("{what}(缺「{columns}」)").format(what=commas(names), columns=commas(columns))
        if columns
        else _("{what}(记录太少)").format(what=commas(names))
        for columns, names in together.items()
    )


@cache
def _fields_of(table: str) -> frozenset[str]:
    body = fields_file()["fields"]
    return frozenset(key for key, raw in body.items() if raw.get("table") == table)
