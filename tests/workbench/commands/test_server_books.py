"""`--book postgresql://…`: the same commands, one sentence where only a file will do, and never a password."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from db.engine import Book
from db.stores.address import server_address
from tests.workbench.commands.conftest import PASSPHRASE, Ran, Run
from tests.workbench.intake.conftest import customers, write_xlsx

SECRET = "g3heim"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A list of three customers."""
    return write_xlsx(tmp_path / "名单.xlsx", [("客户清单", customers())])


def _refused(told: Ran, code: str) -> None:
    assert told.status == 2, told.err
    assert json.loads(told.out)["error"]["code"] == code
    assert told.err.count("\n") == 1
    assert SECRET not in told.out + told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"postgresql://me:{SECRET}@server/book", "insecure_address"),
        (f"postgresql://me:{SECRET}@127.0.0.1/book?sslmode=prefer", "insecure_address"),
        (f"postgresql://me:{SECRET}@server/book?service=bank", "bad_address"),
        (f"postgresql:me:{SECRET}@server", "bad_address"),
        (f"postgresql://me:{SECRET}@localhost:1/book?sslmode=verify-full", "no_server"),
        ("postgresql:///book?host=/nowhere", "no_server"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_an_address_that_may_not_be_used_is_refused_by_one_sentence(
    run: Run, url: str, code: str, before: bool
) -> None:
    words = ("--book", url, "verify", "--json") if before else ("verify", "--json", "--book", url)
    _refused(run(*words), code)


@pytest.mark.parametrize(
    "words",
    [("verify", f"postgresql://me:{SECRET}@h/b"), ("verify", f"--boook=postgresql://me:{SECRET}@h/b")],
)
def test_a_mistyped_command_line_tells_no_password(run: Run, words: tuple[str, ...]) -> None:
    _refused(run(*words, "--json"), "usage")


def test_the_window_and_the_demonstration_are_for_files(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    from ui.start import main

    url = f"postgresql://me:{SECRET}@server/book?sslmode=verify-full"
    told = run("--book", url)
    assert (told.status, "窗口只打开账本文件" in told.err, SECRET in told.err) == (2, True, False)
    _refused(run("--book", url, "demo", "--json"), "file_only")
    assert main([url]) == 2
    assert "窗口只打开账本文件" in capsys.readouterr().err


def test_a_book_is_imported_looked_at_undone_and_checked_on_a_server(
    run: Run, names: Path, postgresql: str
) -> None:
    book = ("--book", postgresql)
    _refused(run("verify", "--json", *book), "missing")
    assert run("import", names, "--json", *book).json["files"][0]["rows"] == 3
    assert run("import", names, *book).status == 0
    for words in (
        ("imports",), ("imports", "1"), ("customers", "张"), ("identity",), ("dialects",), ("lists",), ("tags",),
        ("holidays",), ("undo",), ("redo",), ("verify",),
    ):  # fmt: skip
        told = run(*words, "--json", *book)
        assert (told.status, told.err) == (0, ""), words
        assert told.json is not None
    with Book.open(postgresql) as opened:
        assert opened.count()["customers"] == 3


def test_a_backup_of_a_server_is_a_file_with_the_passphrase_asked_for_and_goes_into_an_empty_schema_only(
    run: Run, names: Path, tmp_path: Path, postgresql: str,
    empty_books_on_server: Callable[[], AbstractContextManager[str]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    book = ("--book", postgresql)
    assert run("import", names, *book).status == 0
    backup = tmp_path / "备份.book"
    assert run("backup", backup, "--json", *book).json["backup"] == str(backup)
    _refused(run("backup", backup, "--json", "--force", *book), "over_book")
    seal = run("verify", "--json", *book).json["fingerprint"]
    with Book.open(backup, PASSPHRASE) as file:
        assert file.fingerprint() == seal
    _refused(run("restore", backup, "--json", *book), "exists")
    with empty_books_on_server() as taken:
        _refused(run("restore", backup, "--json", "--book", taken), "exists")
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "12345")
    _refused(run("backup", tmp_path / "b.book", "--json", *book), "weak_passphrase")
    assert not (tmp_path / "b.book").exists()


def test_a_file_goes_to_a_server_by_its_backup(
    run: Run, names: Path, tmp_path: Path, postgresql: str
) -> None:
    file = tmp_path / "账本.book"
    assert run("import", names, "--book", file).status == 0
    told = run("restore", file, "--json", "--book", postgresql)
    restored = {"book": str(server_address(postgresql)), "kept": None}
    assert told.json == {**restored, "deleted_again": [], "deletions_unchecked": False}
    assert (
        run("verify", "--json", "--book", postgresql).json["fingerprint"]
        == run("verify", "--json", "--book", file).json["fingerprint"]
    )


def test_nothing_that_is_kept_tells_the_password(
    run: Run, names: Path, tmp_path: Path, postgresql: str
) -> None:
    """In the register, the audit and the book's other tables: a server that trusts the socket takes any password."""
    url = postgresql.replace("@", f":{SECRET}@", 1)
    assert run("import", names, "--book", url).status == 0
    told = [
        run(*words, "--json", "--book", url)
        for words in (("customers", "张"), ("backup", tmp_path / "b.book"))
    ]
    assert not any(SECRET in one.out + one.err for one in told)
    with Book.open(url) as book, book.read() as conn:
        assert SECRET not in book.shown
        kept = [
            conn.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in ("audit", "changes", "batches", "settings")
        ]
    assert SECRET not in repr(kept)
