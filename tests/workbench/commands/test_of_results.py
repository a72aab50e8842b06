"""`results` takes our own filled files, `keypad` rows typed by number, `import` hands our sheets on; all in one change."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import book_key
from db.engine import Book
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, TODAY, Run
from tests.workbench.sheets.picture.made import ReadingsGiven, on_paper, pictured, png
from workbench.app import Workbench
from workbench.sample import SampleBranch
from workbench.sheets.coming_back import room

NUMBER, RESULT = ("序号", "号"), "结果"


@pytest.fixture(scope="module")
def handed(branch: SampleBranch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of the newest months, and all the sheets of its week in one workbook."""
    folder = tmp_path_factory.mktemp("handed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", TODAY)
        with new_workbench(folder / "支行.book", PASSPHRASE) as workbench:
            for file in branch.files[-3:]:
                session = workbench.intake.read(file)
                session.confirm_similar()
                session.commit()
            workbench.sheets.save(workbench.sheets.pack_xlsx(), folder / "晨会.xlsx")
    return folder


@pytest.fixture
def book(handed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(handed / "支行.book", tmp_path / "支行.book"))


@pytest.fixture
def pack(handed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(handed / "晨会.xlsx", tmp_path / "晨会.xlsx"))


def touches(book: Path) -> list[tuple[str, str]]:
    with Book.open(book, PASSPHRASE) as opened, opened.read() as conn:
        rows = conn.exec_driver_sql(
            "select c.customer_no, t.result from touches t join customers c on c.id = t.customer_id order by t.id"
        )
        return [(row[0], row[1]) for row in rows]


def filled(file: Path, *boxes: tuple[str, str, Any]) -> Path:
    """A copy with something in the result boxes: (worksheet, number, result)."""
    book = openpyxl.load_workbook(file)
    for name, number, result in boxes:
        page = next(page for page in book if name in page.title)
        top = next(n for n in range(1, 12) if page.cell(n, 1).value in NUMBER)
        column = next(cell.column for cell in page[top] if cell.value == RESULT)
        row = next(n for n in range(top + 1, page.max_row + 1) if str(page.cell(n, 1).value) == number)
        page.cell(row, column).value = result
    copy = file.with_name("填好.xlsx")
    book.save(copy)
    return copy


def test_an_unfilled_file_enters_nothing_and_exits_with_0(run: Run, book: Path, pack: Path) -> None:
    done = run("results", pack, "--json", "--book", book)
    assert done.status == 0, done.err
    assert (done.json["entered"], done.json["rows"], done.json["conflicts"], done.json["problems"]) == (
        0,
        [],
        [],
        [],
    )
    assert done.json["change"] is None
    assert len(done.json["sheets"]) >= 4
    assert run("results", pack, "--book", book).status == 0


def test_an_excel_error_in_a_result_box_is_a_wrong_row_that_is_named(
    run: Run, book: Path, pack: Path
) -> None:
    file = filled(pack, ("电访单", "1", "1"), ("电访单", "2", "#REF!"))
    done = run("results", file, "--dry-run", "--json", "--book", book)
    assert [row["row"] for row in done.json["rows"]] == [1]
    (problem,) = done.json["problems"]
    assert (problem["row"], problem["code"]) == (2, "no_such_result")


def test_every_kind_of_sheet_is_taken_in_one_change_and_undone(run: Run, book: Path, pack: Path) -> None:
    before = touches(book)
    file = filled(pack, ("531", "1", "✓"), ("电访单", "2", "已约"), ("清单", "1", "3"), ("临界", "4", 4))
    tried = run("results", file, "--dry-run", "--json", "--book", book)
    assert (tried.status, tried.json["entered"], len(tried.json["rows"])) == (0, 0, 4)
    assert touches(book) == before
    done = run("results", file, "--json", "--book", book)
    assert done.status == 0, done.err
    assert done.json["entered"] == 4
    assert all("**" in row["name"] for row in done.json["rows"] if row["customer_no"])
    assert sorted(result for _no, result in touches(book)[len(before) :]) == [
        "appointment",
        "declined",
        "no_answer",
    ]
    again = run("results", file, "--json", "--book", book)
    assert (again.status, again.json["error"]["code"]) == (2, "sheet_entered")
    assert len(again.err.strip().splitlines()) == 1
    assert run("undo", "--change", done.json["change"], "--book", book).status == 0
    assert touches(book) == before
    assert run("results", file, "--book", book).status == 0


