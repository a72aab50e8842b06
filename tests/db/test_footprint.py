"""Tables declare themselves; what a job read and wrote is noted beneath its statements, undo and redo included."""

from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text

from db.engine import Book
from db.footprint import footprint, rests_on, tables_in
from db.record import batches, changes
from db.shapes import Filled, declared
from db.since import BY_HAND
from db.tables import DATA, DERIVED, GIVEN, TABLES, customers, metadata, snapshots, touches

#: what a column must hold where any text would not do
FITTING: dict[str, object] = {
    "state": "draft", "block": "resource", "direction": "new", "month": "2026-10", "kind": "rule",
    "customer_id": 1, "plan_id": 1, "item_id": 1, "list_id": 1,
}  # fmt: skip
#: the same for one table alone
ITS_OWN: dict[str, dict[str, object]] = {
    "identities": {"verdict": "apart"},
    "tag_reviews": {"verdict": "right"},
    "adverse_events": {"scope": "bank"},
    "light_decisions": {"kind": "explain"},
    "goals": {"whose": "own"},
    "promises": {"state": "open"},
    "prospects": {"state": "open"},
    "journey_marks": {"state": "done"},
    "resource_requests": {"answer": "yes"},
    "own_days": {"whose": "branch"},
    "birthday_ways": {"calendar": "lunar", "month": 3},
    "gifts": {"state": "idea"},
    "salons": {"state": "planned"},
    "salon_guests": {"state": "listed"},
    "own_scripts": {"whose": "own"},
    "benefit_grants": {"state": "issued"},
    "complaint_steps": {"step": "stop"},
    "loss_cases": {"state": "open"},
    "win_backs": {"state": "open", "strategy": "gap"},
    "needs": {"state": "open"},
    "need_evidence": {"kind": "said"},
    "family_goals": {"state": "open"},
    "expert_bookings": {"state": "booked"},
    "referral_asks": {"answer": "waiting"},
}


def row_of(table: Table, mark: str) -> dict[str, Any]:
    """The least that a row of this table may hold."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.primary_key:
            continue
        given = {**FITTING, **ITS_OWN.get(table.name, {})}.get(column.name)
        row[column.name] = given if given is not None else (mark if column.type.python_type is str else 1)
    return row


# -- what tables say of themselves -------------------------------------------------------------------------


def test_every_table_of_the_book_declares_itself() -> None:
    assert set(TABLES) == set(metadata.tables.values())
    for table in TABLES:
        assert declared(table).filled in Filled


def test_a_table_that_declares_nothing_is_refused() -> None:
    silent = Table("silent", MetaData(), Column("id", Integer, primary_key=True))
    with pytest.raises(TypeError, match="silent"):
        declared(silent)


def test_only_given_tables_are_data_and_those_by_hand_name_their_customer() -> None:
    assert set(DATA) < set(GIVEN)
    assert not set(DERIVED) & set(GIVEN)
    assert all(declared(table).subject for table in BY_HAND)
    assert declared(customers).subject == ("id",)
    assert declared(metadata.tables["relations"]).subject == ("customer_id", "other_id")


# -- what is written ---------------------------------------------------------------------------------------


def test_every_given_table_is_told_when_it_is_written_undone_and_redone(book: Book) -> None:
    with book.write("test", "a customer whom the others name") as writer:
        writer.insert(customers, [{"customer_no": "1"}])
    for table in GIVEN:
        with footprint() as job, book.write("test", table.name) as writer:
            writer.insert(table, [row_of(table, "x")])
            change = writer.change_id
        assert job.written == writer.tables == {table.name}
        for forward in (False, True):
            with footprint() as job:
                done = book.reverse(change, forward=forward)
            assert job.written == done.tables == {table.name}, (table.name, forward)


def test_what_was_not_kept_is_not_told(book: Book) -> None:
    with footprint() as job:
        with book.write("test", "nothing differs"):
            pass
        with book.rehearsal("test", "tried") as writer:
            writer.insert(customers, [{"customer_no": "1"}])
        with pytest.raises(ZeroDivisionError), book.write("test", "broken off") as writer:
            writer.insert(customers, [{"customer_no": "2"}])
            raise ZeroDivisionError
    assert job.written == set()


def test_an_import_its_undo_and_its_redo_touch_the_history_of_the_imports(book: Book) -> None:
    with footprint() as job, book.write("import", "a list") as writer:
        writer.insert(customers, [{"customer_no": "1"}])
        writer.note(batches)
        row = row_of(batches, "x") | {"change_id": writer.change_id}
        writer.conn.execute(insert(batches), row)
    assert job.written == {"customers", "batches"}
    for forward in (False, True):
        assert book.reverse(writer.change_id, forward=forward).tables == {"customers", "batches"}


# -- what is read ------------------------------------------------------------------------------------------


def test_statements_made_and_written_by_hand_are_noted_each_time(book: Book) -> None:
    for _again in range(2):  # the second time nothing is compiled any more
        with footprint() as job, book.read() as conn:
            conn.execute(select(touches.c.id).join(customers))
            conn.execute(text("select count(*) from plans"))
            conn.exec_driver_sql("select 1 from lists, list_members")
        assert job.read == {"touches", "customers", "plans", "lists", "list_members"}
    with book.read() as conn:
        conn.execute(select(snapshots.c.id))
    assert "snapshots" not in job.read, "nobody asked what this one reads"


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ('SELECT snapshots.id AS "services", x.products, y."flows" AS lists FROM snapshots', {"snapshots"}),
        ("select * from Customers c join TOUCHES on true", {"customers", "touches"}),
        ('WITH a AS (SELECT "plans".id FROM "plans") SELECT * FROM a', {"plans"}),
        ("SELECT tags_2.t1 FROM tags_0 JOIN tags_2 ON true", {"tags_0", "tags_2"}),
        ("SELECT own_tags.id FROM own_tags", {"own_tags"}),
        ("SELECT 1 FROM changes JOIN journal JOIN audit", set()),
    ],
)
def test_tables_are_told_from_columns_and_labels(statement: str, tables: set[str]) -> None:
    assert tables_in(statement) == tables


def test_what_is_computed_rests_on_all_that_it_is_computed_from() -> None:
    beneath = {"batches", *(table.name for table in DATA)}
    for name in (*(table.name for table in DERIVED), "tags_0", "tags_4"):
        assert rests_on({name}) == beneath | {"settings"}
    assert rests_on({"plans"}) == {"plans", "settings"}, "the rules in force are read once, for everything"


def test_what_is_kept_in_memory_for_a_revision_rests_on_what_moves_the_revision(book: Book) -> None:
    with footprint() as job:
        book.revision()
    assert job.read == {"batches", *(table.name for table in DATA)}
    with footprint() as job, book.read() as conn:
        conn.execute(select(changes.c.id))
    assert job.read == set(), "the house's own records grow with every write and say nothing of what it wrote"
