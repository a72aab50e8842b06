"""Files named as people name them, from the folder where they stand; what is no file gets its own sentence, at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import workbench
from tests.workbench.commands.conftest import Run
from tests.workbench.intake.conftest import customers, write_xlsx

ROOT = Path(workbench.__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person stands: a folder with a list, and one beside it with another."""
    here = tmp_path / "我的 文件夹"
    here.mkdir()
    for path in (here / "名单.xlsx", tmp_path / "十月 名单.xlsx"):
        write_xlsx(path, [("客户清单", customers())])
    monkeypatch.chdir(here)
    return here


def test_the_readme_s_first_example_in_a_process_of_its_own(folder: Path) -> None:
    env = {**os.environ, "WORKBENCH_PASSPHRASE": "春风化雨 2026", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-m", "workbench.cli", "import", "名单.xlsx", "--json"],
        cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["files"][0]["rows"] == 3


@pytest.mark.parametrize("name", ["./名单.xlsx", "../十月 名单.xlsx", "../十月*"])
def test_a_relative_name_is_read_from_where_one_stands(run: Run, folder: Path, name: str) -> None:
    told = run("import", name, "--book", "账本.book", "--json")
    assert (told.status, told.json["files"][0]["rows"]) == (0, 3)
    assert (folder / "账本.book").exists()


def test_every_other_file_is_written_and_read_where_one_stands(run: Run, folder: Path) -> None:
    book = ("--book", "账本.book")
    write_xlsx(folder / "缺号.xlsx", [("客户清单", customers([["", "无号", "金卡", 1.0, 1.0]]))])
    assert run("import", "名单.xlsx", *book).status == 0
    assert run("import", "缺号.xlsx", "--refused", "退回.xlsx", *book).status == 0
    assert run("dialects", "--export", "口径.json", *book).status == 0
    assert run("dialects", "--import", "../我的 文件夹/口径.json", *book).status == 0
    assert run("backup", "../备份.book", *book).status == 0
    assert run("restore", "../备份.book", *book).status == 0
    assert run("verify", *book).status == 0
    for made in ("退回.xlsx", "口径.json", "../备份.book"):
        assert (folder / made).exists()


@pytest.mark.parametrize("what", ["folder", "pipe", "device", "long name", "long path", "missing"])
def test_what_is_no_file_has_its_own_sentence_and_does_not_hang(run: Run, folder: Path, what: str) -> None:
    name, said, code = {
        "folder": ("..", "是文件夹", "is_folder"),
        "pipe": ("管道.xlsx", "设备或管道", "not_a_file"),
        "device": (os.devnull, "设备或管道", "not_a_file"),
        "long name": ("长" * 300 + ".xlsx", "太长", "name_too_long"),
        "long path": ("深/" * 3000 + "名单.xlsx", "太长", "name_too_long"),
        "missing": ("没有.xlsx", "没有找到", "file_missing"),
    }[what]
    if what == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes with names on this system")
        os.mkfifo(folder / name)
    told = run("import", name, "--book", "账本.book", "--json")
    (sheet,) = told.json["files"]
    assert (told.status, sheet["code"]) == (2, code)
    assert said in sheet["error"]
    assert "损坏" not in sheet["error"]
    assert len(sheet["error"]) < 300


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_a_name_from_an_archive_made_on_windows_is_read_as_it_was_meant(run: Run, folder: Path) -> None:
    (folder / "名单.xlsx").rename(folder / os.fsdecode("十月名单.xlsx".encode("gbk")))
    (folder / os.fsdecode("流水.csv".encode("gbk"))).write_text("客户号,姓名,AUM\n0000000001,林芳英,5\n")
    for name in folder.iterdir():
        if name.suffix in (".xlsx", ".csv"):
            told = run("import", name.name, "--as-of", "2026-10-31", "--book", "账本.book", "--json")
            assert (told.status, told.json["files"][0]["file"]) in ((0, "十月名单.xlsx"), (0, "流水.csv"))
    told = run("import", os.fsdecode("没有.xlsx".encode("gbk")), "--book", "账本.book")
    assert (told.status, "没有找到文件“没有.xlsx”" in told.err) == (2, True)
