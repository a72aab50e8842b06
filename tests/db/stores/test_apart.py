"""Who keeps a book in a file needs nothing of a server: no driver is imported, and without one a sentence says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.engine import Book
from db.errors import BookError
from tests.books import PASSPHRASE, empty_file

ROOT = Path(__file__).resolve().parents[3]
#: what a server's store stands on
OF_SERVERS = ("psycopg", "db.stores.postgresql", "db.stores.server_connections", "db.stores.dialect")


def _loaded(script: str, *words: str) -> list[str]:
    """Those of `OF_SERVERS` that a process has loaded at its end."""
    told = f"{script}\nimport sys\nprint([one for one in {OF_SERVERS} if one in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return list(eval(done.stdout.splitlines()[-1]))  # noqa: S307  (our own list)


def test_opening_a_file_loads_no_driver_of_a_server(tmp_path: Path) -> None:
    path = empty_file(tmp_path / "a.book", PASSPHRASE)
    script = (
        "import sys; from pathlib import Path; from db import book_key; from workbench.app import Workbench\n"
        "book_key.COST = 16\n"
        "with Workbench.open(Path(sys.argv[1]), sys.argv[2]) as workbench: workbench.book.verify()"
    )
    assert _loaded(script, str(path), PASSPHRASE) == []


def test_the_window_and_the_command_line_load_no_driver_of_a_server() -> None:
    assert _loaded("import ui.app, ui.main_window, ui.start, workbench.cli, workbench.commands.run") == []


def test_without_the_driver_a_book_on_a_server_is_refused_by_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [one for one in sys.modules if one.startswith(("psycopg", *OF_SERVERS))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for act in (Book.open, Book.create):
        with pytest.raises(BookError) as caught:
            act("postgresql:///book?host=/nowhere")
        assert caught.value.code == "no_driver"
