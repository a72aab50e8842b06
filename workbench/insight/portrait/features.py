"""Which features of account behaviour are off, and the columns that each lacks (domain 10.5, 16.1)."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.base.fields_file import fields_file
from workbench.base.i18n import _, commas
from workbench.insight.measures.scope import ReportedData
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
def _unlocks() -> Mapping[str, Mapping[str, Any]]:
    body: dict[str, dict[str, Any]] = tomllib.loads((files("resources") / "unlocks.toml").read_text("utf-8"))
    return body["features"]


@cache
def _features() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((key, raw) for key, raw in _unlocks().items() if "measures" in raw)


def unlocked_by(signal: str, known: Collection[str]) -> tuple[str, ...]:
    """The labels of the fewest columns that would let a signal ('S2') be told of who has the fields `known`; none where the
    columns are there and only records are too few."""
    lacking = [
        [field for field in way if field not in known]
        for key, raw in _unlocks().items()
        if key == signal or key.startswith(f"{signal}_")
        for way in raw["ways"]
    ]
    return tuple(label(field) for field in min(lacking, key=len, default=[]))


@cache
def _fields_of(table: str) -> frozenset[str]:
    """The fields of the catalogue that are stored in a table."""
    body = fields_file()["fields"]
    return frozenset(key for key, raw in body.items() if raw.get("table") == table)


def _named(key: str, raw: Mapping[str, Any], has: Callable[[str], bool]) -> Off:
    """The feature with what it lacks by the way to it that lacks the fewest columns."""
    lacking = min(([field for field in way if not has(field)] for way in raw["ways"]), key=len)
    return Off(key, _(raw["name"]), tuple(label(field) for field in lacking), _(raw.get("also", "")))


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
    columns = set(given.columns)
    if given.flows:
        columns |= _DATES | _TEXTS | _BANKS
    for table in given.lists:
        columns |= _fields_of(table)
    off = (_named(key, raw, columns.__contains__) for key, raw in _features())
    return tuple(one for one in off if one.missing)
