"""A person's data is told, deleted wherever it stands, and not brought back; what is kept too long goes after it was shown."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from db import book_key
from db.engine import Book
from db.images import Image
from db.journey import prospects
from db.known import relations
from db.record import batches, journal
from db.tables import customers, referrals, snapshots, touches
from db.tombstones import Tombstones
from tests.books import PASSPHRASE, new_book
from workbench.base.errors import WorkbenchError
from workbench.people.prospects.prospect import NewProspect
from workbench.people.prospects.room import Prospects
from workbench.rules.parameters import Rules
from workbench.trust.personal.room import PersonalData

NAME, PHONE, ID, NO = "欧阳小满", "13912345678", "11010519491231002X", "0000001001"
DAY = "2026-12-01"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers and a stranger; everything that can name the first does."""
    path = tmp_path_factory.mktemp("personal") / "kept.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with new_book(path) as book:
            _fill(book)
    return path


def _fill(book: Book) -> None:
    with book.write("import", f"{NAME}.xlsx") as writer:
        batch = {
            "change_id": writer.change_id, "at": DAY, "file": f"{NAME}.xlsx", "file_hash": "x", "sheet": "一",
            "kind": "customers", "rows": 2, "new": 2, "changed": 0, "unchanged": 0, "vanished": 0, "refused": 0,
            "mapping": "[]", "totals": "[]",
            "problems": json.dumps([{"row": 4, "value": "1381234", "code": "bad_phone"}, {"row": 5, "value": "乙", "code": "x"}]),
            "edits": json.dumps([{"row": 4, "text": NAME}]),
        }  # fmt: skip
        writer.conn.execute(batches.insert(), batch)
        writer.note(batches)
        writer.insert(customers, [
            {"customer_no": NO, "name": NAME, "phone": PHONE, "id_no": ID, "batch_id": 1, "source_row": 4,
             "close_date": None, "extra": None},
            {"customer_no": "0000001002", "name": "乙", "phone": "13700000000", "id_no": None, "batch_id": 1,
             "source_row": 5, "close_date": "2019-05-01", "extra": json.dumps({"推荐人": NAME}, ensure_ascii=False)},
            {"customer_no": "0000001003", "name": "丙", "phone": None, "id_no": None, "batch_id": 1,
             "source_row": 6, "close_date": None, "extra": None},
        ])  # fmt: skip
        writer.insert(snapshots, [
            {"customer_id": of, "month": month, "as_of": f"{month}-28", "batch_id": 1, "source_row": 3 + of}
            for of in (1, 3) for month in ("2023-11", "2023-12", "2026-11")
        ])  # fmt: skip
    with book.write("log", f"登记联系({NAME})") as writer:
        note = {"date": "2026-11-30", "channel": "call", "result": "reached", "initiated_by": "manager"}
        writer.insert(touches, [
            {**note, "customer_id": 1, "note": "问了存单"},
            {**note, "customer_id": 3, "note": f"{NAME}的朋友,他电话 139-1234-5678"},
        ])  # fmt: skip
        writer.insert(
            relations, [{"customer_id": 3, "other_id": 1, "other_name": NAME, "kind": "spouse", "date": DAY}]
        )
        writer.insert(
            referrals, [{"customer_id": 3, "date": DAY, "referred_name": NAME, "referred_phone": PHONE}]
        )
        writer.insert(prospects, [
            {"name": "欧阳先生", "phone": PHONE, "source": "other", "created": DAY, "expires": "2027-01-01", "state": "open",
             "referrer_id": None},
            {"name": "赵先生", "phone": None, "source": "referral", "created": DAY, "expires": "2027-01-01",
             "state": "open", "referrer_id": 1},
        ])  # fmt: skip
    with book.write("change", "改") as writer:
        writer.update(customers, 1, {"name": "欧阳满", "phone": "13800001111"})
        writer.update(touches, 2, {"note": f"{NAME}又来"})


