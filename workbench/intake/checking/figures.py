"""Compares balances with one another (domain 16.5-9, 16.5-10): a wrong unit in one column, measures swapped."""

from typing import TYPE_CHECKING

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import UNITS
from workbench.intake.checking.work import Work
from workbench.intake.report import ColumnMatch

if TYPE_CHECKING:
    from workbench.intake.cells.numbers import Floats

_AVERAGES = ("_daily_average", "_quarter_average", "_year_average")
_YUAN, _WAN = "元", "万元"


def look_at_figures(work: Work) -> None:
    """Report columns that differ from related ones by ten thousand, and totals that fit the other measure only."""
    if len(work.rows.data) < work.rules.whole("intake.unit_customers"):
        return
    _units(work)
    _measures(work)


def _numbers(work: Work, key: str) -> "Floats | None":
    parsed = work.parsed.get(key)
    return parsed.numbers if parsed is not None and key in work.columns else None


# -- units -------------------------------------------------------------------------------------------------


def _units(work: Work) -> None:
    """Compare each balance with its own averages, and the parts with the whole."""
    for index, chosen in work.offers.arguments(
        "unit"
    ):  # a fix that was taken stays on offer, so that it can be dropped
        column = next((match for match in work.taken if str(match.index) == index), None)
        if column is not None:
            _offer(work, column, chosen)
    pairs = []
    for one, other in _pairs(work):
        times = _times(work, one, other)
        if times is not None:
            pairs.append((one, other, times))
    odd = _odd_one(pairs)
    named: set[str] = set()
    for one, other, times in pairs:
        small, large = (other, one) if times < 1 else (one, other)
        wrong = odd or small
        if wrong in named:
            continue
        named.add(wrong)
        small_match, large_match = work.match(small), work.match(large)
        if small_match is None or large_match is None:
            continue
        match, beside = (small_match, large_match) if wrong == small else (large_match, small_match)
        unit = _better(work, match, small=wrong == small)
        fix = _offer(work, match, unit) if unit else ""
        work.problems.column(match.header, "unit_mixed", count=0, other=beside.header, fix=fix)


def _pairs(work: Work) -> list[tuple[str, str]]:
    """Pairs of columns whose figures must be of one order: measures of one balance, parts and their whole."""
    pairs = []
    balances = sorted({key.rsplit("_balance", 1)[0] for key in work.columns if key.endswith("_balance")})
    for balance in balances:
        pairs += [
            (f"{balance}_balance", f"{balance}{measure}")
            for measure in _AVERAGES
            if f"{balance}{measure}" in work.columns
        ]
    for measure in ("_balance", "_daily_average"):
        whole = f"aum{measure}"
        if whole in work.columns:
            parts = work.rules.words("intake.aum_parts")
            pairs += [(whole, f"{part}{measure}") for part in parts if f"{part}{measure}" in work.columns]
    return pairs


def _times(work: Work, one: str, other: str) -> float | None:
    """The second as a multiple of the first where that looks like 元 against 万元; else None."""
    import numpy as np

    a, b = _numbers(work, one), _numbers(work, other)
    if a is None or b is None:
        return None
    both = (a > 0) & (b > 0)
    if both.sum() < work.rules.whole("intake.unit_customers"):
        return None
    times = float(np.median(b[both] / a[both]))
    low, high = work.rules.numbers("intake.unit_ratio")
    if low <= times <= high:
        return times
    part = one.startswith("aum_") and not other.startswith("aum_")
    # a part may well be a small share of the whole; but a column that nowhere exceeds a thousandth is in 万元
    if part and low <= 1 / times <= high:
        share = float(np.max(b[both] / a[both]))
        return times if share < work.rules.number("intake.part_share_max") else None
    return times if low <= 1 / times <= high else None


def _odd_one(pairs: list[tuple[str, str, float]]) -> str | None:
    """The column that is in every pair, when there are several pairs: it is the wrong one."""
    if len(pairs) < 2:
        return None
    common = set.intersection(*({one, other} for one, other, _times in pairs))
    return common.pop() if len(common) == 1 else None


def _better(work: Work, match: ColumnMatch, *, small: bool) -> str | None:
    now = work.plan.unit_of(match)
    wanted = UNITS[now] * 10_000 if small else UNITS[now] // 10_000
    return next((unit for unit, size in UNITS.items() if size == wanted and unit in (_YUAN, _WAN)), None)


def _offer(work: Work, match: ColumnMatch, unit: str) -> str:
    words = _("“{column}”的单位改为{unit}").format(column=match.header, unit=unit)
    return work.offers.offer(f"unit:{match.index}:{unit}", words, len(work.rows.data))


# -- time point against average ----------------------------------------------------------------------------


def _measures(work: Work) -> None:
    import numpy as np

    point, average = _numbers(work, "aum_balance"), _numbers(work, "aum_daily_average")
    at, mean = work.match("aum_balance"), work.match("aum_daily_average")
    if point is None or average is None or at is None or mean is None:
        return
    for one, other in work.offers.arguments("swap"):
        if {one, other} == {str(at.index), str(mean.index)}:
            _offer_swap(work, at, mean)
            return
    both = ~np.isnan(point) & ~np.isnan(average) & ((point != 0) | (average != 0))
    if both.sum() < work.rules.whole("intake.unit_customers"):
        return
    if np.array_equal(point[both], average[both]):
        work.problems.column(mean.header, "same_figures", count=0, other=at.header)
        return
    parts = _sum_of_parts(work)
    if parts is None:
        return
    share = work.rules.number("intake.swap_share")
    fits_average, fits_point = (
        float(np.mean(np.abs(parts[both] - whole[both]) <= 100)) for whole in (average, point)
    )
    if fits_average >= share and fits_point < 1 - share:
        fix = _offer_swap(work, at, mean)
        work.problems.column(at.header, "swapped_measures", count=0, other=mean.header, fix=fix)


def _sum_of_parts(work: Work) -> "Floats | None":
    """Time-point balances of the parts of AUM added up (fen); None when the sheet has fewer than two of them."""
    import numpy as np

    finer = work.rules.words("intake.deposit_parts")
    names = list(work.rules.words("intake.aum_parts"))
    names = [name for name in names if name not in finer] if "deposit_balance" in work.columns else [
        name for name in names if name != "deposit"
    ]  # fmt: skip
    balances = [numbers for name in names if (numbers := _numbers(work, f"{name}_balance")) is not None]
    return np.nansum(balances, axis=0) if len(balances) >= 2 else None


def _offer_swap(work: Work, at: ColumnMatch, mean: ColumnMatch) -> str:
    words = _("对调“{one}”与“{other}”(时点与日均填反)").format(one=at.header, other=mean.header)
    first, second = sorted((at.index, mean.index))
    return work.offers.offer(f"swap:{first}:{second}", words, len(work.rows.data))
