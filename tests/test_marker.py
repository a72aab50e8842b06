"""A customer with a marker is in the book and in nothing else: data folder, logs, temporary files, caches, child processes,
titles of windows, files that were exported. `python -m bench.marker` is the long form."""

import contextlib
import gc
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bench import marker
from db import book_key
from tests.books import PASSPHRASE, empty_file
from tests.waits import LIMIT
from ui.app import Program
from ui.errors import log, start_log
from workbench.app import Workbench

#: pages on which he stands
PAGES = ("week", "portrait")


class Traces(NamedTuple):
    """Where the program was run, and what it gave to its children."""

    home: Path
    temporary: Path
    data: Path
    out: Path
    given: list[str]


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traces]:
    """The commands were run on a book that has him."""
    folder = tmp_path_factory.mktemp("marker")
    home, temporary, data, out, lists = (folder / one for one in ("home", "temp", "data", "out", "lists"))
    for one in (home, temporary, data, out, lists):
        one.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setattr(tempfile, "tempdir", str(temporary))
        for name, value in _surroundings(home, temporary).items():
            patch.setenv(name, value)
        book = empty_file(data / "a.book")
        words = marker.commands(marker.marked_list(lists / "名单_202610.xlsx"), out, long=False)
        with marker.children() as given:
            statuses = marker.run_all(words, book)
        assert statuses.count(0) == len(words) - 2, statuses
        yield Traces(home, temporary, data, out, given)


def _surroundings(home: Path, temporary: Path) -> dict[str, str]:
    return {
        "WORKBENCH_HOME": str(home),
        "TMPDIR": str(temporary),
        "WORKBENCH_TODAY": marker.TODAY,
        "WORKBENCH_PASSPHRASE": PASSPHRASE,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.fixture
def program(traces: Traces, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The window on his book; its log is kept in the data folder of this test."""
    for name, value in _surroundings(traces.home, traces.temporary).items():
        monkeypatch.setenv(name, value)
    before = list(log.handlers)
    start_log()
    program = Program(qapp, traces.data / "a.book")
    program.enter(Workbench.open(program.path, PASSPHRASE))
    yield program
    program.close()
    gc.enable()  # a program collects by itself; the files after this one do not
    for one in set(log.handlers) - set(before):
        log.removeHandler(one)
        with contextlib.suppress(OSError):
            one.close()


def test_a_customer_stands_nowhere_but_in_the_book(traces: Traces, program: Program, qtbot: QtBot) -> None:
    seen = marker.titles(
        program, PAGES, lambda: qtbot.waitUntil(lambda: not program.tasks.busy, timeout=LIMIT * 1000)
    )
    assert [one for one in seen if marker.marks_in(one.encode())] == []
    assert traces.given, "no child process was seen: the reader of lists is one"
    assert [one for one in traces.given if marker.marks_in(one.encode())] == []
    assert marker.lying_about(traces.home, traces.temporary, traces.data) == []
    assert (traces.home / "workbench.log").exists()
    program.close()
    assert marker.lying_about(traces.home, traces.temporary, traces.data) == []


def test_what_was_exported_does_not_tell_of_him(traces: Traces) -> None:
    """Plans and lists mask names and numbers; of themselves files tell nothing of a customer."""
    assert {one.suffix for one in traces.out.iterdir()} >= {".pdf", ".xlsx", ".book"}
    assert marker.lying_about(traces.out) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_the_search_finds_him(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.log").write_bytes(f"… {marker.NAME} …".encode(encoding))
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("docProps/core.xml", f"<dc:creator>{marker.PHONE}</dc:creator>")
    (tmp_path / f"{marker.NUMBER}.tmp").write_bytes(b"")
    found = marker.lying_about(tmp_path)
    assert [one.rsplit("/", 1)[1] for one in found] == [
        f"{marker.NUMBER}.tmp: {marker.NUMBER}",
        f"a.log: {marker.NAME}",
        f"b.xlsx: {marker.PHONE}",
    ]
    assert marker.marks_in(marker.metadata_of(tmp_path / "b.xlsx")) == [marker.PHONE]
