"""`make mutants`: change chosen modules a little, one change at a time, and count the changes that their tests notice.

`python -m bench.mutants [WORD ...]` tries the modules of `mutants.toml` whose path holds one of the words, all of them
without a word. Everything happens in a copy, so that the checkout stays as it is. What no test notices is written to
`build/mutants/`, one file of differences per module.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli as tomllib

ROOT = Path(__file__).parents[1]
SURVIVORS = ROOT / "build" / "mutants"
#: What a mutant comes to: a test failed over it or never ended, or all passed, or none ran what was changed.
_DEAD, _ALIVE = ("killed", "timeout", "suspicious", "segfault"), ("survived", "no tests")
#: In a process that has imported and collected, but run nothing: a cached answer of the program unchanged would hide
#: what a mutant answers. Sentences stay: the check of the catalogue knows each of them.
_SETTINGS = """
[tool.mutmut]
source_paths = ["db", "workbench"]
also_copy = ["bench", "resources", "ui"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-m", "not long", "--hypothesis-profile", "hasty"]
process_isolation = "forkserver"
track_dependencies = false
use_git_change_detection = false
do_not_mutate_patterns = ['_\\("', '^ *"[^"]*[一-鿿]']
"""
#: `mutmut show` of many in one process
_SHOW = "import sys; from mutmut.__main__ import cli; [cli(['show', one], standalone_mode=False) for one in sys.argv[1:]]"


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants of a module there were, how many died, and in how many seconds."""

    module: str
    mutants: int
    killed: int
    seconds: float = 0.0

    def line(self) -> str:
        """'workbench/base/money.py   10 of 12   83.3 %   4 s'."""
        share = f"{100 * self.killed / self.mutants:5.1f} %" if self.mutants else "      –"
        return f"{self.module:<50} {self.killed:>5} of {self.mutants:<5} {share} {self.seconds:>6.0f} s"


def modules(words: Sequence[str] = ()) -> dict[str, list[str]]:
    """Module -> its test files, as paths from the root."""
    listed = tomllib.loads((ROOT / "bench" / "mutants.toml").read_text("utf-8"))["modules"]
    return {path: tests for path, tests in listed.items() if not words or any(word in path for word in words)}


def copy_to(folder: Path) -> None:
    """What the repository has, with changes that are not committed yet; without data, books made here, or the set-up."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (source := ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)


def score(module: str, tests: Sequence[str], folder: Path) -> Score:
    """Try all mutants of one module in the copy, and write those that live to `build/mutants`."""
    shutil.rmtree(folder / "mutants", ignore_errors=True)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    # a list of strings is written alike in JSON and TOML
    own = f"only_mutate = {json.dumps([module])}\npytest_add_cli_args_test_selection = {json.dumps(list(tests))}\n"
    (folder / "pyproject.toml").write_text(project + _SETTINGS + own, "utf-8")
    begun = time.monotonic()
    ran = _mutmut(folder, "run", "--max-children", "1")
    results = _mutmut(folder, "results", "--all", "true").stdout
    became = dict(line.strip().split(": ", 1) for line in results.splitlines() if "__mutmut_" in line)
    if ran.returncode or not became:
        raise RuntimeError(f"{module}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    _keep(folder, module, became)
    dead = sum(state in _DEAD for state in became.values())
    return Score(module, len(became), dead, time.monotonic() - begun)


def _mutmut(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return _python(folder, "-m", "mutmut", *words)


def _python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, check=False, capture_output=True, text=True, env=environment
    )


def _keep(folder: Path, module: str, became: Mapping[str, str]) -> None:
    """The differences of the mutants that live, one after another; no file where all are dead."""
    SURVIVORS.mkdir(parents=True, exist_ok=True)
    path = SURVIVORS / (module.removesuffix(".py").replace("/", ".") + ".diff")
    path.unlink(missing_ok=True)
    if alive := [name for name, state in became.items() if state in _ALIVE]:
        path.write_text(_python(folder, "-c", _SHOW, *alive).stdout, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("words", nargs="*", help="parts of the paths of the modules to try")
    scores = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy_to(Path(folder))
        for module, tests in modules(parser.parse_args().words).items():
            scores.append(score(module, tests, Path(folder)))
            print(scores[-1].line(), flush=True)
    total = Score(
        "all", *(sum(getattr(one, key) for one in scores) for key in ("mutants", "killed", "seconds"))
    )
    print(total.line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
