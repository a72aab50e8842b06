"""`workbench light NO` decides about a light, and tells what was decided."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import Run


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    file, book = tmp_path / "名单_20261031.csv", tmp_path / "a.book"
    file.write_text("客户编号,客户名称,金融资产余额\n00000001,客户一,100000", "utf-8")
    with new_workbench(book, "春风化雨 2026") as workbench:
        workbench.intake.read(file).commit()
    return book


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        (["--explain", "house", "--note", "首付"], "2026-11-23说明去向:买房,到2027-02-21"),
        (["--mute", "2026-12-01"], "2026-11-23起静默,到2026-12-01"),
        (["--hand-over", "李经理"], "2026-11-23已交给李经理"),
        (["--cause", "过失"], "2026-11-23确认原因:过失"),
    ],
)
def test_a_decision_is_written_listed_and_taken_back(
    run: Run, listed: Path, words: list[str], decision: str
) -> None:
    assert run("light", "00000001", "--book", listed).out.strip() == "没有作过决定。"
    done = run("light", "00000001", *words, "--json", "--book", listed)
    assert run("light", "00000001", "--book", listed).out.strip() == decision
    assert run("undo", "--change", done.json["change"], "--book", listed).status == 0
    assert run("light", "00000001", "--json", "--book", listed).json["decisions"] == []
    assert decision in run("light", "00000001", *words, "--book", listed).out


def test_two_decisions_at_once_and_bad_ones_are_refused(run: Run, listed: Path) -> None:
    both = run("light", "00000001", "--explain", "house", "--mute", "2026-12-01", "--book", listed)
    assert (both.status, both.err.count("一次只能作一个决定")) == (2, 1)
    for words, code in ((("--note", "首付"), "no_decision"), (("--mute", ""), "bad_date")):
        refused = run("light", "00000001", *words, "--json", "--book", listed)
        assert (refused.status, refused.json["error"]["code"]) == (2, code)
    assert run("light", "00000001", "--cause", "穷", "--json", "--book", listed).status == 2
    assert run("light", "00000009", "--cause", "fault", "--book", listed).status == 2
    assert run("light", "00000001", "--json", "--book", listed).json["decisions"] == []
