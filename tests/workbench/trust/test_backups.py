"""The program backs a book up by itself: once a day, before what destroys, into two places; few copies stay."""

import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db import book_key
from db.engine import Book
from db.errors import BookError
from db.record import audit
from tests.books import PASSPHRASE, new_workbench
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.pc import PcSettings
from workbench.trust.backups import FOLDER, Backups, staying


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with new_workbench(tmp_path / "客户账本.book") as made:
        yield made


def days(first: str, count: int) -> list[str]:
    start = dt.date.fromisoformat(first)
    return [(start + dt.timedelta(n)).isoformat() for n in range(count)]


def test_seven_days_then_weeks_then_months_stay() -> None:
    kept = sorted(staying(days("2026-01-01", 334), 7, 4, 12), reverse=True)  # up to 2026-11-30, a Monday
    assert kept[:7] == days("2026-11-24", 7)[::-1]
    # the newest of each of four weeks before, the last of each month before these
    assert kept[7:11] == ["2026-11-23", "2026-11-22", "2026-11-15", "2026-11-08"]
    assert kept[11:] == [
        "2026-11-07", "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30",
        "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31",
    ]  # fmt: skip
    assert staying([], 7, 4, 12) == frozenset()
    assert staying(days("2026-01-01", 3), 1, 0, 0) == {"2026-01-03"}


def test_one_a_day_beside_the_book_and_registered(bench: Workbench) -> None:
    made = bench.backups.daily(PcSettings(), "2026-11-16")
    assert made.path == bench.book.path.parent / FOLDER / "客户账本-每日-2026-11-16.book"
    assert bench.backups.daily(PcSettings(), "2026-11-16").path is None
    assert bench.backups.daily(PcSettings(), "2026-11-17").path is not None
    assert [one.day for one in bench.backups.lying()] == ["2026-11-17", "2026-11-16"]
    with bench.book.read() as conn:
        facts = conn.execute(select(audit.c.facts).where(audit.c.action == "backup")).scalars().all()
    assert len(facts) == 2
    assert '"by_itself":"daily"' in facts[0].replace(" ", "")
    with Book.open(made.path, PASSPHRASE) as copy:
        assert copy.verify() == []


def test_old_ones_go_and_what_a_person_put_there_stays(bench: Workbench) -> None:
    own = bench.backups.now()
    strange = own.with_name("别的账本-每日-2020-01-01.book")
    strange.write_bytes(own.read_bytes())
    for day in days("2026-11-01", 9):
        bench.backups.daily(PcSettings(), day)
    there = {one.path.name for one in bench.backups.lying()}
    assert {own.name, strange.name} <= there
    assert sum("客户账本-每日" in name for name in there) == 9  # seven days, and the week before
    for _n in range(7):
        bench.backups.before("undo", "2026-11-09")
    assert sum("撤销前" in one.path.name for one in bench.backups.lying()) == 5


def test_what_a_clean_up_took_away_is_not_kept_much_longer_elsewhere(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-01")
    kept = bench.backups.before("clean")
    for _n in range(7):
        bench.backups.before("undo")
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-01")
    bench.backups.daily(PcSettings())
    assert kept.exists()
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-02")
    bench.backups.daily(PcSettings())
    assert not kept.exists()


def test_the_second_place_gets_a_copy_and_one_that_is_gone_is_said_once(
    bench: Workbench, tmp_path: Path
) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    pc = PcSettings(second_places={str(bench.book.path): str(place)})
    first = bench.backups.daily(pc, "2026-11-16")
    assert first.words == ""
    assert [one.name for one in place.iterdir() if one.suffix == ".book"] == ["客户账本-每日-2026-11-16.book"]
    place.rename(tmp_path / "unplugged")
    gone = bench.backups.daily(pc, "2026-11-17")
    assert gone.path is not None
    assert str(place) in gone.words
    assert bench.backups.daily(pc, "2026-11-18").words == ""
    (tmp_path / "unplugged").rename(place)
    bench.backups.daily(pc, "2026-11-19")
    place.rename(tmp_path / "unplugged")
    assert bench.backups.daily(pc, "2026-11-20").words != ""


def test_a_medium_that_refuses_is_a_sentence_and_nothing_is_destroyed(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_facts: object) -> Path:
        raise BookError("disk_full", path="x")

    monkeypatch.setattr(bench.book, "backup", full)
    assert "磁盘空间不足" in bench.backups.daily(PcSettings(), "2026-11-16").words
    with pytest.raises(WorkbenchError):
        bench.backups.before("undo", "2026-11-16")


def test_a_name_that_is_taken_is_never_written_over(bench: Workbench) -> None:
    folder = bench.book.path.parent / FOLDER
    folder.mkdir()
    taken = folder / "客户账本-撤销前-2026-11-16-000000.book"
    taken.write_bytes(b"somebody's")
    made = Backups(bench.book, bench.register, bench.rules).before("undo", "2026-11-16")
    assert made != taken
    assert taken.read_bytes() == b"somebody's"
    assert book_key.salt_of(made)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are of POSIX")
def test_strange_files_in_the_folder_are_a_person_s_own_or_none(bench: Workbench) -> None:
    folder = bench.backups.folder
    folder.mkdir()
    (folder / "客户账本-每日-2026-13-45.book").write_bytes(b"x")
    (folder / "客户账本-每日-２０２６-01-01.book").write_bytes(b"x")
    (folder / "客户账本-每日-2026-01-01.book").symlink_to("/dev/zero")
    os.mkfifo(folder / "客户账本-每日-2026-01-02.book")
    (folder / "客户账本-每日-2026-01-03.book").mkdir()
    (folder / "远.book").write_bytes(b"x")
    os.utime(folder / "远.book", (2**40, 2**40))
    assert {one.why for one in bench.backups.lying()} == {""}
    made = bench.backups.daily(PcSettings(), "2026-11-16")
    assert (made.path is not None, made.words) == (True, "")
    assert len(bench.backups.lying()) == 4


@pytest.mark.parametrize("content", [b"", b"\0" * 4_096, b"SQLite format 3\0" + b"x" * 9_000, b"x" * 9_000])
def test_a_backup_that_is_none_is_refused_and_the_book_stays(
    bench: Workbench, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "甲.book").write_bytes(content)
    for source in (tmp_path / "甲.book", tmp_path / "没有.book", tmp_path):
        with pytest.raises(BookError):
            Book.open(source, PASSPHRASE)
    assert bench.book.verify() == []
