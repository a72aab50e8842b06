"""A book goes to a server and comes back: every row, every way back, the audit's chain; over nothing, half never."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from db.engine import Book
from db.errors import BookError
from db.record import audit, batches, changes, journal, settings
from db.stores import opening
from db.stores.address import ServerAddress, server_address
from db.tables import TABLES, customers, products, risks, snapshots
from tests.books import PASSPHRASE
from tests.db.make_books import BOOKS


@pytest.fixture
def rich_book(book: Book) -> Book:
    """Every kind of value, an update, a deletion, an undone change; a computed result."""
    with book.write("import", "一") as writer:
        people = [{"customer_no": f"{n:04d}", "name": f"客户{n}'\\\t\n", "extra": '{"甲": "𠮷"}', "is_new": n % 2,
                   "kyc_completeness": n / 7} for n in range(30)]  # fmt: skip
        ids = writer.insert(customers, people)
        rows = [
            {"customer_id": one, "month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 4,
             "aum_balance": 2**53 + one if one % 3 else None, "age": -1}
            for one in ids
        ]  # fmt: skip
        writer.insert(snapshots, rows)
        row = {
            column.name: 0
            for column in batches.columns
            if column.type.python_type is int and column.name != "id"
        }
        texts = {column.name: "[]" for column in batches.columns if column.type.python_type is str}
        writer.conn.execute(insert(batches), {**row, **texts, "change_id": writer.change_id, "quality": 0.1})
    with book.write("edit", "二") as writer:
        writer.update(customers, 1, {"name": "改名"})
        writer.delete(snapshots, [2, 3])
    with book.write("import", "三") as writer:
        writer.insert(products, [{"product_code": "A", "benchmark": 0.1 + 0.2}])
        writer.insert(settings, [{"key": "a", "value": "1"}])
    book.reverse(3)
    with book.derive() as conn:
        conn.execute(insert(risks), {"customer_id": 1, "month": "2026-01", "risk": 0.5, "rank": 1, "profiles": 0,
                                     "cannot_tell": 0, "facts": 0})  # fmt: skip
    return book


def _records(book: Book) -> list[list[tuple[object, ...]]]:
    """What stands beside the rows."""
    with book.read() as conn:
        return [
            [tuple(row) for row in conn.execute(select(table).order_by(table.c.id))]
            for table in (changes, journal, batches, audit)
        ]


def _restored(backup: Path, url: str) -> Book:
    address = server_address(url)
    assert opening.restore(backup, address, PASSPHRASE) is None
    return Book.open(address)


def test_a_book_goes_to_a_server_and_comes_back_whole(
    rich_book: Book, postgresql: str, tmp_path: Path
) -> None:
    seal, records = rich_book.fingerprint(), _records(rich_book)
    backup = rich_book.backup(tmp_path / "a.book")
    with _restored(backup, postgresql) as there:
        assert there.fingerprint() == seal
        assert _records(there) == records
        assert there.verify() == []
        assert there.count([risks]) == {"risks": 0}
        back = there.backup(tmp_path / "back.book", passphrase="另一个口令")
        with Book.open(back, "另一个口令") as file:
            assert file.fingerprint() == seal
            assert _records(file) == records
            assert file.verify() == []


def test_what_was_done_in_a_file_is_undone_on_a_server_and_the_other_way_round(
    rich_book: Book, postgresql: str, tmp_path: Path
) -> None:
    with _restored(rich_book.backup(tmp_path / "a.book"), postgresql) as there:
        for act in (lambda book: book.reverse(2), lambda book: book.reverse(3, forward=True)):
            act(rich_book)
            act(there)
            assert there.fingerprint() == rich_book.fingerprint()
        with there.write("edit", "四") as writer:
            writer.insert(customers, [{"customer_no": "neu"}])
        with Book.open(there.backup(tmp_path / "b.book", passphrase=PASSPHRASE), PASSPHRASE) as file:
            for change in (4, 3, 1):
                file.reverse(change)
                there.reverse(change)
            assert not any(file.count().values())
            assert file.fingerprint() == there.fingerprint()
            assert there.verify() == file.verify() == []


def test_ids_go_on_behind_those_that_were_copied(rich_book: Book, postgresql: str, tmp_path: Path) -> None:
    with rich_book.read() as conn:
        before = {one.name: max(conn.execute(select(one.c.id)).scalars(), default=0) for one in TABLES}
    with _restored(rich_book.backup(tmp_path / "a.book"), postgresql) as there:
        there.record("something")
        with there.derive() as conn:
            assert (
                conn.execute(select(audit.c.id).order_by(audit.c.id.desc())).scalars().first()
                == before["audit"] + 1
            )
            for table in TABLES:
                name = conn.execute(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')")).scalar_one()
                following = conn.execute(text(f"SELECT nextval('{name}')")).scalar_one()
                assert following > (before[table.name] if table is not risks else 0), table.name
        assert there.verify() == []


def test_a_backup_never_goes_over_anything(rich_book: Book, postgresql: str, tmp_path: Path) -> None:
    backup = rich_book.backup(tmp_path / "a.book")
    with Book.create(postgresql) as there, pytest.raises(BookError) as caught:
        opening.restore(backup, server_address(postgresql), PASSPHRASE)
    assert caught.value.code == "locked"
    with pytest.raises(BookError) as caught:
        opening.restore(backup, server_address(postgresql), PASSPHRASE)
    assert caught.value.code == "exists"
    with Book.open(postgresql) as there:
        assert not any(there.count().values())


@pytest.mark.parametrize("fault", ["passphrase", "cut"])
def test_a_backup_that_cannot_be_read_leaves_the_schema_empty(
    rich_book: Book, postgresql: str, tmp_path: Path, fault: str
) -> None:
    backup = rich_book.backup(tmp_path / "a.book")
    if fault == "cut":
        backup.write_bytes(backup.read_bytes()[: 40 * 4096])
    with pytest.raises(BookError) as caught:
        opening.restore(backup, server_address(postgresql), PASSPHRASE if fault == "cut" else "错的口令")
    assert caught.value.code == ("damaged" if fault == "cut" else "wrong_passphrase")
    with pytest.raises(BookError) as caught:
        Book.open(postgresql)
    assert caught.value.code == "missing"


def test_a_copy_that_differs_is_not_kept(
    rich_book: Book, postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that the other store would keep otherwise: a rounded number."""
    from db.stores.postgresql import PostgreSQLStore

    backup = rich_book.backup(tmp_path / "a.book")
    whole = PostgreSQLStore.insert_rows

    def rounding(store: object, conn: object, table: object, names: object, rows: object) -> None:
        told = [[round(cell, 3) if isinstance(cell, float) else cell for cell in row] for row in rows]  # type: ignore[attr-defined]
        whole(store, conn, table, names, told)  # type: ignore[arg-type]

    monkeypatch.setattr(PostgreSQLStore, "insert_rows", rounding)
    with pytest.raises(BookError) as caught:
        opening.restore(backup, server_address(postgresql), PASSPHRASE)
    assert caught.value.code == "not_alike"
    with pytest.raises(BookError) as caught:
        Book.open(postgresql)
    assert caught.value.code == "missing"


def test_a_backup_of_an_older_version_goes_to_a_server(postgresql: str) -> None:
    with _restored(BOOKS / "0001.book", postgresql) as there:
        assert there.verify() == []
        assert there.count([customers])["customers"] > 0


def test_a_backup_of_a_server_is_private_and_goes_over_no_book(
    server_book: Book, book: Book, tmp_path: Path
) -> None:
    target = server_book.backup(tmp_path / "a.book", passphrase=PASSPHRASE)
    assert target.stat().st_mode & 0o077 == 0
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith("a.book")} == {"a.book"}
    for place in (target, book.path):
        with pytest.raises(BookError) as caught:
            server_book.backup(place, passphrase=PASSPHRASE, replace=True)
        assert caught.value.code == "over_book"


def test_an_address_may_be_given_read_already(postgresql: str) -> None:
    address = server_address(postgresql)
    assert isinstance(address, ServerAddress)
    Book.create(address).close()
    with Book.open(str(postgresql)) as book:
        assert book.shown == str(address)
