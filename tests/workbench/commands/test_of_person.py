"""A person's data on the command line: told, deleted with a reason, cleaned up when confirmed."""

from pathlib import Path

import pytest

from db.tables import customers
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from workbench.trust.backups import FOLDER

NAME, PHONE, NO = "欧阳小满", "13612340009", "0000100001"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "支行.book"
    with new_workbench(path, PASSPHRASE) as made, made.book.write("import", "一") as writer:
        writer.insert(
            customers,
            [
                {"customer_no": NO, "name": NAME, "phone": PHONE, "close_date": None},
                {"customer_no": "0000100002", "name": "乙", "phone": None, "close_date": "2015-01-01"},
            ],
        )
    return path


def test_told_listed_deleted_and_not_again(run: Run, book: Path, tmp_path: Path) -> None:
    words = run("person", NO, "--book", book)
    assert "客户资料:1 行" in words.out
    assert PHONE not in run("person", NO, "--json", "--book", book).out
    full = run("person", NO, "--json", "--full", "--purpose", "本人来查", "--book", book)
    assert full.json["places"][0]["values"][0]["phone"] == PHONE
    seen = run("person", NO, "--delete", "--dry-run", "--json", "--book", book).json
    assert (seen["receipt"], seen["rows"]) == (None, 1)
    assert run("person", NO, "--delete", "--book", book).status == 2
    receipt = tmp_path / "回执.pdf"
    done = run("person", NO, "--delete", "--reason", "本人要求", "--pdf", receipt, "--json", "--book", book)
    assert not (book.parent / FOLDER).exists()  # a backup would keep what he wants to be gone
    assert done.json["gone"] == seen["gone"]
    assert receipt.read_bytes().startswith(b"%PDF")
    assert run("person", NO, "--book", book).status == 2
    lifted = run("person", done.json["receipt"], "--lift", "--reason", "同意", "--json", "--book", book)
    assert lifted.json["marks"] == 3


def test_a_clean_up_goes_only_when_confirmed(run: Run, book: Path) -> None:
    assert run("retention", "--dry-run", "--json", "--book", book).json["rows"] == 1
    assert run("retention", "--book", book).status == 2
    folder = book.parent / FOLDER
    folder.write_text("a file has the folder's name")
    assert run("retention", "--yes", "--book", book).status != 0
    folder.unlink()
    assert (
        run("retention", "--dry-run", "--json", "--book", book).json["rows"] == 1
    )  # without its backup nothing went
    assert run("retention", "--yes", "--json", "--book", book).json["left"] == 1
    (kept,) = folder.glob("*-清理前-*.book")
    assert run("retention", "--dry-run", "--json", "--book", kept).json["rows"] == 1
    assert "没有保留期已满的数据" in run("retention", "--book", book).out
