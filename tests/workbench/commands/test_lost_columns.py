"""`import` on a list whose columns were renamed: exit 2 with a question that names them, until it is answered."""

from pathlib import Path
from typing import Any

import pytest

from tests.workbench.commands.conftest import Run
from tests.workbench.intake.conftest import write_xlsx

HEADER = ["客户号", "姓名", "AUM月日均", "手机号"]
ROWS: list[list[Any]] = [[f"{100 + n:08d}", f"客户{n}", 1000.0 + n, f"138000010{n:02d}"] for n in range(10)]

APART = ("--confirm", "idle_columns=只作备查")


def _list(folder: Path, month: str, header: list[str]) -> Path:
    return write_xlsx(folder / f"{month}.xlsx", [("清单", [[f"数据日期:2026-{month}"], header, *ROWS])])


@pytest.fixture
def renamed(run: Run, tmp_path: Path) -> Path:
    """The second month, after the first has been imported."""
    assert run("import", _list(tmp_path, "09-30", HEADER)).status == 0
    return _list(tmp_path, "10-31", [*HEADER[:2], "本期均值", "手机号"])


def test_a_question_left_open_is_exit_2_with_and_without_writing(run: Run, renamed: Path) -> None:
    for words in (["--dry-run", "--json"], ["--json"]):
        told = run("import", renamed, *words)
        (sheet,) = told.json["files"]
        question, idle = sheet["questions"]
        assert (told.status, question["code"], sheet["committed"]) == (2, "lost_columns", False)
        assert idle["code"] == "idle_columns"
        assert "“AUM月日均”" in question["words"]
    told = run("import", renamed, "--dry-run")
    assert told.status == 2
    assert "--confirm lost_columns=" in told.out


def test_an_answer_lets_it_in_and_is_remembered(run: Run, renamed: Path, tmp_path: Path) -> None:
    answered = ("import", renamed, "--confirm", "lost_columns=总行停发", *APART, "--json")
    assert run(*answered, "--dry-run").status == 0
    done = run(*answered)
    assert (done.status, done.json["files"][0]["committed"]) == (0, True)
    again = run("import", _list(tmp_path, "11-30", [*HEADER[:2], "本期均值", "手机号"]), "--json")
    assert (again.status, again.json["files"][0]["questions"]) == (0, [])


def test_naming_the_column_answers_it_too(run: Run, renamed: Path) -> None:
    done = run("import", renamed, "--map", "本期均值=aum_daily_average", "--json")
    assert (done.status, done.json["files"][0]["committed"]) == (0, True)


def test_rows_added_to_a_month_are_not_asked(run: Run, renamed: Path) -> None:
    assert run("import", renamed, "--append", "--dry-run", *APART).status == 0
