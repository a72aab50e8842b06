"""`workbench backtest`: refused under nine months, told as JSON and as a file, registered (domain 4.6, 20-15)."""

import json
from pathlib import Path

from openpyxl import load_workbook

from db.engine import Book
from tests.books import new_book
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.backtest.made import past


def filled(path: Path, months: int) -> Path:
    with new_book(path, PASSPHRASE) as book:
        past(SmallBook(book), 28, months)
    return path


def test_a_book_of_eight_months_is_refused_with_status_2(run: Run, tmp_path: Path) -> None:
    done = run("backtest", "--json", "--book", filled(tmp_path / "a.book", 8))
    assert done.status == 2
    assert done.json["error"]["code"] == "short_history"
    assert "仅展示规则" in done.err
    assert "±" in done.err


def test_json_and_workbook_say_the_same_and_are_registered(run: Run, tmp_path: Path) -> None:
    book, sheet = filled(tmp_path / "a.book", 11), tmp_path / "回测.xlsx"
    done = run("backtest", "--json", "--threshold", 40, "--xlsx", sheet, "--book", book)
    assert done.status == 0, done.err
    body = done.json
    assert [one["month"] for one in body["origins"]] == ["2026-07", "2026-06", "2026-05"]
    assert set(body["thresholds"]) == {"yellow", "orange", "red"}
    assert body["free"]["key"] == "risk>=40"
    assert len(body["signals"]) == 9
    cells = [[cell.value for cell in row] for one in load_workbook(sheet) for row in one.iter_rows()]
    assert any(body["sentence"] in row for row in cells)
    orange = next(row for row in cells if row[0] == "橙灯和红灯")
    assert orange[1:3] == [body["thresholds"]["orange"]["alerts"], body["thresholds"]["orange"]["right"]]
    with Book.open(book, PASSPHRASE) as opened, opened.read() as conn:
        rows = conn.exec_driver_sql("select action, subject, facts from audit order by id desc limit 2").all()
    assert sorted(row[1] for row in rows) == ["backtest_json", "backtest_xlsx"]
    assert {tuple(json.loads(row[2])["fields"]) for row in rows} == {("totals",)}
    shown = run("backtest", "--book", book)
    assert shown.status == 0
    assert body["sentence"] in shown.out
    assert body["naive"]["sentence"] in shown.out


def test_no_output_destroys_what_was_there(run: Run, tmp_path: Path) -> None:
    book = filled(tmp_path / "a.book", 8)
    important = tmp_path / "重要.xlsx"
    important.write_bytes(b"important")
    for target in (book, important):
        assert run("backtest", "--xlsx", target, "--book", book).status == 2
    assert important.read_bytes() == b"important"
    assert run("backtest", "--threshold", 101, "--book", book).status == 2
