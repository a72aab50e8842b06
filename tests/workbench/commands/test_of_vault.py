"""The commands `passphrase` and `recovery` on one book: a code on paper opens it, a new passphrase replaces the old one."""

import json
from pathlib import Path

import pytest

from tests.books import PASSPHRASE, empty_file
from tests.workbench.sheets.reading import texts
from workbench.commands.run import run
from workbench.sheets.recovery_sheet import recovery_pdf
from workbench.trust.vault import RecoveryCode

NEW = "四只 青蛙 跳 进 7 井"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("workbench.base.keys.remembered", lambda _path: None)
    return str(empty_file(tmp_path / "a.book"))


def test_a_code_sets_a_new_passphrase(
    file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["recovery", "--json", "--book", file]) == 0
    code = json.loads(capsys.readouterr().out)["recovery"]
    monkeypatch.setenv("WORKBENCH_NEW_PASSPHRASE", "123456")
    assert run(["passphrase", "--book", file]) == 2
    monkeypatch.setenv("WORKBENCH_NEW_PASSPHRASE", NEW)
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "忘了")
    assert run(["passphrase", "--recovery", "--book", file]) == 2
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", code)
    assert run(["passphrase", "--recovery", "--json", "--book", file]) == 0
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    assert run(["verify", "--book", file]) == 2
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", NEW)
    assert run(["verify", "--book", file]) == 0
    shown = capsys.readouterr()
    assert code not in shown.out + shown.err
    assert NEW not in shown.out + shown.err


def test_the_sheet_is_written_and_the_code_is_shown_nowhere_else(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "单.pdf"
    assert run(["recovery", "--pdf", str(sheet), "--json", "--book", file]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["recovery"], answer["pdf"]) == (None, str(sheet))
    assert sheet.read_bytes().startswith(b"%PDF")
    assert run(["recovery", "--pdf", str(sheet), "--book", file]) == 2


def test_the_sheet_is_one_page_with_every_group_and_never_registers_it(tmp_path: Path) -> None:
    code = RecoveryCode("ZTW57-X2ZBZ-02R12-D4VSN-N0JZQ-NPYTV-KEXGZ-HCAMX")
    printed = recovery_pdf(
        code, tmp_path / "城东.book", printed_by="李敏", branch="城东支行", anchor="#4 c1155677"
    )
    (page,) = texts(printed)
    for words in (*code.groups, "城东.book", "李敏", "#4c1155677"):
        assert words in page
    assert code.groups[0] not in repr(printed.outgoing)