@pytest.fixture
def book(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)
    with Book.open(Path(shutil.copyfile(kept, tmp_path / "a.book")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def personal(book: Book) -> PersonalData:
    return PersonalData(book, Rules.load())


def everything(book: Book) -> str:
    with book.read() as conn:
        rows = [
            {key: str(Image.unpack(value).rows) if key == "images" else value for key, value in row.items()}
            for name in inspect(conn).get_table_names()
            for row in conn.execute(text(f"SELECT * FROM {name}")).mappings()
        ]
    return json.dumps(rows, ensure_ascii=False, default=str)


def test_the_extract_tells_every_place_with_its_words(personal: PersonalData) -> None:
    made = personal.extract(NO)
    assert {place.table: len(place.rows) for place in made.places} == {
        "customers": 1, "snapshots": 3, "touches": 1, "relations": 1,
    }  # fmt: skip
    (own,) = (place for place in made.places if place.table == "customers")
    assert ("phone", "手机号", "13800001111") in own.rows[0]
    assert {"touches", "batches", "changes", "customers"} <= {one.table for one in made.mentions}
    assert "values" not in json.dumps(made.as_json(in_full=False))
    assert "13800001111" in json.dumps(made.as_json(in_full=True))


def test_a_deletion_shows_first_then_leaves_nothing_anywhere(book: Book, personal: PersonalData) -> None:
    before = book.fingerprint()
    seen = personal.foreseen(NO)
    assert book.fingerprint() == before
    done = personal.delete(NO, f"{NAME}书面要求")
    assert (done.gone, done.receipt, done.reason) == (seen.gone, "SC-20261201-01", "***书面要求")
    whole = everything(book)
    assert [
        word
        for word in (NAME, "欧阳满", PHONE, "13800001111", "139-1234-5678", ID, NO, "1381234")
        if word in whole
    ] == []
    assert book.verify() == []
    with book.read() as conn:
        assert conn.execute(select(customers.c.customer_no)).scalars().all() == ["0000001002", "0000001003"]
        assert conn.execute(select(touches.c.note)).scalars().all() == ["***又来"]
        assert conn.execute(select(prospects.c.name, prospects.c.referrer_id)).all() == [("赵先生", None)]
        assert conn.execute(select(batches.c.rows, batches.c.new)).all() == [(2, 2)]
        marks = Tombstones.of(conn)
    assert [
        bool(marks.receipt(*one))
        for one in (("customer_no", "1001"), ("id_no", ID), ("phone", PHONE), ("phone", "13700000000"))
    ] == [True, True, True, False]
    for change in (3, 2, 1):
        book.reverse(change, keep_later=True)
        book.reverse(change, forward=True, keep_later=True)
        assert NAME not in everything(book)


def test_a_namesake_keeps_his_name_and_it_is_told(book: Book, personal: PersonalData) -> None:
    with book.write("change", "改名") as writer:
        writer.update(customers, 3, {"name": NAME})
    done = personal.delete(NO, "本人要求")
    assert done.namesakes == 1
    assert any("1 位同名客户" in one for one in done.stays)
    with book.read() as conn:
        assert conn.execute(select(customers.c.name).where(customers.c.id == 3)).scalar() == NAME
    assert PHONE not in everything(book)


def test_the_marks_go_when_he_agrees_again(book: Book, personal: PersonalData) -> None:
    done = personal.delete(NO, "本人要求")
    typed = NewProspect("欧阳先生", PHONE, "other", "", "", "", "yes", "", "")
    with pytest.raises(WorkbenchError, match=done.receipt):
        Prospects(book, Rules.load()).add(typed)
    with pytest.raises(WorkbenchError, match="回执号"):
        personal.lift("SC-19990101-01", "同意")
    assert personal.lift(done.receipt, "本人同意") == 8


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_deleted_without_a_reason(personal: PersonalData, reason: str) -> None:
    with pytest.raises(WorkbenchError, match="原因"):
        personal.delete(NO, reason)


def test_who_is_on_a_list_again_is_kept_whatever_day_he_once_left(book: Book, personal: PersonalData) -> None:
    with book.write("import", "又来") as writer:
        row = {"customer_id": 2, "month": "2026-11", "as_of": "2026-11-30", "batch_id": 1, "source_row": 5}
        writer.insert(snapshots, [row])
    assert personal.overdue().left == 0


def test_what_is_kept_too_long_is_shown_then_goes(book: Book, personal: PersonalData) -> None:
    seen = personal.overdue()
    assert (seen.before, seen.left_before, seen.left) == ("2023-12", "2021-12-02", 1)
    assert {one.table: one.count for one in seen.gone} == {"snapshots": 2, "customers": 1}
    assert seen.due
    assert personal.clean_up().gone == seen.gone
    after = personal.overdue()
    assert (after.rows, after.last, after.due) == (0, DAY, False)
    with book.read() as conn:
        assert set(conn.execute(select(snapshots.c.month)).scalars()) == {"2023-12", "2026-11"}
        assert conn.execute(select(journal.c.id).where(journal.c.op == "delete")).first() is None
    assert book.verify() == []
