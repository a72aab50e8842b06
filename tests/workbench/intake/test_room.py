"""The face of intake: the history of imports, what an undo leaves, and who is who."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import customers, snapshots
from tests.workbench.intake.conftest import HEADER, ROWS, Make
from tests.workbench.intake.conftest import customers as customers_sheet
from tests.workbench.intake.people import people
from workbench.base.errors import WorkbenchError
from workbench.intake.columns.dialects import HeadingChoice
from workbench.intake.room import Intake

SHEET = "客户清单"


def count(book: Book, table: Any) -> int:
    with book.read() as conn:
        return len(conn.execute(select(table.c.id)).all())


# -- history -----------------------------------------------------------------------------------------------


def test_the_history_shows_the_newest_import_first_and_no_more_than_wanted(
    intake: Intake, xlsx: Make
) -> None:
    assert intake.history() == ()
    intake.read(xlsx(customers_sheet(date="2026年9月30日"), name="九月.xlsx")).commit()
    intake.read(xlsx(customers_sheet(), name="十月.xlsx")).commit()
    newest, oldest = intake.history()
    assert (newest.file, newest.as_of, newest.state, newest.rows) == ("十月.xlsx", "2026-10-31", "done", 3)
    assert oldest.file == "九月.xlsx"
    assert intake.history(limit=1) == (newest,)


def test_the_details_of_an_import_keep_its_mapping_and_mask_what_was_typed(
    intake: Intake, xlsx: Make
) -> None:
    session = intake.read(xlsx(customers_sheet([*ROWS, ["", "某人", "金卡", 1.0, 1.0]])))
    session.edit(SHEET, 4, 1, "林芳")
    session.commit()
    details = intake.details(1)
    assert [(one["column"], one["field"]) for one in details["mapping"] or ()][:2] == [
        ("客户编号", "customer_no"), ("客户名称", "name"),
    ]  # fmt: skip
    assert details["edits"] == [{"row": 4, "column": "客户名称", "text": "林芳", "field": "name"}]
    (refused,) = [one for one in details["problems"] or () if one["level"] == "refuse"]
    assert (refused["code"], refused["row"]) == ("missing_customer_number", 7)


def test_an_undo_lists_what_later_changes_keep(intake: Intake, book: Book, xlsx: Make) -> None:
    intake.read(xlsx(customers_sheet(date="2026年9月30日"), name="九月.xlsx")).commit()
    renamed = [[ROWS[0][0], "林方英", *ROWS[0][2:]], *ROWS[1:]]
    intake.read(xlsx(customers_sheet(renamed), name="十月.xlsx")).commit()
    foreseen = intake.what_undo_keeps(1)
    assert {(one.customer_no, one.batch) for one in foreseen} == {(row[0], 2) for row in ROWS}
    done = intake.undo(1)
    assert (done.kept, done.kept_count) == (foreseen, len(foreseen))
    assert (count(book, customers), count(book, snapshots)) == (3, 3)


def test_drafts_of_the_program_give_way_before_an_undo_and_not_before_a_redo(
    book: Book, rules: Any, xlsx: Make
) -> None:
    calls: list[str] = []
    intake = Intake(book, rules, lambda: calls.append("given up"))
    intake.read(xlsx(customers_sheet())).commit()
    intake.undo()
    assert calls == ["given up"]
    intake.redo()
    assert calls == ["given up"]


def test_undone_imports_come_back_in_the_order_in_which_they_were_made(intake: Intake, xlsx: Make) -> None:
    for month in (8, 9, 10):
        intake.read(xlsx(customers_sheet(date=f"2026年{month}月28日"), name=f"{month}.xlsx")).commit()
    intake.undo()
    intake.undo()
    assert [row.state for row in intake.history()] == ["undone", "undone", "done"]
    intake.redo()
    assert [row.state for row in intake.history()] == ["undone", "done", "done"]


@pytest.mark.parametrize(("forward", "code"), [(False, "nothing_to_undo"), (True, "nothing_to_redo")])
def test_without_an_import_there_is_nothing_to_undo_or_redo(intake: Intake, forward: bool, code: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        (intake.redo if forward else intake.undo)()
    assert caught.value.code == code


def test_an_import_that_never_was_is_refused_by_its_number(intake: Intake) -> None:
    for ask in (intake.details, intake.undo, intake.redo, intake.what_undo_keeps):
        with pytest.raises(WorkbenchError) as caught:
            ask(7)
        assert caught.value.code == "no_such_batch"
        assert "7" in caught.value.message


# -- dialects ----------------------------------------------------------------------------------------------


def test_a_dialect_learnt_is_renamed_edited_given_away_and_forgotten(
    intake: Intake, xlsx: Make, tmp_path: Path
) -> None:
    intake.read(xlsx(customers_sheet())).commit()
    (learnt,) = intake.dialects()
    assert intake.rename_dialect(learnt.name, "月报").count == 1
    assert intake.edit_dialect("月报", HEADER[2], HeadingChoice(ignored=True)).count == 1
    path = tmp_path / "口径.dialects.json"
    assert intake.export_dialects(path) == 1
    assert intake.forget_dialect("月报").count == 1
    assert intake.dialects() == ()
    assert intake.import_dialects(path).count == 1
    (back,) = intake.dialects()
    assert (back.name, back.columns["客户层级"].ignored) == ("月报", True)


# -- who is who --------------------------------------------------------------------------------------------


def test_two_numbers_of_one_person_become_one_and_two_again(intake: Intake, book: Book) -> None:
    card = "11010519491231002X"
    people(
        book,
        {"customer_no": "1", "name": "王伟", "id_no": card},
        {"customer_no": "2", "name": "王伟", "id_no": card},
    )
    (pair,) = intake.identity_queue()
    assert {pair.keep.customer_no, pair.other.customer_no} == {"1", "2"}
    intake.merge("1", "2", "本人确认", pair.evidence)
    assert [(one.keep_no, one.other_no, one.reason) for one in intake.merges()] == [("1", "2", "本人确认")]
    assert (intake.identity_queue(), count(book, customers)) == ((), 1)
    intake.unmerge("2")
    assert (intake.merges(), count(book, customers)) == ((), 2)
    intake.keep_apart("1", "2", "父子")
    assert intake.identity_queue() == ()


def test_only_a_number_that_was_merged_can_be_parted_again(intake: Intake) -> None:
    with pytest.raises(WorkbenchError) as caught:
        intake.unmerge("2")
    assert caught.value.code == "not_merged"
