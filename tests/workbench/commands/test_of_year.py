"""The command `calendar`: a year as JSON, in words and in files."""

import datetime as dt
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.books import empty_file
from tests.workbench.commands.conftest import PASSPHRASE, Run

DAY_KEYS = {"date", "lunar", "workday", "events", "load", "capacity"}
TOUCH_KEYS = {"customer_no", "date", "reason", "kind", "channel", "moved_from", "suppressed"}
#: reasons of touches in which both speak
TALKS = ("cadence", "visit", "review")
REMEDIES = ("interval", "group", "hours")


def test_a_year_has_all_its_days_the_touches_and_what_does_not_fit_and_is_the_same_twice(
    run: Run, imported: Path
) -> None:
    done = run("calendar", 2027, "--json")
    assert done.status == 0, done.err
    body = done.json
    assert (body["year"], body["official"]) == (2027, False)
    assert [one["date"] for one in body["days"]] == [
        (dt.date(2027, 1, 1) + dt.timedelta(days=n)).isoformat() for n in range(365)
    ]
    assert all(one.keys() >= DAY_KEYS for one in body["days"])
    named = {event["name"]: one["date"] for one in reversed(body["days"]) for event in one["events"]}
    assert (named["端午节"], named["元宵节"]) == ("2027-06-09", "2027-02-20")
    assert {event["kind"] for one in body["days"] for event in one["events"]} == {
        "festival",
        "term",
        "segment",
        "product",
    }
    # no day over its capacity, none on a day off, and the load is that of the touches
    assert all(one["load"] <= one["capacity"] for one in body["days"])
    assert all((one["capacity"] > 0) == one["workday"] for one in body["days"])
    touches = body["touches"]
    assert len(touches) > 500
    assert all(one.keys() >= TOUCH_KEYS for one in touches)
    made = [one for one in touches if one["suppressed"] is None]
    assert sum(sum(one["touches"].values()) for one in body["days"]) == len(made)
    assert {one["kind"] for one in made} <= {"service", "care", "marketing"}
    off = {one["date"] for one in body["days"] if not one["workday"]}
    assert not any(one["date"] in off for one in made)
    assert all(one["suppressed"] for one in touches if one not in made)
    assert all(one["kind"] in REMEDIES for interval in body["not_fitting"] for one in interval["remedies"])
    assert run("calendar", 2027, "--json").out == done.out


def test_the_year_in_words_fits_on_a_screen(run: Run, imported: Path) -> None:
    done = run("calendar", 2027)
    assert done.status == 0, done.err
    assert "2027 年触点日历" in done.out
    assert "12 月" in done.out
    assert done.out.count("\n") < 40


@pytest.mark.parametrize("year", ["1900", "2101", "0"])
def test_a_year_that_the_calendar_does_not_reach_is_refused_in_one_sentence(
    run: Run, imported: Path, year: str
) -> None:
    done = run("calendar", year, "--json")
    assert done.status == 2
    assert done.json["error"]["code"] == "year_out_of_range"
    assert "1901" in done.json["error"]["message"]


def test_a_book_without_customers_and_a_year_that_is_over_have_days_and_no_touches(
    run: Run, tmp_path: Path
) -> None:
    book = empty_file(tmp_path / "空.book", PASSPHRASE)
    for year, days in ((2027, 365), (1904, 366)):
        done = run("calendar", year, "--json", "--book", book)
        assert done.status == 0, done.err
        body = done.json
        assert len(body["days"]) == days
        assert any(one["events"] for one in body["days"])
        assert (body["touches"], body["not_fitting"]) == ([], [])
        shown = run("calendar", year, "--book", book)
        assert shown.status == 0
        assert "排了 0 次" not in shown.out  # nothing was counted
        assert "清明" in shown.out  # a silent day is told, though it is a term
    # programs are told the whole lunar date, leap month and all
    days = run("calendar", 2034, "--json", "--book", book).json["days"]
    assert [day["lunar"] for day in days[:2]] == ["闰十一月十一", "闰十一月十二"]


def test_a_book_of_one_customer_with_few_columns_is_planned_and_says_what_no_list_tells(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "名单_202610.csv"
    file.write_text(
        "客户编号,客户名称,金融资产余额,金融资产月日均\n0000000001,欧阳修,3000000,3000000", "utf-8-sig"
    )
    book = tmp_path / "一户.book"
    assert run("import", file, "--book", book, "--json").status == 0
    body = run("calendar", 2027, "--json", "--book", book).json
    made = [one for one in body["touches"] if one["suppressed"] is None]
    # once in thirty days from the new year on (diamond), and nobody's birthday without a date of birth
    days = sorted(dt.date.fromisoformat(one["date"]) for one in made if one["code"] in TALKS)
    assert len(days) >= 12
    assert all((later - day).days <= 30 for day, later in pairwise(days))
    assert not any(one["code"] == "birthday" for one in made)
    assert any("出生日期" in note for note in body["notes"])
    assert body["not_fitting"] == []


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a process changes its time zone on POSIX only")
def test_the_calendar_file_is_the_same_in_two_time_zones_(
    run: Run, imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    try:
        for zone in ("Asia/Shanghai", "America/Los_Angeles"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            place = tmp_path / f"{zone.partition('/')[2]}.ics"
            done = run("calendar", 2027, "--ics", place)
            assert done.status == 0, done.err
            files.append(place.read_bytes())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert files[0] == files[1]


def test_the_year_is_written_as_pdf_xlsx_and_ics(run: Run, tmp_path: Path) -> None:
    book = empty_file(tmp_path / "空.book", PASSPHRASE)
    places = {kind: tmp_path / f"年.{kind}" for kind in ("pdf", "xlsx", "ics")}
    words = [word for kind, place in places.items() for word in (f"--{kind}", place)]
    done = run("calendar", 2027, *words, "--book", book)
    assert done.status == 0, done.err
    assert places["pdf"].read_bytes().startswith(b"%PDF")
    assert places["xlsx"].read_bytes().startswith(b"PK")
    assert places["ics"].read_bytes().startswith(b"BEGIN:VCALENDAR")
    kept = shutil.copyfile(places["ics"], tmp_path / "kept.ics")
    # never over a file unless told so
    assert run("calendar", 2027, "--ics", places["ics"], "--book", book).status == 2
    assert kept.read_bytes() == places["ics"].read_bytes()
    cancel = tmp_path / "取消.ics"
    assert run("calendar", 2027, "--cancel-ics", cancel, "--book", book).status == 0
    assert b"CANCEL" in cancel.read_bytes()
