"""How a customer's assets stand in the bands today: what is known, what cannot be told and which column would tell it (domain
8.2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _, commas
from workbench.insight.allocation.bands import APART, BANDS, BOLD, CASH, GOLD, GROWTH, STABLE
from workbench.insight.allocation.held import HeldLine
from workbench.insight.values.values import Values
from workbench.people.labels import label
from workbench.rules.parameters import Rules

#: bands that a wealth product, a fund or a trust may be of
_ANY = (CASH, STABLE, GROWTH, BOLD)


@dataclass(frozen=True, slots=True)
class _Group:
    """What one column of the customer list sums, or several. `bands`: what its products may be of; one alone is certain;
    `denied`: measures that, all 0, say that he has none of it."""

    code: str
    columns: tuple[str, ...]
    bands: tuple[str, ...]
    denied: tuple[str, ...] = ()


_GROUPS = (
    _Group("demand", ("demand_balance",), (CASH,)),
    _Group("term", ("time_deposit_balance", "notice_deposit_balance", "large_cd_balance"), (STABLE,),
           ("holds_time", "holds_cd")),
    _Group("structured", ("structured_deposit_balance",), (STABLE, GROWTH)),
    _Group("bond", ("treasury_bond_balance",), (STABLE,), ("holds_bond",)),
    _Group("wealth", ("wealth_balance",), _ANY, ("holds_wealth_low", "holds_wealth_mid", "holds_cash")),
    _Group("fund", ("fund_balance",), _ANY),
    _Group("trust", ("trust_balance",), (STABLE, GROWTH, BOLD)),
    _Group("gold", ("precious_metal_balance",), (GOLD,), ("holds_gold",)),
    _Group("insurance", ("insurance_balance",), (APART,), ("holds_annuity", "holds_protection")),
    _Group("pension", ("pension_balance",), (APART,), ("holds_pension",)),
)  # fmt: skip
#: columns that are named; more are counted
_NAMED = 2
_DEPOSITS = ("demand", "term", "structured")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Money of which only some `bands` are known; `columns`: labels of those that would place it. `fen` is not negative."""

    what: str
    fen: int
    bands: tuple[str, ...]
    columns: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "what": self.what,
            "amount": self.fen / 100,
            "bands": list(self.bands),
            "columns": list(self.columns),
        }


@dataclass(frozen=True, slots=True)
class Present:
    """The assets by band. `total` and `apart` in fen, `total` None where no list tells the assets; `base` is what shares are of.

    `placed`: fen by band that are certain; `differs`: fen by which the parts exceed the assets, 0 where they agree.
    """

    as_of: str | None
    total: int | None
    apart: int
    base: int
    placed: Mapping[str, int]
    unplaced: tuple[Unplaced, ...]
    differs: int

    @property
    def empty(self) -> bool:
        """Whether the lists say that there is nothing to share out."""
        return self.total is not None and self.base <= 0

    def most(self, band: str) -> int:
        """The greatest amount (fen) that may be in a band."""
        return self.placed[band] + sum(one.fen for one in self.unplaced if band in one.bands)

    def shares(self, *bands: str) -> tuple[float, float] | None:
        """The least and the greatest share of some bands together; the same figure twice where it is known, None without any
        assets."""
        if self.total is None or self.base <= 0:
            return None
        least = sum(self.placed[band] for band in bands)
        open_ = sum(one.fen for one in self.unplaced if set(one.bands) & set(bands))
        # what lies wholly within the bands is certain of them together
        sure = sum(one.fen for one in self.unplaced if set(one.bands) <= set(bands))
        return (least + sure) / self.base, min((least + open_) / self.base, 1.0)

    def columns(self, *bands: str) -> tuple[str, ...]:
        """The labels of the columns that would tell the shares of some bands."""
        if self.total is None:
            return (label("aum_balance"),)
        named = (one.columns for one in self.unplaced if not bands or set(one.bands) & set(bands))
        return tuple(dict.fromkeys(column for columns in named for column in columns))

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "as_of": self.as_of, "total": None if self.total is None else self.total / 100, "apart": self.apart / 100,
            "base": self.base / 100, "placed": {band: fen / 100 for band, fen in self.placed.items()},
            "unplaced": [one.as_json() for one in self.unplaced], "differs": self.differs / 100,
        }  # fmt: skip


