"""The largest lists anyone sends: a csv of 1,000,000 rows and an xlsx of 400,000, time and memory of their import.

Not among the parts that run by default: it takes minutes. `python -m bench big`.
"""

import csv
import json
import tempfile
from pathlib import Path

from bench.data import HEADERS, PASSPHRASE, rows, workbook
from bench.measure import Result
from bench.preview import READ, watched
from workbench.app import Workbench
from workbench.rules.parameters import Rules

#: The columns of the long csv: who, whose, and the main balances.
_COLUMNS = tuple(HEADERS.index(name) for name in (
    "客户编号", "客户名称", "性别", "手机号码", "客户经理", "归属机构", "客户层级", "金融资产余额", "金融资产月日均", "活期余额",
    "定期余额", "风险等级",
))  # fmt: skip
_IMPORT = "from bench.imports import _import; from pathlib import Path; _import(Path(sys.argv[2]), Path(sys.argv[1]))"


def long_csv(path: Path, count: int) -> Path:
    """`count` customers in 12 columns, under a title and a note."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["个人客户资产月报"], ["数据日期:2026年10月31日", "单位:元"]])
        writer.writerow([HEADERS[index] for index in _COLUMNS])
        writer.writerows([row[index] for index in _COLUMNS] for row in rows(count))
    return path


def run(csv_rows: int = 1_000_000, xlsx_rows: int = 400_000) -> list[Result]:
    """Reading alone and the whole import of both; memory against the rule that bounds the reading process."""
    bound = Rules.load().number("intake.reading_memory")
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            f"{csv_rows:,} rows csv": lambda: long_csv(folder / "long.csv", csv_rows),
            f"{xlsx_rows:,} rows xlsx": lambda: workbook(folder / "long.xlsx", xlsx_rows),
        }
        for words, make in files.items():
            path = make()
            book = folder / f"{path.stem}{path.suffix[1:]}.book"
            Workbench.create(book, PASSPHRASE).close()
            for what, code in (("read", READ), ("import", _IMPORT)):
                seconds, own, others, together = watched(code, path, book)
                print(json.dumps({"what": f"{what} {words}", "seconds": round(seconds, 1), "own_mb": round(own),
                                  "reading_mb": round(others), "together_mb": round(together)}), flush=True)  # fmt: skip
                results.append(Result(f"{what} {words}: reading process", others, None, bound, "MB"))
                results.append(Result(f"{what} {words}: this process", own, None, 2 * bound, "MB"))
            path.unlink()
    return results
