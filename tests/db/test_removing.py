"""Who was removed is nowhere in the book, and undo and redo of everything else go on as if he had never been in it."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import book_key
from db.engine import Book
from db.images import Image
from db.journey import prospects
from db.known import relations
from db.record import audit, batches, changes, journal
from db.removing import CoveredTexts, Removal, rows_of
from db.tables import GIVEN, customers, snapshots, touches
from db.tombstones import Tombstones
from db.trusted import tombstones
from db.week import pins
from tests.books import new_book, reversed_one

GONE, STAYS = "欧阳小满", "慕容大雪"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    monkeypatch.setattr(book_key, "COST", 16)
    return new_book(tmp_path / "a.book")


def customer(number: str, name: str) -> dict[str, Any]:
    return {"customer_no": number, "name": name}


def touch(of: int, note: str) -> dict[str, Any]:
    return {
        "customer_id": of, "date": "2026-02-03", "channel": "phone", "result": "reached", "initiated_by": "us",
        "note": note,
    }  # fmt: skip


def everything(book: Book) -> str:
    """All that the book keeps, images unpacked."""
    with book.read() as conn:
        rows: list[Any] = [
            {**row, "images": str(Image.unpack(row["images"]).rows)}
            for row in conn.execute(select(journal)).mappings()
        ]
        for table in (*GIVEN, batches, changes, audit, tombstones):
            rows += [dict(row) for row in conn.execute(select(table)).mappings()]
    return json.dumps(rows, ensure_ascii=False, default=str)


def covered(text: str) -> str:
    return text.replace(GONE, "***")


def removal(book: Book, of: int) -> Removal:
    with book.read() as conn:
        rows = rows_of(conn, {of})
    columns = {touches: ("note",), pins: ("text",), changes: ("summary",)}
    texts = (CoveredTexts(columns, (GONE,), covered),)
    return Removal(rows, texts, marks=(("customer_no", "K1001Z"),), receipt="SC-1", reason="本人要求")


def lived(book: Book, seed: int) -> tuple[list[int], list[int]]:
    """Two customers with a life of their own, some of it taken back: changes in force and undone."""
    by_chance = random.Random(seed)
    done: list[int] = []
    with book.write("import", "一") as writer:
        writer.insert(customers, [customer("K1001Z", GONE), customer("K1002Z", STAYS)])
        done.append(writer.change_id)
    for step in range(14):
        of = by_chance.choice((1, 2))
        with book.write("edit", f"{step} {GONE}") as writer:
            match by_chance.randrange(7):
                case 0:
                    writer.insert(touches, [touch(1, f"{GONE}来过"), touch(2, f"与{GONE}同来 {step}")])
                case 1:
                    writer.insert(snapshots, [
                        {"customer_id": n, "month": f"2026-{step + 1:02d}"[:7], "as_of": "2026-01-31", "batch_id": 1,
                         "source_row": n, "note": GONE if n == 1 else None} for n in (1, 2)
                    ])  # fmt: skip
                case 2:
                    writer.update_many(customers, [(n, {"branch": f"{step}"}) for n in (1, 2)])
                case 3:
                    writer.confirm(customers, [1, 2])
                    writer.insert(pins, [{"customer_id": of, "text": f"{GONE}{step}", "made": "2026-02-03"}])
                case 4:
                    writer.insert(relations, [
                        {"customer_id": 2, "other_id": 1, "other_name": GONE, "kind": "spouse", "date": "2026-01-01"}
                    ])  # fmt: skip
                case 5:
                    writer.insert(prospects, [
                        {"name": "赵先生", "source": "other", "created": "2026-02-09", "expires": "2026-08-08",
                         "state": "open", "referrer_id": of}
                    ])  # fmt: skip
                case _:
                    ids = list(writer.conn.execute(select(touches.c.id)).scalars())
                    writer.delete(touches, by_chance.sample(ids, min(2, len(ids))))
            changed = writer.change_id if writer.counts else 0
        if changed:
            done.append(changed)
    undone: list[int] = []
    for _n in range(4):
        reversed_one(book, "undo", by_chance.randrange(99), done, undone)
    return done, undone


@pytest.mark.parametrize("seed", range(3))
def test_nothing_brings_him_back_and_every_other_change_turns_as_before(book: Book, seed: int) -> None:
    done, undone = lived(book, seed)
    assert GONE in everything(book)
    book.remove("person_deleted", removal(book, 1))
    assert book.verify() == []
    assert GONE not in everything(book)
    assert "K1001Z" not in everything(book)
    by_chance = random.Random(seed)
    for _n in range(25):
        reversed_one(book, by_chance.choice(("undo", "redo")), by_chance.randrange(99), done, undone)
        assert GONE not in everything(book)
        with book.read() as conn:
            assert conn.execute(select(customers.c.customer_no)).scalars().all() in (["K1002Z"], [])
    while undone:
        reversed_one(book, "redo", 0, done, undone)
    with book.read() as conn:
        assert conn.execute(select(customers.c.name)).scalars().all() == [STAYS]
    assert book.verify() == []


def test_a_dry_run_writes_nothing_and_counts_the_same(book: Book) -> None:
    lived(book, 3)
    before = everything(book)
    seen = book.remove("person_deleted", removal(book, 1), keep=False)
    assert everything(book) == before
    assert seen.rows["customers"] == 1
    assert book.remove("person_deleted", removal(book, 1)) == seen


def test_an_id_is_never_given_to_another(book: Book) -> None:
    with book.write("import", "一") as writer:
        writer.insert(customers, [customer("K1001Z", GONE)])
    book.remove("person_deleted", removal(book, 1))
    with book.write("import", "二") as writer:
        assert writer.insert(customers, [customer("1003", STAYS)])[0] == 2


def test_a_mark_recognises_him_until_it_is_lifted(book: Book) -> None:
    lived(book, 1)
    book.remove("person_deleted", removal(book, 1))
    with book.read() as conn:
        marks = Tombstones.of(conn)
    assert (marks.receipt("customer_no", "K1001Z"), marks.receipt("customer_no", "K1002Z")) == ("SC-1", "")
    assert (book.lift_tombstones("SC-2"), book.lift_tombstones("SC-1")) == (0, 1)
    with book.read() as conn:
        assert Tombstones.of(conn).receipt("customer_no", "K1001Z") == ""
    assert book.verify() == []
