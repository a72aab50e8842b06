"""`make bench`: every measurement of the budget table, one line each. `python -m bench imports checks` runs some."""

import argparse
import importlib
import sys

PARTS = (
    "imports", "preview", "checks", "tags", "stages", "sheets", "start", "commands", "switching", "week", "backtest",
    "yearplan", "playbook", "moments",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"any of {', '.join(PARTS)}, big, quality")
    parts = parser.parse_args().parts
    over = False
    for part in parts:
        if part == "quality":
            continue
        for result in importlib.import_module(f"bench.{part}").run():
            print(result.line(), flush=True)
            over |= result.value > result.budget
    if "quality" in parts or parts == PARTS:
        sys.argv = sys.argv[:1]
        importlib.import_module("bench.churn_quality").main()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
