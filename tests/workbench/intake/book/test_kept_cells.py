"""What an undo leaves is told with the import that stands on it, whoever changed the row last."""

from db import tables
from db.engine import Book
from db.turn import Kept
from tests.workbench.intake.conftest import Make, customers
from workbench.intake.book.kept_cells import kept_cells
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.room import Intake


def test_a_whole_row_names_the_newest_import_that_needs_it_also_where_no_change_is_listed(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    intake.read(xlsx(customers(date="2026年9月30日"), "9.xlsx")).commit()
    intake.read(xlsx(customers(), "10.xlsx")).commit()
    with book.write("touch", "手工") as writer:
        writer.insert_columns(
            tables.touches,
            {
                "customer_id": [1],
                "date": "2026-10-08",
                "channel": "call",
                "result": "reached",
                "initiated_by": "manager",
            },
            1,
        )
        by_hand = writer.change_id
    newest = intake.history()[0].batch
    with book.read() as conn:
        for change in (None, by_hand):
            kept = [Kept("customers", 1, None, None, change)]
            assert [one.batch for one in kept_cells(conn, kept, catalogue())] == [newest]


def test_a_row_that_only_a_record_made_by_hand_needs_names_no_import(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    intake.read(xlsx(customers())).commit()
    with book.write("touch", "手工") as writer:
        writer.insert_columns(
            tables.touches,
            {
                "customer_id": [1],
                "date": "2026-10-08",
                "channel": "call",
                "result": "reached",
                "initiated_by": "manager",
            },
            1,
        )
    kept = intake.undo().kept
    assert [(one.customer_no, one.field, one.batch) for one in kept] == [("0000000001", None, None)]
