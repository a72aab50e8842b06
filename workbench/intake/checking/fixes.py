"""One-click fixes: what the checks offer for a sheet, and which of them exclude one another."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from workbench.base.i18n import _
from workbench.intake.report import ColumnMatch, Fix

#: ways to make one row of several; at most one is taken
MERGING = ("sum", "newer", "last", "first")
#: other keys: 'zeros', 'as_written', 'unit:<column>:<unit>', 'swap:<column>:<column>', 'dates:<column>:day|month',
#: 'leave_out:test'
SUM = "sum"
ZEROS = "zeros"
AS_WRITTEN = "as_written"
LEAVE_OUT = "leave_out:test"


class Offers:
    """The fixes that the checks offer for one sheet; `taken` are the keys that a person took."""

    def __init__(self, taken: frozenset[str]) -> None:
        self.taken = taken
        self._fixes: dict[str, Fix] = {}

    def offer(self, key: str, words: str, count: int) -> str:
        """Offer a fix, whether taken already or not; returns its key."""
        self._fixes.setdefault(key, Fix(key, words, count, key in self.taken))
        return key

    def has(self, key: str) -> bool:
        """Whether a person took this fix."""
        return key in self.taken

    def arguments(self, code: str) -> list[list[str]]:
        """The arguments of each taken key of a code: 'unit:7:万元' -> ['7', '万元']."""
        return [key.split(":")[1:] for key in sorted(self.taken) if key.startswith(code + ":")]

    def merging(self) -> str | None:
        """The chosen way to make one row of several; None: none was chosen."""
        return next((key for key in MERGING if key in self.taken), None)

    def listed(self) -> tuple[Fix, ...]:
        """All fixes offered, in the order in which the checks found them."""
        return tuple(self._fixes.values())


def with_fix(taken: Collection[str], key: str) -> frozenset[str]:
    """The keys after one more was taken, without those that it excludes."""
    return frozenset(other for other in taken if _rival(other) != _rival(key)) | {key}


def as_read(matches: Iterable[ColumnMatch], offers: Offers) -> list[ColumnMatch]:
    """The columns with the unit and the field that the fixes taken give them."""
    columns = list(matches)
    units = {int(index): unit for index, unit in offers.arguments("unit")}
    swaps: dict[int, int] = {}
    for one, other in offers.arguments("swap"):
        swaps |= {int(one): int(other), int(other): int(one)}
    fields = {match.index: match.field for match in columns}
    return [
        replace(
            match, unit=units.get(match.index, match.unit),
            field=fields.get(swaps.get(match.index, match.index), match.field),
        )
        for match in columns
    ]  # fmt: skip


def _rival(key: str) -> str:
    if key in MERGING:
        return "merging"
    code, *rest = key.split(":")
    return f"{code}:{rest[0]}" if code in ("unit", "dates") and rest else key


def merging_words(key: str, customers: int) -> str:
    """What one of `MERGING` does, for the screen; `customers` is how many it concerns."""
    return {
        "sum": _("同一客户的几行合为一行:金额相加,其余取第一个有值的({n} 位)"),
        "newer": _("同一客户的几行取日期较新的一行({n} 位)"),
        "last": _("同一客户的几行取最后一行({n} 位)"),
        "first": _("同一客户的几行取第一行({n} 位)"),
    }[key].format(n=customers)
