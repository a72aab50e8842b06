"""How well the check foresees who fell below the line on the seven real months: order, lights, working order, chances.

    python -m bench.churn_quality [FOLDER] [--json check.json]

FOLDER holds the monthly workbooks and labels.csv; with --json, the output of `workbench check --all --json` is scored
instead of importing the workbooks here. Verdicts are those before budget, mute and cool-down. Exit status 1 when a figure
misses its threshold.
"""

import argparse
import csv
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.data import PASSPHRASE
from workbench.app import Workbench

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "bank"
#: over this share lost is too late for an alarm: left out of the working order (domain 22-15)
GONE = 0.9
#: a smaller fall counts as none
CALM = 0.15
#: smaller bands of chances are shown and not judged
LEAST_IN_BAND = 200


@dataclass(frozen=True, slots=True)
class Case:
    """A customer's verdict beside what became of him.

    `high` and `balance` in fen, None where assets fell by less than the first threshold or nothing is known of them.
    """

    no: str
    risk: float
    light: str | None
    high: int | None
    balance: int | None
    stated: float | None
    left: bool

    @property
    def fall(self) -> float:
        """How far the newest balance lies under the recent high, of 1; 0 for who has hardly fallen."""
        if not self.high or self.balance is None:
            return 0.0
        return (self.high - max(self.balance, 0)) / self.high

    @property
    def priority(self) -> float:
        """Risk x log of the lesser of what was lost and what is left, in yuan."""
        if not self.high or not self.balance:
            return 0.0
        return self.risk * math.log(max(min(self.high - self.balance, self.balance) / 100, 1))


def cases(results: Iterable[Mapping[str, Any]], labels: Mapping[str, int]) -> list[Case]:
    """The results of `check --all --json`, by rank, with the labels; customers without a label are left out."""
    return list(_cases(results, labels))


def _cases(results: Iterable[Mapping[str, Any]], labels: Mapping[str, int]) -> Iterator[Case]:
    for row in results:
        no = str(row["customer_no"])
        if no in labels:
            fell: dict[str, Any] = next((s["evidence"] for s in row["signals"] if s["code"] == "S3"), {})
            stated = row["chance"]["share"] if row.get("chance") else None
            high, balance = fell.get("recent_high_fen"), fell.get("balance_fen")
            yield Case(no, float(row["risk"]), row["light"], high, balance, stated, bool(labels[no]))


def auc(ranked: Sequence[Case]) -> float:
    """Share of (lost, kept) pairs that the risk orders rightly; ties count half."""
    ordered = sorted(ranked, key=lambda case: case.risk)
    total, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].risk == ordered[start].risk:
            end += 1
        total += (start + end + 1) / 2 * sum(case.left for case in ordered[start:end])
        start = end
    lost = sum(case.left for case in ranked)
    return (total - lost * (lost + 1) / 2) / (lost * (len(ranked) - lost))


def precision(some: Sequence[Case]) -> float:
    """The share of those who left, of 1; 0 of nobody."""
    return sum(case.left for case in some) / len(some) if some else 0.0


def working_order(ranked: Iterable[Case]) -> list[Case]:
    """Who has a light, without those who lost nearly all, by priority."""
    lit = [case for case in ranked if case.light and case.fall <= GONE]
    return sorted(lit, key=lambda case: (-case.priority, case.no))


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with the least that is asked of it."""

    name: str
    value: float
    least: float

    @property
    def holds(self) -> bool:
        return self.value >= self.least


def figures(ranked: Sequence[Case]) -> list[Figure]:
    """What is asked of the verdicts of 2019-12, measured; `ranked` by rank."""
    alarmed = [case for case in ranked if case.light in ("red", "orange")]
    lost = sum(case.left for case in ranked)
    return [
        Figure("ROC-AUC", auc(ranked), 0.835),
        Figure("top-decile lift", precision(ranked[: len(ranked) // 10]) / precision(ranked), 3.85),
        Figure("red and orange: precision", precision(alarmed), 0.59),
        Figure("red and orange: recall", sum(case.left for case in alarmed) / lost, 0.58),
        Figure("red: precision", precision([case for case in ranked if case.light == "red"]), 0.70),
        Figure("ROC-AUC, fallen < 15 %", auc([case for case in ranked if case.fall < CALM]), 0.62),
        Figure("right of the first 60 to call", sum(case.left for case in working_order(ranked)[:60]), 45),
    ]


@dataclass(frozen=True, slots=True)
class StatedBand:
    """The customers to whom one chance is stated, and what became of them; shares of 1."""

    stated: float
    n: int
    observed: float

    @property
    def holds(self) -> bool:
        """Stated and observed differ by at most 0.05, or too few are in the band to tell."""
        return self.n < LEAST_IN_BAND or abs(self.observed - self.stated) <= 0.05


def stated_bands(ranked: Iterable[Case]) -> list[StatedBand]:
    """Stated against observed, the lowest chance first."""
    by_chance: dict[float, list[Case]] = {}
    for case in ranked:
        if case.stated is not None:
            by_chance.setdefault(case.stated, []).append(case)
    return [StatedBand(stated, len(some), precision(some)) for stated, some in sorted(by_chance.items())]


def read_labels(folder: Path) -> dict[str, int]:
    """1 for each customer number who left, else 0."""
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["客户编号"]: int(row["churned"]) for row in csv.DictReader(stream)}


def results(folder: Path) -> list[dict[str, Any]]:
    """Import the months into a book of their own and check it at the newest one."""
    with (
        tempfile.TemporaryDirectory() as name,
        Workbench.create(Path(name) / "a.book", PASSPHRASE) as workbench,
    ):
        for file in sorted(folder.glob("*.xlsx")):
            workbench.intake.read(file).commit()
        summary = workbench.insight.check()
        return [risk.as_json() for risk in workbench.insight.ranking(summary.month)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    if not (words.folder / "labels.csv").exists():
        print(f"no labels.csv in {words.folder}")
        return 0
    found = json.loads(words.json.read_text("utf-8"))["results"] if words.json else results(words.folder)
    ranked = cases(found, read_labels(words.folder))
    print(f"customers {len(ranked)}  lost {precision(ranked):.1%}")
    measured = figures(ranked)
    for figure in measured:
        print(f"{figure.name:32s} {figure.value:7.3f}  >= {figure.least:g}  {_mark(figure.holds)}")
    for light in ("red", "orange", "yellow"):
        lit = [case for case in ranked if case.light == light]
        print(f"{light:7s} {len(lit):6d} customers, lost {precision(lit):.1%}")
    order = working_order(ranked)
    print("right of the first", *(f"{n}: {sum(case.left for case in order[:n])}" for n in (15, 30, 60, 120)))
    measured_bands = stated_bands(ranked)
    for band in measured_bands:
        print(f"stated {band.stated:.3f}  observed {band.observed:.3f} of {band.n:5d}  {_mark(band.holds)}")
    return 0 if measured_bands and all(one.holds for one in (*measured, *measured_bands)) else 1


def _mark(holds: bool) -> str:
    return "" if holds else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
