"""Two checkouts measured in turn: `python -m bench.paired OLD NEW [PART...] [--pairs 5]`.

Prints the median of each figure in both, and how much the new one is worse (over 1) or better.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from bench.__main__ import PARTS

_LINE = re.compile(r"^(?:ok  |OVER) (?P<name>.+): (?P<value>[\d.]+) (?P<unit>.+) \(budget")


def measured(checkout: Path, part: str) -> dict[tuple[str, str], float]:
    """The figures of one part by name and unit, measured by the checkout's own bench."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", part],
        cwd=checkout, env={"QT_QPA_PLATFORM": "offscreen", **os.environ}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    figures = {
        (line["name"], line["unit"]): float(line["value"])
        for line in map(_LINE.match, done.stdout.splitlines())
        if line is not None
    }
    if not figures:
        raise SystemExit(f"{checkout}: bench {part} gave no figure\n{done.stderr[-2000:]}")
    return figures


def main() -> int:
    """Measure; status 1 when a median is worse by more than a tenth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    worse = False
    for part in given.parts:
        figures: dict[tuple[str, str], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
        for pair in range(given.pairs):
            for side in (0, 1) if pair % 2 == 0 else (1, 0):
                for key, value in measured((given.old, given.new)[side], part).items():
                    # a figure's name may count what it measured: keystrokes, customers
                    figures[re.sub(r"\d[\d,]*$", "", key[0]), key[1]][side].append(value)
        for (name, unit), (old, new) in figures.items():
            if not old or not new:
                print(f"     {name}: only on one side", flush=True)
                continue
            before, after = statistics.median(old), statistics.median(new)
            ratio = after / before if before else 1.0
            worse |= ratio > 1.1
            print(
                f"{'WORSE' if ratio > 1.1 else 'ok   '} {name}: {before:.3f} -> {after:.3f} {unit} (x{ratio:.2f})",
                flush=True,
            )
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
