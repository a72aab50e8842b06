"""How well the ranking foresees who fell below the line on the seven real months: ROC-AUC and top-decile lift.

    python -m bench.churn_quality [FOLDER] [--json check.json]

FOLDER holds the monthly workbooks and labels.csv; with --json, the output of `workbench check --all --json` is scored
instead of importing the workbooks here.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.data import PASSPHRASE
from workbench.app import Workbench

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "bank"


def auc(scores: Mapping[str, float], labels: Mapping[str, int]) -> float:
    """Share of (lost, kept) pairs that the score orders rightly; ties count half."""
    ordered = sorted(labels, key=lambda no: scores[no])
    ranks: dict[str, float] = {}
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and scores[ordered[end]] == scores[ordered[start]]:
            end += 1
        for no in ordered[start:end]:
            ranks[no] = (start + end + 1) / 2
        start = end
    lost = [no for no, label in labels.items() if label]
    kept = len(labels) - len(lost)
    return (sum(ranks[no] for no in lost) - len(lost) * (len(lost) + 1) / 2) / (len(lost) * kept)


def lift(ranking: list[str], labels: Mapping[str, int], share: float = 0.1) -> float:
    """Rate of loss in the first `share` of the ranking over the rate in all."""
    top = ranking[: int(len(ranking) * share)]
    return (sum(labels[no] for no in top) / len(top)) / (sum(labels.values()) / len(labels))


def read_labels(folder: Path) -> dict[str, int]:
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["客户编号"]: int(row["churned"]) for row in csv.DictReader(stream)}


def results(folder: Path) -> list[dict[str, object]]:
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
    labels = read_labels(words.folder)
    ranking = json.loads(words.json.read_text("utf-8"))["results"] if words.json else results(words.folder)
    scores = {str(row["customer_no"]): float(row["risk"]) for row in ranking}
    print(f"customers {len(labels)}  lost {sum(labels.values()) / len(labels):.1%}")
    print(f"ROC-AUC {auc(scores, labels):.4f} (>= 0.80)")
    order = sorted(scores, key=lambda no: -scores[no])
    print(f"top-decile lift {lift(order, labels):.3f} (>= 3.6)")
    for light in ("red", "orange", "yellow"):
        lit = [str(row["customer_no"]) for row in ranking if row["light"] == light]
        if lit:
            print(f"{light:7s} {len(lit):6d} customers, lost {sum(labels[no] for no in lit) / len(lit):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
