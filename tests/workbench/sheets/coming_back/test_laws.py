"""What holds of every sheet that comes back: three ways in leave one book, and no mishap of a file makes a wrong customer."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db import book_key
from db.tables import customers, touches
from tests.books import new_book
from tests.laws import law
from tests.workbench.sheets.coming_back.made import Week, contents, grids_of, handed_out
from tests.workbench.sheets.picture.made import on_paper, ticked
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import SIGNS, keys
from workbench.outreach.store import all_items
from workbench.sheets.coming_back.grid import ReturnedCell, ReturnedSheet
from workbench.sheets.picture.picture import PageReading

FRIDAY = "2026-11-20"
PEOPLE = {"red": 4, "orange": 3, "C3": 5, "C1": 4, "birthday": 2}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """One week for all examples: what an example enters it takes back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", FRIDAY)
        patch.setattr(book_key, "COST", 16)
        with new_book(tmp_path_factory.mktemp("laws") / "a.book") as book:
            yield handed_out(book, PEOPLE)


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)


def table_of(grids: list[ReturnedSheet]) -> tuple[int, int, dict[str, int]]:
    """Of the call sheet: its place, the row of its headings, heading -> column."""
    place = next(n for n, grid in enumerate(grids) if grid.name == "电访单")
    top = next(n for n, row in enumerate(grids[place].rows) if row[:1] == ("序号",))
    heads = {str(cell): column for column, cell in enumerate(grids[place].rows[top]) if cell}
    return place, top, heads


def filled(grids: list[ReturnedSheet], results: dict[str, Any], *, plan: bool = False) -> list[ReturnedSheet]:
    """The worksheets with results in the boxes of rows (their numbers on paper)."""
    place, top, heads = table_of(grids)
    if plan:
        place = next(n for n, grid in enumerate(grids) if grid.name == "531计划")
        top = next(n for n, row in enumerate(grids[place].rows) if row[:1] == ("序号",))
        heads = {str(cell): column for column, cell in enumerate(grids[place].rows[top]) if cell}
    named = heads["531"] if plan else 0
    rows = [list(row) for row in grids[place].rows]
    for row in rows[top + 1 :]:
        if str(row[named]) in results:
            row[heads["结果"]] = results[str(row[named])]
    changed = ReturnedSheet(grids[place].name, tuple(map(tuple, rows)), 1, grids[place].merged)
    return [changed if n == place else grid for n, grid in enumerate(grids)]


def codes(of_plan: bool) -> st.SearchStrategy[str]:
    return st.sampled_from([one.digit for one in keys(of_plan=of_plan)])


def on_sheet(week: Week, typed: dict[int, str]) -> dict[int, str]:
    """What was typed for rows that the call sheet has."""
    return {row: code for row, code in typed.items() if week.calls.row(row) is not None}


PEOPLE_TYPED = st.dictionaries(st.integers(1, 18), codes(False), max_size=18)
ROWS_TYPED = st.dictionaries(st.integers(1, 9), codes(True), max_size=9)


@law(examples=200, few=6)
@given(people=PEOPLE_TYPED, rows=ROWS_TYPED)
def test_the_filled_file_the_keypad_and_the_picture_leave_identical_books(
    week: Week, people: dict[int, str], rows: dict[int, str]
) -> None:
    before = contents(week.book)
    people = on_sheet(week, people)
    labels = {one.row: one.label for one in (*week.plan.rows,)}
    grids = filled(grids_of(week.file), {str(row): code for row, code in people.items()})
    grids = filled(grids, {labels[row]: code for row, code in rows.items()}, plan=True)
    change = week.back(grids).of_file(Path("x.xlsx")).enter().undo_id
    by_file = given_of(week)
    if change is not None:
        week.book.reverse(change)
    assert contents(week.book) == before

    undo: list[int] = []
    for sheet, typed in ((week.plan, rows), (week.calls, people)):
        pad = week.back().keypad(sheet.number)
        for row, code in typed.items():
            assert pad.type(labels[row] if sheet is week.plan else str(row), code).fault == ""
        entered = week.back().of_keypad(pad).enter().undo_id
        undo += [entered] if entered is not None else []
    by_keys = given_of(week)
    for one in reversed(undo):
        week.book.reverse(one)
    assert contents(week.book) == before
    assert by_keys == by_file

    pages = [*pictured_pages(week.plan, rows), *pictured_pages(week.calls, people)]
    review = week.back(pages=pages).of_picture(b"")
    for question in review.questions:  # paper has one box for all that was missed
        assert review.settle(question, rows[question.row]) == ""
    change = review.entering().enter().undo_id
    by_picture = given_of(week)
    if change is not None:
        week.book.reverse(change)
    assert contents(week.book) == before
    assert by_picture == by_file


