"""A month sent again: recognised, replaced with both versions kept, and told side by side."""

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select

from db.engine import Book
from db.journal import Writer
from db.record import batches, movements
from db.tables import customers, snapshots, touches
from tests.workbench.intake.people import checked, imported, month, people, put
from workbench.intake.book.reissue import Issue, VersionCell, earlier_issue, left_behind, replace, versions
from workbench.intake.catalogue.fields import catalogue
from workbench.rules.parameters import Rules

HEADINGS = ["客户编号", "客户名称", "金融资产余额(元)"]
MAPPING = json.dumps([{"column": heading, "field": None} for heading in HEADINGS], ensure_ascii=False)
AS_OF = "2026-10-31"


@pytest.fixture
def issued(book: Book) -> int:
    """Ten customers told for 2026-10 by one import, one of them by another as well; returns the batch."""
    batch = imported(book, "2026-10", mapping=MAPPING, digest="first")
    ids = people(book, *({"customer_no": str(n), "batch_id": batch, "name": f"客{n}"} for n in range(10)))
    month(book, "2026-10", {who: {"aum_balance": 100 + who} for who in ids}, batch=batch)
    return batch


def again(
    book: Book, rules: Rules, keys: Sequence[str], *, headings: Sequence[str] = HEADINGS, digest: str = "second",
    as_of: str = AS_OF,
) -> Issue | None:  # fmt: skip
    with book.read() as conn:
        return earlier_issue(conn, checked(as_of, keys), headings, digest, rules)


def test_mostly_the_same_customers_and_headings_are_a_re_issue(book: Book, rules: Rules, issued: int) -> None:
    issue = again(
        book, rules, [*"01234567", "new"], headings=["客户编号 ", "客户名称", "金融资产余额", "网点"]
    )
    assert issue is not None
    assert (issue.batch, issue.customers, issue.shared, issue.chain) == (issued, 10, 8, (issued,))


@pytest.mark.parametrize(
    "other",
    [
        {"keys": ["0", "1"]}, {"keys": [*"0123456789", *(f"n{n}" for n in range(20))]}, {"headings": ["客户编号", "手机号"]},
        {"digest": "first"}, {"as_of": "2026-11-30"}, {"keys": []},
    ],
)  # fmt: skip
def test_corrections_other_lists_the_same_file_and_other_months_are_none(
    book: Book, rules: Rules, issued: int, other: dict[str, list[str]]
) -> None:
    assert again(book, rules, **{"keys": list("0123456789"), **other}) is None  # type: ignore[arg-type]


def test_an_undone_import_is_not_re_issued(book: Book, rules: Rules) -> None:
    batch = imported(book, "2026-10", mapping=MAPPING, digest="first")
    (who,) = people(book, {"customer_no": "0"})
    month(book, "2026-10", {who: {"aum_balance": 1}}, batch=batch)
    assert again(book, rules, ["0"]) is not None
    book.reverse(1)
    assert again(book, rules, ["0"]) is None


def test_replacing_takes_out_what_only_the_earlier_issue_reported(
    book: Book, rules: Rules, issued: int
) -> None:
    put(
        book,
        touches,
        {"customer_id": 4, "date": AS_OF, "channel": "phone", "result": "reached", "initiated_by": "m"},
    )
    put(book, movements, {"customer_id": 5, "month": "2026-10", "direction": "new", "cause": "opened", "chosen": 0,
                          "batch_id": issued})  # fmt: skip
    with book.write("import", "extra") as writer:
        elsewhere = writer.conn.execute(
            select(snapshots.c.id).where(snapshots.c.customer_id == 6)
        ).scalar_one()
        writer.update(snapshots, elsewhere, {"batch_id": 99, "fund_balance": 3})
    before = book.fingerprint()
    issue = again(book, rules, [*"012345", "new"])
    assert issue is not None
    with book.read() as conn:
        names = dict(conn.execute(select(customers.c.id, customers.c.customer_no)).all())
        ids = left_behind(conn, issue, [*"012345", "new"])
        owners = dict(conn.execute(select(snapshots.c.id, snapshots.c.customer_id)).all())
    gone = {names[owners[row]] for row in ids}
    assert gone == set("6789") - {names[6]}
    with book.write("import", "again") as writer:
        assert replace(writer, ids, issue.chain) == len(gone)
        change = writer.change_id
    with book.read() as conn:
        left = set(conn.execute(select(customers.c.customer_no)).scalars())
    assert gone.isdisjoint(left)
    assert book.verify() == []
    book.reverse(change)
    assert book.fingerprint() == before


