"""Which features of account behaviour are off, and the columns that each lacks (domain 10.5, 16.1)."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.base.i18n import _, commas
from workbench.base.unlocks_file import FeatureEntry, unlocks_file
from workbench.insight.measures.scope import ReportedData
from workbench.insight.measures.unseen import lacking, reported_fields
from workbench.insight.values.values import Values
from workbench.people.labels import label

#: Measures that only a transactions list tells: if one is known, the list was imported.
_BY_TRANSACTIONS = ("big_out", "big_in", "out_school", "same_name_mean", "payday_kept")
_DATES = frozenset({"txn_date", "txn_amount", "txn_in", "txn_out"})
_TEXTS = frozenset({"counterparty", "txn_summary"})
_BANKS = frozenset({"counterparty_bank"})


@dataclass(frozen=True, slots=True)
class Off:
    """A feature that is off: the labels of the columns it lacks (`missing`), or what else it needs (`also`)."""

    key: str
    name: str
    missing: tuple[str, ...]
    also: str

    @property
    def lacks(self) -> str:
        """What it lacks: the missing columns, else what else it needs, else that the figures do not suffice."""
        if self.missing:
            return _("缺「{columns}」").format(columns=commas(self.missing))
        if self.also:
            return _("还需{also}").format(also=self.also)
        return _("金额太小或月份不够,不计算")

    @property
    def sentence(self) -> str:
        """Why the feature is off."""
        return _("{feature}:{lacks}").format(feature=self.name, lacks=self.lacks)

    def as_json(self) -> dict[str, Any]:
        """The feature for the command line, with the sentence as `reason`."""
        return {"feature": self.name, "missing": list(self.missing), "reason": self.sentence}


@cache
def _features() -> tuple[tuple[str, FeatureEntry], ...]:
    return tuple((key, raw) for key, raw in unlocks_file()["features"].items() if "measures" in raw)


def unlocked_by(signal: str, known: Collection[str]) -> tuple[str, ...]:
    """The labels of the fewest columns that would let a signal ('S2') be told of who has the fields `known`; none where the
    columns are there and only records are too few."""
    return lacking(signal, known)


def _named(key: str, raw: FeatureEntry, has: Callable[[str], bool]) -> Off:
    """The feature with what it lacks by the way to it that lacks the fewest columns."""
    fewest = min(([field for field in way if not has(field)] for way in raw["ways"]), key=len)
    return Off(key, _(raw["name"]), tuple(label(field) for field in fewest), _(raw.get("also", "")))


def off_for(values: Values) -> Iterator[Off]:
    """The features of which some figure is unknown for a customer, by his values of the tag layers."""
    columns = {name for name in values if values.has(name)}
    if columns & set(_BY_TRANSACTIONS):
        columns |= _DATES
    if columns & {"out_school", "same_name_regular"}:
        columns |= _TEXTS
    if "same_name_regular" in columns:
        columns |= _BANKS
    for key, raw in _features():
        # a feature that does not concern the customer (pay without a salary, takings without a shop) is not off
        meant = values.look_up(raw.get("only_with", "")) != 0
        if meant and not columns.issuperset(raw["measures"]):
            yield _named(key, raw, columns.__contains__)


def features_off(given: ReportedData) -> tuple[Off, ...]:
    """The features that no list of the book makes possible, each with the columns it lacks.

    The book does not keep which columns a transactions list had: all are taken as reported.
    """
    columns = reported_fields(given)
    off = (_named(key, raw, columns.__contains__) for key, raw in _features())
    return tuple(one for one in off if one.missing)
