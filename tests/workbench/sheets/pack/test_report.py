"""周小结 on paper: what the log counts, the goals with their pace, each figure with its day (domain 13.4)."""

import re

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from tests.workbench.sheets.reading import letter_sizes, overlaps, texts
from workbench.outreach.goals.room import OWN
from workbench.sheets.pack.making import chosen_parts
from workbench.sheets.room import Sheets
from workbench.trust.register import Register


def test_the_report_counts_the_log_and_tells_the_goals(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-18")
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    outreach.log_touch("900000000001", channel="call", result="reached")
    outreach.goals.put({("2026-11", "aum", OWN): 500_000_000})
    sheets = Sheets(book, {"manager": "李敏"}, Register(book), lambda: outreach)
    printed = sheets.pack(week=WEEK, parts=["report"])
    (page,) = texts(printed)
    assert re.search("拨打1位.接通1位", page)
    assert "到2026-11-18为止" in page
    (goal,) = outreach.goals.progress()
    assert re.sub(r"\s", "", goal.title)[:6] in page
    assert "数据日期2026-10-31" in page
    assert "…" not in page
    assert min(letter_sizes(printed)) >= 9.99
    assert overlaps(printed) == 0
    assert "report" not in chosen_parts([])
