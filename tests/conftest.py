"""What every test shares: no screen, no real home folder, a quick key, Chinese as the language."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from db import vault
from db.engine import Book
from workbench.app import Workbench
from workbench.base.i18n import use_language

PASSPHRASE = "春风化雨 2026"
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setattr(vault, "ITERATIONS", 1_000)
    use_language("zh")
    yield
    use_language("zh")


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book, closed at the end."""
    with Book.create(tmp_path / "客户账本.book", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """An empty book behind its facade."""
    with Workbench.create(tmp_path / "客户账本.book", PASSPHRASE) as opened:
        yield opened


@pytest.fixture(scope="session")
def bank_files() -> list[Path]:
    """The seven real months; tests that ask for them are skipped where the folder is absent."""
    files = sorted((SHARED_DATA / "bank").glob("*.xlsx"))
    if not files:
        pytest.skip("shared/data/bank is not here")
    return files
