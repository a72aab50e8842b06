"""`workbench result ROW CODE` ticks a row of the week's plan (design 7): kept, journalled, undone, shown by `plan`."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from db import book_key
from db.engine import Book
from tests.books import new_workbench
from tests.workbench.commands.conftest import Run
from workbench.outreach.codes import ticks

BLOCKS = ("quick_wins", "needs_resources", "this_week")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with three customers."""
    folder = tmp_path_factory.mktemp("result")
    lines = ["客户编号,客户名称,金融资产余额", *(f"0000000{n},客户{n},{n}00000" for n in range(1, 4))]
    file, book = folder / "名单_20261031.csv", folder / "a.book"
    file.write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with new_workbench(book, "春风化雨 2026") as workbench:
            workbench.intake.read(file).commit()
    return book


@pytest.fixture
def listed(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(imported, tmp_path))


def rows(run: Run, book: Path, *more: str) -> list[dict[str, Any]]:
    body = run("plan", *more, "--json", "--book", book).json
    return [item for block in BLOCKS for item in body[block]]


def test_a_row_is_ticked_shown_and_taken_back(run: Run, listed: Path) -> None:
    before = rows(run, listed)
    assert len({item["row"] for item in before}) == 9
    assert {item["result"] for item in before} == {""}
    row = before[2]["row"]
    done = run("result", row, "half", "--json", "--book", listed)
    assert done.status == 0, done.err
    assert done.json["row"] == row
    after = rows(run, listed)
    assert after == [item | {"result": "half"} if item["row"] == row else item for item in before]
    lines = run("plan", "--book", listed).out.splitlines()
    assert [line for line in lines if line.endswith(f"行号 {row} · 完成一半")] != []
    assert run("undo", "--change", done.json["change"], "--book", listed).status == 0
    assert rows(run, listed) == before
    assert run("redo", "--change", done.json["change"], "--book", listed).status == 0
    assert rows(run, listed) == after


def test_a_tick_is_one_journalled_write(run: Run, listed: Path) -> None:
    row = rows(run, listed)[0]["row"]
    change = run("result", row, "missed:no_time", "--json", "--book", listed).json["change"]
    with Book.open(listed, "春风化雨 2026") as book, book.read() as conn:
        entries = conn.exec_driver_sql(
            f"select table_name, row_id from journal where change_id = {change} order by table_name"
        ).all()
        assert ("plan_items", row) in [tuple(entry) for entry in entries]
        assert conn.exec_driver_sql("select action from audit order by id desc").scalar() == "plan"
    with Book.open(listed, "春风化雨 2026") as book:
        assert book.verify() == []


def test_every_code_and_name_that_the_help_lists_is_taken(run: Run, listed: Path) -> None:
    shown = "".join(run("result", "--help").out.replace("│", "").split())
    assert all(f"{code}({name})" in shown for code, name in ticks())
    given = [item["row"] for item in rows(run, listed)]
    for row, (code, name) in zip(given, ticks(), strict=False):
        assert run("result", row, name, "--book", listed).status == 0, code
    codes = [code for code, _name in ticks()]
    assert [item["result"] for item in rows(run, listed)][: len(codes)] == codes


def test_what_is_not_on_the_plan_is_refused_in_one_sentence(run: Run, listed: Path) -> None:
    before = rows(run, listed)
    row = before[0]["row"]
    for words, error in (
        ((999, "done"), "no_such_row"),
        ((0, "done"), "no_such_row"),
        ((row, "perhaps"), "bad_result"),
        ((row, "missed"), "bad_result"),
        ((row, "done", "--week", "2026-W60"), "bad_week"),
        ((row, "done", "--week", "2026-W40"), "no_such_row"),
        (("first", "done"), "usage"),
    ):
        done = run("result", *words, "--json", "--book", listed)
        assert (done.status, done.json["error"]["code"]) == (2, error)
        assert len(done.err.strip().splitlines()) == 1
        if error == "bad_result":
            assert all(code in done.err for code, _name in ticks())
    assert rows(run, listed) == before


def test_another_week_is_ticked_as_it_was_handed_out(run: Run, listed: Path, tmp_path: Path) -> None:
    """Newer data would draft it again; what is ticked is the plan that was in hand."""
    before = rows(run, listed, "--week", "2026-W47")
    newer = tmp_path / "名单_20261121.csv"
    newer.write_text("客户编号,客户名称,金融资产余额\n00000001,客户1,90000000\n00000004,客户4,5\n", "utf-8")
    agreed = ("--confirm", "data_guard=只有两户", "--confirm", "lost_columns=只有三列")
    assert run("import", newer, *agreed, "--book", listed).status == 0
    done = run("result", before[0]["row"], "done", "--week", "2026-W47", "--book", listed)
    assert done.status == 0, done.err
    after = rows(run, listed, "--week", "2026-W47")
    assert [item["row"] for item in after] == [item["row"] for item in before]
    assert [item["result"] for item in after] == ["done", *[""] * 8]
