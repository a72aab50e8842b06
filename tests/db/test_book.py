"""The book: encrypted, private, one writer, undoable, upgraded with a backup, newer ones refused."""

import stat
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import text, update

from db import record, tables
from db.audit import Finding
from db.engine import Book
from db.errors import BookError
from db.journal import Writer
from db.unlocking import unlock
from tests.laws import law


def _people(writer: Writer, *numbers: str) -> range:
    return writer.insert(tables.customers, [{"customer_no": n, "name": f"客户{n}"} for n in numbers])


def _snapshot(customer: int, month: str = "2026-01", aum: int = 100) -> dict[str, object]:
    return {
        "customer_id": customer,
        "month": month,
        "as_of": month + "-31",
        "batch_id": 1,
        "source_row": 4,
        "aum_balance": aum,
    }


def test_the_file_is_encrypted_and_private(book: Book) -> None:
    with book.write("test", "一位客户") as writer:
        _people(writer, "00012345")
    book.close()
    content = book.path.read_bytes()
    assert b"00012345" not in content
    assert not content.startswith(b"SQLite format 3")
    if sys.platform != "win32":
        assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


def test_any_sqlcipher_tool_opens_it_with_the_key_of_a_slot(tmp_path: Path, passphrase: str) -> None:
    import sqlcipher3.dbapi2 as driver

    Book.create(tmp_path / "a.book", passphrase).close()
    raw = driver.connect(str(tmp_path / "a.book"))
    raw.execute(f'PRAGMA key="{unlock(tmp_path / "a.book", passphrase).key}"')
    assert raw.execute("SELECT count(*) FROM customers").fetchone() == (0,)
    raw.close()


def test_a_wrong_passphrase_is_named(book: Book) -> None:
    book.close()
    with pytest.raises(BookError) as caught:
        Book.open(book.path, "错的口令")
    assert caught.value.code == "wrong_passphrase"


def test_a_second_window_finds_the_book_locked(book: Book, passphrase: str) -> None:
    with pytest.raises(BookError) as caught:
        Book.open(book.path, passphrase)
    assert caught.value.code == "locked"
    book.close()
    Book.open(book.path, passphrase).close()


def test_a_missing_and_a_plain_file_are_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(BookError) as caught:
        Book.open(tmp_path / "none.book", passphrase)
    assert caught.value.code == "missing"
    (tmp_path / "short.book").write_bytes(b"abc")
    with pytest.raises(BookError) as caught:
        Book.open(tmp_path / "short.book", passphrase)
    assert caught.value.code == "not_a_book"


def test_a_book_is_never_overwritten_by_a_new_one(book: Book, passphrase: str) -> None:
    with pytest.raises(BookError) as caught:
        Book.create(book.path, passphrase)
    assert caught.value.code == "exists"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, passphrase: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BookError) as caught:
        Book.create(tmp_path / "file" / "a.book", passphrase)
    assert caught.value.code == "no_folder"


def test_a_newer_book_is_refused_untouched(book: Book, passphrase: str) -> None:
    with book.derive() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    book.close()
    before = book.path.read_bytes()
    with pytest.raises(BookError) as caught:
        Book.open(book.path, passphrase)
    assert caught.value.code == "newer"
    assert book.path.read_bytes() == before


def test_a_full_disk_is_named_and_changes_nothing(book: Book) -> None:
    with book.write("test", "一位客户") as writer:
        _people(writer, "1")
    before = book.fingerprint()
    with pytest.raises(BookError) as caught, book.write("test", "很多客户") as writer:
        pages = writer.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        writer.conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
        _people(writer, *(f"{n:08d}" for n in range(50_000)))
    assert caught.value.code == "disk_full"
    assert book.fingerprint() == before


def test_what_was_saved_survives_a_power_cut(book: Book) -> None:
    with book.read() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_page_torn_by_a_power_cut_is_no_damage_while_the_log_has_it(
    book: Book, tmp_path: Path, passphrase: str
) -> None:
    """The power fails while the write-ahead log is brought into the file: the check reads the file's own pages."""
    with book.write("customer", "一位客户") as writer:
        writer.insert(tables.customers, [{"customer_no": "00000001", "name": "张三"}])
    copy, log = tmp_path / "copy.book", Path(f"{book.path}-wal").read_bytes()
    Path(f"{copy}-wal").write_bytes(log)
    copy.write_bytes(book.path.read_bytes())
    size = copy.stat().st_size // 4096
    logged = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), 24 + 4096)}
    with copy.open("r+b") as file:
        file.seek((max(one for one in logged if one <= size) - 1) * 4096)
        file.write(bytes(1_000))
    with Book.open(copy, passphrase) as opened:
        assert opened.verify() == []
        assert opened.fingerprint() == book.fingerprint()


