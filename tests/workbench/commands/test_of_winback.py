"""The command `win-backs`: who is won back, one file begun and ended, the comparison on paper (domain 4.9)."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers

NUMBER = "900000000001"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    place = tmp_path / "赢回.book"
    with new_workbench(place, PASSPHRASE) as workbench:
        put_customers(workbench.book, [1, 2])
    return place


def test_a_file_is_begun_compared_and_given_up(run: Run, path: Path, tmp_path: Path) -> None:
    empty = run("win-backs", "--json", "--book", path).json
    assert (empty["win_backs"], empty["won_back"]) == ([], None)
    plain = run("win-backs", NUMBER, "--open", "--strategy", "rival", "--json", "--book", path)
    assert (plain.status, plain.json["error"]["code"]) == (2, "no_reason")
    why = "客户说那边利率高"
    begun = run("win-backs", NUMBER, "--open", "--strategy", "rival", "--why", why, "--json", "--book", path)
    assert begun.status == 0, begun.err
    (one,) = run("win-backs", "--json", "--book", path).json["win_backs"]
    assert (one["strategy"], one["state"], one["won_back"]["won"]) == ("rival", "open", None)
    assert one["name"] != "赵建国甲"
    assert one["why"] != why
    (full,) = run("win-backs", NUMBER, "--json", "--full", "--purpose", "复核", "--book", path).json[
        "win_backs"
    ]
    assert full["why"] == why
    paper = tmp_path / "对比.pdf"
    assert run("win-backs", NUMBER, "--pdf", paper, "--book", path).status == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("win-backs", NUMBER, "--give-up", "--why", "搬到外地", "--book", path).status == 0
    words = run("win-backs", "--book", path).out
    assert "不再争取" in words
    assert run("win-backs", "--open", "--json", "--book", path).json["error"]["code"] == "usage"