def present_of(
    values: Values, lines: Sequence[HeldLine], listed: bool, as_of: str | None, rules: Rules
) -> Present:
    """The assets of a customer by band. `lines`: of his list of holdings, `listed`: whether the month has such a list at all.

    A missing column is never zero: what it may hold is unplaced, or what the assets exceed the told parts by.
    """
    total = values.balance if values.balance is not None else values.average
    placed = dict.fromkeys((*BANDS, APART), 0)
    unplaced: list[Unplaced] = []
    untold: list[_Group] = []
    sums = dict(_sums(values))
    parts, deposits = 0, 0
    for group in _GROUPS:
        of_group = [one for one in lines if _same(one, group)]
        amount = sums.get(group.code)
        if amount is None and not of_group:
            if not (group.denied and all(values.look_up(flag) == 0 for flag in group.denied)):
                untold.append(group)
            continue
        inside = _by_band(of_group, group, placed, unplaced)
        rest = max(0, (amount or 0) - inside)
        parts += inside + rest
        deposits += inside + rest if group.code in _DEPOSITS else 0
        if rest and len(group.bands) == 1:
            placed[group.bands[0]] += rest
        elif rest > _slack(amount or 0, rules):
            unplaced.append(Unplaced(label(group.columns[0]), rest, group.bands, _levels(listed, group)))
        elif rest:
            placed[_first_band(of_group, group)] += rest
    parts += _by_band([one for one in lines if _homeless(one)], None, placed, unplaced)
    rest = (values.deposit_balance or 0) - deposits
    if rest > _slack(values.deposit_balance or 0, rules):
        # structured deposits that no column tells apart count as deposits here
        plain = [one for one in untold if one.code in ("demand", "term")]
        unplaced.append(_of(label("deposit_balance"), rest, plain or _GROUPS[:2]))
        parts += rest
    if values.deposit_balance is not None:
        untold = [one for one in untold if one.code not in _DEPOSITS]
    missing = (total or 0) - parts
    if missing > _slack(total or 0, rules):
        unplaced.append(_of(_("名单没有分开的部分"), missing, untold))
    apart = placed.pop(APART)
    sure = sum(placed.values()) + sum(one.fen for one in unplaced)
    over = parts - total if total is not None else 0
    differs = over if total is not None and over > _slack(total, rules) else 0
    return Present(as_of, total, apart, max((total or 0) - apart, sure), placed, tuple(unplaced), differs)


def _sums(values: Values) -> Iterator[tuple[str, int]]:
    """Group -> the sum of its told columns; term deposits also as what is left of all deposits beside the demand."""
    for group in _GROUPS:
        figures = [values.figure(column) for column in group.columns]
        known = [round(one) for one in figures if one is not None]
        if known:
            yield group.code, max(sum(known), 0)
        elif (
            group.code == "term" and values.deposit_balance is not None and values.demand_balance is not None
        ):
            structured = values.structured_deposit_balance or 0
            yield "term", max(values.deposit_balance - values.demand_balance - structured, 0)


def _same(line: HeldLine, group: _Group) -> bool:
    """Whether a line belongs to what a group sums; structured deposits have a column of their own."""
    if line.group == "term" and line.regime == "structured":
        return group.code == "structured"
    return line.group == group.code


def _homeless(line: HeldLine) -> bool:
    return not any(_same(line, group) for group in _GROUPS)


def _by_band(
    lines: Sequence[HeldLine], group: _Group | None, placed: dict[str, int], unplaced: list[Unplaced]
) -> int:
    """Put lines into their bands; the sum of their amounts in fen."""
    inside = 0
    for line in lines:
        fen = max(line.amount or 0, 0)
        inside += fen
        if line.band in placed:
            placed[line.band] += fen
        elif fen:
            bands = group.bands if group is not None and len(group.bands) > 1 else (STABLE, GROWTH, BOLD)
            unplaced.append(Unplaced(line.name, fen, bands, (label("product_risk"),)))
    return inside


def _first_band(lines: Sequence[HeldLine], group: _Group) -> str:
    """Where a remainder that is mere rounding goes: with the largest line of its group."""
    return next((one.band for one in lines if one.band in (*BANDS, APART)), group.bands[0])


def _of(what: str, fen: int, untold: Sequence[_Group]) -> Unplaced:
    """Money in the bands of the columns that are not told; in any band where all of them are."""
    bands = tuple(band for band in BANDS if any(band in one.bands for one in untold)) or BANDS
    columns = tuple(label(one.columns[0]) for one in untold if set(one.bands) & set(BANDS))
    return Unplaced(what, fen, bands, columns or (label("product_name"), label("product_risk")))


def _levels(listed: bool, group: _Group) -> tuple[str, ...]:
    """What would place a sum: the list of holdings with the levels; of who is on it, the lines that are missing."""
    return (
        (label("product_risk"),)
        if listed or group.code == "structured"
        else (label("product_name"), label("product_risk"))
    )


def columns_words(columns: Sequence[str]) -> str:
    """The columns that would tell something: two by name, more counted: '「活期余额、定期余额」等 7 列'."""
    named = _("「{columns}」").format(columns=commas(columns[:_NAMED]))
    return named if len(columns) <= _NAMED else _("{named}等 {n} 列").format(named=named, n=len(columns))


def _slack(fen: int, rules: Rules) -> int:
    return round(fen * rules.number("alloc.differs"))
