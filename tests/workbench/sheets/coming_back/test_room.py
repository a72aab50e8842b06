"""A filled workbook comes back: whoever sorted it, deleted its columns or saved it with another program."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import select

from db import book_key, engine
from db.tables import customers, touches
from db.week import handed_out as handed_out_table
from tests.books import new_book
from tests.workbench.outreach.made import WEEK
from tests.workbench.sheets.coming_back.made import (
    Week,
    changed,
    columns,
    contents,
    copied,
    fill,
    grids_of,
    hand_out,
    handed_out,
    head_row,
    row_of,
)
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.entering import Entering
from workbench.outreach.store import all_items

FRIDAY = "2026-11-20"
#: digits as a Chinese input method may write them
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Week:
    """A week that was handed out; its book is closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", FRIDAY)
        patch.setattr(book_key, "COST", 16)
        with new_book(tmp_path_factory.mktemp("closed") / "week.book") as book:
            return handed_out(book)


@pytest.fixture
def week(closed: Week, tmp_path: Path) -> Iterator[Week]:
    """A week that was handed out; it is Friday."""
    made = copied(closed, tmp_path)
    with made.book:
        yield made


@pytest.fixture(scope="module")
def shown(closed: Week, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """The same for tests that only look at what a file would enter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        made = copied(closed, tmp_path_factory.mktemp("shown"))
    before = contents(made.book)
    with made.book:
        yield made
        assert contents(made.book) == before


def refused(week: Week, file: bytes) -> WorkbenchError:
    before = contents(week.book)
    with pytest.raises(WorkbenchError) as caught:
        week.entering(file)
    assert contents(week.book) == before
    assert "\n" not in caught.value.sentence()
    return caught.value


def entered(entering: Entering) -> dict[str, str]:
    """Number on paper -> code, of what would be entered."""
    return {row.label: row.mark.code for row in entering.rows}


def logged(week: Week) -> list[tuple[int, str, str, str, str | None, str | None]]:
    with week.book.read() as conn:
        rows = conn.execute(select(touches).order_by(touches.c.customer_id))
        return [(r.customer_id, r.date, r.channel, r.result, r.next_date, r.note) for r in rows]


def person(week: Week, number: int) -> int:
    listing = week.outreach.weeks.of(WEEK)
    return next(one.person.customer_id for one in listing.entries if one.rank == number)


# -- what is taken ---------------------------------------------------------------------------------------------


def test_an_unfilled_file_enters_nothing_and_may_come_back_again(week: Week) -> None:
    before = contents(week.book)
    for _time in range(2):
        entering = week.entering(week.file)
        assert (entering.rows, entering.conflicts, entering.problems) == ((), (), ())
        assert entering.empty == len(week.plan.rows) + len(week.calls.rows)
        assert entering.enter().undo_id is None
    assert contents(week.book) == before


def test_results_ticks_dates_and_notes_are_entered_in_one_change(week: Week) -> None:
    file = fill(week.file, {"1": "已约", "2": "4", "3": "done"})
    file = fill(file, {"1": "2026-11-25"}, column="下次日期")
    file = fill(file, {"1": "周三上午"}, column="备注")
    file = fill(file, {"2": "2026-11-18"}, column="联系日期")
    file = fill(file, {"5-1": "✓", "5-2": "½", "3-1": "×"}, sheet=0)
    file = fill(file, {"3-1": "资源没批"}, sheet=0, column="未成原因")
    entering = week.entering(file)
    assert entering.problems == ()
    change = entering.enter()
    assert change.count == 6
    first, second, third = (person(week, n) for n in (1, 2, 3))
    assert sorted(logged(week)) == sorted(
        [
            (first, "2026-11-20", "call", "appointment", "2026-11-25", "周三上午"),
            (second, "2026-11-18", "call", "no_answer", None, None),
            (third, "2026-11-20", "call", "done", None, None),
        ]
    )
    items = all_items(week.outreach.plan(WEEK))
    assert [item.result for item in items] == [
        "done", "half", "", "", "", "missed:no_resource", "", "", "",
    ]  # fmt: skip


def test_undo_takes_all_of_it_back_and_the_sheet_may_be_entered_again(week: Week) -> None:
    file = fill(fill(week.file, {"1": "1", "4": "3"}), {"5-1": "√"}, sheet=0)
    before = contents(week.book)
    change = week.entering(file).enter().undo_id
    assert change is not None
    after = contents(week.book)
    with pytest.raises(WorkbenchError, match="已经在"):
        week.entering(file)
    week.book.reverse(change)
    assert contents(week.book) == before
    week.entering(file).enter()
    assert {name: len(rows) for name, rows in contents(week.book).items()} == {
        name: len(rows) for name, rows in after.items()
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("接通有意向", "interested"), ("１", "interested"), (1, "interested"), (1.0, "interested"), (" 1 ", "interested"),
        ("再考虑", "considering"), ("未接", "no_answer"), ("NO_ANSWER", "no_answer"), ("0", "referral"), (0, "referral"),
        ("✓", "done"), ("√", "done"), ("½", "half"), (0.5, "half"), ("1/2", "half"), (True, "done"),
    ],
)  # fmt: skip
def test_a_result_is_known_in_every_writing(shown: Week, written: Any, code: str) -> None:
    entering = shown.entering(fill(shown.file, {"1": written}))
    assert entering.problems == ()
    assert entered(entering) == {"1": code}


# -- what a person does to a file ------------------------------------------------------------------------------


def test_sorted_rows_go_to_their_own_customers(shown: Week) -> None:
    file = fill(shown.file, {"1": "1", "7": "3"})

    def turn(book: Any) -> None:
        page = book.worksheets[1]
        top = head_row(page) + 1
        last = top + len(shown.calls.rows) - 1
        rows = [[cell.value for cell in row] for row in page.iter_rows(top, last)]
        for place, row in enumerate(reversed(rows), top):
            for column, value in enumerate(row, 1):
                page.cell(place, column).value = value

    assert entered(shown.entering(changed(file, turn))) == {"1": "interested", "7": "declined"}


def without(file: bytes, *heads: str) -> bytes:
    """The file after somebody deleted columns of the call sheet; '' is the hidden one."""

    def cut(book: Any) -> None:
        page = book.worksheets[1]
        places = columns(page)
        gone = [places[head] if head else page.max_column for head in heads]
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        for row in range(1, head_row(page)):  # a merged title stays with what is left of its cells
            page.cell(row, places["结果"]).value = page.cell(row, 1).value
        for column in sorted(gone, reverse=True):
            page.delete_cols(column)

    return changed(file, cut)


def only_calls(book: Any) -> None:
    for name in book.sheetnames:
        if name != "电访单":
            del book[name]


@pytest.mark.parametrize(
    "gone",
    [
        ("",), ("电话", "为什么"), ("客户",), ("序号",), ("", "电话", "531", "上次联系", "联系日期", "备注"), ("序号", "客户"),
        ("下次日期", "备注", "联系日期"),
    ],
)  # fmt: skip
def test_deleted_columns_do_no_harm(shown: Week, gone: tuple[str, ...]) -> None:
    file = without(fill(shown.file, {"2": "2", "9": "已到"}), *gone)
    entering = shown.entering(file)
    assert entering.problems == ()
    assert entered(entering) == {"2": "considering", "9": "met"}


def test_without_ids_a_row_number_needs_its_name(shown: Week) -> None:
    """What is left says whose row it is, or nothing is entered: never the wrong customer."""
    file = without(fill(shown.file, {"2": "2"}), "", "客户")
    assert refused(shown, changed(file, only_calls)).code == "names_differ"
    file = without(fill(shown.file, {"2": "2"}), "", "序号")
    assert refused(shown, changed(file, only_calls)).code == "names_differ"


def test_names_that_do_not_fit_their_numbers_are_refused(shown: Week) -> None:
    def other_name(book: Any) -> None:
        page = book.worksheets[1]
        page.cell(row_of(page, "2"), columns(page)["客户"]).value = "欧** 0000"

    file = without(fill(shown.file, {"2": "2"}), "")
    assert refused(shown, changed(changed(file, other_name), only_calls)).code == "names_differ"
    # beside rows that fit, the wrong one is named
    more = shown.entering(changed(without(fill(shown.file, {"2": "2", "3": "1"}), ""), other_name))
    assert entered(more) == {"3": "interested"}
    assert [problem.code for problem in more.problems] == ["name_differs"]


def test_a_file_that_another_program_saved_is_read(shown: Week) -> None:
    """No styles, no lists, everything text, full-width digits, blanks: what WPS leaves of it."""

    entering = shown.entering(
        saved_plain(fill(fill(shown.file, {"3": "１"}), {"3": "２０２６年１１月３０日"}, column="下次日期"))
    )
    assert entering.problems == ()
    (row,) = entering.rows
    assert (row.label, row.mark.code) == ("3", "interested")
    assert row.contact is not None
    assert row.contact.next_date == "2026-11-30"


def saved_plain(file: bytes) -> bytes:
    """The cells of a file and nothing else, as inline strings."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "in_memory": True})
    for grid in grids_of(file):
        page = book.add_worksheet(grid.name)
        for place, row in enumerate(grid.rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    text = f"{value:g}" if isinstance(value, float) else str(value)
                    page.write_string(place, column, f" {text.translate(WIDE)}\u00a0")
    book.close()
    return made.getvalue()


def test_merged_rows_are_named_in_one_sentence_and_left_out(shown: Week) -> None:
    def merge(book: Any) -> None:
        page = book.worksheets[1]
        row, column = row_of(page, "4"), columns(page)["结果"]
        page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)

    file = fill(shown.file, {"2": "2"})
    entering = shown.entering(changed(fill(file, {"4": "1"}), merge))
    assert entered(entering) == {"2": "considering"}
    (problem,) = entering.problems
    assert problem.code == "merged_rows"
    page = grids_of(file)[1]
    row = next(n for n, cells in enumerate(page.rows, 1) if str(cells[0]) in ("4", "4.0"))
    assert f"{row}、{row + 1} 行" in problem.message


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("结果", "99", "no_such_result"), ("结果", "也许", "no_such_result"), ("结果", "×", "no_reason"),
        ("下次日期", "33日", "bad_date"), ("下次日期", "2026-02-30", "bad_date"), ("下次日期", "2026-11-01", "next_before_date"),
        ("联系日期", "2026-12-24", "date_in_future"), ("备注", "长" * 500, "too_long"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_the_others_enter(shown: Week, column: str, value: str, code: str) -> None:
    file = fill(shown.file, {"2": "2", "5": "1"})
    entering = shown.entering(fill(file, {"5": value}, column=column))
    assert entered(entering) == {"2": "considering"}
    (problem,) = entering.problems
    assert problem.code == code
    assert "第 5 号" in problem.message
    assert "电访单" in problem.message


def test_a_row_that_was_written_twice_in_two_ways_is_named(shown: Week) -> None:
    def copy(book: Any) -> None:
        page = book.worksheets[1]
        source, target = row_of(page, "3"), page.max_row + 3
        for column in range(1, page.max_column + 1):
            page.cell(target, column).value = page.cell(source, column).value
        page.cell(target, columns(page)["结果"]).value = "5"

    entering = shown.entering(changed(fill(shown.file, {"3": "1"}), copy))
    assert entering.rows == ()
    assert [problem.code for problem in entering.problems] == ["twice"]


def test_a_rare_surname_comes_back_by_its_sign_and_by_its_spelling(week: Week) -> None:
    number = week.calls.rows[1].customer_no
    with week.book.write("test", "name") as writer:
        row = writer.conn.execute(
            select(customers.c.id).where(customers.c.customer_no == number)
        ).scalar_one()
        writer.update(customers, row, {"name": "𠮷田花"})

    def shows(text: str) -> bytes:
        def name(book: Any) -> None:
            page = book.worksheets[1]
            page.cell(row_of(page, "2"), columns(page)["客户"]).value = f"{text} {number[-4:]}"

        return changed(fill(week.file, {"2": "2"}), name)

    for text in ("𠮷**", "(ji)**", "𠮷田花"):
        assert entered(week.entering(shows(text))) == {"2": "considering"}
    assert [one.code for one in week.entering(shows("吉**")).problems] == ["name_differs"]


# -- what is refused -------------------------------------------------------------------------------------------


def test_a_sheet_of_another_book_is_refused(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_clock", lambda: "2026-11-02 08:00:00")
    with new_book(tmp_path / "别的.book") as other:
        theirs = handed_out(other)
    assert refused(week, fill(theirs.file, {"1": "1"})).code == "other_book"


def test_a_replaced_print_names_the_newer_one(week: Week) -> None:
    newer = hand_out(week.book, week.outreach)
    error = refused(week, fill(week.file, {"1": "1"}))
    assert error.code == "sheet_replaced"
    assert newer.calls.number in error.hint
    assert entered(week.entering(fill(newer.file, {"1": "1"}))) == {"1": "interested"}


def test_what_was_entered_already_says_when(week: Week) -> None:
    file = fill(week.file, {"1": "1"})
    week.entering(file).enter()
    with week.book.read() as conn:
        at = conn.execute(
            select(handed_out_table.c.entered).where(handed_out_table.c.number == week.calls.number)
        ).scalar_one()
    error = refused(week, file)
    assert error.code == "sheet_entered"
    assert str(at)[:16] in error.message
    # the plan is still out: its rows come later
    assert entered(week.entering(fill(week.file, {"5-3": "✓"}, sheet=0))) == {"5-3": "done"}


def test_rows_left_empty_follow_another_day(week: Week) -> None:
    """A call sheet is worked on all week; what it brought on Monday is not logged again on Tuesday."""
    week.entering(fill(week.file, {"1": "1"})).enter()
    second = week.entering(fill(week.file, {"1": "1", "2": "4"}))
    assert entered(second) == {"2": "no_answer"}
    assert second.unchanged == 1
    second.enter()
    assert refused(week, fill(week.file, {"1": "1", "2": "4"})).code == "sheet_entered"


def test_a_file_that_is_none_of_ours_is_refused(shown: Week) -> None:
    def strange(book: Any) -> None:
        for name in book.sheetnames[1:]:
            del book[name]
        page = book.worksheets[0]
        page.delete_rows(1, page.max_row)
        page["A1"], page["B1"] = "客户编号", "结果"

    assert refused(shown, changed(shown.file, strange)).code == "not_our_sheet"


def test_a_file_without_its_column_of_results_is_refused(shown: Week) -> None:
    assert refused(shown, without(fill(shown.file, {"1": "1"}), "结果")).code == "no_result_column"


def test_a_sheet_that_the_book_never_kept_is_refused(week: Week) -> None:
    lost = week.sheets.plan_xlsx(week.outreach.plan(WEEK))
    assert refused(week, fill(lost.content, {"1": "1"})).code == "no_such_sheet"


# -- what the book got meanwhile -------------------------------------------------------------------------------


def test_what_was_logged_since_is_a_conflict_and_the_book_wins_unless_chosen(week: Week) -> None:
    entries = week.outreach.weeks.of(WEEK).entries
    number = entries[1].person.customer_no
    week.outreach.log_touch(number, channel="visit", result="met")
    file = fill(week.file, {"2": "3", "3": "1"})
    entering = week.entering(file)
    assert entered(entering) == {"3": "interested"}
    (conflict,) = entering.conflicts
    assert (conflict.label, conflict.mark.code) == ("2", "declined")
    assert "面访 已到" in conflict.there
    entering.take(conflict.place, sheets=True)
    assert entering.enter().count == 2
    assert [row[3] for row in logged(week) if row[0] == entries[1].person.customer_id] == ["met", "declined"]


def test_what_the_book_has_already_is_no_conflict(week: Week) -> None:
    number = week.outreach.weeks.of(WEEK).entries[1].person.customer_no
    week.outreach.log_touch(number, channel="call", result="declined")
    entering = week.entering(fill(week.file, {"2": "3"}))
    assert (entering.rows, entering.conflicts, entering.unchanged) == ((), (), 1)


def test_a_row_that_was_ticked_since_is_a_conflict(week: Week) -> None:
    item = week.plan.rows[0].item_id
    assert item is not None
    week.outreach.set_result(item, "half", week=WEEK)
    entering = week.entering(fill(week.file, {"5-1": "✓"}, sheet=0))
    (conflict,) = entering.conflicts
    assert "完成一半" in conflict.there
    entering.take_all()
    entering.enter()
    assert all_items(week.outreach.plan(WEEK))[0].result == "done"


def test_a_customer_who_is_gone_is_named(week: Week) -> None:
    gone = week.calls.rows[3].customer_no
    with week.book.write("test", "number") as writer:
        row = writer.conn.execute(select(customers.c.id).where(customers.c.customer_no == gone)).scalar_one()
        writer.update(customers, row, {"customer_no": "77"})
    entering = week.entering(fill(week.file, {"4": "1", "5": "1"}))
    assert entered(entering) == {"5": "interested"}
    (problem,) = entering.problems
    assert problem.code == "customer_gone"
    assert gone[-4:] in problem.message


def test_what_the_book_got_between_looking_and_entering_is_not_passed_over(week: Week) -> None:
    entering = week.entering(fill(week.file, {"2": "3"}))
    number = week.outreach.weeks.of(WEEK).entries[1].person.customer_no
    week.outreach.log_touch(number, channel="visit", result="met")
    before = contents(week.book)
    with pytest.raises(WorkbenchError, match="又有改动"):
        entering.enter()
    assert contents(week.book) == before