def pictured_pages(sheet: HandedSheet, typed: dict[int, str]) -> list[PageReading]:
    """The pages of a sheet ticked by hand: what is typed 1 to 8 for a row of the plan is done, half or missed on paper."""
    signs = dict(enumerate(SIGNS, 1))
    return ticked(
        on_paper(sheet),
        {
            row: signs[min(int(code), 3)] if sheet.rows[0].of_plan else code
            for row, code in typed.items()
        },
    )  # fmt: skip


def given_of(week: Week) -> dict[str, list[tuple[Any, ...]]]:
    """What the book holds, without the ids, which count up with every try."""
    return {name: sorted(map(repr, (row[1:] for row in rows))) for name, rows in contents(week.book).items()}  # type: ignore[misc]


def tampered(grid: ReturnedSheet, top: int, seed: int) -> ReturnedSheet:
    """The worksheet after mishaps: rows shuffled, columns dropped or moved, cells of another type, blanks, full width."""
    chance = random.Random(seed)
    head, rows = [list(row) for row in grid.rows[: top + 1]], [list(row) for row in grid.rows[top + 1 :]]
    if chance.random() < 0.7:
        chance.shuffle(rows)
    for _time in range(chance.choice((0, 0, 1, 2, 4))):
        column = chance.randrange(len(head[-1]))
        for row in (*head, *rows):
            del row[column]
    if chance.random() < 0.3:
        order = list(range(len(head[-1])))
        chance.shuffle(order)
        head, rows = ([[row[n] for n in order] for row in part] for part in (head, rows))
    if chance.random() < 0.3:
        head = head[chance.randrange(len(head)) :]
    if chance.random() < 0.3 and rows:
        del rows[chance.randrange(len(rows))]
    if chance.random() < 0.3 and rows:
        rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
    if chance.random() < 0.2:
        rows.insert(0, [chance.choice(["", None, "合计", 3.5]) for _cell in head[-1]])
    rows = [[retyped(cell, chance) for cell in row] for row in rows]
    return ReturnedSheet(grid.name, tuple(map(tuple, (*head, *rows))), 1, ())


def retyped(cell: ReturnedCell, chance: random.Random) -> ReturnedCell:
    """A cell as another program may give it back: the same to a reader."""
    text = "" if cell is None else str(cell)
    way = chance.random()
    if way < 0.7 or not text:
        return cell
    if text.isascii() and text.isdigit() and way < 0.85:
        return float(text) if way < 0.78 else int(text)
    return f" {text.translate(str.maketrans('0123456789', '０１２３４５６７８９'))}\u3000"


@law(examples=600, few=25)
@given(seed=st.integers(0, 10**9), results=PEOPLE_TYPED)
def test_no_mishap_of_a_file_gives_a_result_to_another_customer(
    week: Week, seed: int, results: dict[int, str]
) -> None:
    """What is entered is what stands beside the customer; everything else is named or refused in a sentence."""
    results = on_sheet(week, results)
    grids = filled(grids_of(week.file), {str(row): code for row, code in results.items()})
    place, top, _heads = table_of(grids)
    chance = random.Random(seed)
    grids[place] = tampered(grids[place], top, seed)
    if chance.random() < 0.3:
        grids = [grids[place]]
    try:
        entering = week.back(grids).of_file(Path("x.xlsx"))
    except WorkbenchError as refusal:
        refusal.sentence()
        return
    wanted = {one.digit: one.mark.code for one in keys(of_plan=False)}
    owners = {one.row: one.customer_no for one in week.calls.rows}
    for row in entering.chosen:
        assert row.row in results
        assert row.customer_no == owners[row.row]
        assert row.mark.code == wanted[results[row.row]]
    assert all(problem.message for problem in entering.problems)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(), st.dates(), st.datetimes(), st.timedeltas(),
    st.times(), st.text(max_size=12), st.sampled_from(["结果", "序号", "客户", "✓", "1", "×", "号"]),
)  # fmt: skip


@law(examples=400, few=40)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.booleans())
def test_no_cell_whatsoever_breaks_the_reading(week: Week, rows: list[list[Any]], ours: bool) -> None:
    head: list[tuple[Any, ...]] = [(f"编号 {week.calls.number}",)] if ours else []
    grid = ReturnedSheet("表", (*head, *map(tuple, rows)), 1, ((0, 0, 3, 2),))
    try:
        week.back([grid]).of_file(Path("x.xlsx"))
    except WorkbenchError as refusal:
        refusal.sentence()


def test_the_laws_leave_the_book_as_it_was(week: Week) -> None:
    with week.book.read() as conn:
        assert conn.execute(select(touches.c.id)).all() == []
        assert len(conn.execute(select(customers.c.id)).all()) == sum(PEOPLE.values())
    assert {item.result for item in all_items(week.outreach.plan("2026-W47"))} == {""}
