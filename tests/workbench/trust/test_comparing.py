"""Before a backup takes the book's place it is said what would be different; today's passphrase stays the way in."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db import restoring
from db.engine import Book
from db.record import audit
from db.tables import customers
from tests.books import PASSPHRASE, new_book
from workbench.base.errors import WorkbenchError
from workbench.trust.comparing import compare, sentence
from workbench.trust.replacing import restored

OTHER = "correct-horse-battery-7"


def customer(book: Book, number: str) -> None:
    with book.write("import", "x") as writer:
        writer.insert(customers, [{"customer_no": number, "name": "王小明"}])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "客户账本.book"


@pytest.fixture
def backup(place: Path, tmp_path: Path) -> Path:
    """A backup of a book with one customer; the book got a second one after it."""
    with new_book(place) as book:
        customer(book, "1")
        made = book.backup(tmp_path / "b.book")
        customer(book, "2")
    return made


def test_what_a_restore_would_take_away_is_named(place: Path, backup: Path) -> None:
    before = place.read_bytes(), backup.read_bytes()
    with Book.open(place, PASSPHRASE) as book:
        told = compare(book, backup)
    assert (told.standing, told.customers_now, told.customers_then) == ("earlier", 2, 1)
    assert (told.gone, told.back, told.lost_count) == (1, 0, 1)
    assert told.lost[0].words == "导入名单“x”"
    assert [(one.words, one.now, one.then) for one in told.tables] == [("客户", 2, 1)]
    assert "1 项改动" in sentence(told)
    assert (place.read_bytes(), backup.read_bytes()) == before


def test_a_backup_of_the_same_state_and_one_of_another_book(
    place: Path, backup: Path, tmp_path: Path
) -> None:
    with new_book(tmp_path / "other.book", OTHER) as other:
        customer(other, "1")
        equal = other.backup(tmp_path / "equal.book")
        assert compare(other, equal).standing == "equal"
        with pytest.raises(WorkbenchError) as caught:
            compare(other, backup)
        assert caught.value.code == "wrong_passphrase"
        assert compare(other, backup, PASSPHRASE).standing == "apart"


def test_restored_by_the_books_own_key_it_keeps_todays_ways_in(place: Path, backup: Path) -> None:
    with Book.open(place, PASSPHRASE) as book:
        secret = book.secret
        today = restoring.key_slots.read(place)
    assert today is not None
    slot = restoring.key_slots.KeySlot.closing("passphrase", secret or b"", OTHER)
    restoring.key_slots.write(place, today.with_slot(slot), lambda _back: True)
    kept = restoring.restore(backup, place, "", secret=secret, record=restored(backup))
    assert kept is not None
    with Book.open(place, OTHER) as book, book.read() as conn:
        assert conn.execute(select(customers.c.customer_no)).scalars().all() == ["1"]
        assert conn.execute(select(audit.c.action).order_by(audit.c.id.desc())).scalars().first() == "restore"
    with Book.open(place, OTHER) as book:
        assert book.verify() == []


def test_a_backup_with_a_damaged_page_is_not_restored(place: Path, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[5 * 4096 + 9] ^= 1
    backup.write_bytes(content)
    before = place.read_bytes()
    with Book.open(place, PASSPHRASE) as book:
        secret = book.secret
    with pytest.raises(restoring.BookError) as caught:
        restoring.restore(backup, place, "", secret=secret)
    assert (caught.value.code, caught.value.facts["backup"]) == ("damaged", True)
    assert place.read_bytes() == before


def test_an_undone_change_is_named_too(place: Path, backup: Path) -> None:
    with Book.open(place, PASSPHRASE) as book:
        book.reverse(1)
        told = compare(book, backup)
    assert told.lost[0].words == "撤销了:导入名单“x”"
    assert told.lost_count == 2