def test_undo_and_redo_leave_identical_books(any_book: Book) -> None:
    empty = any_book.fingerprint()
    with any_book.write("import", "二月") as writer:
        ids = _people(writer, "1", "2", "3")
        writer.insert(tables.snapshots, [_snapshot(i) for i in ids])
    first = any_book.fingerprint()
    with any_book.write("edit", "改名") as writer:
        assert writer.update_many(tables.customers, [(1, {"name": "李四"}), (2, {"name": "客户2"})]) == 1
        assert writer.delete(tables.snapshots, [3]) == 1
    second = any_book.fingerprint()
    any_book.reverse(2)
    assert any_book.fingerprint() == first
    any_book.reverse(2, forward=True)
    assert any_book.fingerprint() == second
    any_book.reverse(2)
    any_book.reverse(1)
    assert any_book.fingerprint() == empty
    any_book.reverse(1, forward=True)
    assert any_book.fingerprint() == first
    assert any_book.verify() == []


def test_an_older_change_is_not_undone_under_a_later_one(any_book: Book) -> None:
    with any_book.write("import", "一") as writer:
        _people(writer, "1")
    with any_book.write("edit", "二") as writer:
        writer.update(tables.customers, 1, {"name": "李四"})
    with pytest.raises(BookError) as caught:
        any_book.reverse(1)
    assert (caught.value.code, caught.value.facts["changes"]) == ("changed_later", [2])


def test_undo_never_takes_away_what_later_rows_stand_on(any_book: Book) -> None:
    with any_book.write("import", "一") as writer:
        _people(writer, "1")
    with any_book.write("import", "二") as writer:
        writer.insert(tables.snapshots, [_snapshot(1)])
    before = any_book.fingerprint()
    with pytest.raises(BookError) as caught:
        any_book.reverse(1)
    assert caught.value.code == "needed_later"
    assert any_book.fingerprint() == before


def test_ids_are_never_used_twice(any_book: Book) -> None:
    with any_book.write("import", "一") as writer:
        assert list(_people(writer, "1", "2")) == [1, 2]
    any_book.reverse(1)
    with any_book.write("import", "二") as writer:
        assert list(_people(writer, "1")) == [3]


def test_a_write_that_changes_nothing_leaves_no_trace(any_book: Book) -> None:
    revision = any_book.revision()
    with any_book.write("test", "空") as writer:
        assert list(_people(writer)) == []
    with any_book.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM changes")).scalar() == 0
    assert any_book.revision() == revision


def test_a_failure_inside_a_write_changes_nothing(any_book: Book) -> None:
    before = any_book.fingerprint()
    with pytest.raises(ZeroDivisionError), any_book.write("test", "坏") as writer:
        _people(writer, "1")
        _ = 1 / 0
    assert any_book.fingerprint() == before


STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "update", "delete"]), st.integers(0, 99)), min_size=1, max_size=6
)


@law(examples=100, few=8, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_undo_in_reverse_order_restores_every_step(
    new_books: Callable[[], AbstractContextManager[Book]], steps: list[tuple[str, int]]
) -> None:
    with new_books() as book:
        prints = [book.fingerprint()]
        made = []
        for number, (step, pick) in enumerate(steps):
            with book.write(step, str(number)) as writer:
                ids = list(writer.conn.execute(text("SELECT id FROM customers")).scalars())
                if step == "insert" or not ids:
                    _people(writer, *(f"{number}-{n}" for n in range(pick % 4 + 1)))
                elif step == "update":
                    writer.update(tables.customers, ids[pick % len(ids)], {"name": f"新名{number}"})
                else:
                    writer.delete(tables.customers, [ids[pick % len(ids)]])
                made.append(writer.change_id)
            prints.append(book.fingerprint())
        for change, expected in zip(reversed(made), reversed(prints[:-1]), strict=True):
            book.reverse(change)
            assert book.fingerprint() == expected
        for change, expected in zip(made, prints[1:], strict=True):
            book.reverse(change, forward=True)
            assert book.fingerprint() == expected


@pytest.mark.parametrize("tampered", [{"action": "nothing"}, {"previous": "x"}, {"facts": "{}"}])
def test_a_tampered_audit_row_is_found(any_book: Book, tampered: dict[str, str]) -> None:
    for number in range(3):
        with any_book.write("test", str(number)) as writer:
            _people(writer, str(number))
    assert any_book.verify() == []
    with any_book.derive() as conn:
        conn.execute(update(record.audit).where(record.audit.c.id == 2).values(tampered))
    assert Finding("audit_changed", row=2) in any_book.verify()


def test_a_backup_is_a_whole_book_of_its_own(book: Book, tmp_path: Path, passphrase: str) -> None:
    with book.write("test", "一") as writer:
        _people(writer, "1")
    copy = book.backup(tmp_path / "备份" / "copy.book")
    with Book.open(copy, passphrase) as opened:
        assert opened.fingerprint() == book.fingerprint()


def test_the_revision_grows_only_with_figures(any_book: Book) -> None:
    before = any_book.revision()
    with any_book.write("setting", "语言") as writer:
        writer.insert(record.settings, [{"key": "a", "value": "1"}])
    assert any_book.revision() == before
    with any_book.write("test", "一") as writer:
        _people(writer, "1")
    assert any_book.revision() > before
