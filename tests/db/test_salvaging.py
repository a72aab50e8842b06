"""A damaged page costs its own rows alone: whatever else the book holds comes into the new one, which opens by the same ways."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db import book_key, key_slots, raw_rows
from db.cipher_pages import CipherPages
from db.connection import PAGE
from db.engine import Book
from db.errors import BookError
from db.record import audit
from db.salvaging import Salvaged, salvage
from db.tables import customers, snapshots, touches
from db.unlocking import unlock
from tests.books import PASSPHRASE, new_book

PEOPLE = 800


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of many pages, closed: customers, a month of each, and a few touches whose note fills several pages."""
    path = tmp_path_factory.mktemp("salvage") / "a.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with new_book(path) as book, book.write("import", "x") as writer:
            writer.insert(
                customers, [{"customer_no": f"{n:010}", "name": "客户" * 20} for n in range(PEOPLE)]
            )
            ids = range(1, PEOPLE + 1)
            writer.insert(
                snapshots,
                [
                    {
                        "customer_id": n,
                        "month": "2026-10",
                        "as_of": "2026-10-31",
                        "batch_id": 1,
                        "source_row": n,
                    }
                    for n in ids
                ],
            )
            writer.insert(
                touches,
                [
                    {
                        "customer_id": n,
                        "date": "2026-10-09",
                        "channel": "phone",
                        "result": "reached",
                        "initiated_by": "us",
                        "note": f"记{n}" * 4000,
                    }
                    for n in (1, 2, 3)
                ],
            )
    return path


def pages_of(path: Path) -> tuple[CipherPages, dict[str, int]]:
    """The pages of a sound book, and the first page of each table."""
    pages = CipherPages.of(path, unlock(path, PASSPHRASE).secret)
    rows = raw_rows.walk(pages.page, 1).rows
    return pages, {str(row.cells[1]): int(row.cells[3] or 0) for row in rows if row.cells[0] == "table"}


def harmed(whole: Path, tmp_path: Path, *pages: int, at: int = 100, zero: bool = False) -> Path:
    """A copy in which one bit of each of these pages is turned, or all of them are zeros."""
    copy = tmp_path / "damaged.book"
    content = bytearray(whole.read_bytes())
    for page in pages:
        start = (page - 1) * PAGE
        if zero:
            content[start : start + PAGE] = bytes(PAGE)
        else:
            content[start + at] ^= 1
    copy.write_bytes(content)
    return copy


def salvaged(source: Path, tmp_path: Path) -> Salvaged:
    before = source.read_bytes()
    done = salvage(source, tmp_path / "new.book", PASSPHRASE)
    assert source.read_bytes() == before
    return done


def held(path: Path) -> tuple[str, list[str]]:
    with Book.open(path, PASSPHRASE) as book:
        return book.fingerprint(), book.verify()


def leaf_of(whole: Path, table: str) -> tuple[int, list[int]]:
    """A leaf of a table that has several, and the ids of its rows."""
    pages, roots = pages_of(whole)
    tree = raw_rows.walk(pages.page, roots[table])
    leaf = sorted(number for number in tree.met if raw_rows.is_leaf(pages.page(number), number))[1]
    content = pages.page(leaf)
    assert content is not None
    return leaf, [row.id for row in raw_rows.rows_of(content, leaf, pages.page)[0]]


def test_a_damaged_leaf_costs_its_own_rows(whole: Path, tmp_path: Path) -> None:
    leaf, ids = leaf_of(whole, "snapshots")
    done = salvaged(harmed(whole, tmp_path, leaf), tmp_path)
    (lossy,) = done.broken
    assert (lossy.name, lossy.pages, lossy.rows) == ("snapshots", 1, PEOPLE - len(ids))
    assert done.bad_pages == 1
    with Book.open(done.book, PASSPHRASE) as book, book.read() as conn:
        assert set(conn.execute(select(snapshots.c.id)).scalars()) == set(range(1, PEOPLE + 1)) - set(ids)
        assert len(conn.execute(select(customers.c.id)).all()) == PEOPLE
    with Book.open(done.book, PASSPHRASE) as book:
        assert book.verify() == []
        assert lossy.lost == len(ids)


