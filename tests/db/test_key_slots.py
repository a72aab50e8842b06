"""The ways into a book stand in two pages of its own file: a change killed or refused anywhere leaves one that opens."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import book_key, key_slots, recovery_code
from db.engine import Book
from db.errors import BookError
from db.key_slots import PAGE, KeySlot, KeySlots
from tests.books import PASSPHRASE, empty_file

NEW = "四只 青蛙 跳 进 7 井"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return empty_file(tmp_path / "a.book")


def opens(path: Path, way_in: str) -> bool:
    """Whether a passphrase or a code opens the book; every other refusal is a failure of the test."""
    try:
        Book.open(path, way_in).close()
    except BookError as error:
        if error.code != "wrong_passphrase":
            raise
        return False
    return True


def spoilt(path: Path, *pages: int) -> Path:
    """The file with a bit of these pages flipped, in the midst of the slots."""
    content = bytearray(path.read_bytes())
    for page in pages:
        content[PAGE * (page - 1) + 90] ^= 4
    path.write_bytes(content)
    return path


# -- slots -------------------------------------------------------------------------------------------------


def test_each_way_opens_its_slot_and_no_other() -> None:
    secret, code = book_key.new_secret(), recovery_code.new()
    ways = {"passphrase": PASSPHRASE, "recovery": code, "ring": "aGVsbG8gd29ybGQ"}
    slots = KeySlots(tuple(KeySlot.closing(kind, secret, way) for kind, way in ways.items()))
    assert {kind: slots.opened_by(way) for kind, way in ways.items()} == {
        kind: (secret, kind) for kind in ways
    }
    assert slots.opened_by(code.lower().replace("-", " ")) == (secret, "recovery")
    assert [slots.opened_by(one) for one in (NEW, "", recovery_code.new())] == [None] * 3
    assert slots.without("recovery").opened_by(code) is None


def test_a_page_tells_neither_the_key_nor_a_way_in(file: Path) -> None:
    with Book.open(file, PASSPHRASE) as book:
        code = recovery_code.new()
        book.set_way("recovery", code)
        secret = book._store.secret
    content = file.read_bytes()
    for kept in (
        secret,
        secret.hex().encode(),
        PASSPHRASE.encode(),
        code.encode(),
        recovery_code.entropy(code),
    ):
        assert kept not in content


# -- changes -----------------------------------------------------------------------------------------------


def test_another_passphrase_opens_and_the_old_one_does_not_and_the_code_still_does(file: Path) -> None:
    code = recovery_code.new()
    with Book.open(file, PASSPHRASE) as book:
        book.set_way("recovery", code)
        print_before = book.fingerprint()
        pages = book.path.stat().st_size
        book.set_way("passphrase", NEW)
        assert book.path.stat().st_size == pages
        assert book.opens(NEW)
        assert not book.opens(PASSPHRASE)
    assert (opens(file, NEW), opens(file, PASSPHRASE), opens(file, code)) == (True, False, True)
    with Book.open(file, code) as book:
        assert book.way == "recovery"
        assert book.fingerprint() == print_before
        assert not book.verify()


def test_a_copied_file_opens_by_all_ways_of_that_moment(file: Path, tmp_path: Path) -> None:
    code = recovery_code.new()
    with Book.open(file, PASSPHRASE) as book:
        book.set_way("recovery", code)
        book.backup(tmp_path / "b.book")
        book.set_way("passphrase", NEW)
        book.set_way("recovery", recovery_code.new())
    assert opens(tmp_path / "b.book", PASSPHRASE)
    assert opens(tmp_path / "b.book", code)
    assert not opens(tmp_path / "b.book", NEW)
    assert not opens(file, code)


def refuse() -> None:
    raise BookError("disk_full", path="a.book")


def test_what_is_refused_before_it_counts_changes_nothing(file: Path) -> None:
    before = file.read_bytes()[PAGE : 3 * PAGE]
    with Book.open(file, PASSPHRASE) as book:
        with pytest.raises(BookError) as caught:
            book.set_way("passphrase", NEW, refuse)
        assert caught.value.code == "disk_full"
    assert file.read_bytes()[PAGE : 3 * PAGE] == before
    assert opens(file, PASSPHRASE)
    assert not opens(file, NEW)


def test_a_disk_that_gives_back_other_bytes_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = key_slots._put
    with Book.open(file, PASSPHRASE) as book, monkeypatch.context() as patch:
        patch.setattr(
            key_slots, "_put", lambda path, page, content: put(path, page, content[:90] + b"?" + content[91:])
        )
        with pytest.raises(BookError) as caught:
            book.set_way("passphrase", NEW)
    assert caught.value.code == "device_failed"
    assert opens(file, PASSPHRASE)
    assert not opens(file, NEW)


def test_a_file_that_takes_no_writing_is_said_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Book.open(file, PASSPHRASE) as book:
        monkeypatch.setattr("os.access", lambda _path, _way: False)
        with pytest.raises(BookError) as caught:
            book.set_way("passphrase", NEW)
    assert caught.value.code == "read_only_file"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("points", [8, pytest.param(50, marks=pytest.mark.long)])
def test_a_killed_change_leaves_the_old_or_the_new_passphrase(points: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.killed_change", str(points)],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith(f"{points} of {points} changes left one way in"), done.stdout + done.stderr


# -- damage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", key_slots.PAGES)
def test_one_damaged_page_of_slots_is_no_loss_and_the_next_change_mends_it(file: Path, page: int) -> None:
    spoilt(file, page)
    with Book.open(file, PASSPHRASE) as book:
        book.set_way("passphrase", NEW)
    other = next(one for one in key_slots.PAGES if one != page)
    assert opens(spoilt(file, other), NEW)


def test_both_damaged_are_told_apart_from_a_wrong_passphrase(file: Path) -> None:
    assert not opens(file, NEW)
    spoilt(file, *key_slots.PAGES)
    for way_in in (PASSPHRASE, NEW):
        with pytest.raises(BookError) as caught:
            Book.open(file, way_in)
        assert caught.value.code == "damaged"


def test_a_damaged_first_page_is_told_apart_from_a_wrong_passphrase(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)
    assert not opens(file, NEW)
    with pytest.raises(BookError) as caught:
        Book.open(file, PASSPHRASE)
    assert caught.value.code == "damaged"


@pytest.fixture
def grown(file: Path) -> Iterator[Book]:
    with Book.open(file, PASSPHRASE) as book:
        yield book


def test_the_pages_of_the_slots_are_the_only_ones_without_a_seal(grown: Book, tmp_path: Path) -> None:
    """What is written, undone and cleared never takes their place."""
    from db.tables import customers

    slots = grown.path.read_bytes()[PAGE : 3 * PAGE]
    for n in range(3):
        with grown.write("test", "rows") as writer:
            writer.insert(customers, [{"customer_no": f"{n}-{k}", "name": "x" * 400} for k in range(100)])
            change = writer.change_id
        grown.reverse(change)
    with grown.read() as conn:
        assert key_slots.whole_pages(lambda sql: conn.exec_driver_sql(sql).all())
    copy = grown.backup(tmp_path / "b.book")
    assert copy.read_bytes()[PAGE : 3 * PAGE] == slots
    assert key_slots.read(copy) == key_slots.read(grown.path)
    shutil.copyfile(copy, tmp_path / "c.book")
    damaged = bytearray(copy.read_bytes())
    damaged[PAGE * 5 + 100] ^= 1
    (tmp_path / "c.book").write_bytes(damaged)
    with Book.open(tmp_path / "c.book", PASSPHRASE) as book, book.read() as conn:
        assert not key_slots.whole_pages(lambda sql: conn.exec_driver_sql(sql).all())
