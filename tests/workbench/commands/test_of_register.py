"""The command of the register: rows in words, files through the same door, locks and a supervisor's word on any command."""

import datetime as dt
import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from workbench.commands.ways_out import FROM_SYSTEM
from workbench.trust.register import Outgoing

PASSWORD = "Shu7-hai-88"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which one sheet was printed."""
    path = tmp_path_factory.mktemp("register") / "支行.book"
    with new_workbench(path, PASSPHRASE) as workbench:
        workbench.register.printed(Outgoing("plan_pdf", 3, ("name_masked",)), 2, 1)
    return path


def test_the_register_is_printed_in_words_and_filtered(run: Run, kept: Path) -> None:
    done = run("register", "--group", "导出、打印、复制", "--json", "--book", kept)
    assert done.status == 0, done.err
    line = done.json["lines"][-1]
    assert (line["action_words"], line["paper"]) == ("打印", True)
    assert line["words"].startswith("531 计划(PDF) · 3 行 · 栏目:姓名(已遮盖) · 2 页 1 份")
    assert "共" in run("register", "--since", "2026-01-01", "--book", kept).out
    for wrong in (["--group", "没有这类"], ["--since", "昨天"]):
        assert run("register", *wrong, "--book", kept).status == 2


def test_papers_are_ticked_off_by_their_number(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", (dt.date.today() + dt.timedelta(days=40)).isoformat())
    number = run("register", "--due", "--json", "--book", kept).json["lines"][0]["number"]
    assert "还没有登记销毁" in run("register", "--book", kept).out
    assert "已登记销毁 1 份" in run("register", "--destroyed", number, "--book", kept).out
    assert run("register", "--due", "--json", "--book", kept).json["lines"] == []
    assert run("register", "--destroyed", number, "--book", kept).status == 2


def test_a_file_is_locked_on_request(
    run: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FROM_SYSTEM, raising=False)
    target = tmp_path / "登记簿.xlsx"
    words = ("register", "--xlsx", target, "--pdf", tmp_path / "登记簿.pdf", "--lock", "--book", kept)
    refused = run(*words)
    assert (refused.status, target.exists()) == (2, False)
    monkeypatch.setenv(FROM_SYSTEM, PASSWORD)
    done = run(*words)
    assert done.status == 0, done.err
    assert "登记簿.pdf.zip" in done.out
    opened, plain = msoffcrypto.OfficeFile(io.BytesIO(target.read_bytes())), io.BytesIO()
    opened.load_key(password=PASSWORD)
    opened.decrypt(plain)
    assert openpyxl.load_workbook(plain).active["A1"].value.startswith("登记簿")
    assert run("register", "--approved-by", "王主管", "--book", kept).status == 2
