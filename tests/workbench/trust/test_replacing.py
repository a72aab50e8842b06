"""A backup made before somebody was deleted does not bring him back: it is named before, and he is deleted again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.engine import Book
from db.journey import prospects
from db.record import audit
from db.tables import customers, referrals
from db.tombstones import Tombstones
from tests.books import PASSPHRASE, new_book
from workbench.base.errors import WorkbenchError
from workbench.rules.parameters import Rules
from workbench.trust.comparing import compare, returning_words
from workbench.trust.personal.room import PersonalData
from workbench.trust.replacing import Replaced, replace_by_backup

NO, NAME, PHONE = "0000001001", "欧阳小满", "13912345678"
DAY = "2026-12-01"
RECEIPTS = ("SC-20261201-01", "SC-20261201-02")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)
    return tmp_path / "客户账本.book"


@pytest.fixture
def backup(place: Path, tmp_path: Path) -> Path:
    """Of two customers, of whom the first is deleted afterwards, as is one who came later; the third is a prospect."""
    with new_book(place) as book:
        with book.write("import", "x") as writer:
            writer.insert(
                customers,
                [
                    {"customer_no": NO, "name": NAME, "phone": PHONE},
                    {"customer_no": "0000001002", "name": "乙", "phone": None},
                ],
            )
            noted = {"source": "other", "created": DAY, "expires": "2027-01-01", "state": "open"}
            writer.insert(prospects, [{**noted, "name": "丁", "phone": "13700000004"}])
            writer.insert(referrals, [{"customer_id": 2, "date": DAY, "referred_phone": PHONE}])
        made = book.backup(tmp_path / "b.book")
        with book.write("import", "y") as writer:
            writer.insert(customers, [{"customer_no": "0000001004", "name": "丁", "phone": "13700000004"}])
        personal = PersonalData(book, Rules.load())
        personal.delete(NO, "本人书面要求")
        personal.delete("0000001004", "本人要求")
    return made


def held(place: Path) -> str:
    """Everything that could bring them back, as text."""
    with Book.open(place, PASSPHRASE) as book, book.read() as conn:
        return str([conn.execute(select(one)).all() for one in (customers, prospects, referrals)])


def test_the_dry_run_names_the_receipts(place: Path, backup: Path) -> None:
    with Book.open(place, PASSPHRASE) as book:
        seen = compare(book, backup)
    assert seen.returning == RECEIPTS
    assert "SC-20261201-01、SC-20261201-02" in returning_words(seen)
    with new_book(place.with_name("leer.book")) as other:
        assert returning_words(compare(other, backup, PASSPHRASE)) == ""


@pytest.mark.parametrize("by_key", [False, True])
def test_who_was_deleted_is_deleted_again_and_no_list_brings_him(
    place: Path, backup: Path, by_key: bool
) -> None:
    with Book.open(place, PASSPHRASE) as book:
        secret = book.secret
    assert NAME in held(backup)
    passphrase, key = ("", secret) if by_key else (PASSPHRASE, None)
    done = replace_by_backup(backup, place, passphrase, secret=key)
    assert (done.receipts, done.unchecked) == (RECEIPTS, False)
    assert "SC-20261201-02" in done.words()
    assert done.kept is not None
    left = held(place)
    assert [one for one in (NAME, NO, PHONE, "13700000004") if one in left] == []
    assert "乙" in left
    assert NAME in held(backup)  # the file itself is only read
    with Book.open(place, PASSPHRASE) as book:
        assert book.verify() == []
        with book.read() as conn:
            marks = Tombstones.of(conn)
            rows = conn.execute(select(audit.c.action, audit.c.subject).order_by(audit.c.id)).all()
    assert marks.receipt("customer_no", "1001") == RECEIPTS[0]
    assert marks.receipt("customer_no", "1004") == RECEIPTS[1]  # whom the backup never knew as a customer
    assert {one.reason for one in marks.stones} == {"本人书面要求", "本人要求"}
    assert [one for one in rows if one.action in ("restore", "person_deleted")] == [
        ("restore", None),
        ("person_deleted", RECEIPTS[0]),
        ("person_deleted", RECEIPTS[1]),
    ]


def test_a_book_that_cannot_be_read_is_replaced_and_it_is_told(place: Path, backup: Path) -> None:
    damaged = bytearray(place.read_bytes())
    damaged[4096 * 4 :] = bytes(len(damaged) - 4096 * 4)
    place.write_bytes(damaged)
    done = replace_by_backup(backup, place, PASSPHRASE)
    assert done.unchecked
    assert "删除回执" in done.words()
    assert NAME in held(place)


def test_a_backup_of_an_older_version_is_refused_once_somebody_was_deleted(
    place: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.trust.replacing.HEAD", "younger")
    before = place.read_bytes()
    with pytest.raises(WorkbenchError, match="SC-20261201-01") as refused:
        replace_by_backup(backup, place, PASSPHRASE)
    assert refused.value.code == "older_than_deletions"
    assert place.read_bytes() == before


def test_where_nothing_stands_or_nobody_was_deleted_nothing_is_told(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.book") as book:
        made = book.backup(tmp_path / "b.book")
    assert replace_by_backup(made, tmp_path / "c.book", PASSPHRASE) == Replaced(None)
    done = replace_by_backup(made, tmp_path / "a.book", PASSPHRASE)
    assert (done.receipts, done.unchecked, done.words()) == ((), False, "")
