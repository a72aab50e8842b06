"""The gap of each band: its share today against the range of the customer's class, three-valued (domain 8.2)."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import bracketed
from workbench.insight.allocation.bands import BANDS, RiskPackage, ShareRange, band_name
from workbench.insight.allocation.present import Present, columns_words
from workbench.rules.parameters import Rules

GapVerdict = Literal["within", "above", "below", "near_above", "near_below", "unknown", "none"]
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class BandGap:
    """One band. `least` and `most`: its share of the assets (of 1), equal where it is known, None without assets; `range_` None
    without a valid class; `columns`: labels that would tell what cannot be told. `amount`: fen that are certain."""

    band: str
    name: str
    what: str
    range_: ShareRange | None
    amount: int
    least: float | None
    most: float | None
    verdict: GapVerdict
    verdict_name: str
    columns: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the share is one figure."""
        return self.least is not None and self.most is not None and self.most - self.least < 0.0005

    @property
    def gap(self) -> float | None:
        """Points (of 1) over the middle of the range; None where the share or the range is not known."""
        if not self.known or self.least is None or self.range_ is None:
            return None
        return self.least - self.range_.middle

    @property
    def outside(self) -> bool:
        """Whether it lies so far outside its range that a change is worth proposing."""
        return self.verdict in ("above", "below")

    @property
    def share_words(self) -> str:
        """'55%', '12–30%', '—'."""
        if self.least is None or self.most is None:
            return "—"
        low, high = f"{self.least * 100:.0f}", f"{self.most * 100:.0f}"
        return f"{low}%" if self.known or low == high else f"{low}–{high}%"

    @property
    def sentence(self) -> str:
        """The verdict with what is missing."""
        if not self.columns or self.verdict == "none":
            return self.verdict_name
        return bracketed(self.verdict_name, columns_words(self.columns))

    def as_json(self) -> dict[str, Any]:
        """For programs: shares of 1, yuan."""
        return {
            "band": self.band, "name": self.name, "amount": self.amount / 100, "share": self.least if self.known else None,
            "share_least": self.least, "share_most": self.most,
            "range": None if self.range_ is None else [self.range_.low, self.range_.high], "gap": self.gap,
            "verdict": self.verdict, "cannot_tell": list(self.columns),
        }  # fmt: skip


def gaps_of(present: Present, package: RiskPackage | None, rules: Rules) -> tuple[BandGap, ...]:
    """All bands in their order."""
    line = rules.number("alloc.outside")
    return tuple(_gap(band, present, package, line, rules) for band in BANDS)


def _gap(band: str, present: Present, package: RiskPackage | None, line: float, rules: Rules) -> BandGap:
    shares = present.shares(band)
    range_ = package.ranges[band] if package else None
    verdict: GapVerdict = "none" if present.empty else verdict_of(shares, range_, line)
    known = shares is not None and shares[1] - shares[0] < 0.0005
    least, most = shares if shares else (None, None)
    return BandGap(
        band, band_name(band, rules), rules.text(f"alloc.band.{band}.what"), range_, present.placed[band], least, most,
        verdict, rules.text(f"alloc.gap.{verdict}"), () if known or present.empty else present.columns(band),
    )  # fmt: skip


def verdict_of(shares: tuple[float, float] | None, range_: ShareRange | None, line: float) -> GapVerdict:
    """How a share, known between two figures, stands to a range: above or below it by at least `line`, near it, or within."""
    if shares is None:
        return "unknown"
    if range_ is None:
        return "none"
    least, most = shares
    if least >= range_.high + line - _EPSILON:
        return "above"
    if most <= range_.low - line + _EPSILON:
        return "below"
    if range_.low - _EPSILON <= least and most <= range_.high + _EPSILON:
        return "within"
    if most - least >= 0.0005:
        return "unknown"
    return "near_above" if most > range_.high else "near_below"
