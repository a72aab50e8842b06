"""Which features of the account's behaviour are off, and the columns that each lacks (domain 10.5, 16.1)."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.base.fields_file import fields_file
from workbench.base.i18n import _, commas
from workbench.insight.measures.scope import ReportedData
from workbench.insight.values.values import Values
from workbench.people.labels import label

#: Measures that only imported transactions tell: when one is known, the transactions are there.
_BY_TRANSACTIONS = ("big_out", "big_in", "out_school", "same_name_mean", "payday_kept")
_DATES = frozenset({"txn_date", "txn_amount", "txn_in", "txn_out"})
_TEXTS = frozenset({"counterparty", "txn_summary"})
_BANKS = frozenset({"counterparty_bank"})


@dataclass(frozen=True, slots=True)
class Off:
    """A feature that does not work: the columns it lacks (by label), or what else it needs."""

    key: str
    name: str
    missing: tuple[str, ...]
    also: str

    @property
    def sentence(self) -> str:
        if self.missing:
            return _("{feature}:缺少{columns}").format(feature=self.name, columns=commas(self.missing))
        if self.also:
            return _("{feature}:还需{also}").format(feature=self.name, also=self.also)
        return _("{feature}:金额太小或月份不够,不计算").format(feature=self.name)

    def as_json(self) -> dict[str, Any]:
        return {"feature": self.name, "missing": list(self.missing), "reason": self.sentence}


@cache
def _features() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    body = tomllib.loads((files("resources") / "unlocks.toml").read_text("utf-8"))
    return tuple((key, raw) for key, raw in body["features"].items() if "measures" in raw)


@cache
def _fields_of(table: str) -> frozenset[str]:
    """Fields whose values lie in a table."""
    body = fields_file()["fields"]
    return frozenset(key for key, raw in body.items() if raw.get("table") == table)


def _named(key: str, raw: Mapping[str, Any], told: Callable[[str], bool]) -> Off:
    """The feature with the fewest columns it lacks."""
    lacking = min(([field for field in way if not told(field)] for way in raw["ways"]), key=len)
    return Off(key, _(raw["name"]), tuple(label(field) for field in lacking), _(raw.get("also", "")))


def off_for(values: Values) -> Iterator[Off]:
    """Features with a figure that is not known of this customer. `values`: columns of the tag layers by name."""
    known = {name for name in values if values.has(name)}
    if known & set(_BY_TRANSACTIONS):
        known |= _DATES
    if known & {"out_school", "same_name_regular"}:
        known |= _TEXTS
    if "same_name_regular" in known:
        known |= _BANKS
    for key, raw in _features():
        # pay of one who gets none here, takings of one who trades nothing: not off, but none of theirs
        meant = values.look_up(raw.get("only_with", "")) != 0
        if meant and not known.issuperset(raw["measures"]):
            yield _named(key, raw, known.__contains__)


def features_off(given: ReportedData) -> tuple[Off, ...]:
    """Features that no list of the book makes possible, each with the columns it lacks.

    Which columns a list of transactions had is not kept with it: all are taken as told.
    """
    told = set(given.columns)
    if given.flows:
        told |= _DATES | _TEXTS | _BANKS
    for table in given.lists:
        told |= _fields_of(table)
    off = (_named(key, raw, told.__contains__) for key, raw in _features())
    return tuple(one for one in off if one.missing)
