"""All spreadsheets of a folder with a manifest.csv through `workbench import --dry-run --json`, one by one.

`python -m bench.spreadsheets FOLDER [--json FILE]`: no file may crash, hang (over 20 s) or lose rows without a word.
"""

import argparse
import csv
import io
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

HANG_SECONDS = 20.0
_COUNTS = re.compile(r"ok (\d+)sh/(\d+)r")


@dataclass(frozen=True, slots=True)
class Tried:
    """One file: `rows` counts data and named rows of all its sheets, None when it was refused; `expected` what the
    manifest's readers counted, None when neither read it."""

    file: str
    kind: str
    code: str
    sentence: str
    rows: int | None
    expected: int | None
    seconds: float


def expected_rows(entry: dict[str, str]) -> int | None:
    """The height that the manifest's readers found over all sheets, counted from row 1."""
    for reader in ("calamine", "openpyxl"):
        if told := _COUNTS.match(entry[reader]):
            return int(told[2])
    return None


def _try(folder: Path, entry: dict[str, str], book: Path) -> Tried:
    from workbench.commands.run import run

    path = folder / entry["file"]
    said, complaints = io.StringIO(), io.StringIO()
    began = time.perf_counter()
    try:
        with redirect_stdout(said), redirect_stderr(complaints):
            status = run(["import", str(path), "--book", str(book), "--dry-run", "--json"])
        code, sentence, rows = _understood(said.getvalue(), status)
    except BaseException as crash:  # noqa: BLE001  (a crash is what is looked for)
        code, sentence, rows = "crash", f"{type(crash).__name__}: {crash}", None
    seconds = time.perf_counter() - began
    return Tried(entry["file"], entry["kind"], code, sentence, rows, expected_rows(entry), round(seconds, 2))


def _understood(text: str, status: int) -> tuple[str, str, int | None]:
    """Code ('read', a refusal's, or 'crash'), its sentence, rows counted."""
    body = json.loads(text)
    if "error" in body:
        error = body["error"]
        code = "crash" if status == 1 else error["code"]
        return code, error["message"] + error["hint"], None
    sheets = body["files"]
    if any(sheet["sheet"] is None for sheet in sheets):
        return sheets[0]["code"], sheets[0]["error"], None
    rows = sum(sheet["rows"] + sum(sheet["not_data"].values()) for sheet in sheets)
    # what was read may still hold no list of customers: then a sentence says so
    return "read", next((sheet["error"] for sheet in sheets if sheet.get("error")), ""), rows


_book = Path()


def _open_book() -> None:
    """Each working process has a book of its own."""
    global _book
    os.environ["WORKBENCH_PASSPHRASE"] = "bench-passphrase"
    from workbench.app import Workbench

    _book = Path(tempfile.mkdtemp()) / "a.book"
    Workbench.create(_book, os.environ["WORKBENCH_PASSPHRASE"]).close()


def _job(work: tuple[Path, dict[str, str]]) -> Tried:
    return _try(*work, _book)


def table(tried: list[Tried]) -> str:
    """By the manifest's kind: files, read, refused, crashes, hangs, slowest; then the refusals by code."""
    kinds: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        kinds[one.kind].append(one)
    lines = [
        "| kind | files | read | refused | crashes | hangs | slowest s |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, ones in [*sorted(kinds.items(), key=lambda item: -len(item[1])), ("all", tried)]:
        codes = Counter(one.code for one in ones)
        refused = len(ones) - codes["read"] - codes["crash"]
        hangs = sum(one.seconds > HANG_SECONDS for one in ones)
        slowest = max(one.seconds for one in ones)
        cells = [kind, len(ones), codes["read"], refused, codes["crash"], hangs, f"{slowest:.1f}"]
        lines.append("| " + " | ".join(map(str, cells)).replace("messy-header|", "messy-header, ") + " |")
    codes = Counter(one.code for one in tried if one.code not in ("read", "crash"))
    lines += [
        "",
        "| refused as | files |",
        "|---|--:|",
        *(f"| {code} | {n} |" for code, n in codes.most_common()),
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="every file's result")
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    with (given.folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    work = [(given.folder, entry) for entry in entries]
    with ProcessPoolExecutor(given.processes, initializer=_open_book) as pool:
        tried = list(pool.map(_job, work, chunksize=4))
    print(table(tried))
    agreed = [one for one in tried if one.rows is not None and one.expected is not None]
    differing = [one for one in agreed if one.rows != one.expected]
    print(f"\nrows agree with the manifest: {len(agreed) - len(differing)} of {len(agreed)}")
    for one in differing:
        print(f"  {one.file}: {one.rows}, the manifest says {one.expected}")
    refused = [one for one in tried if one.expected is not None and one.rows is None]
    print(f"\nread by calamine or openpyxl, refused here: {len(refused)}")
    for one in refused:
        print(f"  {one.file}: {one.code}: {one.sentence}")
    for one in tried:
        if one.code == "crash" or one.seconds > HANG_SECONDS:
            print(f"CRASH OR HANG {one.file} ({one.seconds} s): {one.sentence}")
    if given.json:
        given.json.write_text(
            json.dumps([asdict(one) for one in tried], ensure_ascii=False, indent=1), "utf-8"
        )
    return int(any(one.code == "crash" or one.seconds > HANG_SECONDS for one in tried))


if __name__ == "__main__":
    sys.exit(main())