def test_a_customer_of_whom_something_else_is_known_stays(book: Book, rules: Rules, issued: int) -> None:
    ids = people(book, {"customer_no": "hand"})
    month(book, "2026-10", {ids[0]: {"aum_balance": 1}}, batch=issued)
    with book.read() as conn:
        nine = conn.execute(select(customers.c.id).where(customers.c.customer_no == "9")).scalar_one()
    put(
        book,
        touches,
        {"customer_id": nine, "date": AS_OF, "channel": "phone", "result": "reached", "initiated_by": "m"},
    )
    issue = again(book, rules, list("01234567"))
    assert issue is not None
    with book.read() as conn:
        ids_left = left_behind(conn, issue, list("01234567"))
    assert len(ids_left) == 3
    with book.write("import", "again") as writer:
        replace(writer, ids_left, issue.chain)
    with book.read() as conn:
        left = set(conn.execute(select(customers.c.customer_no)).scalars())
    assert {"9", "hand"} <= left  # one has a contact, the other was not brought by that list
    assert "8" not in left


def test_the_third_issue_replaces_what_the_first_two_reported(book: Book, rules: Rules, issued: int) -> None:
    second = imported(book, "2026-10", mapping=MAPPING, digest="second", replaces=issued)
    with book.write("import", "second") as writer:
        writer.update(snapshots, 1, {"batch_id": second, "aum_balance": 7})
    issue = again(book, rules, list("0123456789"), digest="third")
    assert issue is not None
    assert (issue.batch, issue.chain, issue.customers) == (second, (second, issued), 10)


def test_two_versions_stand_side_by_side(book: Book, issued: int) -> None:
    with book.write("import", "second") as writer:
        row = {"change_id": writer.change_id, "replaces": issued}
        batch = _history(writer, **row)
        writer.update_many(snapshots, [
            (1, {"aum_balance": 500, "batch_id": batch, "source_row": 9, "branch": "东街"}),
            (2, {"aum_balance": 700, "batch_id": batch, "source_row": 10}),
        ])  # fmt: skip
        owner = writer.conn.execute(select(snapshots.c.customer_id).where(snapshots.c.id == 1)).scalar_one()
        writer.update(customers, owner, {"branch": "东街", "gender": "男", "batch_id": batch})
        writer.delete(snapshots, [3])
    with book.read() as conn:
        versions_shown = versions(conn, batch, catalogue(), 3)
        number = conn.execute(select(customers.c.customer_no).where(customers.c.id == owner)).scalar_one()
    assert (versions_shown.earlier, versions_shown.later, versions_shown.gone, versions_shown.came) == (
        issued,
        batch,
        1,
        0,
    )
    assert dict(versions_shown.fields) == {"aum_balance": 2, "branch": 1, "gender": 1}
    assert len(versions_shown.cells) == 3
    assert VersionCell(number, f"客{number}", "branch", "", "东街") in versions_shown.cells
    assert any((cell.field, cell.new) == ("aum_balance", "5.00") for cell in versions_shown.cells)


def _history(writer: Writer, **facts: object) -> int:
    row = {
        "at": "x", "file": "重发.xlsx", "file_hash": "2", "sheet": "s", "kind": "customers", "as_of": AS_OF,
        "month": "2026-10", "rows": 1, "new": 0, "changed": 1, "unchanged": 0, "vanished": 0, "refused": 0,
        "mapping": MAPPING, "totals": "[]", "problems": "[]", **facts,
    }  # fmt: skip
    return int(writer.conn.execute(insert(batches).returning(batches.c.id), row).scalar_one())
