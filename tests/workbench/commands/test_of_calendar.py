"""`workbench holidays` lists the years whose days off are known, imports a notice, and undo takes it back."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.base.notices import notice, written
from tests.workbench.commands.conftest import Run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "客户账本.book"
    new_workbench(path, "春风化雨 2026").close()
    return path


def test_the_command_lists_the_years_and_imports_one(tmp_path: Path, run: Run, book: Path) -> None:
    listed = run("holidays", "--json", "--book", book)
    assert [one["year"] for one in listed.json["years"]] == list(range(2004, 2027))
    assert listed.json["unannounced"] == [2027]
    assert "2027 年放假安排未官宣" in run("holidays", "--book", book).out
    taken = run("holidays", written(tmp_path, notice()), "--json", "--book", book)
    assert taken.json["unannounced"] == []
    assert taken.json["years"][-1] == {"year": 2027, "source": "book", "off": 28, "worked": 2}
    assert run("undo", "--change", taken.json["change"], "--book", book).status == 0
    assert run("holidays", "--json", "--book", book).json == listed.json
    refused = run("holidays", written(tmp_path, "{}"), "--book", book)
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert run("holidays", tmp_path / "absent.json", "--book", book).status == 2
