"""`HookGuide`: every product that opens the door, with its score, its terms, for whom it is, what to check first (domain 3)."""

from dataclasses import dataclass
from typing import TypedDict

from workbench.base.i18n import _, commas
from workbench.insight.products.hooks import PARTS, Hook
from workbench.insight.selling.sheet import ProductSheet


class SegmentShareJson(TypedDict):
    """A segment with its customers who need the product, may be sold it and have it not."""

    segment: str
    name: str
    customers: int


class HookGuideJson(TypedDict):
    """The guide for programs. `hooks`: as `Hook.as_json`, with `segments`, `suitable` (risk class 'C1'…'C5' -> customers who may
    be sold it and marketed to), `untested` (customers of whom it cannot be told; both null before there is a list of customers),
    `benchmark_words`, `check_first`, `script`, `role`."""

    as_of: str | None
    customers_as_of: str | None
    hooks: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class SegmentShare:
    """See `SegmentShareJson`. `where`: the condition of these customers."""

    segment: str
    name: str
    customers: int
    where: str


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """A product of the guide. `regime`: in words; `benchmark`: the rate of the list in words; `suitable`: customers by risk class
    1 to 5 who may be sold it and marketed to, None before there is a list of customers; `untested`: those of whom it cannot be
    told; `free`: sold without a risk test; `checks`: what to look at before; `script`: what to say, '' for nothing; `on_request`:
    its risk is too high to open a talk with, it is told where the customer asks."""

    hook: Hook
    regime: str
    benchmark: str
    segments: tuple[SegmentShare, ...]
    suitable: tuple[int, ...] | None
    untested: int
    free: bool
    checks: tuple[str, ...]
    script: str
    sheet: ProductSheet | None
    on_request: bool = False

    @property
    def score(self) -> str:
        """The score in words; that there is none where too little is known."""
        return _("不打分") if self.hook.score is None else f"{self.hook.score:.2f}"

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(name, score) of the four parts; '看不出' for one that cannot be told."""
        names = (_("门槛"), _("灵活"), _("优势"), _("易懂"))
        return tuple(
            (name, _("看不出") if score is None else f"{score:.1f}")
            for name, score in zip(names, (self.hook.parts[part] for part in PARTS), strict=True)
        )

    @property
    def people(self) -> str:
        """How many it suits by risk class, in one line; '' before there is a list of customers."""
        if self.free:
            return _("不看风险测评,客户都可以")
        if self.suitable is None:
            return ""
        counted = [
            _("C{level} {n} 户").format(level=level, n=f"{n:,}")
            for level, n in enumerate(self.suitable, 1)
            if n
        ]
        words = commas(counted) if counted else _("没有适合的客户")
        if not self.untested:
            return words
        return _("{words};{n} 户没有有效测评").format(words=words, n=f"{self.untested:,}")

    @property
    def fits(self) -> str:
        """The segments with the most customers to speak to, in one line."""
        return commas(f"{one.name} {one.customers:,}" for one in self.segments)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        shares = [
            SegmentShareJson(segment=one.segment, name=one.name, customers=one.customers)
            for one in self.segments
        ]
        suitable = None if self.suitable is None else {f"C{at}": n for at, n in enumerate(self.suitable, 1)}
        return self.hook.as_json() | {
            "regime_name": self.regime, "benchmark_words": self.benchmark or None, "segments": shares,
            "suitable": suitable, "untested": None if self.suitable is None else self.untested,
            "check_first": list(self.checks), "script": self.script or None,
            "role": self.sheet.role if self.sheet else None, "on_request": self.on_request,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HookGuide:
    """The guide, what opens a talk before what is told when asked.

    `as_of`: the date of the list of products, `customers_as_of` of the customers; None where there is none."""

    as_of: str | None
    customers_as_of: str | None
    entries: tuple[GuideEntry, ...]

    def as_json(self) -> HookGuideJson:
        """For programs."""
        return {
            "as_of": self.as_of,
            "customers_as_of": self.customers_as_of,
            "hooks": [one.as_json() for one in self.entries],
        }