def test_who_was_filled_in_alike_on_two_sheets_is_entered_once(run: Run, book: Path, pack: Path) -> None:
    """The first of the call sheet stands on the list of the day and among the critical ones too."""
    page = next(page for page in openpyxl.load_workbook(pack) if "清单" in page.title)
    assert page.cell(5, 1).value == "1"
    before = touches(book)
    alike = run(
        "results",
        filled(pack, ("电访单", "1", "2"), ("清单", "1", "2")),
        "--dry-run",
        "--json",
        "--book",
        book,
    ).json
    assert (len(alike["rows"]), alike["unchanged"], alike["conflicts"]) == (1, 1, [])
    other = run(
        "results", filled(pack, ("电访单", "1", "2"), ("清单", "1", "4")), "--json", "--book", book
    ).json
    assert len(other["rows"]) == 1
    assert "今日清单 第 1 号" in other["conflicts"][0]["book"]
    assert len(touches(book)) == len(before) + 1


def test_conflicts_are_listed_and_taken_when_asked(run: Run, book: Path, pack: Path) -> None:
    file = filled(pack, ("电访单", "3", "3"), ("电访单", "5", "99"))
    number = run("results", file, "--dry-run", "--json", "--book", book).json["rows"][0]["customer_no"]
    assert run("log", number, "--channel", "visit", "--result", "met", "--book", book).status == 0
    before = touches(book)
    done = run("results", file, "--book", book)
    assert done.status == 0
    assert "单子上是 接通拒绝" in done.out
    assert "面访 已到" in done.out
    assert "第 5 号" in done.err
    assert touches(book) == before
    taken = run("results", file, "--take-mine", "--json", "--book", book)
    assert taken.json["conflicts"][0]["taken"] is True
    assert touches(book) == [*before, (number, "declined")]


def test_rows_are_typed_by_number_and_what_is_missing_is_named(run: Run, book: Path, pack: Path) -> None:
    assert pack.exists()
    with Book.open(book, PASSPHRASE) as opened, opened.read() as conn:
        numbers = {
            str(row[0]): str(row[1])
            for row in conn.exec_driver_sql("select kind, number from handed_out where replaced is null")
        }
    before = touches(book)
    # row 1 of the 531 is not row 1 of the call sheet
    unclear = run("keypad", "1", "1", "--json", "--book", book).json["error"]
    assert unclear["code"] == "which_sheet"
    assert f"{numbers['calls_xlsx']}(电访单)" in unclear["hint"]
    wrong = run("keypad", "--sheet", numbers["calls_xlsx"], "1", "4", "999", "1", "--json", "--book", book)
    assert (wrong.status, wrong.json["error"]["code"]) == (2, "bad_row")
    assert touches(book) == before
    done = run("keypad", "--sheet", numbers["calls_xlsx"], "1 4 2", "1", "--book", book)
    assert done.status == 0, done.err
    assert "还差 3、4、5" in done.out
    assert [result for _no, result in touches(book)[len(before) :]] == ["no_answer", "interested"]
    ticks = run("keypad", "--sheet", numbers["plan_xlsx"], "5-1", "1", "1-1", "2", "--json", "--book", book)
    assert ticks.json["entered"] == 2
    plan = run("plan", "--json", "--book", book).json
    assert (plan["quick_wins"][0]["result"], plan["this_week"][0]["result"]) == ("done", "half")
    assert run("keypad", "1", "--book", book).status == 2
    assert (
        run("keypad", "--sheet", "000000-000000", "1", "1", "--json", "--book", book).json["error"]["code"]
        == "no_such_sheet"
    )


def test_import_hands_our_own_sheets_on(run: Run, book: Path, pack: Path, newest: Path) -> None:
    before = touches(book)
    file = filled(pack, ("电访单", "2", "7"))
    assert run("import", file, "--dry-run", "--book", book).status == 0
    assert touches(book) == before
    done = run("import", file, "--json", "--book", book)
    assert done.status == 0, done.err
    assert done.json["files"] == []
    assert done.json["results"][0]["entered"] == 1
    assert len(touches(book)) == len(before) + 1
    again = run("import", file, "--json", "--book", book)
    assert (again.status, again.json["files"][0]["code"]) == (2, "sheet_entered")
    # a list of head office is none of ours
    assert "results" not in run("import", newest, "--dry-run", "--json", "--book", book).json


