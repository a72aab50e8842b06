"""The first import of a big list, a second one with 1 % changed, and its undo, against the least any program could do.

The floor: calamine reads the sheet, one executemany puts the raw cells into an encrypted table.
"""

import tempfile
from pathlib import Path

import python_calamine
import sqlcipher3.dbapi2 as driver

from bench.data import HEADERS, PASSPHRASE, workbook
from bench.measure import Result, timed
from bench.preview import watched
from workbench.app import Workbench


def _floor(source: Path, target: Path) -> None:
    rows = python_calamine.CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()
    raw = driver.connect(str(target))
    raw.execute(f"PRAGMA key='{PASSPHRASE}'")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(HEADERS)))})")
    raw.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(HEADERS))})", rows[3:-1])
    raw.commit()
    raw.close()


def _by_pandas(source: Path, target: Path) -> None:
    import pandas
    from sqlalchemy import create_engine

    frame = pandas.read_excel(source, header=2, engine="openpyxl", dtype={"客户编号": str})
    frame.to_sql("t", create_engine(f"sqlite:///{target}"), index=False)


def _import(book: Path, source: Path) -> None:
    with Workbench.open(book, PASSPHRASE) as workbench:
        report = workbench.intake.read(source).commit()
        if report.error or not report.committed:
            raise RuntimeError(report.error or "not committed")


def run(count: int = 100_000) -> list[Result]:
    """Rows 1, 2 and the memory row of the budget table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first.xlsx", folder / "second.xlsx"
        workbook(first, count)
        workbook(second, count, changed=0.01)
        book = folder / "a.book"
        Workbench.create(book, PASSPHRASE).close()
        floor = min(timed(lambda n=n: _floor(first, folder / f"floor{n}.db"))[0] for n in range(2))  # type: ignore[misc]
        whole, _ = timed(lambda: _import(book, first))
        again, _ = timed(lambda: _import(book, second))
        with Workbench.open(book, PASSPHRASE) as workbench:
            undo, _ = timed(lambda: workbench.intake.undo())
        pandas, _ = timed(lambda: _by_pandas(first, folder / "pandas.db"))
        return [
            Result(f"first import of {count:,} x {len(HEADERS)}", whole, floor, 2.5),
            Result("the same, against pandas + openpyxl to_sql", whole, pandas, 1 / 3, "x pandas"),
            Result("re-import with 1 % changed", again, floor, 2.5),
            Result("undo of the re-import", undo, floor, 1.0),
            Result("peak memory of the first import", _peak(folder, first), None, 700, "MB"),
        ]


def _peak(folder: Path, source: Path) -> float:
    """Peak memory in MB of a process that does nothing but this import, with the process that reads for it."""
    book = folder / "peak.book"
    Workbench.create(book, PASSPHRASE).close()
    code = "from pathlib import Path; from bench.imports import _import; _import(Path(sys.argv[1]), Path(sys.argv[2]))"
    return watched(code, book, source)[3]
