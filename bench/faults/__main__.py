"""`python -m bench.faults [--state FOLDER] [--only WORD] [--workers 2] [--minutes M]`: tries every fault, table at the end.

POSIX only. Each try is kept in the folder of the state at once: stopped and started again it goes on where it was.
`--anew` begins from the start. Exit status 1 when anything was lost or fell over.
"""

import argparse
import importlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bench.faults.ground import Prepared, laid, prepared
from bench.faults.kinds import Kind, Stage, kinds, prepare_logs, prepare_older
from bench.faults.trial import PASSPHRASE, TODAY, Verdict
from bench.faults.writing import WRITES, filled, unnamed
from db import book_key

_ROOT = Path(__file__).parents[2]
_SHOWN = (Verdict.BEFORE, Verdict.AFTER, Verdict.NOTICED, Verdict.REFUSED, Verdict.LOST, Verdict.BROKEN)


def _made_ready(state: Path) -> tuple[Stage, list[str]]:
    """The books of the tries, made where they are missing; and what could not be made."""
    ground = laid(state / "books")
    out = state / "out"
    out.mkdir(exist_ok=True)
    ground.facts.out = str(out)
    ground.facts.more |= _more(state)
    commands: dict[str, Prepared] = {}
    faults = []
    for name, one in WRITES.items():
        try:
            first = [filled(words, ground.facts) for words in one.first]
            made = prepared(ground, name, first, filled(one.words, ground.facts), out)
        except KeyError as gap:
            faults.append(f"{name}: nothing known for {gap}")
            continue
        if made.fault:
            faults.append(f"{name}: {made.fault}")
        else:
            commands[name] = made
    if not (ground.folder / "logged" / "other-marks").exists():
        prepare_logs(ground)
    if not (ground.folder / "older").exists():
        from tests.db.make_books import BOOKS
        from tests.db.make_books import PASSPHRASE as OF_BOOKS

        prepare_older(ground, BOOKS, OF_BOOKS)
    return Stage(ground, commands, state), faults


def _more(state: Path) -> dict[str, str]:
    """Files that some commands read, and codes."""
    import tomllib

    benefits = tomllib.loads((_ROOT / "resources" / "benefits.toml").read_text("utf-8"))
    holidays = state / "holidays-2026.json"
    shutil.copyfile(_ROOT / "resources" / "calendar" / "holidays" / "2026.json", holidays)
    return {"benefit": benefits["rule"][0]["code"], "holidays": str(holidays)}


def _done(state: Path) -> dict[str, dict[int, tuple[str, str]]]:
    """What was tried before: fault -> number of the try -> verdict and what was seen."""
    found: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for one in state.glob("tries-*.jsonl"):
        for line in one.read_text("utf-8").splitlines():
            with suppress(json.JSONDecodeError):  # the last line of a run that was killed
                kept = json.loads(line)
                found[kept["fault"]][kept["try"]] = kept["verdict"], kept["seen"]
    return found


def _left(every: list[Kind], done: dict[str, dict[int, tuple[str, str]]]) -> Iterator[tuple[Kind, int]]:
    """Tries still to do: round by round, so that a run cut short has tried a little of everything."""
    most = max(kind.tries for kind in every)
    for step in range(20):
        for kind in every:
            for number in range(kind.tries * step // 20, kind.tries * (step + 1) // 20):
                if number not in done.get(kind.name, {}) and number < most:
                    yield kind, number


def work(state: Path, number: int, workers: int, only: str, minutes: float) -> None:
    """One worker: every so many-th try that is left."""
    stage, _faults = _made_ready(state)
    for one in stage.commands.values():
        for module in one.modules:
            with suppress(Exception):
                importlib.import_module(module)
    every = [one for one in kinds(sorted(stage.commands)) if only in one.name]
    until = time.monotonic() + minutes * 60
    done = _done(state)
    with (state / f"tries-{number}.jsonl").open("a", encoding="utf-8") as kept:
        for place, (kind, turn) in enumerate(_left(every, done)):
            if place % workers != number:
                continue
            if time.monotonic() > until:
                return
            chance = random.Random(zlib.crc32(f"{kind.name} {turn}".encode()))
            with tempfile.TemporaryDirectory() as folder:
                try:
                    verdict, seen = kind.one(Stage(stage.ground, stage.commands, Path(folder)), chance)
                except Exception as error:  # noqa: BLE001  (whatever happens is to be counted)
                    verdict, seen = Verdict.BROKEN, f"{type(error).__name__}: {str(error)[:300]}"
            line = {"fault": kind.name, "try": turn, "verdict": verdict, "seen": seen}
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            kept.flush()


def table(state: Path) -> int:
    """Print the table; how many tries were lost or fell over."""
    done = _done(state)
    totals: Counter[str] = Counter()
    print(f"{'fault':44}{'tries':>7}" + "".join(f"{one:>9}" for one in _SHOWN))
    for name, tries in sorted(done.items()):
        found = Counter(verdict for verdict, _seen in tries.values())
        totals += found
        print(f"{name:44}{len(tries):7}" + "".join(f"{found[one]:9}" for one in _SHOWN))
    print(f"{'all':44}{totals.total():7}" + "".join(f"{totals[one]:9}" for one in _SHOWN))
    for name, tries in sorted(done.items()):
        wrong = Counter(seen for verdict, seen in tries.values() if verdict in {"lost", "broken"})
        for seen, times in wrong.most_common(5):
            print(f"  {name}: {times} x {seen}")
    return totals[Verdict.LOST] + totals[Verdict.BROKEN]


def main() -> int:
    """Make the books, start the workers, print the table."""
    parser = argparse.ArgumentParser(prog="bench.faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--state", type=Path, default=_ROOT / ".faults")
    parser.add_argument("--only", default="", help="faults whose name has this in it")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--table", action="store_true", help="only what was found so far")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    state = given.state.absolute()
    if given.anew:
        shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True, exist_ok=True)
    os.environ |= {"WORKBENCH_HOME": str(state / "home"), "WORKBENCH_TODAY": TODAY}
    os.environ |= {"WORKBENCH_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    book_key.COST, book_key.ITERATIONS = 16, 1_000
    if given.worker is not None:
        work(state, given.worker, given.workers, given.only, given.minutes)
        return 0
    if not given.table:
        _stage, faults = _made_ready(state)
        for one in faults:
            print(f"not tried: {one}", flush=True)
        if strange := unnamed():
            print("commands that nobody said whether they write:", ", ".join(strange), flush=True)
        words = [sys.executable, "-m", "bench.faults", "--state", str(state), "--only", given.only]
        words += ["--workers", str(given.workers), "--minutes", str(given.minutes)]
        running = [subprocess.Popen([*words, "--worker", str(one)]) for one in range(given.workers)]
        for process in running:
            process.wait()
    return 1 if table(state) else 0


if __name__ == "__main__":
    sys.exit(main())
