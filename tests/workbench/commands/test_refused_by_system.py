"""What the system refuses is one sentence of its own and status 2; `程序出错` is kept for what nobody foresaw."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.places import limited, without_rights
from db import tables
from tests.books import empty_file
from tests.workbench.commands.conftest import Run
from workbench.app import Workbench
from workbench.base import pc
from workbench.base.errors import WorkbenchError

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "春风化雨 2026"
#: runs the command lines given as JSON, and prints for each its status and its sentence
SCRIPT = """
import contextlib, io, json, sys
from db import book_key
from workbench import cli
book_key.COST = 16
told = []
for words in json.load(sys.stdin):
    sys.argv = ["workbench", *words]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = cli.main()
    body = json.loads(said.getvalue() or "{}")
    told.append((status, body.get("error", body)))
print(json.dumps(told))
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.book"
    empty_file(path, PASSPHRASE)
    return path


@pytest.fixture
def small_list(tmp_path: Path) -> Path:
    path = tmp_path / "名单_20261031.csv"
    path.write_text("客户编号,客户名称,金融资产余额\n00000001,张三,100\n", "utf-8")
    return path


def _others(
    lines: list[list[object]], before: Callable[[], None] | None, home: Path | None = None
) -> list[str]:
    """The codes that command lines end with in a process of their own; '' for what was done."""
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps([[str(word) for word in words] for words in lines]),
        env=os.environ | {"WORKBENCH_PASSPHRASE": PASSPHRASE} | ({"WORKBENCH_HOME": str(home)} if home else {}),
        cwd=ROOT, preexec_fn=before, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout.splitlines()[-1])
    assert all(status == 2 for status, body in found if "code" in body), found
    return [body.get("code", f"status {status}" if status else "") for status, body in found]


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_what_cannot_be_a_book_is_refused_at_once_by_every_way_in(
    run: Run, tmp_path: Path, small_list: Path, book: Path
) -> None:
    cases: list[tuple[Path, str]] = [
        (tmp_path, "not_a_file"),
        (Path("/dev/null"), "not_a_file"),
        (Path("/dev/zero"), "not_a_file"),
        (_pipe(tmp_path / "pipe.book"), "not_a_file"),
        (tmp_path / ("长" * 100 + ".book"), "name_too_long"),
    ]
    for path, code in cases:
        for words in (
            ["verify", "--book", path],
            ["import", small_list, "--book", path],
            ["restore", book, "--book", path],
            ["restore", path, "--book", book],
        ):
            done = run(*words, "--json")
            assert (done.status, done.json["error"]["code"]) == (2, code), (words, done.err)
        assert code == "name_too_long" or path.exists()
        opened = run("--book", path)  # the window
        assert opened.status == 2
        assert str(path) in opened.err
    for words in (["import", small_list], ["restore", book]):
        done = run(
            *words, "--book", tmp_path / ("a" * 251), "--json"
        )  # short enough for the book, not for its lock
        assert (done.status, done.json["error"]["code"]) == (2, "name_too_long")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are of POSIX")
def test_rights_are_told_each_by_its_own_code(tmp_path: Path, book: Path, small_list: Path) -> None:
    shut, closed = tmp_path / "shut", tmp_path / "closed"
    for folder in (shut, closed):
        folder.mkdir()
        Workbench.create(folder / "b.book", PASSPHRASE).close()
    still, secret = tmp_path / "still.book", tmp_path / "secret.book"
    for path, mode in ((still, 0o444), (secret, 0o000)):
        with Workbench.create(path, PASSPHRASE) as made, made.book.write("test", "一位客户") as writer:
            writer.insert(tables.customers, [{"customer_no": "00000001", "name": "张三"}])
        path.chmod(mode)
    shut.chmod(0o555)
    closed.chmod(0o000)
    lines: list[list[object]] = [
        ["log", "00000001", "--channel", "call", "--result", "reached", "--book", still, "--json"],
        ["import", small_list, "--book", secret, "--json"],
        ["verify", "--book", secret, "--json"],
        ["--book", secret],  # the window
        ["verify", "--book", shut / "b.book", "--json"],
        ["import", small_list, "--book", shut / "new.book", "--json"],
        ["restore", book, "--book", shut / "b.book", "--json"],
        ["verify", "--book", closed / "b.book", "--json"],
        ["import", small_list, "--json"],
        ["restore", book, "--json"],
        ["restore", secret, "--book", book, "--json"],
        ["restore", shut / "b.book", "--book", book, "--json"],
    ]
    try:
        told = _others(lines, without_rights(), home=shut / "home")
    finally:
        closed.chmod(0o755)
    assert told == [
        "read_only_file", "no_permission", "no_permission", "status 2", "read_only", "read_only", "read_only",
        "no_permission", "no_permission", "no_permission", "no_permission", "",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="limits of an account are of POSIX")
def test_a_limit_of_size_is_a_full_disk(tmp_path: Path, book: Path, small_list: Path) -> None:
    """Where no disk can be filled: SQLite itself says "disk I/O error" then, which was told as damage."""
    before = book.read_bytes()
    lines: list[list[object]] = [
        ["verify", "--book", book, "--json"],
        ["restore", book, "--book", tmp_path / "b.book", "--json"],
        ["import", small_list, "--book", tmp_path / "c.book", "--json"],
    ]
    assert _others(lines, limited(16_384)) == ["disk_full"] * 3
    assert book.read_bytes() == before
    assert not (tmp_path / "b.book").exists()
    assert not (tmp_path / "c.book").exists()


def test_an_account_without_a_folder_is_told_what_to_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_HOME")
    monkeypatch.setattr(
        pc.platformdirs, "user_data_dir", lambda *_a, **_k: "~/.local/share/account-workbench"
    )
    monkeypatch.setattr(pc.platformdirs, "user_config_dir", lambda *_a, **_k: "~/.config/account-workbench")
    done = run("check", "--json")
    assert (done.status, done.json["error"]["code"]) == (2, "no_home")
    assert run().status == 2  # the window
    with pytest.raises(WorkbenchError):
        pc.PcSettings.load().save()


def test_remains_are_told_and_replaced_by_the_next_import(run: Run, tmp_path: Path, small_list: Path) -> None:
    path = tmp_path / "b.book"
    for content in (b"", os.urandom(4096)):
        path.write_bytes(content)
        told = run("verify", "--book", path, "--json")
        assert (told.status, told.json["error"]["code"]) == (2, "unfinished")
        done = run("import", small_list, "--book", path)
        assert done.status == 0
        assert "unfinished" in done.err
        assert run("verify", "--book", path).status == 0
        path.unlink()
    assert sorted(one.stat().st_size for one in tmp_path.glob("b.unfinished*.book")) == [0, 4096]


@pytest.mark.parametrize("number", [28, 30, 13])
def test_what_the_system_refuses_anywhere_is_no_fault_of_the_program(
    run: Run, monkeypatch: pytest.MonkeyPatch, book: Path, number: int
) -> None:
    def fail(*_words: object) -> None:
        raise OSError(number, os.strerror(number), "某个文件.txt")

    monkeypatch.setattr("db.engine.Book.verify", fail)
    done = run("verify", "--book", book, "--json")
    assert done.status == 2
    assert "某个文件.txt" in done.json["error"]["message"]


def test_what_nobody_foresaw_is_still_a_fault(run: Run, monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    def fail(*_words: object) -> None:
        raise FileNotFoundError(2, "No such file", "of the program itself")

    monkeypatch.setattr("db.engine.Book.verify", fail)
    done = run("verify", "--book", book, "--json")
    assert (done.status, done.json["error"]["code"]) == (1, "fault")
