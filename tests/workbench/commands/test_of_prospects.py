"""Persons without an account on the command line: listed masked, written undoably, erased only when confirmed."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run

NAME, PHONE = "欧阳小满", "13612340009"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "支行.book"
    new_workbench(path, PASSPHRASE).close()
    return path


def test_listed_masked_and_undone(run: Run, book: Path) -> None:
    made = run("prospects", "add", NAME, "--phone", PHONE, "--consent", "yes", "--json", "--book", book)
    assert made.status == 0, made.err
    listed = run("prospects", "--json", "--book", book)
    (one,) = listed.json["prospects"]
    assert (one["id"], one["name"], one["phone"]) == ("1", "欧**", "136****0009")
    assert (one["consent"], one["may"], one["state"]) == ("yes", "may", "open")
    assert listed.json["counts"]["open"] == 1
    words = run("prospects", "--book", book).out
    assert "1 · 欧** · 136****0009 · 其他 · 同意联系 · 保留到 2027-05-21" in words
    assert (NAME in words, PHONE in words) == (False, False)
    assert run("undo", "--change", made.json["change"], "--book", book).status == 0
    assert run("prospects", "--json", "--book", book).json["prospects"] == []


def test_in_full_only_for_a_purpose(run: Run, book: Path) -> None:
    run("prospects", "add", NAME, "--book", book)
    assert run("prospects", "--json", "--full", "--book", book).status == 2
    full = run("prospects", "--json", "--full", "--purpose", "主管核对", "--book", book)
    assert full.json["prospects"][0]["name"] == NAME


def test_refused_in_a_sentence(run: Run, book: Path) -> None:
    for words, said in (
        (("add", NAME, "--phone", "12345"), "不像电话号码"), (("drop", "7", "不需要"), "没有编号 7 的潜客"),
        (("add", NAME, "--by", "404"), "没有客户号为 404 的客户"),
    ):  # fmt: skip
        refused = run("prospects", *words, "--book", book)
        assert refused.status == 2
        assert said in refused.err
    run("prospects", "add", NAME, "--book", book)
    assert run("prospects", "link", "1", "404", "--book", book).status == 2
    assert run("prospects", "drop", "1", "不需要", "--book", book).status == 0


def test_erased_only_when_confirmed(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有到期的潜客" in run("prospects", "erase-expired", "--book", book).out
    run("prospects", "add", NAME, "--expires", "2026-11-25", "--book", book)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-25")
    assert "1 位已到期" in run("prospects", "--book", book).out
    assert run("prospects", "--json", "--book", book).json["prospects"] == []
    refused = run("prospects", "erase-expired", "--book", book)
    assert (refused.status, "不能撤销" in refused.err) == (2, True)
    assert run("prospects", "erase-expired", "--yes", "--json", "--book", book).json == {"erased": 1}
    assert run("prospects", "--json", "--book", book).json["counts"]["expired"] == 0
