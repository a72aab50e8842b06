"""The command `style`: the report of the newest questionnaire (domain 2.2 a)."""

from pathlib import Path

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from workbench.insight.genes.disc import BlockAnswer


def test_before_a_test_there_is_no_report(run: Run, tmp_path: Path) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE):
        pass
    refused = run("style", "--json", "--book", tmp_path / "空.book")
    assert (refused.status, refused.json["error"]["code"]) == (2, "no_style_test")


def test_the_newest_test_is_told_and_printed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "支行.book"
    with new_workbench(path, PASSPHRASE) as workbench:
        answers = [BlockAnswer("S" if at < 14 else "C", "D", at % 4) for at in range(24)]
        workbench.insight.genes.keep_style(7, answers, 300)
    body = run("style", "--json", "--book", path).json
    assert (body["newest"]["primary"], body["newest"]["secondary"], body["history"]) == (["S"], "C", [])
    assert [one["style"] for one in body["pairs"]] == ["D", "I", "S", "C"]
    said = run("style", "--book", path).out
    assert "主要是 S 稳健-考拉,次要是 C 谨慎-猫头鹰" in said
    pdf = tmp_path / "报告.pdf"
    assert run("style", "--pdf", pdf, "--book", path).status == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("style", "--pdf", pdf, "--json", "--book", path).status == 2
