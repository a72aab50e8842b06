"""`Allocation`: the four pots of one customer as a frozen value: package, shares, gaps, flows, proposals, combo, taboos."""

from dataclasses import dataclass
from typing import Any

from workbench.insight.allocation.bands import RiskPackage, ShareRange
from workbench.insight.allocation.combos import Combo
from workbench.insight.allocation.flows import Flow
from workbench.insight.allocation.gaps import BandGap
from workbench.insight.allocation.ladder import TermLadder
from workbench.insight.allocation.moves import Move
from workbench.insight.allocation.present import Present
from workbench.insight.allocation.slots import FilledSlot
from workbench.insight.allocation.taboos import TabooCheck


@dataclass(frozen=True, slots=True)
class CoverNeed:
    """Insurance, measured by income: the range of the class, its amounts a year in fen where the income is told, what a list
    tells of it, and a suitable kind or why there is none."""

    range_: ShareRange
    income: int | None
    low: int | None
    high: int | None
    sentence: str
    slot: FilledSlot

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan a year."""
        return {
            "range": [self.range_.low, self.range_.high], "income": None if self.income is None else self.income / 100,
            "low": None if self.low is None else self.low / 100, "high": None if self.high is None else self.high / 100,
            "sentence": self.sentence, "slot": self.slot.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allocation:
    """The four pots of a customer on `day` (ISO) by data of `as_of`.

    `barred`: why no product may be spoken of, '' where it may; then there are no proposals. `untested`: why there is no
    package, '' with one. `notes`: what else has to be said; `ladder`: of maturing money that is renewed, beside
    that of the combo.
    """

    customer_id: int
    customer_no: str
    name: str
    as_of: str | None
    day: str
    barred: str
    untested: str
    package: RiskPackage | None
    present: Present | None
    gaps: tuple[BandGap, ...]
    flows: tuple[Flow, ...]
    moves: tuple[Move, ...]
    notes: tuple[str, ...]
    cover: CoverNeed | None
    combo: Combo | None
    ladder: TermLadder | None
    ladder_words: str
    taboos: tuple[TabooCheck, ...]

    @property
    def blind(self) -> bool:
        """Whether no share at all can be told, so that a note with the columns says more than bars."""
        return not any(one.known for one in self.gaps)

    @property
    def hits(self) -> tuple[TabooCheck, ...]:
        """The taboos that hold."""
        return tuple(one for one in self.taboos if one.state == "hit")

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan, shares of 1, days ISO."""
        return {
            "customer_no": self.customer_no, "name": self.name, "as_of": self.as_of, "day": self.day,
            "barred": self.barred or None, "untested": self.untested or None,
            "package": self.package.as_json() if self.package else None,
            "present": self.present.as_json() if self.present else None, "bands": [one.as_json() for one in self.gaps],
            "flows": [one.as_json() for one in self.flows], "moves": [one.as_json() for one in self.moves],
            "notes": list(self.notes), "cover": self.cover.as_json() if self.cover else None,
            "combo": self.combo.as_json() if self.combo else None,
            "ladder": self.ladder.as_json() if self.ladder else None,
            "taboos": [one.as_json() for one in self.taboos],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A slot in general: its name and what fills it, and products that are on sale now."""

    name: str
    what: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllocationGuide:
    """The packages of all classes, the combos of all entry amounts, a ladder as an example; no customer."""

    day: str
    packages: tuple[RiskPackage, ...]
    bands: tuple[GuideLine, ...]
    combos: tuple[Combo, ...]
    ladder: TermLadder

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "day": self.day, "packages": [one.as_json() for one in self.packages],
            "bands": [{"name": one.name, "what": one.what, "products": list(one.products)} for one in self.bands],
            "combos": [one.as_json() for one in self.combos], "ladder": self.ladder.as_json(),
        }  # fmt: skip
