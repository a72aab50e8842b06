"""`workbench events` lists, adds and removes events bad for the bank's reputation; undo takes either back."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import Run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "客户账本.book"
    new_workbench(path, "春风化雨 2026").close()
    return path


def test_the_command_adds_lists_and_removes_and_each_can_be_undone(run: Run, book: Path) -> None:
    where = ("--json", "--book", book)
    assert run("events", *where).json == {"events": []}
    assert "还没有登记" in run("events", "--book", book).out
    words = ("--scope", "机构", "--target", "西湖支行,南湖支行", "--start", "2026-10-05", "--days", "30")
    added = run("events", "--add", "网点停业", *words, *where)
    (event,) = added.json["events"]
    assert event == {
        "id": 1, "title": "网点停业", "scope": "branch", "targets": ["西湖支行", "南湖支行"], "start": "2026-10-05",
        "days": 30, "until": "2026-11-03", "note": None, "source": "hand",
    }  # fmt: skip
    assert "机构 西湖支行" in run("events", "--book", book).out
    removed = run("events", "--remove", "1", *where)
    assert removed.json["events"] == []
    assert run("undo", "--change", removed.json["change"], "--book", book).status == 0
    assert run("events", *where).json["events"] == [event]
    assert run("undo", "--change", added.json["change"], "--book", book).status == 0
    assert run("events", *where).json["events"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--add", " ", "--scope", "bank"), "no_event_title"), (("--add", ""), "no_event_title"),
        (("--add", "长" * 10_000), "too_long"), (("--add", "x", "--note", "长" * 10_000), "too_long"),
        (("--add", "x", "--remove", "1"), "two_changes"), (("--add", "x", "--scope", "世界"), "no_such_scope"),
        (("--add", "x", "--scope", "product"), "no_event_target"), (("--add", "x", "--start", "昨天"), "bad_date"),
        (("--add", "x", "--days", "0"), "bad_days"), (("--remove", "7"), "no_such_event"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_event_is_refused_in_words(
    run: Run, book: Path, words: tuple[str, ...], code: str
) -> None:
    refused = run("events", *words, "--json", "--book", book)
    assert (refused.status, refused.json["error"]["code"]) == (2, code)
    assert run("events", "--json", "--book", book).json == {"events": []}
