"""The call sheet behind the 531 has every name of the week's list, in its order, twenty-five a page, and no telephone in full
unless it was asked for with a purpose (domain 5, 17)."""

import re
from pathlib import Path

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from tests.workbench.sheets.reading import letter_sizes, overlaps, texts
from workbench.outreach.room import Outreach
from workbench.people.privacy import print_name, tail
from workbench.sheets.content import place_on_calls
from workbench.sheets.room import Sheets
from workbench.trust.register import Register


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def outreach(book: Book) -> Outreach:
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


@pytest.fixture
def sheets(outreach: Outreach) -> Sheets:
    return Sheets(outreach.book, {"manager": "李敏"}, Register(outreach.book), lambda: outreach)


def test_every_name_of_the_week_stands_behind_the_531_in_its_order(
    outreach: Outreach, sheets: Sheets
) -> None:
    listing = outreach.weeks.of(WEEK)
    plan, *calls = texts(sheets.plan_pdf(outreach.plan(WEEK)))
    names = [f"{print_name(one.person.name)}{tail(one.person.customer_no)}" for one in listing.entries]
    assert len(names) > 50
    printed = re.findall(r"[\u4e00-\u9fff]\*\*\d{4}(?=138\*{4}1234)", "".join(calls))
    assert printed == names
    # whom the 531 does not name stands there by his number
    rows = {one.row for one in listing.entries}
    assert len(rows) > 4
    for row in rows:
        assert re.sub(r"\s", "", place_on_calls(row, listing)) in plan
    assert "…" not in "".join([plan, *calls])


def test_twenty_five_stand_on_a_page_and_each_page_says_what_the_digits_mean(
    outreach: Outreach, sheets: Sheets
) -> None:
    printed = sheets.plan_pdf(outreach.plan(WEEK))
    _plan, *calls = texts(printed)
    total = len(outreach.weeks.of(WEEK).entries)
    assert [page.count("138****1234") for page in calls] == [25] * (total // 25) + [total % 25]
    for page in calls:
        assert "数据日期2026-10-31" in page
        assert f"编号{printed.handed[1].number}" in page
        assert "2026-12-16前销毁" in page
        assert re.search(r"1[\u4e00-\u9fff]+2[\u4e00-\u9fff]+3[\u4e00-\u9fff]+4", page)
    assert min(letter_sizes(printed)) >= 9.99
    assert overlaps(printed) == 0


def test_the_numbers_on_paper_are_kept_with_their_customers(outreach: Outreach, sheets: Sheets) -> None:
    listing = outreach.weeks.of(WEEK)
    printed = sheets.plan_pdf(outreach.plan(WEEK))
    calls = printed.handed[1]
    assert [(one.row, one.customer_no) for one in calls.rows] == [
        (entry.rank, entry.person.customer_no) for entry in listing.entries
    ]
    assert len({one.number for one in printed.handed}) == 2
    assert sheets.handed_out.find(calls.number) is None
    sheets.send(printed, 1)
    assert sheets.handed_out.find(calls.number) == calls


def test_telephones_are_in_full_only_where_their_purpose_is_registered(
    outreach: Outreach, sheets: Sheets, tmp_path: Path
) -> None:
    plan = outreach.plan(WEEK)
    assert "13800001234" not in "".join(texts(sheets.plan_pdf(plan)))
    printed = sheets.plan_pdf(plan, phones="周三外呼")
    assert "13800001234" in "".join(texts(printed))
    assert "phone" in printed.outgoing.fields
    assert (printed.outgoing.facts["purpose"], printed.outgoing.facts["destroy_by"]) == (
        "周三外呼",
        "2026-12-16",
    )
    sheets.save(printed, tmp_path / "week.pdf")