SPOILT: tuple[Callable[[Path], object], ...] = (
    lambda path: path.write_bytes(b"PK no workbook"),
    lambda path: path.write_text("客户号,结果\n1,2\n", "utf-8"),
)


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_file_that_is_none_of_ours_is_refused_in_one_sentence(
    run: Run, book: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    file = tmp_path / "坏.xlsx"
    spoil(file)
    done = run("results", file, "--book", book)
    assert done.status == 2
    assert len(done.err.strip().splitlines()) == 1
    assert run("results", tmp_path / "没有.xlsx", "--book", book).status == 2


def test_a_result_moves_light_journey_cadence_the_list_of_the_day_and_the_next_week(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it follows from the contact; undo takes all of it back."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    week, after = "2026-W48", "2026-11-30"
    with Workbench.open(book, PASSPHRASE) as workbench:
        workbench.sheets.save(
            workbench.sheets.plan_xlsx(workbench.outreach.plan(week)), book.with_name("周.xlsx")
        )

        def standing() -> tuple[bool, bool, bool, bool, str]:
            """Settled on the week, on the day's list, asked for a call by his card, on next week's plan; state of the light."""
            entry = workbench.outreach.weeks.of(week).find(person.customer_id)
            assert entry is not None
            lit = workbench.outreach.lights.of(week)
            state = next(
                one.risk.state
                for one in (*lit.working, *lit.resting)
                if one.risk.customer_no == person.customer_no
            )
            day = [one.person.customer_id for one in workbench.outreach.days.of("2026-11-23").entries]
            stage = workbench.insight.portrait(person.customer_no).stage
            assert stage is not None
            calls = any(task.code.startswith("call_") for task in stage.due)
            monkeypatch.setenv("WORKBENCH_TODAY", after)
            following = workbench.outreach.weeks.of("2026-W49").find(person.customer_id) is not None
            monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
            return entry.settled, person.customer_id in day, calls, following, state

        first = next(
            one for one in workbench.outreach.weeks.of(week).entries if one.first.kind in ("red", "orange")
        )
        person = first.person
        before = standing()
        assert before == (False, True, True, True, "new")
        (sheet,) = (one for one in workbench.results.latest(week) if one.kind == "calls_xlsx")
        pad = workbench.results.keypad(sheet.number)
        assert pad.type(str(first.rank), "2").fault == ""
        change = workbench.results.of_keypad(pad).enter().undo_id
        assert change is not None
        assert standing() == (True, False, False, False, "handling")
        workbench.undo(change)
        assert standing() == before


def test_what_is_handed_over_is_registered_and_masked_unless_it_is_said_what_for(
    run: Run, book: Path, pack: Path
) -> None:
    file = filled(pack, ("电访单", "2", "已约"))
    masked = run("results", file, "--dry-run", "--json", "--book", book).json["rows"][0]
    assert masked["name"].startswith(masked["name"][0] + "**")
    assert run("results", file, "--json", "--full", "--book", book).json["error"]["code"] == "no_purpose"
    with Book.open(book, PASSPHRASE) as opened, opened.read() as conn:
        told = conn.exec_driver_sql("select action, subject from audit order by id desc limit 1").one()
    assert tuple(told) == ("export", "results_json")


def test_a_picture_lists_what_it_cannot_tell_and_enters_once_it_is_answered(
    run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workbench.open(book, PASSPHRASE) as workbench:
        handed = {sheet.kind: sheet for sheet in workbench.results.latest()}
    calls, plan = on_paper(handed["calls_xlsx"]), on_paper(handed["plan_xlsx"])
    pages = [
        pictured(calls, 1, {(1, "7"): "ticked", (2, "4"): "doubtful"}),
        pictured(plan, 1, {(1, "\u00d7"): "ticked"}),
    ]
    monkeypatch.setattr(room, "SheetReader", lambda _rules: ReadingsGiven(pages))
    photo = tmp_path / "拍的.png"
    photo.write_bytes(png())
    before = touches(book)
    listed = run("results", photo, "--json", "--book", book)
    assert (listed.status, listed.json["entered"]) == (2, 0)
    assert [(one["row"], one["marked"]) for one in listed.json["questions"]] == [
        ("2", ["4"]), ("5-1", ["×"]),
    ]  # fmt: skip
    assert "**" in listed.json["questions"][0]["name"]
    shown = run("results", photo, "--book", book)
    assert shown.status == 2
    assert f"--answer {calls.number}/2=代码" in shown.out
    assert len(shown.err.strip().splitlines()) == 1
    for wrong in ("2=4", f"{calls.number}/999=4", f"{calls.number}/2=99", "2"):
        assert (
            run("results", photo, "--answer", wrong, "--json", "--book", book).json["error"]["code"]
            == "bad_row"
        )
    assert touches(book) == before
    answers = ("--answer", f"{calls.number}/2=", "--answer", f"{plan.number}/5-1=6")
    done = run("results", photo, *answers, "--json", "--book", book)
    assert (done.status, done.json["entered"], done.json["questions"]) == (0, 2, []), done.err
    assert "手写的" in done.json["notices"][0]
    assert [result for _no, result in touches(book)[len(before) :]] == ["appointment"]
    assert run("results", photo, *answers, "--json", "--book", book).json["error"]["code"] == "sheet_entered"
    assert run("results", photo, photo, tmp_path / "没有.xlsx", "--book", book).status == 2
