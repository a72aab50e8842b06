"""What every test shares: no screen, no real home folder, a quick key, Chinese as the language."""

import gc
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from db import book_key, connection, migrations
from db.engine import Book
from tests.books import PASSPHRASE, new_book, new_workbench, upgrade_at_once
from tests.laws import QUICK
from tests.parity.comparing import COMPARED
from tests.postgresql import empty_books_on_server as empty_books_on_server
from tests.postgresql import postgresql as postgresql
from tests.postgresql import server_book as server_book
from workbench.app import Workbench
from workbench.base import collector
from workbench.base.i18n import use_language

settings.load_profile(QUICK)
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_NUMBERS = itertools.count(1)
_FILES = itertools.count(1)
#: files of tests between two looks for garbage
_FILES_KEPT = 3


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tests")


@pytest.fixture
def tmp_path(_folders: Path) -> Path:
    """A folder of its own; pytest's own finds the next free number by looking through the folders of all tests before."""
    path = _folders / str(next(_NUMBERS))
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(autouse=True)
def _own_home(_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = _folders / f"home{next(_NUMBERS)}"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    monkeypatch.setattr(book_key, "COST", 16)
    monkeypatch.setattr(book_key, "ITERATIONS", 1_000)
    use_language("zh")
    yield
    use_language("zh")


@pytest.fixture(autouse=True)
def _no_plug_is_pulled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the ground floor nobody waits until the disk has taken a write, nor until the migrations have made the tables of
    an empty book: that is what the tests of `db` are for."""
    if "db" not in request.path.parts:
        waits_not = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in connection._PRAGMAS)
        monkeypatch.setattr(connection, "_PRAGMAS", waits_not)
        monkeypatch.setattr(migrations, "upgrade", upgrade_at_once)


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book, closed at the end."""
    with new_book(tmp_path / "客户账本.book", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """An empty book behind its facade."""
    with new_workbench(tmp_path / "客户账本.book", PASSPHRASE) as opened:
        yield opened


@pytest.fixture(scope="session")
def bank_files() -> list[Path]:
    """The seven real months; tests that ask for them are skipped where the folder is absent."""
    files = sorted((SHARED_DATA / "bank").glob("*.xlsx"))
    if not files:
        pytest.skip("shared/data/bank is not here")
    return files


@pytest.fixture(autouse=True, scope="module")
def _garbage_of_some_files() -> Iterator[None]:
    """Books and pictures are few objects and much memory, so the collector sees no need: every few files it looks through
    what they left, and sets aside what stays."""
    yield
    if next(_FILES) % _FILES_KEPT == 0:
        gc.collect()
        gc.freeze()


def pytest_collection_finish() -> None:
    """Ten thousand collected tests live until the end: whoever looks for garbage need not look through them, nor so often.

    The program's own pauses of the collector end by thawing what is frozen: after each, all that would be looked through."""
    collector.gc = _Frozen()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class _Frozen:
    """The collector for pauses that leave frozen what is."""

    def __getattr__(self, name: str) -> Any:
        return (lambda: None) if name in {"freeze", "unfreeze"} else getattr(gc, name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over how much it compared on both stores."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["compared"] = dict(COMPARED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the workers compared."""
    COMPARED.update(getattr(node, "workeroutput", {}).get("compared", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was compared on both stores; a difference would be a failure above."""
    if COMPARED:
        terminalreporter.section("compared on SQLite and PostgreSQL")
        for surface, values in sorted(COMPARED.items()):
            terminalreporter.write_line(f"{surface}: {values:,} values")