def test_what_refers_to_a_lost_customer_stays_out_and_is_counted(whole: Path, tmp_path: Path) -> None:
    leaf, ids = leaf_of(whole, "customers")
    done = salvaged(harmed(whole, tmp_path, leaf), tmp_path)
    by_name = {one.name: one for one in done.broken}
    assert by_name["customers"].rows == PEOPLE - len(ids)
    assert by_name["snapshots"].orphans == len(ids)
    with Book.open(done.book, PASSPHRASE) as book, book.read() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []


@pytest.mark.parametrize("zero", [False, True])
def test_the_first_page_costs_nothing_even_with_the_head_of_the_file(
    whole: Path, tmp_path: Path, zero: bool
) -> None:
    done = salvaged(harmed(whole, tmp_path, 1, zero=zero), tmp_path)
    assert (done.bad_pages, done.sealed) == (1, not zero)
    assert held(done.book)[0] == held(whole)[0]


def test_a_damaged_inner_page_costs_nothing(whole: Path, tmp_path: Path) -> None:
    _pages, roots = pages_of(whole)
    copy = harmed(whole, tmp_path, roots["customers"], roots["snapshots"])
    assert held(salvaged(copy, tmp_path).book)[0] == held(whole)[0]


def test_a_row_that_fills_several_pages_is_lost_alone(whole: Path, tmp_path: Path) -> None:
    pages, roots = pages_of(whole)
    root = pages.page(roots["touches"])
    assert root is not None
    missing: list[int] = []

    def noted(number: int) -> bytes | None:
        missing.append(number)
        return pages.page(number)

    raw_rows.rows_of(root, roots["touches"], noted)
    done = salvaged(harmed(whole, tmp_path, missing[-1]), tmp_path)
    with Book.open(done.book, PASSPHRASE) as book, book.read() as conn:
        kept = conn.execute(select(touches.c.id)).scalars().all()
    assert len(kept) == 2
    assert [(one.name, one.rows) for one in done.broken] == [("touches", 2)]


def test_a_file_that_is_cut_off_gives_what_is_left(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "damaged.book"
    content = whole.read_bytes()
    copy.write_bytes(content[: len(content) // 2 // PAGE * PAGE + 17])
    done = salvaged(copy, tmp_path)
    assert done.bad_pages >= 1
    assert done.broken
    with Book.open(done.book, PASSPHRASE) as book, book.read() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_the_log_beside_the_book_is_taken_up_to_its_last_whole_commit(whole: Path, tmp_path: Path) -> None:
    open_ = tmp_path / "open.book"
    shutil.copyfile(whole, open_)
    copy = tmp_path / "damaged.book"
    with Book.open(open_, PASSPHRASE) as book:
        book.record("late")
        for tail in ("", "-wal"):
            shutil.copyfile(f"{open_}{tail}", f"{copy}{tail}")
    with Path(f"{copy}-wal").open("ab") as log:
        log.write(b"torn" * 500)
    done = salvaged(copy, tmp_path)
    with Book.open(done.book, PASSPHRASE) as book, book.read() as conn:
        assert "late" in conn.execute(select(audit.c.action)).scalars().all()


def test_refuses_another_passphrase_a_taken_place_and_an_open_book(whole: Path, tmp_path: Path) -> None:
    copy = harmed(whole, tmp_path, 5)

    def refusal(job: Callable[[], object]) -> str:
        with pytest.raises(BookError) as caught:
            job()
        return caught.value.code

    assert refusal(lambda: salvage(copy, tmp_path / "new.book", "another one 9")) == "wrong_passphrase"
    assert refusal(lambda: salvage(copy, whole, PASSPHRASE)) == "exists"
    with Book.open(whole, PASSPHRASE):
        assert refusal(lambda: salvage(whole, tmp_path / "new.book", PASSPHRASE)) == "locked"
    assert not (tmp_path / "new.book").exists()


def test_the_new_book_opens_by_the_same_ways_and_can_be_written(whole: Path, tmp_path: Path) -> None:
    done = salvaged(harmed(whole, tmp_path, leaf_of(whole, "snapshots")[0]), tmp_path)
    assert key_slots.read(done.book) == key_slots.read(whole)
    with Book.open(done.book, PASSPHRASE) as book:
        with book.write("import", "x") as writer:
            writer.insert(customers, [{"customer_no": "9999999999", "name": "新"}])
        with book.read() as conn:
            assert (
                conn.execute(select(customers.c.id).where(customers.c.name == "新")).scalar_one()
                == PEOPLE + 1
            )
