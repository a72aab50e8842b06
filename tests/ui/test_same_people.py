"""The week's customers are the same in the same order on every page, in JSON and on paper: each a filter of one list."""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE, write_list
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.plan.page import PlanPage
from ui.pages.today.page import TodayPage
from ui.pages.week.page import WeekPage
from workbench.app import Workbench
from workbench.outreach.editing import rows
from workbench.outreach.week.entry import WeekEntry
from workbench.people.privacy import print_name, tail

BANK = Path(__file__).parents[3] / "shared" / "data" / "bank"


def numbers(entries: Sequence[WeekEntry]) -> list[str]:
    return [one.person.customer_no for one in entries]


def pages_agree(qtbot: QtBot, window: MainWindow) -> None:
    """本周, 今日 and 计划 show what the list of the week says."""
    outreach = window.workbench.outreach

    def opened(name: str) -> object:
        page = window.open_page(name)
        qtbot.waitUntil(lambda: not window.tasks.busy)
        return page

    week, today, plan = opened("week"), opened("today"), opened("plan")
    assert isinstance(week, WeekPage)
    assert isinstance(today, TodayPage)
    assert isinstance(plan, PlanPage)
    listed, day = outreach.weeks.of(), outreach.days.of()
    ranked = numbers(listed.entries)
    assert [one.rank for one in listed.entries] == list(range(1, len(ranked) + 1))
    assert len(set(ranked)) == len(ranked)
    of_day = numbers(day.entries)
    assert of_day == [one for one in ranked if one in of_day]
    first = week.first.list.table
    assert [first.row(n).customer_no for n in range(first.rowCount())] == of_day
    assert [row.line.entry.person.customer_no for row in today.list.rows] == of_day
    for at, name in enumerate(rows(outreach.plan())):
        plan.lines.selectRow(at)
        people = plan.people.table
        shown = [people.row(n).person.customer_no for n in range(people.rowCount())]
        assert shown == numbers(listed.of_row(name))
        assert shown == [one for one in ranked if one in shown]


def documents_agree(workbench: Workbench) -> None:
    """JSON, PDF and workbook name them so."""
    outreach = workbench.outreach
    listed, plan = outreach.weeks.of(), outreach.plan()
    ranks = listed.ranks
    by_number = {one.person.customer_no: one.rank for one in listed.entries}
    body = plan.as_json(ranks)
    blocks = (body["quick_wins"], body["needs_resources"], body["this_week"])
    assert [len(block) for block in blocks] == [5, 3, 1]
    for row in (row for block in blocks for row in block):
        assert [one["rank"] for one in row["customers"]] == [
            by_number[one["customer_no"]] for one in row["customers"]
        ]
        assert row["customers"] or row["basis"]
    day = [by_number[one["customer_no"]] for one in outreach.days.of().as_json()["customers"]]
    assert day == sorted(day)

    names = [f"{print_name(one.person.name)}{tail(one.person.customer_no)}" for one in listed.entries]
    pdf = pypdfium2.PdfDocument(workbench.sheets.pack(("calls",)).content)
    printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    in_order(names, printed)
    workbook = openpyxl.load_workbook(io.BytesIO(workbench.sheets.pack_xlsx(("calls",)).content))
    cells = (
        str(cell) for sheet in workbook for line in sheet.iter_rows(values_only=True) for cell in line if cell
    )
    in_order(names, "".join("".join(cells).split()))


def in_order(names: Sequence[str], text: str) -> None:
    """Each name stands in the text behind the one before."""
    place = 0
    for name in names:
        found = text.find(name, place)
        assert found >= 0, f"{name} is missing, or stands before somebody of a higher rank"
        place = found + len(name)


def test_the_sample_branch_names_the_same_people_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workbench.outreach.weeks.of().entries
    pages_agree(qtbot, window)
    documents_agree(window.workbench)


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A book of one customer whose name the fonts of a PC may lack."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    people: list[tuple[object, ...]] = [("0000100001", "𠮷田一", "13812340001", 118000.0, 121000.0)]
    with new_workbench(tmp_path / "one.book", PASSPHRASE) as workbench:
        workbench.intake.read(write_list(tmp_path / "list_202610.xlsx", people)).commit()
        yield workbench


def test_a_book_of_one_customer_does_too(
    qtbot: QtBot, start: Callable[[Path], Program], one: Workbench, tmp_path: Path
) -> None:
    program = start(tmp_path / "one.book")
    program.enter(one)
    assert program.window is not None
    pages_agree(qtbot, program.window)
    documents_agree(one)


@pytest.mark.long
@pytest.mark.skipif(not BANK.is_dir(), reason="the bank's lists are not here")
def test_the_bank_does_too(
    qtbot: QtBot, start: Callable[[Path], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2020-01-06")
    with new_workbench(tmp_path / "bank.book", PASSPHRASE) as workbench:
        for path in sorted(BANK.glob("*.xlsx")):
            workbench.intake.read(path).commit()
        documents_agree(workbench)
        program = start(tmp_path / "bank.book")
        program.enter(workbench)
        assert program.window is not None
        pages_agree(qtbot, program.window)


def test_an_undone_contact_is_ticked_nowhere(qtbot: QtBot, window: MainWindow) -> None:
    """Two pages are open, a third is behind: logging ticks on all, Ctrl+Z takes the tick back on all."""
    outreach = window.workbench.outreach
    number = outreach.days.of().entries[0].person.customer_no

    def ticked() -> tuple[bool, bool, bool]:
        """Whether he is ticked on 本周, gone from 今日, and counted on his row of 计划."""
        seen = []
        for name in ("week", "today", "plan"):
            window.open_page(name)
            qtbot.waitUntil(lambda: not window.tasks.busy)
            seen.append(window.pages[name])
        week, today, plan = seen
        assert isinstance(week, WeekPage)
        assert isinstance(today, TodayPage)
        assert isinstance(plan, PlanPage)
        first = week.first.list.table
        lines = [first.row(n) for n in range(first.rowCount())]
        return (
            any(one.done for one in lines if one.customer_no == number),
            number not in [row.line.entry.person.customer_no for row in today.list.rows],
            any(one.contacted for one in plan.seen.lines if number in numbers(one.people))
            if plan.seen
            else False,
        )

    assert ticked() == (False, False, False)
    window.tasks.write(lambda: outreach.log_touch(number, channel="call", result="reached"), words="已记下。")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert ticked() == (True, True, True)
    window.notice.ask_undo()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert ticked() == (False, False, False)
