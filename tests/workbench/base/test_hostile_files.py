"""What this PC keeps in small files of its own, and what a person puts there, in every wrong form: it counts as nothing, or is
named in a sentence, and the program starts all the same."""

import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.audit import Anchor
from db.errors import BookError
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import read_notice
from workbench.base.pc import PcSettings
from workbench.base.table_layouts import TableLayout, load_layout, save_layout
from workbench.insight.tags.kept import LastGoodTags
from workbench.insight.tags.sources import read_folder
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialect_files import read_text
from workbench.rules.parameters import Rules
from workbench.trust import attempts, seen

DEEP = 100_000
CONTENTS: dict[str, bytes] = {
    "nothing": b"",
    "NUL": b"\0" * 100,
    "no UTF-8": b"\xff\xfe\x00{",
    "mark": b"\xef\xbb\xbf",
    "mark and sense": b'\xef\xbb\xbf{"theme": "dark"}',
    "list": b"[1, 2, 3]",
    "number": b"5",
    "deep list": b"[" * DEEP,
    "deep table": b'{"a":' * DEEP,
    "deep TOML": b"a = " + b"[" * DEEP,
    "digits": b'{"zoom": ' + b"9" * 5_900 + b"}",
    "TOML digits": b"a = " + b"9" * 5_900,
    "half a sign": b'{"language": "\\ud800"}',
    "lists for words": b'{"language": [], "theme": {}, "zoom": "x", "recent": 5, "window": "abcd", "tags": [], "x": 1}',
    "words for lists": b'{"recent": ["a", 5], "window": [1, "2", 3, 4], "second_places": {"a": []}, "looked_through": []}',
    "infinite": b'{"zoom": 1e999, "window": [NaN, Infinity, 1, 1], "widths": {"a": -Infinity}}',
    "flags": b'{"zoom": true, "promise_notice": 1, "window": [true, true, true, true]}',
    "TOML of nothing": b"[[tag]]\n[[rule]]\n[tag]\n",
    "large": b"{" + b" " * 2_100_000 + b"}",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def _dialects(home: Path) -> object:
    return read_text(
        (home / "dialects.json").read_bytes().decode("utf-8", "replace"), "dialects.json", catalogue()
    )


#: file -> what reads it when the program or a book is opened, or when a person asks for it
READERS: dict[str, Callable[[Path], object]] = {
    "settings.json": lambda _home: PcSettings.load(),
    "tables.json": lambda _home: load_layout("customers"),
    "attempts.json": lambda home: attempts.wait_for(home / "a.book"),
    "anchors.json": lambda _home: seen.kept_anchors(),
    "rules.toml": lambda _home: Rules.load("general", {}).faults,
    "rules-last-good.json": lambda home: (
        (home / "rules.toml").write_text("x = [") and Rules.load("general", {}).faults
    ),
    "tags/mine.toml": lambda home: read_folder(home / "tags", "user"),
    "tags-last-good.json": lambda home: LastGoodTags.read(home / "tags-last-good.json"),
    "notice.json": lambda home: read_notice(home / "notice.json"),
    "dialects.json": _dialects,
}


def put(home: Path, name: str) -> Path:
    """The place of a file, whose folder is there."""
    place = home / name
    place.parent.mkdir(exist_ok=True)
    return place


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", READERS)
def test_any_content_counts_as_nothing_or_is_a_sentence(home: Path, name: str, content: str) -> None:
    put(home, name).write_bytes(CONTENTS[content])
    with contextlib.suppress(WorkbenchError):
        READERS[name](home)


@pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes are of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "folder", "gone"])
@pytest.mark.parametrize("name", [one for one in READERS if one != "dialects.json"])
def test_what_is_no_file_is_not_waited_for(home: Path, name: str, kind: str) -> None:
    place = put(home, name)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to({"device": "/dev/zero", "loop": place.name, "gone": "nowhere"}[kind])
    with contextlib.suppress(WorkbenchError):
        READERS[name](home)


def test_of_the_settings_those_that_make_sense_are_kept(home: Path) -> None:
    body = {
        "theme": "dark",
        "zoom": 10**9,
        "recent": ["a.book", 5],
        "window": [-800, 0, 900, 600],
        "second_places": {"a": "b"},
    }
    (home / "settings.json").write_text(json.dumps(body), "utf-8")
    made = PcSettings.load()
    assert (made.theme, made.zoom, made.recent) == ("dark", 100, [])
    assert (made.window, made.second_places) == ([-800, 0, 900, 600], {"a": "b"})


def test_a_book_whose_name_is_no_text_is_remembered(home: Path) -> None:
    made = PcSettings.load()
    made.opened(Path("/x/\udcce\udcd2.book"))
    made.save()
    assert PcSettings.load().recent == ["/x/\udcce\udcd2.book"]


def test_a_layout_is_kept_over_a_file_that_holds_none(home: Path) -> None:
    (home / "tables.json").write_bytes(CONTENTS["deep list"])
    save_layout("a", TableLayout(order=("x",)))
    assert load_layout("a").order == ("x",)


def test_a_failure_of_the_future_is_waited_for_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that stood at 2099 for a moment must not shut a book for good."""
    book = home / "a.book"
    now = dt.datetime(2026, 11, 16, 9)
    monkeypatch.setattr(attempts, "_now", lambda: now)
    times = ["2099-01-01 00:00:00"] * 10
    (home / "attempts.json").write_text(json.dumps({attempts._of(book): times}), "utf-8")
    whole = attempts.wait_for(book)
    assert whole > 0
    monkeypatch.setattr(attempts, "_now", lambda: now + dt.timedelta(seconds=whole))
    assert attempts.wait_for(book) == 0


@pytest.mark.parametrize("time", ["", "soon", "2026-11-16T09:00:00+08:00", "9" * 5_000])
def test_a_failure_without_a_time_is_none(home: Path, time: str) -> None:
    book = home / "a.book"
    (home / "attempts.json").write_text(json.dumps({attempts._of(book): [time] * 10}), "utf-8")
    assert attempts.wait_for(book) == 0


@pytest.mark.parametrize("text", ["9" * 5_000 + ":a1b2c3d4", "1:" + "a" * 65, "²:a1b2c3d4", "1:a1b2c3d4\0"])
def test_an_anchor_that_no_audit_has_is_none(text: str) -> None:
    with pytest.raises(BookError):
        Anchor.parse(text)
