"""What all commands share: for what a document is unmasked, where a passphrase comes from, how a refusal is printed."""

import json
from pathlib import Path

import pytest

from tests.books import PASSPHRASE, empty_file
from workbench.base.errors import WorkbenchError
from workbench.commands.edge import complain, err, in_full, opened, out, passphrase, refused, say


@pytest.mark.parametrize(
    ("full", "purpose", "as_json", "why"),
    [
        (False, "", True, ""),
        # a purpose without --full asks for nothing
        (False, "对账", False, ""),
        (True, " 与  柜面\n对账 ", True, "与 柜面 对账"),
    ],
)
def test_a_document_is_unmasked_only_for_a_purpose(full: bool, purpose: str, as_json: bool, why: str) -> None:
    assert in_full(full, purpose, as_json) == why


@pytest.mark.parametrize(
    ("purpose", "as_json", "code"),
    [("", True, "no_purpose"), ("  ", True, "no_purpose"), ("对账", False, "full_without_json")],
)
def test_full_without_a_purpose_or_a_document_is_refused(purpose: str, as_json: bool, code: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        in_full(True, purpose, as_json)
    assert caught.value.code == code
    assert caught.value.hint


def test_the_passphrase_of_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "from outside")
    assert passphrase(tmp_path / "x.book", new=True) == "from outside"


@pytest.mark.parametrize("new", [True, False])
def test_without_a_terminal_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(WorkbenchError) as caught:
        passphrase(tmp_path / "x.book", new=new)
    assert caught.value.code == "no_passphrase"


def test_the_key_ring_knows_the_passphrase_of_a_book_that_is_there_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: "kept")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert passphrase(tmp_path / "x.book") == "kept"
    with pytest.raises(WorkbenchError):
        passphrase(tmp_path / "x.book", new=True)


def test_a_new_passphrase_is_typed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["one", "two", "three", "three", "four"])
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    with pytest.raises(WorkbenchError) as caught:
        passphrase(tmp_path / "x.book", new=True)
    assert caught.value.code == "passphrase_differs"
    assert passphrase(tmp_path / "x.book", new=True) == "three"
    assert passphrase(tmp_path / "x.book") == "four"


def test_a_command_opens_the_book_that_is_there_and_makes_one_only_where_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "some.book"
    with pytest.raises(WorkbenchError) as caught, opened(path):
        pass
    assert caught.value.code == "missing"
    assert not path.exists()
    empty_file(path)
    with opened(path, may_create=True) as workbench:
        assert sum(workbench.book.count().values()) == 0
    with opened(tmp_path / "new.book", may_create=True):
        assert (tmp_path / "new.book").exists()


def test_a_refusal_is_a_sentence_and_as_json_a_document_with_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = WorkbenchError("no_row", "没有第 3 行。", "请核对行号。")
    assert refused(error) == 2
    assert capsys.readouterr().out == ""
    assert refused(error, as_json=True) == 2
    printed = capsys.readouterr().out
    assert "没有第 3 行。" in printed, "a person can read it"
    assert json.loads(printed) == {
        "error": {"code": "no_row", "message": "没有第 3 行。", "hint": "请核对行号。"}
    }


def test_a_stale_passphrase_of_the_key_ring_is_no_wrong_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = empty_file(tmp_path / "a.book", PASSPHRASE)
    gone: list[Path] = []
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: "stale 2026")
    monkeypatch.setattr("workbench.base.keys.forget", gone.append)
    with pytest.raises(WorkbenchError) as caught, opened(book):
        pass
    assert caught.value.code == "stale_ring"
    assert gone == [book]
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)  # goes before the key ring
    with opened(book):
        pass


def test_a_terminal_acts_on_nothing_that_a_text_holds(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.table import Table

    out.cache_clear()
    err.cache_clear()
    say("甲\u202e\x1b[2J乙")
    complain("甲\u202e\x1b[2J乙 [red]")
    table = Table()
    table.add_column("丙\u202e")
    table.add_row("\x1b[2J[bold]丁")
    out().print(table)
    out.cache_clear()
    err.cache_clear()
    shown = capsys.readouterr()
    assert shown.out.startswith("甲[2J乙\n")
    assert "甲[2J乙 [red]" in shown.err
    assert "[2J[bold]丁" in shown.out
    assert "\x1b" not in shown.out + shown.err
    assert "\u202e" not in shown.out + shown.err
