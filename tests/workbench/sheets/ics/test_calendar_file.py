"""The year as .ics: read back by two parsers, the same bytes for the same year, told apart by hashes that name nobody."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
import vobject

from db.engine import Book
from tests.books import new_book
from tests.workbench.sheets.year_made import sheets_of, touch, touches_of, without_day, year_of
from workbench.base.errors import WorkbenchError
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.sheets.ics.entries import entry_uid

LONG = "客户说过想把到期的钱分成三份，一份留着装修，一份存三年，一份先看看：" * 3


def planned(year: int = 2026) -> list[PlannedTouch]:
    """Some touches of a year: one with long words, one that is not made, a message to many."""
    mine = touches_of(year, per_day=1, people=40)[:30]
    mine[0] = replace(mine[0], words=LONG + "欧阳建国 13812341234")
    mine.append(without_day(touch(400, f"{year}-05-06"), "投诉未结"))
    group = [replace(touch(n, f"{year}-09-24", reason=3), channel="group") for n in range(500, 520)]
    return [*mine, *group]


def exported(book: Book, mine: Sequence[PlannedTouch], folder: Path, year: int = 2026) -> bytes:
    """The file of a year, saved."""
    sheets = sheets_of(book, year_of(year, touches=mine), mine)
    path = sheets.save(sheets.year_ics(year), folder / f"{year}.ics", replace=True)
    return path.read_bytes()


def events(file: bytes) -> dict[str, icalendar.Event]:
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(file).walk("VEVENT")}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return new_book(tmp_path / "year.book")


def test_two_parsers_read_whole_days_with_masked_names(book: Book, tmp_path: Path) -> None:
    file = exported(book, planned(), tmp_path)
    mine = events(file)
    assert (
        len([one for one in mine.values() if str(one["categories"].to_ical(), "utf-8") == "客户触点"]) == 31
    )
    assert re.findall(rb"\r\nDT(?:START|END)(?!;VALUE=DATE:\d{8}\r\n)", file) == []
    other = vobject.readOne(file.decode())
    assert {one.uid.value for one in other.vevent_list} == set(mine)
    by_uid = {one.uid.value: one for one in other.vevent_list}
    for uid, one in mine.items():
        assert by_uid[uid].summary.value == str(one["summary"])
        assert by_uid[uid].dtstart.value == one["dtstart"].dt
        assert one["transp"] == "TRANSPARENT"
    words = file.replace(b"\r\n ", b"").decode()
    assert not re.search("欧阳|王芳|60000|13812341234", words)
    assert all(said in words for said in ("欧**", "群发20户", "国家公祭日（静默日）"))


def test_lines_are_folded_by_octets_and_no_sign_is_cut(book: Book, tmp_path: Path) -> None:
    lines = exported(book, planned(), tmp_path).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    said = {str(one.get("description", "")) for one in events(b"\r\n".join(lines)).values()}
    assert any(text.count("分成三份") == 3 for text in said)


def test_the_same_year_is_the_same_file_under_two_time_zones(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for zone in ("Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        files.append(exported(book, planned() if not files else planned()[::-1], tmp_path))
    monkeypatch.delenv("TZ")
    time.tzset()
    assert files[0] == files[1]


def test_what_changed_raises_its_sequence_and_what_went_is_cancelled(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(["20260101T000000Z", "20260201T000000Z", "20260301T000000Z"])
    monkeypatch.setattr("workbench.sheets.of_year.utc_now", lambda: next(clock))
    mine = planned()
    before = events(exported(book, mine, tmp_path))
    moved = [replace(mine[0], day="2026-01-08"), *mine[2:]]
    after = events(exported(book, moved, tmp_path))
    assert set(after) == set(before)
    changed = {uid: one for uid, one in after.items() if one["sequence"] == 1}
    assert {str(one["status"]) for one in changed.values()} == {"CONFIRMED", "CANCELLED"}
    assert len(changed) == 2
    assert {one["dtstamp"].dt.month for one in changed.values()} == {2}
    assert {one["dtstamp"].dt.month for uid, one in after.items() if uid not in changed} == {1}
    assert all(one["dtstamp"].dt == one["last-modified"].dt for one in after.values())
    # it comes back: the next in sequence
    again = events(exported(book, mine, tmp_path))
    assert {again[uid]["sequence"] for uid in changed} == {2}
    assert {str(again[uid]["status"]) for uid in changed} == {"CONFIRMED"}


def test_the_delete_file_cancels_every_entry_that_was_told(book: Book, tmp_path: Path) -> None:
    sheets = sheets_of(book, year_of(), [])
    with pytest.raises(WorkbenchError) as caught:
        sheets.year_ics(2026, cancel=True)
    assert caught.value.code == "no_calendar_out"
    before = events(exported(book, planned(), tmp_path))
    printed = sheets.year_ics(2026, cancel=True)
    mine = events(sheets.save(printed, tmp_path / "gone.ics").read_bytes())
    assert icalendar.Calendar.from_ical(printed.content)["method"] == "CANCEL"
    assert set(mine) == set(before)
    assert {(str(one["status"]), one["sequence"]) for one in mine.values()} == {("CANCELLED", 1)}
    assert sheets.year_ics(2026, cancel=True).content == printed.content


def test_hashes_of_two_years_and_of_two_books_are_disjoint(book: Book, tmp_path: Path) -> None:
    mine = events(exported(book, planned(), tmp_path))
    next_year = events(exported(book, planned(2027), tmp_path, 2027))
    with new_book(tmp_path / "other.book", "另一个账本的口令") as other:
        theirs = events(exported(other, planned(), tmp_path))
    assert not set(mine) & set(next_year)
    # what lasts over the turn of a year is about the same day in both
    assert entry_uid(b"key", "1", "bonus", "2026-12-01", 2026) != entry_uid(
        b"key", "1", "bonus", "2026-12-01", 2027
    )
    assert not set(mine) & set(theirs)
