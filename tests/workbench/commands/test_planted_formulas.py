"""Formulas planted in what a list tells of customers and in what is noted of them are text in every file that leaves the book."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from db import book_key
from tests.books import PASSPHRASE, empty_file
from tests.workbench.commands.conftest import Run
from workbench.base.outward import like_formula

PLANTS = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-2+3", "＝1+1")


def planted_list(path: Path) -> Path:
    """A head-office list of customers whose names and other texts are formulas, and one whose row is refused."""
    book = Workbook()
    sheet = book.active
    sheet.append(["个人客户资产月报(2026年10月31日)"])
    sheet.append(["客户号", "客户姓名", "职业", "客户经理", "金融资产余额", "金融资产月日均"])
    for number, plant in enumerate(PLANTS, 1):
        sheet.append([f"00001000{number:02}", plant, plant, plant, 600_000.0 + number, 600_000.0])
    sheet.append(["=1+1", PLANTS[0], PLANTS[1], "", 5.0, 1.0])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def cells(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """(file, text, whether it is guarded) of every cell of every workbook and CSV in a folder."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            for row in csv.reader(path.read_text("utf-8-sig").splitlines()):
                yield from ((path.name, cell, True) for cell in row)
        elif path.suffix == ".xlsx":
            for sheet in load_workbook(path):
                for line in sheet.iter_rows():
                    for cell in line:
                        assert cell.data_type != "f", (
                            f"{path.name} {sheet.title} {cell.coordinate}: {cell.value}"
                        )
                        if isinstance(cell.value, str):
                            yield path.name, cell.value, bool(cell.quotePrefix)


def test_no_file_that_leaves_the_book_has_a_formula(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_key, "COST", 16)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    at = ("--book", empty_file(tmp_path / "a.book", PASSPHRASE))
    out = tmp_path / "out"
    out.mkdir()
    source = planted_list(tmp_path / "名单_202610.xlsx")
    assert run("import", source, "--accept-similar", "--refused", out / "refused.xlsx", *at).status in (0, 2)
    for number, plant in enumerate(PLANTS, 1):
        to = f"00001000{number:02}"
        done = run(
            "log", to, "--channel", "call", "--result", "reached", "--note", plant, "--need", plant, *at
        )
        assert done.status == 0, done.err
        assert run("promise", to, "--text", plant, "--by", "2026-11-20", *at).status == 0
    saved = run("list-save", PLANTS[0], "--where", "aum_balance > 0", "--purpose", "analysis", *at)
    assert saved.status == 0, saved.err
    for words in (
        ("plan", "--xlsx", out / "plan.xlsx"),
        ("pack", "--xlsx", out / "pack.xlsx"),
        ("list-export", PLANTS[0], out / "list.xlsx"),
        ("contacts", "--xlsx", out / "log.xlsx", "--csv", out / "log.csv", "--purpose", PLANTS[0]),
        ("calendar", "2026", "--xlsx", out / "year.xlsx"),
        ("register", "--xlsx", out / "register.xlsx"),
    ):
        done = run(*words, *at)
        assert done.status == 0, done.err
    texts = list(cells(out))
    wild = [(file, text) for file, text, guarded in texts if like_formula(text) and not guarded]
    assert wild == []
    planted = {
        file for file, text, _guarded in texts if text.lstrip("'").startswith(("=", "＝", "@", "+", "-"))
    }
    assert planted >= {"refused.xlsx", "list.xlsx", "log.xlsx", "log.csv", "plan.xlsx", "pack.xlsx"}, (
        "where plants stand"
    )
